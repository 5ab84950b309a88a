import { defineConfig } from "@playwright/test";
import { BROWSER_ARGUMENTS, findBrowser } from "../support/find-browser.mjs";

const port = Number(process.env.HEADROOM_PORT ?? 4273);
const address = `http://127.0.0.1:${port}/`;
const browser = findBrowser();

/** Journeys on the production build, served as `npm start` serves it. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.journey.ts",
  outputDir: "../../test-results",
  // The simulation's own workers need the cores: a second browser would only make the first one wait.
  workers: 1,
  retries: 0,
  // A busy machine is slow, not wrong: no journey is about time.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "../../node_modules/.cache/headroom/journeys.json" }]],
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      // Without one Playwright says what it misses: `npm run journeys` finds or installs one before this is read.
      ...(browser === undefined ? {} : { executablePath: browser }),
      args: BROWSER_ARGUMENTS,
    },
  },
  webServer: {
    command: `node src/cli/start.mjs --no-open --port ${port}`,
    cwd: "../..",
    url: address,
    reuseExistingServer: false,
    timeout: 120_000,
    // Playwright asks what it starts for colours, and Node warns of it where NO_COLOR asks for none.
    env: { NODE_NO_WARNINGS: "1" },
    stdout: "ignore",
    stderr: "pipe",
  },
});
