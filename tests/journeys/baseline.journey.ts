import { expect, test } from "./support/journey";
import { chartWith, drawing, enter, expectSettled, figure, openPage, slider } from "./support/page-parts";

test("a pinned run stays as the baseline that figures and charts compare with", async ({ page }) => {
  await openPage(page);
  await expectSettled(page);
  await page.getByRole("button", { name: "Pin baseline" }).click();
  await expect(page.getByRole("button", { name: "Baseline pinned" })).toBeVisible();
  await expect(figure(page, "Throughput")).toContainText("as the baseline");
  const before = await drawing(chartWith(page, "sent")).innerHTML();

  await enter(page, "Dynos", "20");
  await expectSettled(page);
  // 200 threads for 200 clients: nothing is refused, and five dynos less are paid for.
  await expect(figure(page, "Failures")).toContainText(/compared with the baseline −[\d.]+\spoints/);
  await expect(figure(page, "Monthly cost")).toContainText("compared with the baseline −$250");
  await expect(figure(page, "p50")).toContainText("as the baseline");
  await expect(slider(page, "Dynos")).toHaveAccessibleDescription(/pinned baseline 25/);
  expect(await drawing(chartWith(page, "sent")).innerHTML()).not.toBe(before);

  await page.reload();
  await expectSettled(page);
  await expect(figure(page, "Monthly cost")).toContainText("compared with the baseline −$250");

  await page.getByRole("button", { name: "Baseline pinned" }).click();
  await page.getByRole("menuitem", { name: "Go back to its settings" }).click();
  await expectSettled(page);
  await expect(figure(page, "Failures")).toContainText("as the baseline");

  await page.getByRole("button", { name: "Baseline pinned" }).click();
  await page.getByRole("menuitem", { name: "Unpin" }).click();
  await expect(page.getByRole("button", { name: "Pin baseline" })).toBeVisible();
  await expect(figure(page, "Failures")).not.toContainText("baseline");
});
