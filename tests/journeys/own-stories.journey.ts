import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { expect, test } from "./support/journey";
import {
  bytesOf,
  declineTour,
  downloaded,
  enter,
  expectSettled,
  figureTexts,
  numberField,
  openPage,
  share,
} from "./support/page-parts";
import { pngSize } from "./support/png";

const HOSTILE = '<img src=x onerror="document.title=1"> <script>document.title = "taken"</script>';

function story(page: Page): Locator {
  return page.getByRole("region", { name: /^Story: / });
}

async function stepIs(page: Page, label: string): Promise<void> {
  await expect(story(page).getByRole("navigation").locator("[aria-current=step]")).toHaveText(label);
}

async function chooseInStoryMenu(page: Page, name: RegExp): Promise<void> {
  await story(page).getByRole("button", { name: "Story", exact: true }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** Begins a story of the opening example, writes its first step, and adds a second with the pooler on. */
async function writeStory(page: Page): Promise<void> {
  await openPage(page);
  await declineTour(page);
  await share(page, "Begin a story");
  await stepIs(page, "1");
  await story(page).getByLabel("Title of the step").fill("As it is");
  await story(page).getByLabel("Text", { exact: true }).fill(`25 dynos, **no pooler**.\n\n${HOSTILE}`);
  await story(page).getByLabel("Title of the story").fill("Review of the web tier");
  await story(page).getByLabel("Note for the presenter").fill("Ask who has seen this.");
  await expect(story(page).getByRole("heading", { level: 2 })).toHaveText("1 As it is");
  await page.getByRole("switch", { name: "Pooler" }).click();
  await story(page).getByRole("button", { name: "Add as step" }).click();
  await stepIs(page, "2");
  await expect(story(page).getByRole("heading", { level: 2 })).toHaveText("2 Pooler off → on");
  await expectSettled(page);
}

test("a story of one's own is written, kept, put in order, and handed on as a link", async ({
  page,
  context,
  otherReader,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await writeStory(page);
  const texts = await figureTexts(page);

  await test.step("what was written is text, whatever it is", async () => {
    await story(page).getByRole("button", { name: "1", exact: true }).click();
    await expect(story(page).getByText("no pooler", { exact: true })).toHaveJSProperty("tagName", "STRONG");
    await expect(story(page).getByText(HOSTILE)).toBeVisible();
    expect(await page.title()).toBe("Headroom");
  });

  await test.step("it is there again after the page was closed", async () => {
    await page.goto("about:blank");
    await openPage(page);
    await expect(story(page)).toHaveAccessibleName("Story: Review of the web tier");
    await page.getByRole("button", { name: "Stories and examples" }).click();
    await expect(page.getByRole("menuitem", { name: /^Review of the web tier 2 steps/ })).toBeVisible();
    await page.keyboard.press("Escape");
  });

  await test.step("a link to a step has the whole story in it, and leads to the same numbers", async () => {
    await page.keyboard.press("]");
    await stepIs(page, "2");
    await chooseInStoryMenu(page, /^Copy link/);
    await expect(page.getByRole("menuitem", { name: /^Copy link/ })).toContainText("Copied");
    await page.keyboard.press("Escape");
    await otherReader.goto(await page.evaluate(() => navigator.clipboard.readText()));
    await expectSettled(otherReader);
    await stepIs(otherReader, "2");
    expect(await figureTexts(otherReader)).toEqual(texts);
    await otherReader.keyboard.press("[");
    await expect(story(otherReader).getByText(HOSTILE)).toBeVisible();
    expect(await otherReader.title()).toBe("Headroom");
  });

  await test.step("who received it changes a copy", async () => {
    await expect(story(otherReader).getByRole("button", { name: "Add as step" })).toHaveCount(0);
    await story(otherReader).getByRole("button", { name: "Keep a copy and change it" }).click();
    await expect(story(otherReader).getByRole("button", { name: "Add as step" })).toBeVisible();
    await stepIs(otherReader, "1");
  });

  await test.step("steps change places, go and come back; each keeps its scenario", async () => {
    await story(page).getByRole("button", { name: "Move the step earlier" }).click();
    await stepIs(page, "1");
    await expect(page.getByRole("switch", { name: "Pooler" })).toBeChecked();
    await story(page).getByRole("button", { name: "Remove the step" }).click();
    await expect(story(page).getByRole("heading", { level: 2 })).toHaveText("1 As it is");
    await story(page).getByRole("button", { name: "Bring it back" }).click();
    await stepIs(page, "1");
    await expect(story(page).getByRole("heading", { level: 2 })).toHaveText("1 Pooler off → on");
  });

  await test.step("a value that was changed is saved into the step, and undone from it", async () => {
    const reset = page.getByRole("button", { name: "Reset dynos to its default" });
    await enter(page, "Dynos", "30");
    await expect(reset).toBeVisible();
    await story(page).getByRole("button", { name: "Save into step 1" }).click();
    await expect(story(page).getByRole("button", { name: /^Save into/ })).toHaveCount(0);
    // What was changed is what the step has now.
    await expect(reset).toHaveCount(0);
    await page.reload();
    await expectSettled(page);
    await expect(numberField(page, "Dynos")).toHaveValue("30");
    await stepIs(page, "1");
  });
});

test("a published story is made one's own, and its claims come along", async ({ page }) => {
  await openPage(page, "#from=heroku-pooling.a5");
  await declineTour(page);
  await chooseInStoryMenu(page, /^Make it your own/);
  await stepIs(page, "5");
  await expect(story(page).getByRole("table", { name: /^What is claimed/ })).toContainText("agrees", {
    timeout: 30_000,
  });
  await expect(page).toHaveURL(/#story=1\.[\w-]+&from=my-\w+\.A5$/i);
});

test("a story file with something wrong in it is told by path, and no other story is lost", async ({
  page,
}) => {
  await writeStory(page);
  await share(page, "Import scenario or story");
  const dialog = page.getByRole("dialog", { name: "Import a scenario or a story" });
  await dialog.getByRole("textbox").fill(
    JSON.stringify({
      headroomStory: 1,
      title: "Theirs",
      steps: [
        { title: "One", text: "Kept.", changes: { "fleets.web.dynos": "many", "fleets.web.threads": 3 } },
        { title: "Two", charts: ["weather"] },
      ],
    }),
  );
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(dialog.getByText("steps.0.changes.fleets.web.dynos", { exact: true })).toBeVisible();
  await expect(dialog.getByText("steps.1.charts.0", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(story(page)).toHaveAccessibleName("Story: Theirs");
  await expect(story(page).getByText("Kept.")).toBeVisible();
  await expect(numberField(page, "Threads")).toHaveValue("3");

  await page.getByRole("button", { name: "Stories and examples" }).click();
  await page.getByRole("menuitem", { name: /^Review of the web tier 2 steps/ }).click();
  await expect(story(page).getByRole("heading", { level: 2 })).toHaveText("1 As it is");
});

test("a story goes out as a file with the app inside, which runs without a network and gives the same numbers", async ({
  page,
  browser,
  contextOptions,
}, testInfo) => {
  await writeStory(page);
  const texts = await figureTexts(page);
  const file = await downloaded(page, () => chooseInStoryMenu(page, /^Page with the app inside/));
  expect(file.suggestedFilename()).toBe("review-of-the-web-tier.html");
  const path = testInfo.outputPath("story.html");
  await file.saveAs(path);

  const context = await browser.newContext({ ...contextOptions, offline: true });
  const requests: string[] = [];
  context.on("request", (request) => requests.push(request.url()));
  const reader = await context.newPage();
  await reader.goto(pathToFileURL(path).href);
  await expectSettled(reader);
  await stepIs(reader, "2");
  expect(await figureTexts(reader)).toEqual(texts);
  await enter(reader, "Dynos", "30");
  await expectSettled(reader);
  expect(await figureTexts(reader)).not.toEqual(texts);
  await story(reader).getByRole("button", { name: "Previous step" }).click();
  await stepIs(reader, "1");
  await expect(story(reader).getByText(HOSTILE)).toBeVisible();
  expect(await reader.title()).toBe("Headroom");
  await story(reader).getByRole("button", { name: "Story", exact: true }).click();
  const copyLink = reader.getByRole("menuitem", { name: /^Copy link/ });
  await expect(copyLink).toBeDisabled();
  await expect(copyLink).toContainText("This page is a file: hand on the file, or the story file");
  expect(requests.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
  await context.close();
});

test("a story goes out as a page, as a document and as a picture", async ({ page, browser }, testInfo) => {
  await writeStory(page);

  await test.step("the page stands alone, and what was written is text in it", async () => {
    const file = await downloaded(page, () => chooseInStoryMenu(page, /^Page with pictures/));
    await expect(page.getByRole("dialog")).toContainText("Saved as review-of-the-web-tier-to-read.html");
    await page.keyboard.press("Escape");
    const path = testInfo.outputPath("page.html");
    await file.saveAs(path);
    const reader = await browser.newPage();
    await reader.goto(pathToFileURL(path).href);
    await expect(reader.getByRole("heading", { level: 2 })).toHaveText([
      "1 · As it is",
      "2 · Pooler off → on",
    ]);
    await expect(reader.getByText(HOSTILE)).toBeVisible();
    expect(await reader.title()).toBe("Review of the web tier");
    const widths = await reader
      .locator("img")
      .evaluateAll((images) =>
        images.map((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
      );
    expect(widths).toHaveLength(6);
    expect(Math.min(...widths)).toBeGreaterThan(1000);
    expect(readFileSync(path, "utf8")).not.toContain("<script");
    await reader.close();
  });

  await test.step("the document has its pictures beside it", async () => {
    const file = await downloaded(page, () => chooseInStoryMenu(page, /^Design document/));
    await expect(page.getByRole("dialog")).toContainText("Saved as review-of-the-web-tier.zip");
    await page.keyboard.press("Escape");
    const files = unzipSync(new Uint8Array(await bytesOf(file)));
    const text = new TextDecoder().decode(files["story.md"]);
    expect(text).toContain("# Review of the web tier");
    expect(text).toContain("25 dynos, **no pooler**.");
    expect(text).not.toMatch(/<(img|script)/);
    expect(text).toContain("![As it is: Throughput and failures](pictures/1-throughput.png)");
    const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path ?? "");
    expect(pictures).toHaveLength(6);
    for (const path of pictures) expect(pngSize(Buffer.from(files[path] ?? [])).width).toBeGreaterThan(1000);
  });

  await test.step("the picture shows the step", async () => {
    const file = await downloaded(page, () => chooseInStoryMenu(page, /^Picture of this step/));
    expect(file.suggestedFilename()).toBe("2-pooler-off-on.png");
    const { width, height } = pngSize(await bytesOf(file));
    expect(width).toBe(3040);
    expect(height).toBeGreaterThan(1000);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a story is written, and nothing of it is cut off", async ({ page }) => {
    await openPage(page);
    await declineTour(page);
    await share(page, "Begin a story");
    await story(page).getByLabel("Title of the story").fill("Pneumono".repeat(20));
    await expect(story(page)).toHaveAccessibleName(/Pneumono/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);

    await test.step("nor of the menu that adds to it", async () => {
      await page.getByRole("button", { name: "Share" }).click();
      const menu = page.getByRole("menu");
      await expect(menu).toContainText("Pneumono");
      expect(await menu.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
      await page.keyboard.press("Escape");
    });

    await test.step("what is done with it stands apart from its steps", async () => {
      const present = await story(page).getByRole("button", { name: "Present" }).boundingBox();
      const next = await story(page).getByRole("button", { name: "Next step" }).boundingBox();
      const menu = await story(page).getByRole("button", { name: "Story", exact: true }).boundingBox();
      if (present === null || next === null || menu === null) throw new Error("A button has no place.");
      expect(present.x - (next.x + next.width)).toBeGreaterThanOrEqual(6);
      expect(menu.x - (present.x + present.width)).toBeGreaterThanOrEqual(6);
    });

    await test.step("a file's long name stays in the dialog", async () => {
      const file = await downloaded(page, () => chooseInStoryMenu(page, /^Page with the app inside/));
      expect(file.suggestedFilename()).toMatch(/^(pneumono)+/);
      const saved = page.getByRole("dialog");
      await expect(saved).toContainText("Saved as pneumono");
      expect(await saved.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    });
  });
});
