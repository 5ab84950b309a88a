import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, with a separator at its end. */
export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

const OLDEST_NODE = [20, 19];

/**
 * Whether this module is the program Node was started with, and not an import of another.
 * @param {string} moduleUrl the module's `import.meta.url`
 */
export function isStarted(moduleUrl) {
  const program = process.argv[1];
  // Node resolves links in a module's address but not in the program's path.
  return program !== undefined && existsSync(program) && realpathSync(program) === fileURLToPath(moduleUrl);
}

/**
 * Runs npm with these arguments in the project's folder, whatever platform this is.
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnSyncOptions} options
 */
export function runNpm(args, options) {
  // npm names its own script when it started us, which spares the search for it (on Windows it is no executable).
  const script = process.env.npm_execpath;
  return script?.endsWith(".js")
    ? spawnSync(process.execPath, [script, ...args], { cwd: PROJECT, ...options })
    : spawnSync("npm", [...args], { cwd: PROJECT, shell: process.platform === "win32", ...options });
}

/**
 * The packages of a lock file by their place in node_modules.
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own record of what it installed: npm writes
 * it last, so an interrupted installation has none. Packages for other platforms are rightly absent.
 */
function isInstalled() {
  const record = join(PROJECT, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readPackages(record);
  return Object.entries(readPackages(join(PROJECT, "package-lock.json"))).every(([place, wanted]) => {
    if (place === "") return true;
    const found = installed[place];
    return found === undefined ? wanted.optional || wanted.devOptional : found.version === wanted.version;
  });
}

/**
 * Installs the packages that package-lock.json names, unless they are there already.
 * What there is to say goes to the error output, so that a program's own output stays its own.
 * Ends the process with status 1 where Node is too old or npm fails, having said why.
 */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    console.error(
      `Headroom needs Node ${OLDEST_NODE.join(".")} or newer; this is Node ${process.versions.node}.`,
    );
    process.exit(1);
  }
  if (isInstalled()) return;
  console.error("Installing packages (only needed once, and after updates) ...");
  // Development packages too, whatever NODE_ENV says: the build is made with them.
  const result = runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (result.status === 0) return;
  console.error(String(result.stderr || result.stdout || result.error?.message || "").trim());
  console.error("The packages could not be installed: `npm ci` failed with the message above.");
  process.exit(1);
}
