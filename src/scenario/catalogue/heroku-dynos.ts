import { type CatalogueDynoType, mebibytes, type Source } from "./entry";

const PRICES = "heroku/cli src/commands/ps/type.ts COST_MONTHLY (GitHub, 2026-08-04)";

const CEDAR: Source = {
  source: `Memory: Heroku Dev Center, Dyno Types (June 4, 2024); prices: ${PRICES}`,
  asOf: "2026-08-04",
  confidence: "documented",
};
const SHARED_NOTE =
  "Shared processor: the vCPUs are an assumption (Heroku promises a share, not cores; a quiet machine lets a dyno burst to a whole core).";
const DEDICATED_NOTE = "The vCPUs are reported core counts, not Heroku's own figures.";

/** id, title, vCPUs, memory in MiB, US dollars a month, shares its machine. */
const CEDAR_SIZES: readonly (readonly [string, string, number, number, number, boolean])[] = [
  ["eco", "Eco", 0.25, 512, 5, true],
  ["basic", "Basic", 0.25, 512, 7, true],
  ["standard-1x", "Standard-1X", 0.25, 512, 25, true],
  ["standard-2x", "Standard-2X", 0.5, 1024, 50, true],
  ["performance-m", "Performance-M", 2, 2560, 250, false],
  ["performance-l", "Performance-L", 8, 14336, 500, false],
  ["performance-l-ram", "Performance-L-RAM", 4, 30720, 500, false],
  ["performance-xl", "Performance-XL", 8, 63488, 750, false],
  ["performance-2xl", "Performance-2XL", 16, 129024, 1500, false],
];

/** Fir sizes: vCPUs, memory in GiB, US dollars a month. Both sizes are part of the id. */
const FIR_SIZES: readonly (readonly [number, number, number])[] = [
  [1, 0.5, 25],
  [2, 1, 50],
  [1, 4, 80],
  [2, 8, 160],
  [4, 16, 320],
  [8, 32, 640],
  [16, 64, 1000],
  [2, 4, 150],
  [4, 8, 300],
  [8, 16, 600],
  [16, 32, 1200],
  [32, 64, 2400],
  [1, 8, 100],
  [2, 16, 250],
  [4, 32, 500],
  [8, 64, 750],
  [16, 128, 1500],
];

/** Private Spaces: id, title, vCPUs, memory in MiB, US dollars a month. */
const PRIVATE_SIZES: readonly (readonly [string, string, number, number, number])[] = [
  ["private-s", "Private-S", 2, 1024, 225],
  ["private-m", "Private-M", 2, 2560, 450],
  ["private-l", "Private-L", 8, 14336, 900],
  ["private-l-ram", "Private-L-RAM", 4, 30720, 500],
  ["private-xl", "Private-XL", 8, 63488, 750],
  ["private-2xl", "Private-2XL", 16, 129024, 1500],
  ["shield-s", "Shield-S", 2, 1024, 270],
  ["shield-m", "Shield-M", 2, 2560, 540],
  ["shield-l", "Shield-L", 8, 14336, 1080],
];

/** Heroku's dynos: the Common Runtime (Cedar), the Fir generation, and Private Spaces. */
export const HEROKU_DYNOS: readonly CatalogueDynoType[] = [
  ...CEDAR_SIZES.map(([id, title, vcpus, memoryMb, monthlyUsd, shared]) => ({
    id,
    title: `Heroku ${title}`,
    family: "Heroku",
    vcpus,
    memoryMb,
    monthlyUsd,
    ...CEDAR,
    note:
      id === "eco"
        ? `${SHARED_NOTE} Eco is a flat $5 for a pool of 1,000 dyno hours.`
        : shared
          ? SHARED_NOTE
          : DEDICATED_NOTE,
  })),
  ...FIR_SIZES.map(([vcpus, gibibytes, monthlyUsd]) => ({
    id: `dyno-${vcpus}c-${gibibytes}gb`,
    title: `Heroku Fir ${vcpus} vCPU, ${gibibytes} GB`,
    family: "Heroku Fir",
    vcpus,
    memoryMb: mebibytes(gibibytes),
    monthlyUsd,
    source: PRICES,
    asOf: "2026-08-04",
    confidence: "documented" as const,
  })),
  ...PRIVATE_SIZES.map(([id, title, vcpus, memoryMb, monthlyUsd]) => ({
    id,
    title: `Heroku ${title}`,
    family: "Heroku Private",
    vcpus,
    memoryMb,
    monthlyUsd,
    source: PRICES,
    asOf: "2026-08-04",
    confidence: "assumed" as const,
    note: "The price is documented (another public list of June 2026 has lower ones); processors and memory are assumed to be those of the Performance dyno of the same letter, and 1 GB for S.",
  })),
];
