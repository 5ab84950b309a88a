import type { Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { chartWith, declineTour, expectSettled, numberField, openPage, slider } from "./support/page-parts";

/** What a chart is marked with, in order of time. */
function marksOf(page: Page, series: string) {
  return chartWith(page, series).locator("svg g > title");
}

async function add(page: Page, kind: string): Promise<void> {
  await page.getByRole("button", { name: "Add event", exact: true }).click();
  await page.getByRole("menuitem", { name: kind }).click();
}

test("an event is added, moved, seen in the charts, shared, undone and removed", async ({ page }) => {
  await openPage(page);
  await declineTour(page);
  await add(page, "Deploy");

  await test.step("it opens with what it means, and takes a time", async () => {
    const dialog = page.getByRole("dialog", { name: "Deploy of web" });
    await expect(dialog).toContainText("the old dynos stop at once");
    await numberField(page, "When").fill("20");
    await dialog.getByRole("button", { name: "Done" }).click();
    await expectSettled(page);
    await expect(slider(page, "deploy of web")).toHaveAttribute("aria-valuetext", "20 s");
  });

  await test.step("every chart over time has it, and dynos come and go", async () => {
    await expect(marksOf(page, "answered")).toHaveText(["deploy of web at 20 s"]);
    await expect(marksOf(page, "web up")).toHaveText(["deploy of web at 20 s"]);
    await expect(page.getByRole("figure", { name: "web runs 25 dynos throughout" })).toBeVisible();
  });

  await test.step("it is dragged along the ruler, which is one step to undo", async () => {
    const mark = slider(page, "deploy of web");
    const box = await mark.boundingBox();
    if (box === null) throw new Error("the mark is not in view");
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 13, y);
    await page.mouse.down();
    await page.mouse.move(box.x + 100, y, { steps: 4 });
    await page.mouse.up();
    await expect(mark).not.toHaveAttribute("aria-valuetext", "20 s");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await mark.focus();
    await page.keyboard.press("Control+z");
    await expect(mark).toHaveAttribute("aria-valuetext", "20 s");
  });

  await test.step("the keyboard moves it, and the address has it", async () => {
    await slider(page, "deploy of web").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await expect(slider(page, "deploy of web")).toHaveAttribute("aria-valuetext", "25 s");
    await expectSettled(page);
    await page.reload();
    await expectSettled(page);
    await expect(slider(page, "deploy of web")).toHaveAttribute("aria-valuetext", "25 s");
    await expect(marksOf(page, "answered")).toHaveText(["deploy of web at 25 s"]);
  });

  await test.step("Delete removes it, and the chart of instances with it", async () => {
    // Charts are drawn when they are scrolled to.
    await page
      .getByRole("region", { name: "Charts" })
      .evaluate((all) => all.scrollIntoView({ block: "end" }));
    const instances = page.getByRole("figure", { name: "web runs 25 dynos throughout" });
    await expect(instances).toHaveCount(1);
    await slider(page, "deploy of web").focus();
    await page.keyboard.press("Delete");
    await expectSettled(page);
    await expect(slider(page, "deploy of web")).toHaveCount(0);
    await expect(instances).toHaveCount(0);
  });
});

const SCALER = {
  min: 2,
  max: 6,
  bootS: 10,
  policies: [
    {
      kind: "step",
      name: "up",
      metric: "queueMs",
      statistic: "p95",
      above: 50,
      periodS: 10,
      datapoints: 1,
      outOf: 1,
      change: 2,
      cooldownS: 30,
    },
  ],
};
const SCALED = [
  "#run.durationS=240",
  "run.replications=2",
  `workloads=${encodeURIComponent(JSON.stringify([{ name: "site", kind: "open", requestsPerSecond: 50 }]))}`,
  `fleets=${encodeURIComponent(JSON.stringify([{ name: "web", dynos: 2, autoscaler: SCALER }]))}`,
].join("&");

test("an autoscaler's alarms stand under its instances, and its log says why nothing happened", async ({
  page,
}) => {
  await openPage(page, SCALED);
  await declineTour(page);
  const instances = chartWith(page, "web up");
  await expect(instances.getByRole("heading")).toHaveText("web runs between 2 and 6 dynos");
  await expect(instances).toContainText("up: p95 of queue time above 50 ms");
  await page.getByRole("button", { name: /^Decisions of the autoscaler/ }).click();
  const log = page.getByRole("region", { name: "Log of decisions" });
  await expect(log.getByRole("row", { name: /2 → 4 adds 2 dynos/ })).toBeVisible();
  await expect(log.getByRole("row", { name: /cooldown of 30 s/ }).first()).toBeVisible();
  await page.getByText("Only changes").click();
  await expect(log.getByRole("row", { name: /cooldown/ })).toHaveCount(0);
});
