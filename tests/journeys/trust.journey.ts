import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./support/journey";
import { charts, expectSettled, openPage } from "./support/page-parts";

test("the page about trust opens, shows what was measured, and leaves the scenario's address alone", async ({
  page,
}) => {
  await openPage(page, "#from=carwow-pooling&run.durationS=15");
  await expectSettled(page);
  const before = page.url();
  await page.keyboard.press("t");

  const trust = page.getByRole("dialog", { name: "How far can I trust this?" });
  await expect(trust.getByRole("heading", { name: "What was promised, and what came of it" })).toBeVisible();
  await expect(
    trust.getByRole("table", { name: /^Trials of the real stack/ }).getByRole("row"),
  ).not.toHaveCount(1);
  await expect(trust.getByRole("table", { name: /^Cases of queueing theory/ })).toBeVisible();
  expect(page.url()).toBe(before.replace("#", "?trust#"));
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include("dialog").analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await page.goBack();
  await expect(trust).toHaveCount(0);
  expect(page.url()).toBe(before);
  await expect(charts(page).first()).toBeVisible();
});

test("its link opens it by itself, over a dashboard that has its own address", async ({ page }) => {
  await page.goto("?trust");
  const trust = page.getByRole("dialog", { name: "How far can I trust this?" });
  await expect(trust.getByRole("table", { name: /^Goals/ })).toBeVisible();
  await trust.getByRole("button", { name: "Back to the dashboard" }).click();
  await expect(trust).toHaveCount(0);
  await expectSettled(page);
  expect(new URL(page.url()).search).toBe("");
  expect(new URL(page.url()).hash).toContain("from=");
});
