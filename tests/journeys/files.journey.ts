import type { Page } from "@playwright/test";
import { expect, test } from "./support/journey";
import {
  bytesOf,
  charts,
  declineTour,
  downloaded,
  enter,
  expectSettled,
  figure,
  numberField,
  openPage,
  share,
} from "./support/page-parts";
import { pngSize } from "./support/png";

async function exported(page: Page, what: string): Promise<{ name: string; bytes: Buffer }> {
  const download = await downloaded(page, () => share(page, what));
  return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
}

test("a scenario goes out as a file and comes back as the same scenario", async ({ page, otherReader }) => {
  await openPage(page);
  await enter(page, "Dynos", "33");
  await enter(page, "Clients", "150");
  await expectSettled(page);
  const { name, bytes } = await exported(page, "Export scenario");
  expect(name).toMatch(/^[a-z0-9-]+\.json$/);

  await openPage(otherReader);
  await share(otherReader, "Import scenario");
  await otherReader.getByLabel("Scenario or story file").setInputFiles({
    name,
    mimeType: "application/json",
    buffer: bytes,
  });
  await expect(otherReader.getByRole("dialog")).toHaveCount(0);
  await expectSettled(otherReader);
  await expect(numberField(otherReader, "Dynos")).toHaveValue("33");
  await expect(numberField(otherReader, "Clients")).toHaveValue("150");
  await expect(figure(otherReader, "Throughput")).toHaveText(
    (await figure(page, "Throughput").textContent()) ?? "",
  );
  const again = await exported(otherReader, "Export scenario");
  expect(again.bytes.toString("utf8")).toBe(bytes.toString("utf8"));

  await otherReader.getByRole("button", { name: "Undo" }).click();
  await expect(numberField(otherReader, "Dynos")).toHaveValue("25");
});

test("a file that can be read in part is, and what it left out is listed; one that can't changes nothing", async ({
  page,
}) => {
  await openPage(page);
  await share(page, "Import scenario");
  const dialog = page.getByRole("dialog", { name: "Import a scenario or a story" });
  const text = dialog.getByRole("textbox", { name: "Scenario or story as JSON" });

  await text.fill("{ not JSON");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await expect(numberField(page, "Dynos")).toHaveValue("25");

  await text.fill('{ "schema": 1, "fleets": [{ "name": "web", "dynos": 7, "threads": "many" }] }');
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await expect(dialog.getByRole("row", { name: /threads/ })).toContainText("must be a whole number");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(numberField(page, "Dynos")).toHaveValue("7");
  await expect(numberField(page, "Threads")).toHaveValue("10");
  await expectSettled(page);
});

test("results go out as JSON and CSV, a chart as a picture, as CSV and as a table", async ({ page }) => {
  await openPage(page);
  const results = await exported(page, "Export results");
  expect(results.name).toMatch(/^[a-z0-9-]+-results\.json$/);
  const document = JSON.parse(results.bytes.toString("utf8"));
  expect(document).toMatchObject({ schema: 1, replications: 8, slo: { met: false } });
  const buckets: number = document.series.atS.length;
  expect(buckets).toBeGreaterThan(40);

  const series = await exported(page, "Export series over time");
  expect(series.name).toMatch(/^[a-z0-9-]+-series\.csv$/);
  const lines = series.bytes.toString("utf8").split("\r\n");
  expect(lines[0]).toMatch(/^from \(s\),sent \(requests\),ok \(requests\),failed \(requests\),/);
  expect(lines[0]).toContain("failed: connection-refused (requests)");
  // The header before the rows, and nothing after the last line's end.
  expect(lines).toHaveLength(1 + buckets + 1);
  expect(lines.at(-1)).toBe("");
  const columns = lines[0]?.split(",").length;
  for (const line of lines.slice(1, -1)) expect(line.split(",")).toHaveLength(columns ?? 0);

  await declineTour(page);
  const chart = charts(page).first();
  const size = await chart.getByRole("application").boundingBox();
  const menu = chart.getByRole("button", { name: /Menu of the chart/ });
  const choose = async (item: string) => {
    await menu.click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  const picture = await downloaded(page, () => choose("Download as PNG"));
  expect(picture.suggestedFilename()).toBe("headroom-throughput.png");
  const bytes = await bytesOf(picture);
  const { width, height } = pngSize(bytes);
  // Twice as sharp as the page, with room for its title.
  expect(width).toBeGreaterThanOrEqual(2 * (size?.width ?? Number.NaN));
  expect(height).toBeGreaterThanOrEqual(2 * (size?.height ?? Number.NaN));
  expect(bytes.length, "bytes of the picture").toBeGreaterThan(10_000);

  const file = await downloaded(page, () => choose("Download as CSV"));
  expect((await bytesOf(file)).toString("utf8")).toMatch(/^time_s,answered_per_s,sent_per_s,/);

  await choose("Show as table");
  const table = chart.getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveText([
    "from",
    "answered",
    "sent",
    "connection refused",
  ]);
  expect(await table.getByRole("row").count()).toBeGreaterThan(40);
});
