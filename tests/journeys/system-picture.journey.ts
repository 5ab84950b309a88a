import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import {
  charts,
  chartWith,
  declineTour,
  drawing,
  figure,
  openPage,
  picture,
  verdict,
} from "./support/page-parts";

/** A part of the picture, by how its sentence begins. */
function part(page: Page, name: RegExp): Locator {
  return picture(page).getByRole("button", { name });
}

function moment(page: Page): Locator {
  return page.getByRole("slider", { name: "Moment of the run in the picture" });
}

/** Three dynos are killed at 20 s, and the database restarts at 30 s. */
const EVENTFUL = `#from=carwow-pooling&timeline=${encodeURIComponent(
  JSON.stringify([
    { atS: 20, do: "killDyno", fleet: "web", count: 3, graceful: false, backAfterS: null },
    { atS: 30, do: "restartDatabase", downS: 3 },
  ]),
)}`;

test("the system stands above the charts, with what fails at the part that caused it", async ({ page }) => {
  await openPage(page);
  await expect(part(page, /^Clients: /)).toHaveAccessibleName(/18\d(\.\d)? per second answered, 200 clients/);
  await expect(part(page, /^25 dynos: /)).toHaveAccessibleName(/\d+ of 250 threads busy/);
  await expect(part(page, /^Database: /)).toHaveAccessibleName(
    /240 of 240 connections, .* per second refused: out of connection slots\.$/,
  );
  await expect(part(page, /^Pooler: /)).toHaveCount(0);
  await expect(picture(page).getByRole("button", { name: "Most failures" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );

  await test.step("a pooler is a part of its own, and the failures are gone", async () => {
    await page.getByRole("switch", { name: "Pooler", exact: true }).click();
    await expect(part(page, /^Pooler: /)).toHaveAccessibleName(/ of 90 slots busy/);
    await expect(part(page, /^Database: /)).not.toHaveAccessibleName(/refused/);
  });
});

test("the slider goes through the run, by keyboard too", async ({ page }) => {
  await openPage(page, EVENTFUL);
  const dynos = part(page, /^25 dynos: /);
  await moment(page).focus();
  await page.keyboard.press("Home");
  await expect(moment(page)).toHaveAttribute("aria-valuetext", "0.5 s");
  await expect(dynos).not.toHaveAccessibleName(/dead/);
  for (let step = 0; step < 22; step += 1) await page.keyboard.press("ArrowRight");
  await expect(moment(page)).toHaveAttribute("aria-valuetext", "22.5 s");
  await expect(dynos).toHaveAccessibleName(/3 dead/);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await expect(part(page, /^Database: down/)).toHaveAccessibleName(/the database is down\.$/);
});

test("a part opens its controls and its chart", async ({ page }) => {
  await openPage(page);
  await declineTour(page);
  await expect(drawing(charts(page)).first()).toBeVisible();
  const group = page.getByRole("button", { name: "Database", exact: true });
  await group.click();
  await expect(group).toHaveAttribute("aria-expanded", "false");
  await part(page, /^Database: /).focus();
  await page.keyboard.press("Enter");
  await expect(group).toHaveAttribute("aria-expanded", "true");
  await expect(group).toBeFocused();
  await expect(page.getByRole("combobox", { name: "Plan" })).toBeInViewport();
  await expect(drawing(chartWith(page, "running a query"))).toBeInViewport({ ratio: 0.95 });
});

test("folded it is a line, and stays folded", async ({ page }) => {
  await openPage(page);
  const toggle = picture(page).getByRole("button", { name: "The system" });
  await toggle.click();
  await expect(picture(page)).toContainText(/25 dynos \d+ of 250 → .*Database 240 of 240/);
  await expect(picture(page)).toContainText("refused: out of connection slots");
  await page.reload();
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
});

for (const { width, height } of [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
]) {
  test(`at ${width} × ${height} it leaves verdict, figures and the first two charts in view`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await openPage(page);
    await expect(picture(page).getByRole("button", { name: "The system" })).toBeInViewport({ ratio: 1 });
    await expect(verdict(page)).toBeInViewport({ ratio: 1 });
    await expect(figure(page, "Monthly cost")).toBeInViewport({ ratio: 1 });
    for (const chart of [charts(page).nth(0), charts(page).nth(1)]) {
      await expect(chart.getByRole("heading")).toBeInViewport({ ratio: 1 });
      await expect(drawing(chart)).toBeInViewport({ ratio: 0.9 });
    }
  });
}

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("it goes from top to bottom, and a part opens the sheet of controls below its chart", async ({
    page,
  }) => {
    await openPage(page);
    await declineTour(page);
    await expect(drawing(charts(page)).first()).toBeVisible();
    const names = [/^Clients: /, /^Edge: /, /^25 dynos: /, /^Pools: /, /^Database: /];
    const tops: number[] = [];
    for (const name of names) {
      const box = await part(page, name).boundingBox();
      expect(box?.width, `${name} is as wide as the page`).toBeGreaterThan(300);
      tops.push(box?.y ?? Number.NaN);
    }
    expect(tops).toEqual(tops.toSorted((one, other) => one - other));

    await part(page, /^Database: /).tap();
    const sheet = page.getByRole("button", { name: /^Controls/ });
    await expect(sheet).toHaveAttribute("aria-expanded", "true");
    await expect(page.getByRole("combobox", { name: "Plan" })).toBeInViewport({ ratio: 1 });
    await expect(async () => {
      const plot = await drawing(chartWith(page, "running a query")).boundingBox();
      const edge = await sheet.boundingBox();
      if (plot === null || edge === null) throw new Error("chart or sheet has no place on the page");
      expect(plot.y).toBeGreaterThan(0);
      expect(plot.y + plot.height, "the chart ends above the sheet").toBeLessThanOrEqual(edge.y);
    }).toPass({ timeout: 5000 });
  });
});
