import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./install.mjs";

/**
 * The files under these paths, in a fixed order.
 * @param {readonly string[]} paths relative to the project
 * @returns {string[]}
 */
function listFiles(paths) {
  return paths.flatMap((path) => {
    const absolute = join(PROJECT, path);
    if (!existsSync(absolute)) return [];
    if (!statSync(absolute).isDirectory()) return [path];
    return listFiles(
      readdirSync(absolute)
        .sort()
        .map((name) => `${path}/${name}`),
    );
  });
}

/**
 * A hash of the names and contents of all files under these paths. By content and not by time, because a clone or
 * a change of branch touches times at will.
 * @param {readonly string[]} paths relative to the project, files or folders
 * @returns {string} 32 hexadecimal digits
 */
export function fingerprint(paths) {
  const hash = createHash("sha256");
  for (const file of listFiles(paths)) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(PROJECT, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 32);
}
