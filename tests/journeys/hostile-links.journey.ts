import { deflateRawSync } from "node:zlib";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import { enter, expectSettled, figureValue, numberField, openPage, verdict } from "./support/page-parts";

/** The quiet panel that lists what a link had that could not be used. */
function leftOut(page: Page): Locator {
  return page.getByRole("region", { name: /left out/ });
}

/** A packed link to any document, also one that this version would not write. */
function packed(document: object): string {
  return `#s=1.${deflateRawSync(JSON.stringify(document)).toString("base64url")}`;
}

/** Every row of the panel: where, and what is said about it. */
async function expectLeftOut(page: Page, rows: readonly (readonly [path: string, said: RegExp])[]) {
  await expect(leftOut(page).getByRole("rowheader")).toHaveCount(rows.length);
  for (const [path, said] of rows) {
    const row = leftOut(page)
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: path, exact: true }) });
    await expect(row).toHaveText(said);
  }
}

/** A change leads to new figures, and to a clean address. */
async function expectWorking(page: Page): Promise<void> {
  await enter(page, "Dynos", "24");
  await expectSettled(page);
  await expect(verdict(page)).toContainText("Dynos now 24");
  await expect(figureValue(page, "Failures")).toContainText("none");
  await expect(page).toHaveURL(/#from=[a-z0-9-]+&[^<>\s]*fleets\.web\.dynos=24/);
}

test("values that are none: everything else is read, each is listed, and the page works", async ({
  page,
}) => {
  await openPage(
    page,
    [
      "#from=carwow-pooling",
      "fleets.web.dynos=NaN",
      "fleets.web.threads=-3",
      "run.durationS=1e308",
      "run.seed=99999999999999999999",
      "database.plan=nonesuch",
      "workloads=[]",
      "fleets.web.pool.size=12",
    ].join("&"),
  );
  await expectLeftOut(page, [
    ["fleets.web.dynos", /"NaN".*whole number/],
    ["fleets.web.threads", /-3.*whole number/],
    ["run.durationS", /1e\+308.*must be a number from 0/],
    ["run.seed", /must be a whole number/],
    ["database.plan", /"nonesuch"/],
    ["workloads", /must be a list of 1 to/],
  ]);
  await expect(numberField(page, "Dynos")).toHaveValue("25");
  await expect(numberField(page, "Pool size")).toHaveValue("12");
  await enter(page, "Pool size", "10");
  await expectWorking(page);

  await leftOut(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(leftOut(page)).toHaveCount(0);
});

test("broken codes, unknown places and names of JavaScript's own", async ({ page }) => {
  await openPage(
    page,
    [
      "#from=nobody",
      "fleets.web.processes=%E0%A4%A",
      "%",
      "fleets.web.dynoz=3",
      "__proto__.polluted=1",
      "constructor.prototype.polluted=1",
      'fleets.web.pool={"__proto__":{"polluted":1},"size":10}',
    ].join("&"),
  );
  await expectLeftOut(page, [
    ["from", /no preset "nobody"/],
    ["fleets.web.processes", /broken % code/],
    ["%", /not of the form path=value/],
    ["fleets.web.dynoz", /There is no place/],
    ["__proto__.polluted", /There is no place/],
    ["constructor.prototype.polluted", /There is no place/],
    ["fleets.web.pool.__proto__", /./],
  ]);
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  await expectWorking(page);
});

test("what looks like HTML is shown as the text that it is", async ({ page }) => {
  const bait = '<img src=x onerror="globalThis.fired=true">';
  const code = encodeURIComponent(bait);
  await openPage(
    page,
    `#from=carwow-pooling&name=${code}&notes=${code}&fleets.web.balancer=${code}&${code}=1`,
  );
  await expect(page.getByRole("textbox", { name: "Scenario name" })).toHaveValue(bait);
  await expect(leftOut(page).getByRole("row", { name: /fleets\.web\.balancer/ })).toContainText("<img src=x");
  await page.getByRole("button", { name: "Pin baseline" }).click();
  await page.getByRole("button", { name: "Baseline pinned" }).click();
  await expect(page.getByRole("menu")).toContainText(bait);
  await page.keyboard.press("Escape");
  await expect(page.locator("img, script:not([src])")).toHaveCount(0);
  expect(await page.evaluate(() => "fired" in globalThis)).toBe(false);
  await expectWorking(page);
});

test("links of a newer version, broken ones and very long ones", async ({ page }) => {
  for (const [what, hash, path, said] of [
    ["a newer schema", "#schema=99&fleets.web.dynos=3", "schema", /newer version of Headroom/],
    ["a packed scenario that is none", "#s=1.garbage", "s", /cannot be unpacked/],
    ["a megabyte of text", `#name=${"x".repeat(1_000_000)}`, "name", /at most 200 characters/],
  ] as const) {
    await test.step(what, async () => {
      // Not a change of the hash on the same page, but a page opened at it.
      await page.goto("about:blank");
      await openPage(page, hash);
      await expectLeftOut(page, [[path, said]]);
      await expect(numberField(page, "Dynos")).toHaveValue("25");
    });
  }
  await test.step("a packed scenario of a newer schema, from a page that is open", async () => {
    await page.goto(`./${packed({ schema: 99, fleets: [] })}`);
    await expectLeftOut(page, [["schema", /99/]]);
  });
  await expectWorking(page);
});

test("what cannot happen during a run is listed, and the rest is simulated", async ({ page }) => {
  const timeline = [
    { atS: 10, do: "slowDyno", fleet: "nowhere", factor: 1, forS: 1 },
    { atS: 12, do: "set", path: "fleets.web.runtime", value: "parallel" },
  ];
  await openPage(page, `#from=carwow-pooling&timeline=${encodeURIComponent(JSON.stringify(timeline))}`);
  await expectLeftOut(page, [
    ["timeline.0.fleet", /nowhere/],
    ["timeline.1.path", /fleets\.web\.runtime/],
  ]);
  await expectWorking(page);
});
