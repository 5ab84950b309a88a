import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { charts, drawing, expectAllCharts, expectSettled, openPage, picture } from "./support/page-parts";

interface Search {
  /** A part of the page; without one, all of it. */
  readonly within?: string;
  /** These rules and no others. */
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** Nothing that axe finds is serious or critical. */
async function expectAccessible(page: Page, { within, only, except = [] }: Search = {}): Promise<void> {
  // Without frames, axe needs no page of its own to put its results together.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .disableRules([...except]);
  if (only !== undefined) axe.withRules([...only]);
  if (within !== undefined) axe.include(within);
  const { violations } = await axe.analyze();
  const grave = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map(({ html }) => html.slice(0, 200))]);
  expect(grave, "serious or critical violations").toEqual([]);
}

const COLOURS = { only: ["color-contrast"] };

test("everything on the page is accessible in light and dark, with all that can be unfolded", async ({
  page,
}) => {
  // A short run, for a table of few rows; two values that are none, for the list of what was left out.
  await openPage(page, "#from=carwow-pooling&run.durationS=15&fleets.web.dynos=abc&fleets.web.dynoz=1");
  await expectAllCharts(page);
  for (const group of ["Request steps", "Client behaviour", "Timeouts and queues", "Run", "Objective"]) {
    // Behind its name, a group says how many of its values were changed.
    await page
      .getByRole("heading", { name: new RegExp(`^${group}`) })
      .getByRole("button")
      .click();
  }
  await page.getByRole("button", { name: "Pin baseline" }).click();
  await charts(page).first().getByRole("button", { name: "Menu of the chart" }).click();
  await page.getByRole("menuitem", { name: "Show as table" }).click();
  await expect(charts(page).first().getByRole("table")).toBeVisible();
  await expect(page.getByRole("region", { name: "Tour" })).toBeVisible();
  await expect(picture(page).getByRole("button", { name: /^Database: / })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "Share", exact: true }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await expectAccessible(page, { within: "[role=menu]" });
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, { within: "dialog" });

  await test.step("in dark colours", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
    await expectAccessible(page, { ...COLOURS, within: "dialog" });
    await page.keyboard.press("Escape");
    await expectAccessible(page, COLOURS);
  });
});

test("nothing is wider than the page", async ({ page }) => {
  await openPage(page);
  for (const width of [1440, 1024, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await expectAllCharts(page);
    const isAnyWider = () =>
      page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    await expect.poll(isAnyWider, { message: `at ${width} pixels` }).toBe(false);
  }
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the sheet of controls leaves the first chart in view while a slider is moved", async ({ page }) => {
    await openPage(page);
    await expectAllCharts(page);
    await page.getByRole("button", { name: "No thanks" }).click();
    const sheet = page.getByRole("button", { name: /^Controls/ });
    await sheet.click();
    await expect(sheet).toHaveAttribute("aria-expanded", "true");
    const clients = page.getByRole("slider", { name: "Clients", exact: true });
    await expect(clients).toBeInViewport({ ratio: 1 });

    const chart = drawing(charts(page).first());
    await expect(async () => {
      const top = (await page.getByRole("banner").boundingBox()) ?? { y: 0, height: 0 };
      const plot = await chart.boundingBox();
      const edge = await sheet.boundingBox();
      if (plot === null || edge === null) throw new Error("chart or sheet has no place on the page");
      expect(plot.y, "the chart begins below the header").toBeGreaterThanOrEqual(top.y + top.height);
      expect(plot.y + plot.height, "the chart ends above the sheet").toBeLessThanOrEqual(edge.y);
    }).toPass({ timeout: 3000 });
    // A label that has yet to be scrolled to within the sheet counts as none by this rule; it is tried above.
    await expectAccessible(page, { except: ["label-title-only"] });

    const before = await chart.innerHTML();
    await clients.focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await expectSettled(page);
    // Charts are drawn one after the other once the result is there.
    await expect.poll(() => chart.innerHTML().then((now) => now === before)).toBe(false);
    await expect(clients).toBeInViewport({ ratio: 1 });

    await sheet.click();
    await expect(sheet).toHaveAttribute("aria-expanded", "false");
    await expect(clients).toBeHidden();
  });
});
