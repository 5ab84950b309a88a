// `npm test`: everything that must hold, part by part, from a bare clone on. Stops at the first part that fails.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled, PROJECT, runNpm } from "./install.mjs";

/** The parts, in the order of what is cheap to know; each is an npm script of the same name. */
const PARTS = [
  { script: "lint", title: "Lint and format" },
  { script: "types", title: "Types" },
  { script: "imports", title: "Import rules" },
  { script: "unused", title: "Unused code" },
  { script: "unit", title: "Unit, property, theory, golden and component tests" },
  { script: "build", title: "Build" },
  { script: "size", title: "Size of the build" },
  { script: "journeys", title: "Journeys in a real browser, on the build" },
];

const REPORTS = join(PROJECT, "node_modules", ".cache", "headroom");
const UNIT_REPORT = join(REPORTS, "unit.json");
const JOURNEY_REPORT = join(REPORTS, "journeys.json");

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Reads a test runner's report; one that is not there counts nothing.
 * @param {string} path
 * @param {(report: any) => Counts} count
 * @returns {Counts}
 */
function readCounts(path, count) {
  return existsSync(path)
    ? count(JSON.parse(readFileSync(path, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
}

/** The tests that ran, over both runners. A file that could not even be loaded counts as one failed test. */
function countTests() {
  const unit = readCounts(UNIT_REPORT, (report) => {
    const files = /** @type {{ status: string, assertionResults: unknown[] }[]} */ (report.testResults);
    const unloaded = files.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  });
  const journeys = readCounts(JOURNEY_REPORT, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + (stats.expected + stats.unexpected === 0 ? errors.length : 0),
    skipped: stats.skipped,
  }));
  return {
    passed: unit.passed + journeys.passed,
    failed: unit.failed + journeys.failed,
    skipped: unit.skipped + journeys.skipped,
  };
}

/** @param {number} start */
const secondsSince = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** The parts' surroundings: no colours where nobody looks, or a log is full of control characters. */
const ENVIRONMENT = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: "1" };

/** Runs the parts; returns the title of the one that failed, if one did. */
function runParts() {
  for (const { script, title } of PARTS) {
    console.log(`\n=== ${title} (npm run ${script})`);
    const start = performance.now();
    const { status } = runNpm(["run", "--silent", script], { stdio: "inherit", env: ENVIRONMENT });
    console.log(`=== ${title}: ${status === 0 ? "passed" : "FAILED"} in ${secondsSince(start)}`);
    if (status !== 0) return title;
  }
  return undefined;
}

ensureInstalled();
// A report of an earlier run must never be taken for one of this run.
for (const report of [UNIT_REPORT, JOURNEY_REPORT]) rmSync(report, { force: true });

const start = performance.now();
const failedPart = runParts();
const { passed, failed, skipped } = countTests();

console.log(
  `\n${failedPart === undefined ? "All parts passed" : `Stopped at: ${failedPart}`} (${secondsSince(start)})`,
);
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failedPart === undefined && failed === 0 ? 0 : 1;
