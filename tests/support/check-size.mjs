// Holds the build's JavaScript to its limits, compressed as a server would send it. Run after `npm run build`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DIST, whenLoaded } from "./what-loads.mjs";

const KILOBYTE = 1000;

const sizes = [...whenLoaded()]
  .map(([script, when]) => ({
    script,
    when,
    bytes: gzipSync(readFileSync(join(DIST, script)), { level: 9 }).length,
  }))
  .sort((one, other) => other.bytes - one.bytes);

/** @param {readonly import("./what-loads.mjs").When[]} whens */
const sum = (whens) =>
  sizes.filter(({ when }) => whens.includes(when)).reduce((total, { bytes }) => total + bytes, 0);
/** @param {number} bytes */
const format = (bytes) => `${(bytes / KILOBYTE).toFixed(1).padStart(7)} kB`;

for (const { script, when, bytes } of sizes) console.log(`${format(bytes)}  ${when}  ${script}`);

const onDemand = sizes.filter(({ when }) => when === "on demand");
console.log(`${format(sum(["on demand"]))}  all that comes on demand, in ${onDemand.length} files`);

// What the limits are about, and why: docs/decisions/what-loads-first.md.
for (const [title, bytes, limit] of /** @type {const} */ ([
  ["the first load", sum(["first load"]), 180 * KILOBYTE],
  ["the opened page, charts included", sum(["first load", "by itself"]), 320 * KILOBYTE],
  ["the largest file that comes on demand", onDemand[0]?.bytes ?? 0, 20 * KILOBYTE],
])) {
  console.log(`${format(bytes)}  ${title}, of at most ${limit / KILOBYTE} kB`);
  if (bytes > limit) {
    console.error(`The JavaScript of ${title} is ${Math.ceil(bytes - limit)} bytes over its limit.`);
    process.exitCode = 1;
  }
}
