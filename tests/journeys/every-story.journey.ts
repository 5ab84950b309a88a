import type { Locator, Page } from "@playwright/test";
import { STORIES, type Story } from "../../src/scenario/stories";
import { STORY_GROUPS } from "../../src/scenario/stories/cards";
import { expect, test } from "./support/journey";
import { expectSettled, figureTexts } from "./support/page-parts";

const [published = [], startingPoints = []] = STORY_GROUPS.map((group) =>
  STORIES.filter(({ id }) => group.stories.some((card) => card.id === id)),
);

function presentStep(page: Page, { title }: Story): Locator {
  return page
    .getByRole("region", { name: `Story: ${title}` })
    .getByRole("navigation")
    .locator("[aria-current=step]");
}

/** Opens a story at its first step, goes on to its last, and back: by the key, and then at once. */
async function walkThrough(page: Page, story: Story): Promise<void> {
  const labels = story.steps.map(({ label }) => label);
  const present = presentStep(page, story);
  await page.goto(`./#from=${story.steps[0]?.presetId}`);
  await expect(present).toHaveText(labels[0] ?? "");
  for (const label of labels.slice(1)) {
    await page.getByRole("button", { name: "Next step" }).click();
    await expect(present).toHaveText(label);
  }
  for (const label of labels.slice(-3, -1).reverse()) {
    await page.keyboard.press("[");
    await expect(present).toHaveText(label);
  }
  await page.getByRole("button", { name: labels[0] ?? "", exact: true }).click();
  await expect(present).toHaveText(labels[0] ?? "");
}

for (const story of published) {
  test(`the story "${story.title}" loads, goes forward and back, and is shared`, async ({
    page,
    otherReader,
  }) => {
    await walkThrough(page, story);
    await otherReader.goto(`./${new URL(page.url()).hash}`);
    await expect(presentStep(otherReader, story)).toHaveText(story.steps[0]?.label ?? "");
    // A whole day takes a while, and that a link leads to the same numbers is the same for all.
    if ((story.steps[0]?.scenario.run.durationS ?? 0) > 3600) return;
    for (const reader of [page, otherReader]) await expectSettled(reader);
    expect(await figureTexts(otherReader)).toEqual(await figureTexts(page));
  });
}

test("the starting points load, go forward and back, and are shared", async ({ page, otherReader }) => {
  expect(startingPoints).toHaveLength(8);
  for (const story of startingPoints) {
    await test.step(story.title, async () => {
      await walkThrough(page, story);
      await otherReader.goto(`./${new URL(page.url()).hash}`);
      await expect(presentStep(otherReader, story)).toHaveText("1");
    });
  }
});
