import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { bytesOf, declineTour, downloaded, numberField, openPage } from "./support/page-parts";

/** A short run, so that many of them take little time. */
const SHORT = "#from=carwow-pooling&run.durationS=12&run.warmupS=2";

const TITLES = {
  "Compare scenarios": "Which is better, and by how much?",
  "How far does it go?": "How far does it go?",
  "Sweep one or two parameters": "What do these parameters do?",
  "Cheapest that meets the objective": "What is the cheapest that meets the objective?",
  "Which assumption matters?": "Which assumption matters most?",
  "As precise as I need": "How many runs until it is precise?",
} as const;
type Item = keyof typeof TITLES;

/** The area of the question that is asked. */
function area(page: Page, item: Item): Locator {
  return page.getByRole("region", { name: TITLES[item], exact: true });
}

/** Opens a question by the keyboard alone. */
async function choose(page: Page, item: Item): Promise<Locator> {
  await page.keyboard.press("d");
  const entry = page.getByRole("menuitem", { name: new RegExp(`^${item.replace("?", "\\?")}`) });
  await expect(page.getByRole("menu")).toBeVisible();
  for (let presses = 0; presses <= Object.keys(TITLES).length; presses += 1) {
    if (await entry.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: TITLES[item], exact: true })).toBeFocused();
  return area(page, item);
}

async function ask(within: Locator): Promise<void> {
  await within.getByRole("button", { name: "Ask", exact: true }).click();
}

async function expectAnswered(within: Locator): Promise<void> {
  await expect(within.locator("[data-status]")).toHaveText(/^Answered with [\d,]+ runs\.$/, {
    timeout: 60_000,
  });
}

/** Nothing that axe finds within the area is serious or critical. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .include("#decide")
    .analyze();
  const grave = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map(({ html }) => html.slice(0, 200))]);
  expect(grave, "serious or critical violations").toEqual([]);
}

/** The figures of a comparison, row by row. */
async function comparedFigures(within: Locator): Promise<readonly string[]> {
  const rows = within.getByRole("region", { name: "Figures side by side" }).getByRole("row");
  await expect(rows.first()).toBeVisible();
  return rows.allTextContents();
}

test("each question is opened by the keyboard, answered, accessible in light and dark, and closed", async ({
  page,
}) => {
  test.slow();
  await openPage(page, SHORT);
  await declineTour(page);
  for (const item of Object.keys(TITLES) as Item[]) {
    await test.step(item, async () => {
      const question = await choose(page, item);
      if (/^Sweep/.test(item)) {
        for (const place of [0, 1])
          await fill(question.getByRole("textbox", { name: "Values" }).nth(place), "3");
      }
      if (await question.getByRole("button", { name: "Ask", exact: true }).isVisible()) await ask(question);
      await expectAnswered(question);
      await expect(question.getByRole("figure").or(question.getByRole("grid")).first()).toBeVisible();
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "light" });
      await question.getByRole("button", { name: "Close the question" }).click();
      await expect(question).toHaveCount(0);
      await expect(page).not.toHaveURL(/study=/);
    });
  }
});

async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.press("Enter");
}

test("a heat map is computed, walked, opened cell by cell, and handed over as a file", async ({ page }) => {
  await openPage(page, SHORT);
  await declineTour(page);
  const question = await choose(page, "Sweep one or two parameters");
  for (const place of [0, 1]) await fill(question.getByRole("textbox", { name: "Values" }).nth(place), "4");
  await expect(question.getByText("16 combinations, 64 runs")).toBeVisible();
  await ask(question);
  await expectAnswered(question);

  const file = await downloaded(page, () =>
    question.getByRole("button", { name: "Download all measures as CSV" }).click(),
  );
  const lines = (await bytesOf(file)).toString("utf8").split("\r\n");
  expect(lines[0]).toMatch(/^fleets\.web\.dynos,workloads\.hey\.clients,replications,/);
  expect(lines).toHaveLength(1 + 16 + 1);

  const cells = question.getByRole("gridcell");
  await expect(cells).toHaveCount(16);
  await cells.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const cell = question.locator("[role=gridcell]:focus");
  const [dynos, clients] = ((await cell.getAttribute("aria-label")) ?? "").split(/[:,] ?/);
  await page.keyboard.press("Enter");
  await expect(numberField(page, "Dynos")).toHaveValue(dynos ?? "");
  await expect(numberField(page, "Clients")).toHaveValue(clients ?? "");
  await expect(question.getByText("The scenario has changed since.")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(question.getByText("The scenario has changed since.")).toBeHidden();
});

test("a sweep is stopped by Esc, and keeps what is known", async ({ page }) => {
  await openPage(page, "#from=carwow-pooling&run.durationS=200");
  await declineTour(page);
  const question = await choose(page, "Sweep one or two parameters");
  await ask(question);
  await expect(question.locator("[data-state=known]").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(question.locator("[data-status]")).toHaveText(/^Stopped after [\d,]+ of [\d,]+ runs\./);
  await expect(question.locator("[data-state=known]").first()).toBeVisible();
});

test("a comparison is a link to the same numbers, and runs longer where it has to", async ({
  page,
  otherReader,
}) => {
  await openPage(page, SHORT);
  await declineTour(page);
  const question = await choose(page, "Compare scenarios");
  // Two replications leave some differences open.
  await fill(question.getByRole("textbox", { name: "Replications of each" }), "2");
  await ask(question);
  await expectAnswered(question);
  const figures = await comparedFigures(question);
  expect(figures.length).toBeGreaterThan(5);

  await test.step("another reader sees the same", async () => {
    await otherReader.goto(page.url());
    const same = area(otherReader, "Compare scenarios");
    await expectAnswered(same);
    expect(await comparedFigures(same)).toEqual(figures);
  });

  await test.step("it runs longer", async () => {
    const longer = question.getByRole("button", { name: /^Run longer/ });
    await expect(longer).toBeVisible();
    await longer.click();
    await expect(question.getByText(/^4 replications of each/)).toBeVisible();
    await expectAnswered(question);
  });
});

test.describe("on a telephone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("no question is wider than the page", async ({ page }) => {
    test.slow();
    await openPage(page, SHORT);
    await declineTour(page);
    for (const item of ["Compare scenarios", "Cheapest that meets the objective"] as const) {
      const question = await choose(page, item);
      await ask(question);
      await expectAnswered(question);
      const isWider = () =>
        page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      expect(await isWider(), item).toBe(false);
    }
  });
});
