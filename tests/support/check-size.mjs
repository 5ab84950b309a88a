// Holds the build's JavaScript to its limits, compressed as a server would send it. Run after `npm run build`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PROJECT } from "../../src/cli/install.mjs";

const KILOBYTE = 1000;
const FIRST_LOAD_LIMIT = 180 * KILOBYTE;
const TOTAL_LIMIT = 320 * KILOBYTE;

const dist = join(PROJECT, "dist");
const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.m?js$/.test(path));

/**
 * @typedef {{ file: string, isEntry?: boolean, imports?: string[] }} Chunk what Vite's manifest says of a chunk
 * @type {Record<string, Chunk>}
 */
const manifest = JSON.parse(readFileSync(join(dist, ".vite", "manifest.json"), "utf8"));
const chunks = new Set(Object.values(manifest).map((chunk) => chunk.file));

/** @type {Set<string>} */
const firstLoad = new Set();

/**
 * Adds a chunk and all it imports statically.
 * @param {Chunk | undefined} chunk
 */
function addWithImports(chunk) {
  if (chunk === undefined || firstLoad.has(chunk.file)) return;
  firstLoad.add(chunk.file);
  for (const name of chunk.imports ?? []) addWithImports(manifest[name]);
}

for (const chunk of Object.values(manifest)) if (chunk.isEntry) addWithImports(chunk);
const html = readFileSync(join(dist, "index.html"), "utf8");
for (const script of scripts) {
  // What the page names itself, and what the manifest knows nothing of: the workers' code, which is loaded at once.
  if (html.includes(script) || !chunks.has(script)) firstLoad.add(script);
}

/** @param {string} script */
const size = (script) => gzipSync(readFileSync(join(dist, script)), { level: 9 }).length;
const sizes = new Map(scripts.map((script) => [script, size(script)]));

/** @param {Iterable<string>} names */
const sum = (names) => [...names].reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
/** @param {number} bytes */
const format = (bytes) => `${(bytes / KILOBYTE).toFixed(1).padStart(7)} kB`;

for (const [script, bytes] of [...sizes].sort(([, one], [, other]) => other - one)) {
  console.log(`${format(bytes)}  ${firstLoad.has(script) ? "first load" : "later     "}  ${script}`);
}

for (const [title, bytes, limit] of /** @type {const} */ ([
  ["first load", sum(firstLoad), FIRST_LOAD_LIMIT],
  ["all", sum(scripts), TOTAL_LIMIT],
])) {
  console.log(`${format(bytes)}  ${title}, of at most ${limit / KILOBYTE} kB`);
  if (bytes > limit) {
    console.error(`The JavaScript of the ${title} is ${Math.ceil(bytes - limit)} bytes over its limit.`);
    process.exitCode = 1;
  }
}
if (firstLoad.size === 0) throw new Error("The build's manifest names no entry, so nothing was measured.");
