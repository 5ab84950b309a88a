// `npm run theory`: the whole theory suite, each case so long that its 99 % interval is under 2 % of the value: a few minutes.
// `npm run theory -- --write` also writes what that run measured into the docs and the page.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled, PROJECT } from "../../src/cli/install.mjs";
import { theoryPage } from "./report.mjs";

/** @typedef {import("../../src/analysis/theory-report.ts").TheoryCase} TheoryCase */

const FOLDER = join(PROJECT, "node_modules", ".cache", "headroom", "theory");
const COLLECTED = join(FOLDER, "cases");
const PAGE = join(PROJECT, "docs", "theory.md");
const DATA = join(PROJECT, "src", "ui", "trust", "theory.json");

/** The files in the order in which the report is read: from one line to networks. */
const ORDER = [
  "mm1",
  "mmc",
  "mg1",
  "limits",
  "patience",
  "routing",
  "processor-sharing",
  "closed-networks",
  "journeys",
  "connections",
  "transient",
];

/**
 * @param {string} engine the file of the engine that is measured: one and the same from the first case to the last
 * @returns {boolean} whether every test passed
 */
function runSuite(engine) {
  const vitest = join(PROJECT, "node_modules", "vitest", "vitest.mjs");
  const { status } = spawnSync(
    process.execPath,
    [
      vitest,
      "run",
      "--project",
      "node",
      "--reporter",
      "default",
      "--maxWorkers",
      `${availableParallelism()}`,
      "tests/theory",
    ],
    {
      cwd: PROJECT,
      stdio: "inherit",
      env: {
        ...process.env,
        HEADROOM_THEORY: "full",
        HEADROOM_THEORY_CASES: COLLECTED,
        HEADROOM_ENGINE: engine,
      },
    },
  );
  return status === 0;
}

/** @returns {TheoryCase[]} what the run measured, in the order of the report */
function collectedCases() {
  const place = (/** @type {string} */ file) => {
    const index = ORDER.indexOf(file.replace(/\.jsonl$/, ""));
    return index < 0 ? ORDER.length : index;
  };
  const files = existsSync(COLLECTED) ? readdirSync(COLLECTED) : [];
  return files
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b))
    .flatMap((file) => readFileSync(join(COLLECTED, file), "utf8").trim().split("\n"))
    .map((line) => JSON.parse(line));
}

/** More digits than a measurement has would only make the file long. */
function shortNumbers(/** @type {string} */ _key, /** @type {unknown} */ value) {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value;
}

ensureInstalled();
// Only now: it needs the packages that may have had to be installed.
const { builtEngineFile } = await import("../support/built-engine.mjs");
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const engine = join(FOLDER, "engine.mjs");
copyFileSync(await builtEngineFile(), engine);
const start = performance.now();
const passed = runSuite(engine);
const cases = collectedCases();
const keys = new Set(cases.map(({ group, name, quantity }) => `${group} ${name} ${quantity}`));
if (keys.size < cases.length) console.error(`${cases.length - keys.size} figures have the names of others.`);
const seconds = Math.round((performance.now() - start) / 1000);
const inside = cases.filter((one) => one.within).length;
const repeated = cases.filter((one) => one.repeated).length;
console.log(
  `${inside} of ${cases.length} figures agree with theory, ${repeated} of them on a second run, in ${seconds} s`,
);
if (process.argv.includes("--write")) {
  if (passed) {
    const { ENGINE_VERSION } = await import(pathToFileURL(engine).href);
    const report = { engine: ENGINE_VERSION, cases };
    mkdirSync(join(DATA, ".."), { recursive: true });
    writeFileSync(DATA, `${JSON.stringify(report, shortNumbers, 2)}\n`);
    writeFileSync(PAGE, theoryPage(report));
    console.log("Written: docs/theory.md, src/ui/trust/theory.json");
  } else console.error("Nothing is written: the suite did not pass.");
}
process.exitCode = passed ? 0 : 1;
