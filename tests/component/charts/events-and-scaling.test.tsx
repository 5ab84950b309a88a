import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunSummary } from "../../../src/analysis/result-types";
import type { TimelineEntry } from "../../../src/scenario/types";
import ChartGrid from "../../../src/ui/charts/ChartGrid";
import { chartSummary } from "../../support/chart-summary-fixture";
import { fillInMissing } from "../../support/missing-in-jsdom";
import { decision, scalingSummary } from "../../support/scaling-summary-fixture";

fillInMissing();

let downloads: Blob[] = [];

beforeEach(() => {
  downloads = [];
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 1104, 200));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  URL.createObjectURL = (content: Blob) => {
    downloads.push(content);
    return "blob:test";
  };
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => vi.restoreAllMocks());

function renderCharts(summary: RunSummary) {
  return render(
    <ChartGrid
      summary={summary}
      baseline={null}
      follow={null}
      only={null}
      isPreview={false}
      latencyScale="linear"
      onLatencyScale={() => undefined}
      hiddenSeries={[]}
      onToggleSeries={() => undefined}
    />,
  );
}

/** Lets every chart have its turn: they are drawn in tasks of their own. */
async function settle(): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

const TIMELINE: readonly TimelineEntry[] = [
  { atS: 30, do: "failover" },
  { atS: 25, do: "deploy", fleet: "web" },
  { atS: 60, do: "restartDatabase", downS: 3 },
];

describe("what the timeline did", () => {
  it("is marked in every chart over time, in order, and not where it came after the end", async () => {
    const { container } = renderCharts(chartSummary({ scenario: { timeline: TIMELINE } }));
    await screen.findByRole("figure", { name: /^web runs/ });
    await settle();
    for (const id of [
      "throughput",
      "latency",
      "instances",
      "connections",
      "queue",
      "latency-heat",
      "dynos",
    ]) {
      const marks = [...container.querySelectorAll(`[data-chart="${id}"] svg g > title`)];
      expect(marks.map((title) => title.textContent)).toEqual([
        "deploy of web at 25 s",
        "failover of the database at 30 s",
      ]);
    }
  });

  it("is said at its time in the table", async () => {
    const user = userEvent.setup();
    renderCharts(chartSummary({ scenario: { timeline: TIMELINE } }));
    const queue = await screen.findByRole("figure", { name: /^Half wait over/ });
    await user.click(within(queue).getByRole("button", { name: /^Menu of the chart/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Show as table" }));
    const table = await within(queue).findByRole("table");
    expect(within(table).getAllByRole("columnheader").at(-1)).toHaveTextContent("event");
    const row = within(table).getByRole("row", { name: /deploy of web at 25 s/ });
    expect(within(row).getByRole("rowheader")).toHaveTextContent("25 s");
  });
});

describe("a run that was broken off", () => {
  it("says so where its charts are empty", async () => {
    const summary = chartSummary();
    const { container } = renderCharts({ ...summary, figures: { ...summary.figures, stoppedAtS: 12 } });
    await settle();
    const throughput = container.querySelector<HTMLElement>('[data-chart="throughput"]');
    if (throughput === null) throw new Error("there is no chart of throughput");
    expect(within(throughput).getByText("the run was broken off here")).toBeInTheDocument();
  });
});

describe("the instances of an autoscaler", () => {
  const DECISIONS = [decision(34_200), decision(34_500), decision(35_100, { outcome: "scaled", toSize: 11 })];

  it("have their alarms drawn under them, each state in a shape of its own", async () => {
    const { container } = renderCharts(scalingSummary());
    await screen.findByRole("figure", { name: "web runs between 8 and 26 dynos" });
    await settle();
    const band = container.querySelector('[data-chart="instances"] [data-band="up"]');
    expect(band).toHaveTextContent("up: highest processor above 60 %");
    const drawn = [...(band?.querySelectorAll("[data-state]") ?? [])];
    expect(drawn.map((element) => [element.tagName, element.getAttribute("data-state")])).toEqual([
      ["line", "no-data"],
      ["line", "ok"],
      ["rect", "alarm"],
      ["line", "ok"],
    ]);
  });

  it("are shown without a log where there is no autoscaler", async () => {
    renderCharts(chartSummary({ scenario: { timeline: TIMELINE } }));
    await screen.findByRole("figure", { name: "web runs 25 dynos throughout" });
    expect(screen.queryByRole("button", { name: /Decisions of the autoscaler/ })).toBeNull();
  });

  async function openLog(summary: RunSummary) {
    const user = userEvent.setup();
    renderCharts(summary);
    await user.click(await screen.findByRole("button", { name: /^Decisions of the autoscaler/ }));
    return user;
  }

  it("have a log that says when, which policy, what it saw, the sizes and what came of it", async () => {
    const user = await openLog(scalingSummary({ decisions: DECISIONS }));
    expect(screen.getByRole("button", { name: /^Decisions/ })).toHaveTextContent(
      "1 change; 2 times a bound was crossed and nothing changed",
    );
    const table = await screen.findByRole("table");
    const cells = () =>
      within(table)
        .getAllByRole("row")
        .slice(1)
        .map((row) => [...row.children].map((cell) => cell.textContent));
    const scaled = ["09:45", "up", "71 %, 68 % · above 60 %", "8 → 11", "adds 3 dynos"];
    expect(cells()).toEqual([
      [
        "09:30",
        "up",
        "68 % to 71 % · above 60 %",
        "8",
        "wants 11 dynos; cooldown of 5 min, 2 times until 09:35",
      ],
      scaled,
    ]);
    await user.click(screen.getByRole("radio", { name: "Only changes" }));
    expect(cells()).toEqual([scaled]);
    await user.click(screen.getByRole("button", { name: "CSV" }));
    expect(await downloads[0]?.text()).toMatch(/^time_s,scales,policy/);
  });

  it("have a log of many pages, and say what was not kept", async () => {
    const decisions = Array.from({ length: 450 }, (_, i) => decision(i * 60, { wantedSize: 9 + (i % 2) }));
    const user = await openLog(scalingSummary({ decisions, forgotten: 1200 }));
    const table = await screen.findByRole("table");
    const times = () => within(table).getAllByRole("rowheader");
    expect(times()).toHaveLength(200);
    expect(screen.getByText("1200 later decisions were too many to keep.")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Later" }));
    await user.click(screen.getByRole("button", { name: "Later" }));
    expect(times()).toHaveLength(50);
    expect(times()[0]).toHaveTextContent("06:40");
    expect(screen.getByRole("button", { name: "Later" })).toBeDisabled();
  });
});
