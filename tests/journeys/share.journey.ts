import { expect, test } from "./support/journey";
import {
  declineTour,
  enter,
  expectSettled,
  FIGURE_NAMES,
  figure,
  NOT_ALL_RIGHT,
  numberField,
  openPage,
  share,
  verdict,
} from "./support/page-parts";

test("the address holds the scenario; a copied link opens to the same figures elsewhere", async ({
  page,
  context,
  otherReader,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openPage(page);
  await expect(page).toHaveURL(/#from=carwow-pooling$/);
  await enter(page, "Dynos", "30");
  await page.getByRole("combobox", { name: "Algorithm" }).selectOption("Power of two");
  await expect(page).toHaveURL(
    /#from=carwow-pooling&fleets\.web\.balancer=power-of-two&fleets\.web\.dynos=30$/,
  );
  await expectSettled(page);

  await share(page, "Copy link");
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toContainText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(page.url());

  await otherReader.goto(link);
  await expectSettled(otherReader);
  await expect(numberField(otherReader, "Dynos")).toHaveValue("30");
  for (const name of FIGURE_NAMES) {
    await expect(figure(otherReader, name)).toHaveText((await figure(page, name).textContent()) ?? "");
  }
});

test("back and forward in the browser go through the steps", async ({ page }) => {
  await openPage(page);
  await enter(page, "Dynos", "24");
  await enter(page, "Threads", "8");
  await expect(page).toHaveURL(/fleets\.web\.dynos=24&fleets\.web\.threads=8$/);

  await page.goBack();
  await expect(numberField(page, "Threads")).toHaveValue("10");
  await expect(numberField(page, "Dynos")).toHaveValue("24");
  await page.goBack();
  await expect(numberField(page, "Dynos")).toHaveValue("25");
  await page.goForward();
  await expect(numberField(page, "Dynos")).toHaveValue("24");
  await expect(page).toHaveURL(/fleets\.web\.dynos=24$/);
  await expectSettled(page);
  await expect(verdict(page)).not.toContainText(NOT_ALL_RIGHT);
});

test("work is kept over a reload, and over leaving the page", async ({ page }) => {
  await openPage(page);
  await declineTour(page);
  await enter(page, "Dynos", "31");
  await page.getByRole("textbox", { name: "Scenario name" }).fill("Friday’s plan");
  await page.getByRole("textbox", { name: "Scenario name" }).press("Enter");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();

  await page.reload();
  await expect(numberField(page, "Dynos")).toHaveValue("31");

  // A later visit without a link goes on where the last one ended.
  await page.goto("about:blank");
  await openPage(page);
  await expect(numberField(page, "Dynos")).toHaveValue("31");
  await expect(page.getByRole("textbox", { name: "Scenario name" })).toHaveValue("Friday’s plan");
  await expect(page).toHaveURL(/fleets\.web\.dynos=31/);
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
  await expect(page.getByRole("region", { name: "Tour" })).toHaveCount(0);
});
