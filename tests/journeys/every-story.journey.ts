import type { Page } from "@playwright/test";
import { STORIES } from "../../src/scenario/stories";
import { expect, test } from "./support/journey";
import { expectSettled, figureTexts } from "./support/page-parts";

/** A day with autoscaling takes a while. */
async function expectWhole(page: Page): Promise<void> {
  await expect(page.locator("[data-running]")).toHaveCount(0, { timeout: 60_000 });
  await expectSettled(page);
}

for (const { id, title, steps } of STORIES) {
  test(`the story "${title}" loads, goes forward and back, and leads others to the same numbers`, async ({
    page,
    otherReader,
  }) => {
    test.setTimeout(180_000);
    const labels = steps.map(({ label }) => label);
    const [first = ""] = labels;
    await page.goto(`./#from=${id}.${first.toLowerCase()}`);
    const panel = page.getByRole("region", { name: `Story: ${title}` });
    const present = panel.getByRole("navigation").locator("[aria-current=step]");
    await expect(present).toHaveText(first);

    for (const label of labels.slice(1)) {
      await panel.getByRole("button", { name: "Next step" }).click();
      await expect(present).toHaveText(label);
    }
    for (const label of labels.slice(0, -1).reverse()) {
      await page.keyboard.press("[");
      await expect(present).toHaveText(label);
    }

    await expectWhole(page);
    await otherReader.goto(`./${new URL(page.url()).hash}`);
    await expectWhole(otherReader);
    await expect(otherReader.getByRole("region", { name: `Story: ${title}` })).toBeVisible();
    expect(await figureTexts(otherReader)).toEqual(await figureTexts(page));
  });
}
