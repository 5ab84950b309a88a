import type { Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { expectSettled, figureValue, NOT_ALL_RIGHT, openPage, verdict } from "./support/page-parts";

async function expectFixed(page: Page): Promise<void> {
  await expectSettled(page);
  await expect(figureValue(page, "Failures")).toHaveText(/^none of [\d,.]+k?$/);
  await expect(verdict(page)).not.toContainText(NOT_ALL_RIGHT);
  // 90 connections, each held for 500 ms.
  const throughput = Number.parseFloat((await figureValue(page, "Throughput").textContent()) ?? "");
  expect(throughput).toBeGreaterThan(170);
  expect(throughput).toBeLessThanOrEqual(180);
  await expect(figureValue(page, "Monthly cost")).toHaveText("$1,300");
}

async function expectBroken(page: Page): Promise<void> {
  await expectSettled(page);
  await expect(figureValue(page, "Failures")).toHaveText(/^[1-9][\d.]* %$/);
  await expect(verdict(page)).toContainText(NOT_ALL_RIGHT);
}

test("the pooler ends the refusals, at the price of 180 requests a second", async ({ page }) => {
  const pooler = page.getByRole("switch", { name: "Pooler", exact: true });
  await openPage(page);
  await expectBroken(page);

  await test.step("by its switch", async () => {
    await pooler.click();
    await expect(pooler).toBeChecked();
    await expect(verdict(page)).toContainText("Pooler now on");
    await expectFixed(page);
  });

  await test.step("undo brings the failures back, redo takes them away", async () => {
    await page.keyboard.press("Control+z");
    await expect(pooler).not.toBeChecked();
    await expectBroken(page);

    await page.keyboard.press("Control+Shift+z");
    await expect(pooler).toBeChecked();
    await expectFixed(page);
    await page.keyboard.press("Control+z");
    await expectBroken(page);
  });

  await test.step("by trying what the verdict suggests, as one step", async () => {
    await verdict(page).getByRole("button", { name: "Try it" }).click();
    await expect(pooler).toBeChecked();
    await expectFixed(page);
    await page.getByRole("button", { name: "Undo" }).click();
    await expectBroken(page);
    await expect(page.getByRole("button", { name: "Undo" })).toBeDisabled();
  });
});
