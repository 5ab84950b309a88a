// Runs a TypeScript program of this project: `node src/cli/run.mjs tests/bench/run.ts [its arguments]`.
// The program is bundled once and kept until a source changes, so that a start costs no compiler. Nothing but the
// program's own output goes to standard output.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprint } from "./fingerprint.mjs";
import { ensureInstalled, isStarted, PROJECT } from "./install.mjs";

/**
 * The path of the program's bundle, made where it is missing or older than the sources.
 * @param {string} entry relative to the project
 * @returns {Promise<string>}
 */
async function bundle(entry) {
  const name = basename(entry).replace(/\.ts$/, "");
  const folder = join(PROJECT, "node_modules", ".cache", "headroom", "programs", dirname(entry));
  const version = fingerprint(["src", dirname(entry), "package-lock.json"]);
  const file = join(folder, `${name}-${version}.mjs`);
  if (existsSync(file)) return file;

  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) {
    if (old.startsWith(`${name}-`)) rmSync(join(folder, old), { force: true });
  }
  const { build } = await import("vite");
  // Moved into place when whole: another start at the same time must not read half of it.
  const unfinished = `${process.pid}-${basename(file)}`;
  await build({
    root: PROJECT,
    configFile: false,
    logLevel: "silent",
    publicDir: false,
    // Bundled, packages too: resolving them at each start would take longer than running most scenarios.
    ssr: { noExternal: true },
    build: {
      ssr: resolve(PROJECT, entry),
      outDir: folder,
      emptyOutDir: false,
      target: "node20",
      minify: false,
      sourcemap: "inline",
      rolldownOptions: { output: { entryFileNames: unfinished, codeSplitting: false } },
    },
  });
  renameSync(join(folder, unfinished), file);
  return file;
}

/**
 * Runs a program in this process, as if Node had been started with it and these arguments.
 * @param {string} entry its TypeScript file, relative to the project
 * @param {readonly string[]} args
 * @returns {Promise<void>} when its module has been evaluated; its exit status is its own affair
 */
export async function runProgram(entry, args) {
  ensureInstalled();
  const file = await bundle(entry);
  process.argv.splice(1, process.argv.length, file, ...args);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}

if (isStarted(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  if (entry === undefined) {
    console.error("Usage: node src/cli/run.mjs PROGRAM.ts [ARGUMENTS]");
    process.exit(2);
  }
  await runProgram(entry, args);
}
