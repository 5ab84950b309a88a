import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { whenLoaded } from "../support/what-loads.mjs";
import { expect, test } from "./support/journey";
import {
  charts,
  drawing,
  expectSettled,
  figureValue,
  numberField,
  openPage,
  picture,
  verdict,
} from "./support/page-parts";

function controls(page: Page): Locator {
  return page.getByRole("complementary", { name: "Controls" });
}

function group(page: Page, title: string): Locator {
  return controls(page)
    .getByRole("heading", { name: new RegExp(`^${title}`) })
    .getByRole("button");
}

const FOLDED = [
  "Request steps",
  "Client behaviour",
  "Retries",
  "Timeouts and queues",
  "Autoscaler",
  "Boot and deploys",
  "Refused connects and checks",
  "Processor and memory",
  "Pool details",
  "Pooler details",
  "Database details",
  "Replicas",
  "Failover",
  "Run",
  "Objective",
];

const SEVERAL = [
  "#from=carwow-pooling",
  `workloads=${encodeURIComponent(
    JSON.stringify([
      {
        name: "site",
        kind: "open",
        requestsPerSecond: 60,
        journey: ["login", "page", "page"],
        thinkMs: 200,
        profile: [
          [0, 1],
          [20, 3],
        ],
      },
      { name: "beats", kind: "burst", clients: 200, everyMs: 10_000, mix: { page: 0.5, login: 0.5 } },
    ]),
  )}`,
  `endpoints=${encodeURIComponent(
    JSON.stringify([
      { name: "page", fleet: { web: 0.5, api: 0.5 } },
      { name: "login", fleet: "api" },
    ]),
  )}`,
  `fleets=${encodeURIComponent(JSON.stringify([{ name: "web" }, { name: "api", dynos: 10, reads: "replicas", healthCheck: {}, autoscaler: { min: 5, max: 20 } }]))}`,
  "database.replicas.count=2",
].join("&");

test("what folded groups and dialogs hold comes when it is opened, and not before", async ({ page }) => {
  const fetched = new Set<string>();
  page.on("request", (request) => fetched.add(new URL(request.url()).pathname.slice(1)));
  const onDemand = [...whenLoaded()].flatMap(([script, when]) => (when === "on demand" ? script : []));
  const early = () => onDemand.filter((script) => fetched.has(script));

  await openPage(page);
  await expect(drawing(charts(page)).first()).toBeVisible();
  await expect(picture(page).getByRole("button", { name: /^Database: / })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(early()).toEqual([]);

  await group(page, "Replicas").click();
  await expect(numberField(page, "Replicas")).toHaveValue("0");
  expect(early()).not.toEqual([]);
});

test("with several workloads, endpoints and fleets all controls are accessible, and about the chosen one", async ({
  page,
}) => {
  await openPage(page, SEVERAL);
  for (const title of FOLDED) await group(page, title).click();
  await expect(numberField(page, "Replicas")).toHaveValue("2");
  await controls(page).getByRole("button", { name: "Edit the curve" }).click();
  await expect(controls(page).getByRole("slider", { name: "Point 2 of 2" })).toBeVisible();
  const site = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations: ofCurve } = await site.include('[aria-label="Curve of traffic"]').analyze();
  expect(ofCurve.map(({ id }) => id)).toEqual([]);

  await controls(page).getByRole("combobox", { name: "Shown fleet" }).first().selectOption("api");
  await expect(numberField(page, "Dynos")).toHaveValue("10");
  await controls(page).getByRole("combobox", { name: "Shown workload" }).first().selectOption("beats");
  await expect(numberField(page, "Requests per burst")).toHaveValue("200");

  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await axe.include("aside").analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(grave.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 200))])).toEqual([]);

  await page.setViewportSize({ width: 1024, height: 768 });
  const isAnyWider = () =>
    controls(page).evaluate((column) =>
      [...column.querySelectorAll("*")].some(
        ({ scrollWidth, clientWidth, className }) =>
          clientWidth > 60 && scrollWidth > clientWidth + 1 && String(className).includes("content"),
      ),
    );
  expect(await isAnyWider()).toBe(false);
});

test("a control of a folded group is found by what others call it", async ({ page }) => {
  await openPage(page);
  await page.keyboard.press("/");
  await page.getByRole("combobox", { name: "Name of the control" }).fill("maxconn");
  await page.keyboard.press("Enter");
  const limit = page.getByRole("switch", { name: "Sent to a dyno at once: No limit" });
  await expect(limit).toBeFocused();
  await page.keyboard.press("Space");
  await expect(verdict(page)).toContainText("Sent to a dyno at once now 10");
  await expect(page).toHaveURL(/fleets\.web\.maxOutstandingPerDyno=10/);
});

test("traffic over time is drawn by hand: the charts follow, letting go is one step, and a day makes the run that long", async ({
  page,
}) => {
  await openPage(page, "#from=default&workloads=[{%22name%22:%22site%22,%22kind%22:%22open%22}]");
  await expectSettled(page);
  await controls(page).getByRole("button", { name: "Draw a curve" }).click();
  const last = controls(page).getByRole("slider", { name: "Point 2 of 2" });
  const place = await last.boundingBox();
  if (place === null) throw new Error("the point has no place on the page");
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  const before = await figureValue(page, "Throughput").textContent();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y - 30, { steps: 6 });
  await expect(verdict(page)).toContainText("Preview of 2 replications");
  await expect(figureValue(page, "Throughput")).not.toHaveText(before ?? "");
  await page.mouse.up();
  await expectSettled(page);
  await expect(page).toHaveURL(/profile/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).not.toHaveURL(/profile/);

  await controls(page).getByRole("button", { name: "Shapes" }).click();
  await page.getByRole("menuitem", { name: /^A day in a run of 24 h/ }).click();
  await expect(page).toHaveURL(/run\.durationS=86400/);
  await page.keyboard.press("Escape");
});

test("requests of one's own are replayed out of a file, and undone", async ({ page }) => {
  await openPage(page);
  await controls(page).getByRole("radio", { name: "Replay" }).click();
  const dialog = page.getByRole("dialog", { name: "Replay recorded requests" });
  const lines = Array.from({ length: 2000 }, (_, row) => `${(row * 0.02).toFixed(2)},0.05,0.1`);
  await dialog.getByLabel("File of values").setInputFiles({
    name: "mine.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["time (s),query (s),wait (s)", ...lines, "oops,1,2"].join("\n")),
  });
  await expect(dialog.getByRole("status")).toContainText("2,000 requests over 40 s.");
  await expect(dialog.getByRole("status")).toContainText("Line 2,002: Its time is “oops”.");
  await dialog.getByRole("button", { name: "Import" }).click();
  await expect(controls(page).getByText("2,000 requests of page over 40 s, 50 a second")).toBeVisible();
  await expectSettled(page);
  await expect(figureValue(page, "p50")).toHaveText(/^1\d\d(\.\d+)?\sms$/);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(numberField(page, "Clients")).toHaveValue("200");
});
