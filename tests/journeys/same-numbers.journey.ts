import type { Page } from "@playwright/test";
import fc from "fast-check";
import { compile, Simulation } from "../../src/engine";
import { withSizes } from "../../src/scenario/sizes";
import { simulableScenario } from "../support/simulable-scenario";
import { expect, test } from "./support/journey";
import { bytesOf, downloaded, expectSettled, openPage, share } from "./support/page-parts";
import { recordDigests } from "./support/record-digests.mjs";
import { type ResultDocument, simulate, withoutWallTime } from "./support/simulate";
import { digestsInBrowser } from "./support/worker-records";

/*
 * The page's workers and the command line's Node give the same results, to the last bit: JSON writes a number so that it
 * reads back as the very same one.
 */

async function exportedResults(page: Page): Promise<ResultDocument> {
  const download = await downloaded(page, () => share(page, "Export results"));
  return JSON.parse((await bytesOf(download)).toString("utf8")) as ResultDocument;
}

async function expectSameNumbers(page: Page, ofTheCommand: Promise<ResultDocument>): Promise<void> {
  const document = await exportedResults(page);
  expect(withoutWallTime(document)).toEqual(withoutWallTime(await ofTheCommand));
  expect(document.requests.ok + document.requests.failed).toBeGreaterThan(0);
}

test("the opening scenario has the same numbers on the page and in the terminal", async ({ page }) => {
  await openPage(page);
  await expectSameNumbers(page, simulate(["--preset", "carwow-pooling"]));
});

test("open traffic and varying times behind the pooler have the same numbers", async ({ page }) => {
  const settings = [
    "pooler.enabled=true",
    "fleets.web.balancer=power-of-two",
    "workloads.hey.kind=open",
    "workloads.hey.requestsPerSecond=150",
    "endpoints.page.steps.0.ms=exponential(400)",
    "endpoints.page.steps.1.ms=lognormal(500,cv=2)",
    "run.seed=4711",
  ];
  await openPage(page, `#from=carwow-pooling&${settings.join("&")}`);
  await expect(page.getByRole("region", { name: /left out/ })).toHaveCount(0);
  const words = settings.flatMap((setting) => ["--set", setting]);
  await expectSameNumbers(page, simulate(["--preset", "carwow-pooling", ...words]));
});

test("imported scenarios of any kind have the same numbers", async ({ page }) => {
  await openPage(page);
  const scenarios = fc.sample(simulableScenario, { seed: 20260804, numRuns: 3 });
  for (const [position, scenario] of scenarios.entries()) {
    const text = JSON.stringify({ ...scenario, name: `Sample ${position}` });
    await test.step(text, async () => {
      await share(page, "Import scenario");
      await page.getByRole("textbox", { name: "Scenario or story as JSON" }).fill(text);
      await page.getByRole("button", { name: "Import", exact: true }).click();
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expectSettled(page);
      await expectSameNumbers(page, simulate(["-"], text));
    });
  }
});

test("random scenarios of the whole model leave the same records in a worker and in Node, to the last bit", async ({
  page,
}) => {
  const runs = fc.sample(simulableScenario, { seed: 20261121, numRuns: 60 }).map((scenario, position) => ({
    sized: withSizes(scenario),
    replication: position % 3,
  }));
  await openPage(page);
  const inBrowser = await digestsInBrowser(page, runs);
  expect(inBrowser.length).toBe(runs.length);
  let requests = 0;
  for (const [position, { sized, replication }] of runs.entries()) {
    const simulation = new Simulation(compile(sized), replication);
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    requests += record.ok;
    expect(inBrowser[position], JSON.stringify(sized.scenario)).toEqual(await recordDigests(record));
  }
  expect(requests).toBeGreaterThan(1000);
});
