import { expect, test } from "./support/journey";

test("the page opens", async ({ page }) => {
  await page.goto("./");
  await expect(page).toHaveTitle(/Headroom/);
  await expect(page.locator("#root")).not.toBeEmpty();
});
