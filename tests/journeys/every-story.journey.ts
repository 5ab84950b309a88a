import { STORIES } from "../../src/scenario/stories";
import { expect, test } from "./support/journey";
import { expectSettled, figureTexts } from "./support/page-parts";

for (const { id, title, steps } of STORIES) {
  test(`the story "${title}" loads, goes forward and back, and leads others to the same numbers`, async ({
    page,
    otherReader,
  }) => {
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

    await otherReader.goto(`./${new URL(page.url()).hash}`);
    await expect(
      otherReader.getByRole("region", { name: `Story: ${title}` }).locator("[aria-current=step]"),
    ).toHaveText(first);
    // A whole day takes a while, and that a link leads to the same numbers is the same for all.
    if ((steps[0]?.scenario.run.durationS ?? 0) > 3600) return;
    for (const reader of [page, otherReader]) await expectSettled(reader);
    expect(await figureTexts(otherReader)).toEqual(await figureTexts(page));
  });
}
