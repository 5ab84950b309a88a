import { type CatalogueDynoType, mebibytes, monthly, type Source } from "./entry";

const FARGATE: Source = {
  source:
    "Sizes: Amazon ECS Developer Guide (April 2023); price of a vCPU hour: AWS price page (2026-09-20); " +
    "price of a GB hour: derived from published Spot prices",
  asOf: "2026-09-20",
  confidence: "documented",
  note: "Linux on x86, us-east-1. The price of memory is reported, not AWS's own page.",
};

const USD_PER_VCPU_HOUR = 0.04048;
const USD_PER_GB_HOUR = 0.004445;

/** vCPUs, then the memory sizes in GiB; a useful few of the larger ones. */
const SIZES: readonly (readonly [number, readonly number[]])[] = [
  [0.25, [0.5, 1, 2]],
  [0.5, [1, 2, 3, 4]],
  [1, [2, 3, 4, 5, 6, 7, 8]],
  [2, [4, 6, 8, 12, 16]],
  [4, [8, 12, 16, 24, 30]],
  [8, [16, 32, 60]],
  [16, [32, 64, 120]],
];

/** Fargate tasks, priced by their vCPUs and memory. */
export const FARGATE_TASKS: readonly CatalogueDynoType[] = SIZES.flatMap(([vcpus, sizes]) =>
  sizes.map((gibibytes) => ({
    id: `fargate-${vcpus}vcpu-${gibibytes}gb`,
    title: `AWS Fargate ${vcpus} vCPU, ${gibibytes} GB`,
    family: "AWS Fargate",
    vcpus,
    memoryMb: mebibytes(gibibytes),
    monthlyUsd: monthly(vcpus * USD_PER_VCPU_HOUR + gibibytes * USD_PER_GB_HOUR),
    ...FARGATE,
  })),
);
