import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { tellLongTasks, watchLongTasks } from "./support/long-tasks";
import {
  declineTour,
  enter,
  expectSettled,
  figure,
  figureTexts,
  figureValue,
  numberField,
  openPage,
  picture,
  share,
  slider,
} from "./support/page-parts";

/** Play, pause, and what can be done to the running system. */
function live(page: Page): Locator {
  return page.getByRole("region", { name: "Live run" });
}

/** Simulated time, in whole seconds. */
async function clockS(page: Page): Promise<number> {
  const [hours = 0, minutes = 0, seconds = 0] = ((await live(page).getByRole("time").textContent()) ?? "")
    .split(":")
    .map(Number);
  return 3600 * hours + 60 * minutes + seconds;
}

async function waitUntil(page: Page, nowS: number): Promise<void> {
  await expect.poll(() => clockS(page)).toBeGreaterThanOrEqual(nowS);
}

async function runLive(page: Page, speed: string): Promise<void> {
  await live(page).getByRole("button", { name: "Run live" }).click();
  await live(page).getByText(speed, { exact: true }).click();
}

test("what is done to a running system is a link, and its run gives the same numbers", async ({
  page,
  context,
  otherReader,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openPage(page);
  await declineTour(page);
  await runLive(page, "20×");
  const longTasks = await watchLongTasks(page);
  await waitUntil(page, 8);

  await enter(page, "Clients", "180");
  await expect(live(page)).toContainText("1 written down");
  await expect(live(page)).toContainText("hey clients set to 180");
  const throughputs = new Set<string | null>();
  for (const clients of ["120", "60"]) {
    const before = await clockS(page);
    await enter(page, "Clients", clients);
    await waitUntil(page, before + 10);
    throughputs.add(await figureValue(page, "Throughput").textContent());
  }
  expect(throughputs.size, "throughputs as clients leave").toBe(2);
  // It is back after 20 s: slowly enough to be seen in the picture.
  await live(page).getByText("1×", { exact: true }).click();
  await live(page).getByRole("button", { name: "Kill a dyno" }).click();
  await expect(live(page)).toContainText("1 dyno of web killed");
  await expect(picture(page).getByRole("button", { name: /^25 dynos: .*1 dead/ })).toBeVisible();
  await live(page).getByText("20×", { exact: true }).click();
  await waitUntil(page, (await clockS(page)) + 5);
  tellLongTasks("while live at 20×", await longTasks());

  await live(page).getByRole("button", { name: "Pause" }).click();
  await expect(live(page).getByText(/^Paused at/)).toBeAttached();
  const paused = await clockS(page);
  const texts = await figureTexts(page);
  await expect(page).toHaveURL(/#from=carwow-pooling$/);

  await share(page, "Copy link");
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toContainText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press("Escape");
  await otherReader.goto(link);
  await expectSettled(otherReader);
  expect(await figureTexts(otherReader)).toEqual(texts);
  await expect(numberField(otherReader, "Clients")).toHaveValue("200");
  expect(await clockS(page), "time while it is paused").toBe(paused);

  await test.step("stopping keeps the session, as one step", async () => {
    await live(page).getByRole("button", { name: "Stop" }).click();
    await expectSettled(page);
    await expect(page).toHaveURL(/timeline/);
    expect(await figureTexts(page)).toEqual(texts);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page).toHaveURL(/#from=carwow-pooling$/);
    await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
  });
});

test("time is steered from the keyboard; a slider acts on the running system, and undo on it, too", async ({
  page,
}) => {
  await openPage(page);
  await declineTour(page);
  await page.keyboard.press("Space");
  await waitUntil(page, 1);
  await slider(page, "Dynos").focus();
  await page.keyboard.press("ArrowRight");
  await expect(numberField(page, "Dynos")).toHaveValue("26");
  await expect(live(page)).toContainText("web dynos set to 26");
  await page.keyboard.press("Space");
  await expect(live(page).getByText(/^Paused at/)).toBeAttached();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(numberField(page, "Dynos")).toHaveValue("25");
  await expect(live(page)).toContainText("web dynos set to 25");

  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include('[aria-label="Live run"]')
    .analyze();
  expect(violations, "what axe finds in the bar").toEqual([]);

  const before = await clockS(page);
  await live(page).getByRole("button", { name: "One second" }).click();
  await expect.poll(() => clockS(page)).toBe(before + 1);
  await live(page)
    .getByRole("button", { name: /^Begin again at 0/ })
    .click();
  await expect.poll(() => clockS(page)).toBe(0);
  await expect(live(page)).toContainText("What you do is written down here");

  await test.step("where nothing was done, stopping leaves everything as it was", async () => {
    await live(page).getByRole("button", { name: "Stop" }).click();
    await expectSettled(page);
    await expect(page).toHaveURL(/#from=carwow-pooling$/);
    await expect(figure(page, "Throughput")).toContainText(/± [\d.]+\/s/);
  });
});

test("time passes without a frame being drawn, as in a tab that nobody looks at", async ({ page }) => {
  await page.addInitScript(() => {
    globalThis.requestAnimationFrame = () => 0;
  });
  await openPage(page);
  await runLive(page, "5×");
  await waitUntil(page, 10);
});
