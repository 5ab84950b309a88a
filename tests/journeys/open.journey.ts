import { expect, test } from "./support/journey";
import {
  charts,
  enter,
  expectAllCharts,
  expectSettled,
  FIGURE_NAMES,
  figure,
  figureValue,
  NOT_ALL_RIGHT,
  numberField,
  openPage,
  verdict,
} from "./support/page-parts";

test("the page opens on the turning point of the article, already simulated", async ({ page }) => {
  await openPage(page);
  await expect(page).toHaveTitle(/Headroom/);
  await expect(numberField(page, "Dynos")).toHaveValue("25");
  await expect(numberField(page, "Clients")).toHaveValue("200");
  await expect(page.getByRole("combobox", { name: "Plan" })).toHaveValue("standard-0");
  await expect(page.getByRole("switch", { name: "Pooler", exact: true })).not.toBeChecked();

  await test.step("the verdict says what is wrong, the arithmetic, and what to try", async () => {
    await expect(verdict(page)).toContainText(NOT_ALL_RIGHT);
    await expect(verdict(page)).toContainText("the dynos want more connections than the database gives");
    await expect(verdict(page)).toContainText("25 dynos × 10 connections = up to 250 connections");
    await expect(verdict(page)).toContainText("Turn the pooler on");
  });

  await test.step("seven figures have their units and intervals; failures miss the objective", async () => {
    const figures = page.getByRole("region", { name: "Figures" });
    await expect(figures.getByRole("term")).toHaveText([...FIGURE_NAMES]);
    await expect(figureValue(page, "Throughput")).toHaveText(/^[\d.]+\/s$/);
    await expect(figure(page, "Throughput")).toContainText(/± [\d.]+\/s/);
    for (const name of ["p50", "p95", "p99", "Queue p95"] as const) {
      await expect(figureValue(page, name)).toHaveText(/^[\d.]+ m?s$/);
      await expect(figure(page, name)).toContainText(/± [\d.]+\sm?s/);
    }
    await expect(figureValue(page, "Failures")).toHaveText(/^[1-9][\d.]* %$/);
    await expect(figure(page, "Failures")).toContainText(/± [\d.]+\s%/);
    await expect(figure(page, "Failures")).toContainText("misses the objective ≤ 0.1 %");
    await expect(figureValue(page, "Monthly cost")).toHaveText("$1,300");
  });

  await test.step("nine charts answer their questions in their titles", async () => {
    await expectAllCharts(page);
    await expect(charts(page).getByRole("heading", { level: 3 })).toHaveText([
      /answers per second; .* of requests fail/,
      /95 of 100 within/,
      /All 240 connections are taken/,
      /wait over .* for a thread/,
      /^Where the time goes: /,
      /^A typical request took/,
      /answers take about/,
      /the busiest dyno uses/,
      /of the answers take over/,
    ]);
  });
});

test("controls and verdict work before the charts are loaded", async ({ page }) => {
  let letChartsCome: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letChartsCome = resolve;
  });
  await page.route(/ChartGrid.*\.js/, async (route) => {
    await held;
    await route.continue();
  });

  await openPage(page);
  await enter(page, "Dynos", "24");
  await expectSettled(page);
  await expect(verdict(page)).toContainText("Dynos now 24");
  await expect(figureValue(page, "Failures")).toContainText("none");
  await expect(charts(page)).toHaveCount(0);

  letChartsCome();
  await expectAllCharts(page);
});
