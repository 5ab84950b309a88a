import { act, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunSummary } from "../../../src/analysis/result-types";
import ChartGrid from "../../../src/ui/charts/ChartGrid";
import { chartSummary, sampledRequest } from "../../support/chart-summary-fixture";
import { fillInMissing } from "../../support/missing-in-jsdom";

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

function renderCharts(summary: RunSummary, baseline: RunSummary | null = null) {
  return render(
    <ChartGrid
      summary={summary}
      baseline={baseline}
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

/** The code of these charts is loaded after that of the others. */
async function chart(title: RegExp): Promise<HTMLElement> {
  return await screen.findByRole("figure", { name: title }, { timeout: 20_000 });
}

async function choose(figure: HTMLElement, item: string) {
  const user = userEvent.setup();
  await user.click(within(figure).getByRole("button", { name: /^Menu of the chart/ }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

async function csv(): Promise<string[]> {
  return ((await downloads[0]?.text()) ?? "").split("\r\n");
}

function key(figure: HTMLElement, name: string) {
  fireEvent.keyDown(within(figure).getByRole("application"), { key: name });
}

describe("their code", () => {
  it("comes when a reader is near, and they stay from then on", async () => {
    const near: (() => void)[] = [];
    const far: (() => void)[] = [];
    class Observer {
      constructor(
        private readonly report: (entries: readonly { readonly isIntersecting: boolean }[]) => void,
      ) {}
      observe(element: Element) {
        if (element.closest("[data-place='breakdown']") === null) return;
        near.push(() => this.report([{ isIntersecting: true }]));
        far.push(() => this.report([{ isIntersecting: false }]));
      }
      disconnect() {}
    }
    vi.stubGlobal("IntersectionObserver", Observer);
    try {
      renderCharts(chartSummary());
      await chart(/^Half within/);
      const breakdown = () => screen.queryByRole("figure", { name: /^Where the time goes/ });
      expect(breakdown()).toBeNull();
      act(() => {
        for (const report of near) report();
      });
      await chart(/^Where the time goes/);
      act(() => {
        for (const report of far) report();
      });
      expect(breakdown()).toBeInTheDocument();
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("where the time goes", () => {
  it("says what makes the slow requests slow, and how much of them it is", async () => {
    renderCharts(chartSummary());
    const figure = await chart(/^Where the time goes: slow requests are waiting for a thread/);
    expect(figure).toHaveTextContent(
      "Of the p95 request's 1.72 s, 41.9 % is waiting for a thread; on average 10.7 %.",
    );
    for (const name of ["mean", "p50", "p95", "p99"]) {
      expect(within(figure).getByText(name)).toBeInTheDocument();
    }
    expect(within(figure).getByText("2.44 s")).toBeInTheDocument();
  });

  it("says where most of the time goes where all requests are alike", async () => {
    renderCharts(chartSummary({ queueMs: 1 }));
    await chart(/^Where the time goes: 50 % waiting for other services/);
  });

  it("has the stages that take any time in its legend, each with its meaning", async () => {
    renderCharts(chartSummary());
    const figure = await chart(/^Where the time goes/);
    const legend = within(figure).getByRole("list", { name: "Stages" });
    expect(
      within(legend)
        .getAllByRole("button")
        .map((entry) => entry.textContent),
    ).toEqual(["waiting for a thread", "other waiting", "connecting", "query"]);
    await userEvent.setup().click(within(legend).getByRole("button", { name: "connecting" }));
    expect(await screen.findByRole("tooltip")).toHaveTextContent(/Opening a new connection/);
  });

  it("is read with the arrow keys, stage by stage and row by row", async () => {
    renderCharts(chartSummary());
    const figure = await chart(/^Where the time goes/);
    const spoken = within(figure)
      .getAllByRole("status")
      .find((element) => element.matches("figure > div output"));
    key(figure, "ArrowRight");
    expect(spoken).toHaveTextContent("mean request, 1.12 s: waiting for a thread 120 ms, 10.7 %");
    key(figure, "End");
    expect(spoken).toHaveTextContent(/^mean request, 1.12 s: query/);
    key(figure, "ArrowDown");
    key(figure, "ArrowDown");
    expect(spoken).toHaveTextContent(/^p95 request, 1.72 s: query 496 ms/);
    fireEvent.blur(within(figure).getByRole("application"));
    expect(spoken).toBeEmptyDOMElement();
  });

  it("compares shares where the reader wants them", async () => {
    const { container } = renderCharts(chartSummary(), chartSummary({ latencyMs: 500 }));
    const figure = await chart(/^Where the time goes/);
    const marks = () => container.querySelectorAll('[data-chart="breakdown"] [data-series]').length;
    expect(marks()).toBe(4);
    await userEvent.setup().click(within(figure).getByRole("radio", { name: "Share" }));
    expect(within(figure).getByText("100 %")).toBeInTheDocument();
    expect(marks()).toBe(0);
  });

  it("is a table and a file of every stage, those without time included", async () => {
    renderCharts(chartSummary());
    const figure = await chart(/^Where the time goes/);
    await choose(figure, "Download as CSV");
    const rows = await csv();
    expect(rows[0]).toBe("stage,mean_ms,mean_share,p50_ms,p50_share,p95_ms,p95_share,p99_ms,p99_share");
    expect(rows[1]).toMatch(/^waiting for a thread,120,0\.107/);
    expect(rows[10]).toMatch(/^all,1120,1,1060,1,1720,1,2440,1$/);
    await choose(figure, "Show as table");
    const row = await within(figure).findByRole("row", { name: /^busy database/ });
    expect(row).toHaveTextContent("0 ms");
  });

  it("says why there is nothing", async () => {
    renderCharts(chartSummary({ failures: { timeout: 1 } }));
    expect(await chart(/^Where the time goes: nothing to show yet/)).toHaveTextContent(
      "No request succeeded",
    );
  });
});

describe("a single request", () => {
  const queries = Array.from({ length: 20 }, () => [
    ["pooler", 3],
    ["query", 5],
  ]).flat() as ["pooler" | "query", number][];

  it("is a typical one at first: who it was, and what it did when", async () => {
    renderCharts(chartSummary());
    const figure = await chart(/^A typical request took 1.12 s, 44.6 % of it/);
    expect(figure).toHaveTextContent("page from clients, on dyno 4 of web, first try, sent at 12.3 s.");
    expect(within(figure).getByText("waiting for a thread 120 ms")).toBeInTheDocument();
    expect(within(figure).getByText("answer after 1.12 s")).toBeInTheDocument();
  });

  it("can be the slowest, or one of each failure", async () => {
    const user = userEvent.setup();
    renderCharts(chartSummary({ failures: { "queue-timeout": 0.1 } }));
    const figure = await chart(/^A typical request/);
    expect(
      within(figure)
        .getAllByRole("radio")
        .map((choice) => choice.closest("label")?.textContent),
    ).toEqual(["typical", "slowest", "balancer timeout"]);
    await user.click(within(figure).getByRole("radio", { name: "slowest" }));
    expect(await chart(/^The slowest answered request took 2.94 s/)).toHaveTextContent("retry 1");
    await user.click(screen.getByRole("radio", { name: "balancer timeout" }));
    const failed = await chart(/^A request failed after 360 ms: balancer timeout/);
    expect(failed).toHaveTextContent("never reached a dyno of web, first try, sent at 1.00 s in the warm-up");
    expect(within(failed).getByText("failure after 360 ms")).toBeInTheDocument();
  });

  it("gives alternating stretches a line each, at their times", async () => {
    const sample = sampledRequest([["queue", 20], ["connect", 4], ...queries, ["wait", 60]]);
    renderCharts(chartSummary({ samples: [sample] }));
    const figure = await chart(/^A typical request took 244 ms, 41 % of it running queries/);
    expect(within(figure).getByText("query × 20, 100 ms")).toBeInTheDocument();
    expect(within(figure).getByText("pooler × 20, 60 ms")).toBeInTheDocument();
    expect(within(figure).getByText("other waiting 60 ms")).toBeInTheDocument();
    for (let row = 0; row < 4; row++) key(figure, "ArrowDown");
    key(figure, "ArrowRight");
    const spoken = within(figure)
      .getAllByRole("status")
      .map((element) => element.textContent);
    expect(spoken).toContain("query, 2 of 20: begins at 35 ms, takes 5 ms");
  });

  it("is a table of every stretch", async () => {
    const sample = sampledRequest([["queue", 20], ...queries]);
    renderCharts(chartSummary({ samples: [sample] }));
    const figure = await chart(/^A typical request/);
    await choose(figure, "Show as table");
    expect(await within(figure).findAllByRole("row")).toHaveLength(42);
    expect(within(figure).getByRole("row", { name: /^3\. query/ })).toHaveTextContent("23 ms5 ms");
    await choose(figure, "Download as CSV");
    expect((await csv()).slice(0, 3)).toEqual([
      "stage,begins_at_ms,takes_ms",
      "1. waiting for a thread,0,20",
      "2. pooler,20,3",
    ]);
  });

  it("says plainly that none was recorded", async () => {
    renderCharts(chartSummary({ ratePerSecond: 0, connections: 0 }));
    expect(await chart(/^What happens to a single request/)).toHaveTextContent("the traffic is zero");
  });
});
