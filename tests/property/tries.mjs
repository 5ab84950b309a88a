// Holds the properties of the engine against thousands of random scenarios each: `npm run tries -- [how many] [seed]`.
// What `npm test` runs of them is the same with a few hundred. Another seed gives other scenarios.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const [tries = "10000", seed] = process.argv.slice(2);
const runner = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));

const { status } = spawnSync(
  process.execPath,
  [runner, "run", "--project", "node", "--reporter", "default", "tests/property/engine-"],
  {
    stdio: "inherit",
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { ...process.env, HEADROOM_TRIES: tries, ...(seed === undefined ? {} : { HEADROOM_SEED: seed }) },
  },
);
process.exitCode = status ?? 1;
