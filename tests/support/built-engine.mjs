import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { fingerprint } from "../../src/cli/fingerprint.mjs";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const FOLDER = join(PROJECT, "node_modules", ".cache", "headroom", "engine");

/**
 * The engine bundled as the page's worker gets it. The test runner's own transformation turns each imported
 * constant into a property that is looked up at every use, and simulates a quarter as many requests a second;
 * tests that need millions of them take the engine from here.
 * @returns {Promise<typeof import("../../src/engine/index.ts")>}
 */
export async function builtEngine() {
  // Another than the present source's: a broken one in the tests that must notice it, or the one that a long run began with.
  const file = process.env.HEADROOM_ENGINE ?? (await builtEngineFile());
  return import(/* @vite-ignore */ pathToFileURL(file).href);
}

/**
 * The path of the present engine's bundle. Built once, and kept until a source changes.
 * @returns {Promise<string>}
 */
export async function builtEngineFile() {
  const version = fingerprint(["src/base", "src/scenario", "src/engine", "package-lock.json"]);
  const file = join(FOLDER, `engine-${version}.mjs`);
  if (!existsSync(file)) await bundleTo(file);
  return file;
}

/** @param {string} file */
async function bundleTo(file) {
  mkdirSync(FOLDER, { recursive: true });
  for (const old of readdirSync(FOLDER)) {
    if (old.startsWith("engine-")) rmSync(join(FOLDER, old), { force: true });
  }
  // Moved into place when whole: another test file may be building the same at the same time.
  const unfinished = `${randomUUID()}.mjs`;
  await build({
    root: PROJECT,
    configFile: false,
    logLevel: "silent",
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: join(PROJECT, "src", "engine", "index.ts"),
      outDir: FOLDER,
      emptyOutDir: false,
      target: "node20",
      minify: false,
      rolldownOptions: { output: { entryFileNames: unfinished, codeSplitting: false } },
    },
  });
  renameSync(join(FOLDER, unfinished), file);
}
