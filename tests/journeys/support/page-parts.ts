import { type Download, expect, type Locator, type Page } from "@playwright/test";

/*
 * The page as journeys speak of it. Parts are found as a reader finds them, by role and name; what has no role of its own
 * is found from here only.
 */

export const FIGURE_NAMES = [
  "Throughput",
  "p50",
  "p95",
  "p99",
  "Queue p95",
  "Failures",
  "Monthly cost",
] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

/** How the verdict begins where something is wrong. */
export const NOT_ALL_RIGHT = "Not all right";

/** The sentence that says what limits, and what to try. */
export function verdict(page: Page): Locator {
  return page.getByRole("region", { name: "Verdict" });
}

/** One of the figures above the charts: name, value, interval, objective, difference from the baseline. */
export function figure(page: Page, name: FigureName): Locator {
  return page
    .getByRole("region", { name: "Figures" })
    .locator("dl > div")
    .filter({ has: page.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) }) });
}

/** The figures; those of a run that may go on say so, and mean the same. */
export async function figureTexts(page: Page): Promise<(string | undefined)[]> {
  const texts = await Promise.all(FIGURE_NAMES.map((name) => figure(page, name).textContent()));
  return texts.map((text) => text?.replace(" so far", ""));
}

/** A figure's value alone, with its unit. */
export function figureValue(page: Page, name: FigureName): Locator {
  return figure(page, name).getByRole("definition").first();
}

export function slider(page: Page, name: string): Locator {
  return page.getByRole("slider", { name, exact: true });
}

/** The exact number beside a slider. */
export function numberField(page: Page, name: string): Locator {
  return page.getByRole("textbox", { name, exact: true });
}

/** All charts, in the order in which they stand. Their titles are statements about the run. */
export function charts(page: Page): Locator {
  return page.getByRole("region", { name: "Charts" }).getByRole("figure");
}

/** The picture of the system above the charts. */
export function picture(page: Page): Locator {
  return page.getByRole("region", { name: "System" });
}

/** All charts, those included that are fetched when a reader comes near them; the page is then at its top again. */
export async function expectAllCharts(page: Page, count = 9): Promise<void> {
  const places = page.getByRole("region", { name: "Charts" }).locator("[data-place]");
  await expect(places).toHaveCount(count);
  for (const place of await places.all()) {
    await place.scrollIntoViewIfNeeded();
    await expect(place.getByRole("application")).toBeVisible();
  }
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await expect(drawing(charts(page))).toHaveCount(count);
}

/** The chart whose legend has a series of this name, where no other chart has one. */
export function chartWith(page: Page, series: string): Locator {
  return charts(page).filter({ has: page.getByRole("button", { name: series, exact: true }) });
}

/** A chart's drawing. */
export function drawing(chart: Locator): Locator {
  return chart.getByRole("application");
}

/** Waits until the scenario is simulated as precisely as it asks for. */
export async function expectSettled(page: Page): Promise<void> {
  await expect(page.getByRole("region", { name: "Figures" })).toHaveAttribute("aria-busy", "false");
  // The hairline under the header says nothing to a screen reader: it is no role's.
  await expect(page.locator("[data-running]")).toHaveCount(0);
  await expect(verdict(page).getByText(/^Preview of/)).toHaveCount(0);
}

/** Opens the page at an address of it, and waits for the figures. */
export async function openPage(page: Page, hash = ""): Promise<void> {
  await page.goto(`./${hash}`);
  await expectSettled(page);
}

/** The tour is offered over a corner of the page, where charts may lie. */
export async function declineTour(page: Page): Promise<void> {
  await page.getByRole("button", { name: "No thanks" }).click();
}

/** Types a number into a control's field. */
export async function enter(page: Page, name: string, text: string): Promise<void> {
  await numberField(page, name).fill(text);
  await numberField(page, name).press("Enter");
}

/** Chooses something out of the share menu. */
export async function share(page: Page, what: string): Promise<void> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("menuitem", { name: what }).click();
}

/** What the action lets the browser download. */
export async function downloaded(page: Page, action: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent("download"), action()]);
  return download;
}

/** The bytes of a download. */
export async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
