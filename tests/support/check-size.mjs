// Holds the build's JavaScript to its limits, compressed as a server would send it. Run after `npm run build`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PROJECT } from "../../src/cli/install.mjs";

const KILOBYTE = 1000;

/** What the three limits are about, and why: docs/decisions/what-loads-first.md. */
const LIMITS = {
  "first load": 180 * KILOBYTE,
  "by itself": 320 * KILOBYTE,
  "on demand": 60 * KILOBYTE,
};

/**
 * What is fetched only when a reader opens it: folded groups of controls, editors, dialogs. All that is not named
 * here, or needed by nothing else, counts as loaded by the opened page itself.
 */
const ON_DEMAND = [
  "src/store/items.ts",
  "src/ui/scenario/AdvancedGroup.tsx",
  "src/ui/scenario/HardwareFields.tsx",
  "src/ui/scenario/RenameItem.tsx",
  "src/ui/scenario/ReplayControl.tsx",
  "src/ui/scenario/TraceSummary.tsx",
  "src/ui/scenario/all-fields.ts",
  "src/ui/scenario/recording/RecordingDialog.tsx",
  "src/ui/scenario/FindControl.tsx",
  "src/ui/share/CopyLinkDialog.tsx",
  "src/ui/share/ImportDialog.tsx",
  "src/ui/shell/ShortcutsDialog.tsx",
  "src/ui/trust/TrustPage.tsx",
];

const dist = join(PROJECT, "dist");
const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.m?js$/.test(path));

/**
 * @typedef {{ file: string, isEntry?: boolean, imports?: string[], dynamicImports?: string[] }} Chunk what Vite's
 *   manifest says of a chunk
 * @type {Record<string, Chunk>}
 */
const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"));
const chunks = new Set(Object.values(manifest).map((chunk) => chunk.file));
const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
if (entries.length === 0) throw new Error("The build's manifest names no entry, so nothing was measured.");
for (const name of ON_DEMAND) {
  if (manifest[name] === undefined)
    throw new Error(`${name} has no file of its own: is it still imported lazily?`);
}

/**
 * The files of some chunks and of all they lead to.
 * @param {readonly string[]} names
 * @param {(chunk: Chunk) => readonly string[]} leadsTo
 */
function filesFrom(names, leadsTo) {
  /** @type {Set<string>} */
  const files = new Set();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = manifest[name];
    if (chunk === undefined || files.has(chunk.file)) continue;
    files.add(chunk.file);
    open.push(...leadsTo(chunk));
  }
  return files;
}

const firstLoad = filesFrom(entries, ({ imports = [] }) => imports);
const byItself = filesFrom(entries, ({ imports = [], dynamicImports = [] }) => [
  ...imports,
  ...dynamicImports.filter((name) => !ON_DEMAND.includes(name)),
]);
const html = readFileSync(join(dist, "index.html"), "utf8");

/**
 * When a script is loaded. What the page names itself comes first, and so does what the manifest knows nothing of: the
 * workers' code.
 * @param {string} script
 */
function whenLoaded(script) {
  if (firstLoad.has(script) || html.includes(script) || !chunks.has(script)) return "first load";
  return byItself.has(script) ? "by itself" : "on demand";
}

const sizes = scripts
  .map((script) => ({
    script,
    when: whenLoaded(script),
    bytes: gzipSync(readFileSync(join(dist, script)), { level: 9 }).length,
  }))
  .sort((one, other) => other.bytes - one.bytes);

/** @param {...string} whens */
const sum = (...whens) =>
  sizes.filter(({ when }) => whens.includes(when)).reduce((total, { bytes }) => total + bytes, 0);
/** @param {number} bytes */
const format = (bytes) => `${(bytes / KILOBYTE).toFixed(1).padStart(7)} kB`;

for (const { script, when, bytes } of sizes) console.log(`${format(bytes)}  ${when}  ${script}`);

for (const [title, bytes, limit] of /** @type {const} */ ([
  ["first load", sum("first load"), LIMITS["first load"]],
  ["the opened page, charts included", sum("first load", "by itself"), LIMITS["by itself"]],
  ["on demand, all together", sum("on demand"), LIMITS["on demand"]],
])) {
  console.log(`${format(bytes)}  ${title}, of at most ${limit / KILOBYTE} kB`);
  if (bytes > limit) {
    console.error(`The JavaScript of ${title} is ${Math.ceil(bytes - limit)} bytes over its limit.`);
    process.exitCode = 1;
  }
}
