import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fingerprint } from "./fingerprint.mjs";
import { ensureInstalled, isStarted, PROJECT } from "./install.mjs";
import { buildOfflinePage } from "./offline-page.mjs";

const SOURCES = ["src", "public", "index.html", "vite.config.ts", "package-lock.json"];
// Outside dist, which holds only what is served.
const STAMP = join(PROJECT, "node_modules", ".cache", "headroom", "build");

/** Whether dist is the build of the sources as they are now. */
function isBuilt() {
  return (
    existsSync(join(PROJECT, "dist", "index.html")) &&
    existsSync(STAMP) &&
    readFileSync(STAMP, "utf8") === fingerprint(SOURCES)
  );
}

/**
 * Builds the page into dist, unless what is there is the build of these sources. Ends the process with status 1
 * where that fails, having said why.
 * @param {{ force?: boolean, quiet?: boolean }} [options]
 */
export async function ensureBuilt({ force = false, quiet = false } = {}) {
  if (!force && isBuilt()) return;
  if (quiet) console.log("Building ...");
  const sources = fingerprint(SOURCES);
  rmSync(STAMP, { force: true });
  const { build } = await import("vite");
  try {
    await build({ root: PROJECT, logLevel: quiet ? "warn" : "info" });
    await buildOfflinePage(build);
  } catch (error) {
    console.error(`The page could not be built.\n${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, sources);
}

if (isStarted(import.meta.url)) {
  ensureInstalled();
  await ensureBuilt({ force: true });
}
