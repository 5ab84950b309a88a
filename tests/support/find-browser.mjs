import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const NAMES = [
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
  "msedge",
];

/** Where the platforms' installers put browsers that are not on the PATH. */
function usualPlaces() {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === "win32") {
    const roots = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];
    const programs = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    return roots.flatMap((root) => (root ? programs.map((program) => join(root, program)) : []));
  }
  return [];
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * Whether this file is a browser that starts. On Linux a download may lack its libraries, and Ubuntu's
 * chromium-browser may be a script that only asks for a snap; elsewhere browsers are whole (and on Windows asking
 * for the version would open a window).
 * @param {string} path
 */
function isUsable(path) {
  if (!existsSync(path)) return false;
  return process.platform !== "linux" || spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}

/**
 * A Chromium-like browser on this machine: the one HEADROOM_BROWSER names, Playwright's own, or the system's.
 * @returns {string | undefined} the path of its executable
 * @throws where HEADROOM_BROWSER names a file that is not there: a wish that can't be met is not passed over
 */
export function findBrowser() {
  const wanted = process.env.HEADROOM_BROWSER;
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`HEADROOM_BROWSER is "${wanted}", but there is no such file.`);
    return wanted;
  }
  return [chromium.executablePath(), ...onPath(), ...usualPlaces()].find(isUsable);
}

/**
 * Runs an installer; its output is shown only where nothing came of it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ failures: string[] }} log
 */
function install(command, args, log) {
  console.log(`  ${[command.replace(process.execPath, "node"), ...args].join(" ")}`);
  const result = spawnSync(command, args, {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (result.status === 0) return true;
  log.failures.push((result.stderr || result.stdout || result.error?.message || "").trim().slice(-2000));
  return false;
}

/**
 * A browser for the journeys, installed where there is none. Never undefined: journeys are never skipped.
 * @returns {string} the path of its executable
 * @throws with what the user can do, where none could be installed
 */
export function ensureBrowser() {
  const present = findBrowser();
  if (present !== undefined) return present;
  console.log("No browser found, installing one ...");
  const log = { failures: /** @type {string[]} */ ([]) };

  const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");
  // Also after a download that worked: Debian's package brings the libraries that a bare machine lacks.
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const ways = [
    () => install(process.execPath, [playwright, "install", "chromium"], log),
    () =>
      isDebianRoot &&
      install("apt-get", ["update"], log) &&
      install("apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"], log),
  ];
  for (const way of ways) {
    const installed = way() ? findBrowser() : undefined;
    if (installed !== undefined) return installed;
  }
  throw new Error(
    [
      ...log.failures.map((failure) => `An installer said:\n${failure}\n`),
      "The journeys need Chrome, Chromium or Edge, and none was found or could be installed.",
      "Install one (on Debian and Ubuntu: sudo apt-get install chromium), or set HEADROOM_BROWSER to the path of one.",
    ].join("\n"),
  );
}

/** What a browser is started with: no sandbox where the kernel allows none, and no errands of the browser's own. */
export const BROWSER_ARGUMENTS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium refuses to start its sandbox as root on Linux.
  ...(process.platform === "linux" && process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
