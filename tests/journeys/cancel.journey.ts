import type { Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { charts, enter, expectSettled, figureValue, verdict } from "./support/page-parts";

/** Some 400 million requests: minutes on any machine. */
const TOO_LARGE =
  "#from=carwow-pooling&workloads.hey.kind=open&workloads.hey.requestsPerSecond=50000&run.durationS=1000";

function progress(page: Page) {
  return page.getByRole("progressbar", { name: "Simulating" });
}

async function percent(page: Page): Promise<number> {
  return Number(await progress(page).getAttribute("value"));
}

test("a scenario too large to finish at once streams in, and can be cancelled", async ({ page }) => {
  await page.goto(`./${TOO_LARGE}`);
  await expect(progress(page)).toBeVisible();

  await test.step("progress, figures and charts arrive while it runs", async () => {
    const reading = charts(page).first().getByRole("paragraph").first();
    const first = { percent: await percent(page), reading: await reading.textContent() };
    await expect.poll(() => percent(page)).toBeGreaterThan(first.percent);
    await expect(reading).not.toHaveText(first.reading ?? "");
    await expect(figureValue(page, "Failures")).toHaveText(/%$/);
  });

  await test.step("the page answers meanwhile, and cancels", async () => {
    await page.getByRole("button", { name: "Request steps" }).click();
    await expect(page.getByRole("combobox", { name: "Step 1: kind" })).toBeVisible();
    await page.getByRole("button", { name: /^Cancel/ }).click();
    await expect(progress(page)).toHaveCount(0);
    await expect(verdict(page)).toContainText(/Cancelled at \d+ %/);
  });

  await test.step("Esc cancels as well", async () => {
    await enter(page, "Requests per second", "60k");
    await expect(progress(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(progress(page)).toHaveCount(0);
    await expect(verdict(page)).toContainText(/Cancelled at \d+ %/);
  });

  await test.step("the next run works", async () => {
    await enter(page, "Requests per second", "20");
    await expectSettled(page);
    await expect(verdict(page)).not.toContainText("Cancelled");
    await expect(figureValue(page, "Throughput")).toHaveText(/^(19|20)\.\d+\/s$/);
  });
});
