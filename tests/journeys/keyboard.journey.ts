import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import {
  charts,
  enter,
  expectSettled,
  figureValue,
  numberField,
  openPage,
  slider,
  verdict,
} from "./support/page-parts";

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${target}`);
}

/** Whether the focused element, or the box around it, is outlined and in view. */
function isFocusSeen(page: Page): Promise<{ readonly what: string; readonly isSeen: boolean }> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return { what: "nothing", isSeen: false };
    const around = [focused, focused.parentElement, focused.parentElement?.parentElement];
    const isOutlined = around.some((element) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    });
    const { top, bottom, left, right } = focused.getBoundingClientRect();
    const isInView = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
    const name = focused.getAttribute("aria-label") ?? focused.textContent ?? "";
    return { what: `${focused.tagName} ${name.slice(0, 40)}`, isSeen: isOutlined && isInView };
  });
}

test("Tab goes through header, controls, results and charts, and one always sees where one is", async ({
  page,
}) => {
  await openPage(page);
  await expect(charts(page).getByRole("application").first()).toBeVisible();
  // Menus come after the first load: until then their buttons stand in their places, disabled.
  await expect(page.getByRole("button", { name: "Share", exact: true })).toBeEnabled();
  const unseen: string[] = [];
  const reached = new Set<string>();
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press("Tab");
    const { what, isSeen } = await isFocusSeen(page);
    if (what === "nothing") break;
    reached.add(what);
    if (!isSeen) unseen.push(what);
  }
  expect(unseen, "places where the focus is not to be seen").toEqual([]);
  const all = [...reached].join("\n");
  for (const part of [
    "Share",
    "Traffic",
    "Dynos",
    "Pooler",
    "Run",
    "Objective",
    "Try it",
    "Throughput",
    "Menu of the chart",
  ]) {
    expect(all).toContain(part);
  }
});

test("a slider moves by arrow keys, ten times as far with Shift; its field takes what is typed", async ({
  page,
}) => {
  await openPage(page);
  const clients = slider(page, "Clients");
  const value = async () => Number(await clients.getAttribute("aria-valuenow"));
  await tabTo(page, clients);

  await page.keyboard.press("ArrowRight");
  const next = await value();
  expect(next).toBeGreaterThan(200);
  await expect(numberField(page, "Clients")).toHaveValue(String(next));
  await page.keyboard.press("ArrowLeft");
  expect(await value()).toBe(200);

  await page.keyboard.press("Shift+ArrowLeft");
  const far = await value();
  for (let step = 0; step < 10; step += 1) await page.keyboard.press("ArrowRight");
  expect(await value()).toBe(200);
  expect(far).toBeLessThan(200);

  await page.keyboard.press("Shift+ArrowLeft");
  await expectSettled(page);
  await expect(verdict(page)).toContainText(`Clients now ${far}`);
  await page.keyboard.press("Control+z");
  expect(await value()).toBe(200);

  await test.step("a field takes numbers as people write them", async () => {
    const field = numberField(page, "Clients");
    await page.keyboard.press("Shift+Tab");
    await expect(field).toBeFocused();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("1.2k");
    await page.keyboard.press("Enter");
    await expect(field).toHaveValue("1,200");
    await expect(page).toHaveURL(/workloads\.hey\.clients=1200/);

    await page.keyboard.press("ArrowUp");
    await expect(field).toHaveValue("1,201");
    await page.keyboard.press("Shift+ArrowDown");
    await expect(field).toHaveValue("1,191");
  });

  await test.step("and explains what it does not take", async () => {
    const field = numberField(page, "Clients");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("plenty");
    await page.keyboard.press("Enter");
    await expect(field).toHaveAccessibleDescription(/“plenty” is not a value here. Write it like 250 or 2k/);
    await expect(page).toHaveURL(/workloads\.hey\.clients=1191/);
    await page.keyboard.press("Escape");
    await expect(field).toHaveValue("1,191");
  });
});

test("the pooler, found with /, switched on with Space, fixes the failures", async ({ page }) => {
  await openPage(page);
  await page.keyboard.press("/");
  const finder = page.getByRole("dialog", { name: "Find a control" });
  await expect(finder.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("pgbouncer");
  await expect(finder.getByRole("option").first()).toContainText("Pooler");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByRole("switch", { name: "Pooler", exact: true })).toBeFocused();
  await page.keyboard.press("Space");
  await expectSettled(page);
  await expect(figureValue(page, "Failures")).toContainText("none");

  await test.step("a control in a folded group is found as well", async () => {
    await page.keyboard.press("/");
    await expect(finder.getByRole("combobox")).toBeFocused();
    await page.keyboard.type("replications");
    await page.keyboard.press("Enter");
    await expect(numberField(page, "Replications")).toBeFocused();
  });
});

test("letters lead to help, baseline and sharing; Esc closes what is open", async ({ page }) => {
  await openPage(page);
  const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await page.keyboard.press("?");
  await expect(help).toContainText("Pin this run as the baseline");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);

  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "Baseline pinned" })).toBeVisible();

  await page.keyboard.press("s");
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);

  await enter(page, "Dynos", "60");
  await slider(page, "Dynos").focus();
  await page.keyboard.press("Control+z");
  await expect(numberField(page, "Dynos")).toHaveValue("25");
  await page.keyboard.press("Control+Shift+z");
  await expect(numberField(page, "Dynos")).toHaveValue("60");
});
