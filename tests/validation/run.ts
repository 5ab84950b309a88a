import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ValidationReport } from "../../src/analysis/validation-report";
import { compile, ENGINE_VERSION, Simulation, withStepOverheads } from "../../src/engine";
import { unexplained, validate } from "./report";
import { markdownText, terminalText, withGoals } from "./report-text";

/*
 * `npm run validate`: every trial and trace of this folder on the engine. Exit status 1 where a goal is missed or a figure stands outside without an explanation.
 * `-- --write` also writes docs/validation.md, the table of goals in the README, and the page's copy of the report.
 */

const MISSED = 1;
const REPLICATIONS = 40;
/** npm starts every script in the project's folder. */
const PROJECT = process.cwd();
const DOCUMENT = join(PROJECT, "docs", "validation.md");
const README = join(PROJECT, "README.md");
const PAGE_COPY = join(PROJECT, "src", "ui", "trust", "validation.json");

function showProgress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what}`);
}

/** Five digits are more than any reader needs. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}

function write(report: ValidationReport): void {
  writeFileSync(DOCUMENT, markdownText(report));
  writeFileSync(README, withGoals(readFileSync(README, "utf8"), report));
  writeFileSync(PAGE_COPY, JSON.stringify(report, rounded));
  // As the project's formatter wants it, since it looks at this file too.
  const formatter = join(PROJECT, "node_modules", ".bin", "biome");
  execFileSync(formatter, ["format", "--write", PAGE_COPY], { stdio: "ignore" });
}

function main(): number {
  const folder = join(PROJECT, "tests", "validation");
  const engine = { compile, Simulation, withStepOverheads };
  const report = validate(engine, ENGINE_VERSION, folder, REPLICATIONS, showProgress);
  showProgress("");
  process.stdout.write(terminalText(report));
  if (process.argv.includes("--write")) write(report);
  const open = unexplained(report);
  for (const { id } of open) process.stdout.write(`${id} has a figure outside that is not explained\n`);
  return open.length > 0 || report.goals.some((goal) => !goal.met) ? MISSED : 0;
}

process.exitCode = main();
