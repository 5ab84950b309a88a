// Runs the journeys: `npm run journeys -- [file, --grep …, any option of Playwright's]`.
// A browser is found or installed first, once; the settings are read again in each of Playwright's processes.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { ensureBrowser } from "../support/find-browser.mjs";
import { findFreePort } from "../support/free-port.mjs";

const settings = fileURLToPath(new URL("playwright.config.ts", import.meta.url));
const playwright = createRequire(import.meta.url).resolve("@playwright/test/cli");

try {
  const browser = ensureBrowser();
  console.log(`Browser: ${browser}`);
  const result = spawnSync(
    process.execPath,
    [playwright, "test", "--config", settings, ...process.argv.slice(2)],
    {
      stdio: "inherit",
      env: { ...process.env, HEADROOM_BROWSER: browser, HEADROOM_PORT: String(await findFreePort()) },
    },
  );
  process.exitCode = result.status ?? 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
