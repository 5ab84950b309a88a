import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import {
  charts,
  declineTour,
  enter,
  expectSettled,
  figureTexts,
  numberField,
  openPage,
  picture,
  share,
} from "./support/page-parts";

function story(page: Page): Locator {
  return page.getByRole("region", { name: /^Story: / });
}

function claim(page: Page, text: RegExp): Locator {
  return story(page).getByRole("row").filter({ hasText: text });
}

async function stepIs(page: Page, id: string): Promise<void> {
  await expect(story(page).getByRole("navigation").locator("[aria-current=step]")).toHaveText(id);
}

test("a story is found in the menu, and its claims are held against runs of the page", async ({ page }) => {
  await openPage(page);
  await declineTour(page);
  await page.getByRole("button", { name: "Stories and examples" }).click();
  await page.getByRole("menuitem", { name: /^Connection pooling on Heroku/ }).click();
  await stepIs(page, "A1");
  await expect(page).toHaveURL(/#from=heroku-pooling\.a1$/);

  await test.step("the article's words stand beside what the simulation gives", async () => {
    const queue = claim(page, /15 clients: 0\.5 s for a thread/);
    await expect(queue).toContainText("derived");
    await expect(queue).toContainText("485 ms to 515 ms");
    await expect(queue).toContainText(/\d+ ms/);
    await expect(queue).toContainText("agrees", { timeout: 20_000 });
    await expect(story(page).getByRole("figure", { name: /Queue time grows/ })).toBeVisible();
  });

  await test.step("keys and buttons lead forward and back", async () => {
    await page.keyboard.press("]");
    await stepIs(page, "A2");
    await story(page).getByRole("button", { name: "Next step" }).click();
    await stepIs(page, "A3");
    await page.keyboard.press("[");
    await stepIs(page, "A2");
    await story(page).getByRole("button", { name: "A6", exact: true }).click();
    await stepIs(page, "A6");
    await expect(story(page).getByRole("list", { name: "Changed from the step before" })).toContainText(
      "Pooler off → on",
    );
    await page.goBack();
    await stepIs(page, "A2");
    await page.goForward();
    await stepIs(page, "A6");
  });

  await test.step("everything in it is accessible", async () => {
    await expect(claim(page, /On, 75 dynos/)).toContainText("agrees", { timeout: 30_000 });
    await story(page).getByText("One assumption").click();
    const { violations } = await new AxeBuilder({ page }).include("[data-story]").analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);
  });
});

test("a step can be changed, shared with the change, and gone back to", async ({
  page,
  context,
  otherReader,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openPage(page, "#from=heroku-pooling.a7");
  await declineTour(page);
  await stepIs(page, "A7");
  await expect(story(page).getByRole("button", { name: "Back to step A7" })).toHaveCount(0);
  await enter(page, "Clients", "150");
  await expectSettled(page);
  const texts = await figureTexts(page);

  await share(page, "Copy link");
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toContainText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press("Escape");
  await otherReader.goto(link);
  await expectSettled(otherReader);
  await stepIs(otherReader, "A7");
  await expect(numberField(otherReader, "Clients")).toHaveValue("150");
  expect(await figureTexts(otherReader)).toEqual(texts);

  await story(page).getByRole("button", { name: "Back to step A7" }).click();
  await expect(numberField(page, "Clients")).toHaveValue("300");
  await expect(page).toHaveURL(/#from=heroku-pooling\.a7$/);
});

test("presented, the step stands beside the picture and its charts; keys lead through it", async ({
  page,
}) => {
  await openPage(page, "#from=heroku-pooling.a6");
  await declineTour(page);
  await story(page).getByRole("button", { name: "Present" }).click();
  const keys = page.getByRole("list", { name: "Keys while presenting" });
  await expect(keys).toBeVisible();
  await expect(page.getByRole("complementary", { name: "Controls" })).toBeHidden();
  await expect(picture(page)).toBeVisible();
  await expect(charts(page)).toHaveCount(2);
  await page.keyboard.press("n");
  await expect(page.getByText(/Watch the price/)).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await stepIs(page, "A7");

  await test.step("a value is changed live, and a key goes back to the step", async () => {
    await page.keyboard.press("c");
    await enter(page, "Clients", "100");
    await expect(page).toHaveURL(/clients=100/);
    await story(page).getByRole("heading", { level: 2 }).click();
    await page.keyboard.press("b");
    await expect(numberField(page, "Clients")).toHaveValue("300");
  });

  await test.step("so it does right after a slider was pressed, which keeps its arrows", async () => {
    const slider = page.getByRole("slider", { name: "Clients" });
    await slider.scrollIntoViewIfNeeded();
    const place = await slider.boundingBox();
    if (place === null) throw new Error("The slider has no place.");
    await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2);
    await page.mouse.down();
    await page.mouse.move(place.x + place.width / 2 - 60, place.y + place.height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(slider).toBeFocused();
    await expect(numberField(page, "Clients")).not.toHaveValue("300");
    await page.keyboard.press("ArrowRight");
    await stepIs(page, "A7");
    await page.keyboard.press("b");
    await expect(numberField(page, "Clients")).toHaveValue("300");
    await expect(page).toHaveURL(/#from=heroku-pooling\.a7$/);
  });

  await page.keyboard.press("Escape");
  await expect(page.getByText("This step has no note.")).toHaveCount(0);
  await expect(keys).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(keys).toHaveCount(0);
  await expect(page.getByRole("complementary", { name: "Controls" })).toBeVisible();
  await expect(charts(page)).not.toHaveCount(2);
});

test("a starting point stands in the menu below the published cases, and teaches its one thing", async ({
  page,
}) => {
  await openPage(page);
  await declineTour(page);
  await page.getByRole("button", { name: "Stories and examples" }).click();
  await expect(page.getByText("Stories: published cases, step by step")).toBeVisible();
  await page.getByRole("menuitem", { name: /^Node with a pool of 5/ }).click();
  await expect(page).toHaveURL(/#from=node-pool\.1$/);
  await story(page).getByRole("button", { name: "3", exact: true }).click();
  await stepIs(page, "3");
  await expect(story(page).getByRole("figure", { name: /p95 against pool size/ })).toBeVisible();
  await expect(claim(page, /p95 is at least halved/)).toContainText("agrees", { timeout: 30_000 });
  await expect(story(page)).toContainText("nobody measured them");
});
