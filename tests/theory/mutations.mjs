// `npm run mutations`: would the tests notice a wrong engine? Each mutant of mutants.mjs is built as an engine of its own, and the files of the fast theory suite that are
// about its mechanism are run against it until the first failure. What they do not notice is given to the engine's other tests, in a copy of the project. Writes docs/mutations.md.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureInstalled, PROJECT } from "../../src/cli/install.mjs";
import { MUTANTS } from "./mutants.mjs";

/** @typedef {import("./mutants.mjs").Mutant} Mutant */
/** @typedef {{ mutant: Mutant, killedBy: string | null, seconds: number }} Verdict */

const PAGE = join(PROJECT, "docs", "mutations.md");
const COPIED = ["src", "tests", "package.json", "package-lock.json", "vite.config.ts", "index.html"];
/** A mutant that hangs has been noticed. */
const LIMIT_MS = 600_000;

/**
 * Applies a mutant to a copy of the project. Throws where the source is not as the mutant says.
 * @param {string} copy
 * @param {Mutant} mutant
 * @returns {() => void} puts the source back
 */
function mutate(copy, { what, file, changes }) {
  const path = join(copy, "src", "engine", file);
  const source = readFileSync(path, "utf8");
  let changed = source;
  for (const [find, replace] of changes) {
    if (changed.split(find).length !== 2) throw new Error(`"${what}": not exactly once in ${file}: ${find}`);
    changed = changed.replace(find, () => replace);
  }
  writeFileSync(path, changed);
  return () => writeFileSync(path, source);
}

/**
 * Builds the engine of a copy of the project.
 * @param {string} copy
 * @param {string} name
 */
async function bundle(copy, name) {
  const { build } = await import("vite");
  await build({
    root: copy,
    configFile: false,
    logLevel: "silent",
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(copy, "src", "engine", "index.ts"),
      outDir: join(copy, "engines"),
      emptyOutDir: false,
      target: "node20",
      minify: false,
      rolldownOptions: { output: { entryFileNames: name, codeSplitting: false } },
    },
  });
  return join(copy, "engines", name);
}

/**
 * Runs tests until the first failure.
 * @param {string} root
 * @param {readonly string[]} files
 * @param {Record<string, string>} environment
 * @returns {Promise<string | null>} the failure; null where everything passed
 */
async function firstFailure(root, files, environment) {
  const report = join(root === PROJECT ? tmpdir() : root, `mutation-${process.pid}.json`);
  rmSync(report, { force: true });
  const vitest = join(PROJECT, "node_modules", "vitest", "vitest.mjs");
  const options = ["--project", "node", "--bail", "1", "--reporter", "json", "--outputFile", report];
  const status = await runGroup([vitest, "run", ...options, ...files], root, environment);
  if (status === 0) return null;
  return status === null ? "it never ended" : failureIn(report);
}

/**
 * Runs Node in a process group of its own, and ends the whole group at the time limit: a mutant can be an endless loop in a child of the test runner.
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} environment
 * @returns {Promise<number | null>} the exit status; null at the limit
 */
function runGroup(args, cwd, environment) {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: "ignore",
    detached: true,
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => {
    const limit = setTimeout(() => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      resolve(null);
    }, LIMIT_MS);
    child.on("exit", (status) => {
      clearTimeout(limit);
      resolve(status ?? 1);
    });
  });
}

/**
 * The first failed test of a report.
 * @param {string} path
 * @returns {string}
 */
function failureIn(path) {
  if (!existsSync(path)) return "it can't be run";
  for (const file of JSON.parse(readFileSync(path, "utf8")).testResults) {
    const name = file.name
      .split("/")
      .at(-1)
      .replace(/\.test\.ts$/, "");
    const tests = /** @type {{ status: string, fullName: string }[]} */ (file.assertionResults);
    const failed = tests.find((test) => test.status === "failed");
    if (failed !== undefined) return `${name}: ${failed.fullName}`;
    if (file.status === "failed" && tests.length === 0) return `${name}: can't be loaded`;
  }
  return "a failure outside any test";
}

/**
 * @param {string} copy
 * @param {Mutant} mutant
 * @param {number} number
 * @returns {Promise<Verdict>}
 */
async function judge(copy, mutant, number) {
  const start = performance.now();
  const restore = mutate(copy, mutant);
  try {
    const engine = { HEADROOM_ENGINE: await bundle(copy, `mutant-${number}.mjs`) };
    const likely = mutant.noticedIn.map((name) => `tests/theory/${name}.test.ts`);
    const theory = await firstFailure(PROJECT, likely, engine);
    const other = theory ?? (await firstFailure(copy, ["tests/unit/engine", "tests/property/engine"], {}));
    const killedBy =
      theory !== null ? `theory, ${theory}` : other !== null ? `engine's own tests, ${other}` : null;
    return { mutant, killedBy, seconds: (performance.now() - start) / 1000 };
  } finally {
    restore();
  }
}

/** @param {readonly Verdict[]} verdicts */
function page(verdicts) {
  const byTheory = verdicts.filter(({ killedBy }) => killedBy?.startsWith("theory"));
  const killed = verdicts.filter(({ killedBy }) => killedBy !== null);
  const percent = (/** @type {number} */ part) => ((100 * part) / verdicts.length).toFixed(0);
  const rows = verdicts.map(({ mutant, killedBy }) => {
    const cells = [mutant.what, `\`${mutant.file}\``, killedBy ?? "**nobody**"];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return `# Would the tests notice a wrong engine?

Written by \`npm run mutations\`. Each row is an engine with one fault, put into its source on purpose (\`tests/theory/mutants.mjs\`), and the first test that
failed because of it. The fast theory suite's files about its mechanism notice ${byTheory.length} of ${verdicts.length} (${percent(byTheory.length)} %); with the engine's unit and property tests it is ${killed.length}
of ${verdicts.length} (${percent(killed.length)} %). A fault that changes no long-run mean, such as the order of equal times, is not theory's to notice.

| fault | in | noticed by |
|---|---|---|
${rows.join("\n")}
`;
}

ensureInstalled();
const only = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
const copy = mkdtempSync(join(tmpdir(), "headroom-mutants-"));
for (const path of COPIED) cpSync(join(PROJECT, path), join(copy, path), { recursive: true });
symlinkSync(join(PROJECT, "node_modules"), join(copy, "node_modules"), "dir");
mkdirSync(join(copy, "engines"));
/** @type {Verdict[]} */
const verdicts = [];
try {
  // All of them are applied once before any is run: a mutant that no longer fits the source is an error in this file.
  for (const mutant of MUTANTS) mutate(copy, mutant)();
  for (const [number, mutant] of MUTANTS.entries()) {
    if (only !== undefined && !mutant.what.includes(only)) continue;
    const verdict = await judge(copy, mutant, number);
    verdicts.push(verdict);
    // After each: what is known is not lost with a run that is broken off.
    if (only === undefined) writeFileSync(PAGE, page(verdicts));
    console.log(
      `${verdict.seconds.toFixed(0).padStart(4)} s  ${mutant.what}: ${verdict.killedBy ?? "SURVIVED"}`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
if (only === undefined) console.log("Written: docs/mutations.md");
process.exitCode = verdicts.every(({ killedBy }) => killedBy !== null) ? 0 : 1;
