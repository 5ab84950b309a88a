import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunSummary } from "../../../src/analysis/result-types";
import ChartGrid from "../../../src/ui/charts/ChartGrid";
import { chartSummary } from "../../support/chart-summary-fixture";
import { fillInMissing } from "../../support/missing-in-jsdom";

fillInMissing();

const WIDTH = 1104;
let downloads: Blob[] = [];

beforeEach(() => {
  downloads = [];
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, WIDTH, 200));
  // jsdom has no canvas: heat maps are then drawn without their image, as in a browser that gives none.
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  URL.createObjectURL = (content: Blob) => {
    downloads.push(content);
    return "blob:test";
  };
  URL.revokeObjectURL = () => undefined;
});
afterEach(() => vi.restoreAllMocks());

interface PageProps {
  readonly summary: RunSummary;
  readonly baseline?: RunSummary | null;
  readonly follow?: { readonly fromS: number; readonly toS: number } | null;
}

/** The grid with what its page keeps for it. */
function Page({ summary, baseline = null, follow = null }: PageProps) {
  const [hidden, setHidden] = useState<readonly string[]>([]);
  const [scale, setScale] = useState<"linear" | "log">("linear");
  return (
    <ChartGrid
      summary={summary}
      baseline={baseline}
      follow={follow}
      only={null}
      isPreview={false}
      latencyScale={scale}
      onLatencyScale={setScale}
      hiddenSeries={hidden}
      onToggleSeries={(key) =>
        setHidden(hidden.includes(key) ? hidden.filter((one) => one !== key) : [...hidden, key])
      }
    />
  );
}

/** A chart by the beginning of its title, once it had its turn. */
async function chart(title: RegExp): Promise<HTMLElement> {
  return await screen.findByRole("figure", { name: title });
}

/** Lets every chart have its turn: they are drawn in tasks of their own. */
async function settle(): Promise<void> {
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

function lines(figure: HTMLElement): number {
  return figure.querySelectorAll(".recharts-line path, .recharts-area-curve").length;
}

async function choose(figure: HTMLElement, item: string | RegExp) {
  const user = userEvent.setup();
  await user.click(within(figure).getByRole("button", { name: /^Menu of the chart/ }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
  await settle();
}

describe("titles", () => {
  it("say what a run without failures shows", async () => {
    render(<Page summary={chartSummary()} />);
    await chart(/^200 answers per second, none fail/);
    await chart(/^Half within 1.00 s, 95 of 100 within 1.80 s/);
    await chart(/^Connections peak at 90 of 240/);
    await chart(/^Half wait over 120 ms for a thread, 5 of 100 over 216 ms/);
    await chart(/^8 of 10 answers take \d+ ms to [\d.]+ s/);
    await chart(/^Of 10 threads the busiest dyno uses [\d.]+, the idlest [\d.]+/);
    await chart(/^Half of the answers take over 1.00 s, 1 of 100 over 2.60 s/);
  });

  it("say how much fails and where the limit is", async () => {
    const summary = chartSummary({
      failures: { "connection-refused": 0.12, timeout: 0.03 },
      connections: 240,
    });
    render(<Page summary={summary} />);
    const throughput = await chart(/^170 answers per second; 15 % of requests fail/);
    expect(throughput).toHaveTextContent("connection refused 1080, router timeout 270");
    const connections = await chart(/^All 240 connections are taken, 12 % of requests refused/);
    await settle();
    expect(within(connections).getByText("enforced 240")).toBeInTheDocument();
    expect(within(connections).getByText("advertised 120")).toBeInTheDocument();
  });

  it("say it of one dyno, too", async () => {
    render(<Page summary={chartSummary({ dynos: 1 })} />);
    await chart(/^The dyno keeps [\d.]+ of 10 threads busy/);
  });

  it("follow the newest run", async () => {
    const { rerender } = render(<Page summary={chartSummary({ ratePerSecond: 100 })} />);
    await chart(/^100 answers per second/);
    rerender(<Page summary={chartSummary({ ratePerSecond: 150 })} />);
    rerender(<Page summary={chartSummary({ ratePerSecond: 180 })} />);
    await chart(/^180 answers per second/);
  });
});

describe("a run that goes on", () => {
  function times(figure: HTMLElement): (string | null)[] {
    return [...figure.querySelectorAll("svg text[text-anchor=middle]")].map((tick) => tick.textContent);
  }

  it("is followed, until the reader wants to see the whole of it, or wants to follow it again", async () => {
    const user = userEvent.setup();
    const summary = chartSummary();
    const { rerender } = render(<Page summary={summary} follow={{ fromS: 10, toS: 30 }} />);
    const figure = await chart(/^200 answers per second/);
    await settle();
    expect(times(figure).at(0)).toBe("10");
    expect(times(figure).at(-1)).toBe("30 s");
    rerender(<Page summary={summary} follow={{ fromS: 15, toS: 35 }} />);
    await settle();
    expect(times(figure).at(-1)).toBe("35 s");
    await user.click(within(figure).getByRole("button", { name: /zoom out|whole run/i }));
    await settle();
    expect(times(figure).at(0)).toBe("0");
    await user.dblClick(within(figure).getByRole("group"));
    await settle();
    expect(times(figure).at(-1)).toBe("35 s");
  });

  it("leaves a stretch alone that the reader has zoomed to", async () => {
    const summary = chartSummary();
    const { rerender } = render(<Page summary={summary} follow={{ fromS: 10, toS: 30 }} />);
    const figure = await chart(/^200 answers per second/);
    await settle();
    await choose(figure, /^Zoom in/);
    const zoomed = times(figure);
    expect(zoomed.at(-1)).toBe("24 s");
    rerender(<Page summary={summary} follow={{ fromS: 15, toS: 35 }} />);
    await settle();
    expect(times(figure)).toEqual(zoomed);
  });
});

describe("an objective", () => {
  it("is a labelled line, and the reading says whether it is kept", async () => {
    const summary = chartSummary({
      scenario: { slo: { p95Ms: 1500, p99Ms: null, queueP95Ms: 300, failureRate: null } },
    });
    render(<Page summary={summary} />);
    const latency = await chart(/^Half within/);
    await settle();
    expect(latency).toHaveTextContent("p95 of 1.80 s misses the objective of 1.50 s");
    expect(within(latency).getByText("objective p95 1.50 s")).toBeInTheDocument();
    const queue = await chart(/^Half wait over/);
    expect(within(queue).getByText("objective p95 300 ms")).toBeInTheDocument();
  });
});

describe("legends", () => {
  it("switch series off and on", async () => {
    const user = userEvent.setup();
    render(<Page summary={chartSummary()} />);
    const latency = await chart(/^Half within/);
    await settle();
    expect(lines(latency)).toBe(3);
    const p95 = within(latency).getByRole("button", { name: "p95" });
    expect(p95).toHaveAttribute("aria-pressed", "true");
    await user.click(p95);
    await settle();
    expect(p95).toHaveAttribute("aria-pressed", "false");
    expect(lines(latency)).toBe(2);
    await user.click(p95);
    await settle();
    expect(lines(latency)).toBe(3);
  });

  it("show what is off at first", async () => {
    const user = userEvent.setup();
    render(<Page summary={chartSummary()} />);
    const latency = await chart(/^Half within/);
    await settle();
    const p90 = within(latency).getByRole("button", { name: "p90" });
    expect(p90).toHaveAttribute("aria-pressed", "false");
    await user.click(p90);
    await settle();
    expect(p90).toHaveAttribute("aria-pressed", "true");
    expect(lines(latency)).toBe(4);
  });

  it("have the pooler's series only where there is a pooler", async () => {
    const summary = chartSummary();
    const { pooler } = summary.figures.scenario;
    const { unmount } = render(<Page summary={summary} />);
    const without = await chart(/^Connections/);
    expect(within(without).queryByRole("button", { name: "pooler clients" })).toBeNull();
    unmount();
    render(<Page summary={chartSummary({ scenario: { pooler: { ...pooler, enabled: true } } })} />);
    const figure = await chart(/^Connections/);
    expect(within(figure).getByRole("button", { name: "pooler clients" })).toBeInTheDocument();
  });
});

describe("the scale of latency", () => {
  it("is chosen in one chart and holds in all of latency", async () => {
    const user = userEvent.setup();
    render(<Page summary={chartSummary()} />);
    const latency = await chart(/^Half within/);
    await user.click(within(latency).getByRole("radio", { name: "Log" }));
    await settle();
    expect(within(latency).getByRole("radio", { name: "Log" })).toBeChecked();
    const distribution = await chart(/^Half of the answers/);
    expect(within(distribution).getByText("answers, %")).toBeInTheDocument();
  });
});

describe("the pinned run", () => {
  it("is drawn in every chart that has lines", async () => {
    const { container } = render(
      <Page summary={chartSummary()} baseline={chartSummary({ seed: 5, latencyMs: 700 })} />,
    );
    await settle();
    const drawn = (id: string) => container.querySelectorAll(`[data-chart="${id}"] path[data-series]`).length;
    expect(drawn("throughput")).toBe(2);
    expect(drawn("latency")).toBe(3);
    expect(drawn("connections")).toBe(2);
    expect(drawn("queue")).toBe(3);
    expect(drawn("latency-heat")).toBe(2);
    expect(container.querySelectorAll('[data-chart="distribution"] .recharts-line')).toHaveLength(1);
    expect(await chart(/^Of 10 threads/)).toHaveTextContent(/Baseline: [\d.]+ on the busiest/);
  });

  it("still shows its failures where there are none any more", async () => {
    const { container } = render(
      <Page summary={chartSummary()} baseline={chartSummary({ failures: { "connection-refused": 0.1 } })} />,
    );
    const throughput = await chart(/none fail/);
    await settle();
    expect(within(throughput).getByRole("button", { name: "connection refused" })).toBeInTheDocument();
    expect(
      container.querySelector('path[data-series="throughput.failed.connection-refused"]'),
    ).toBeInTheDocument();
  });
});

describe("a chart with nothing to show", () => {
  it("says that nothing was sent", async () => {
    render(<Page summary={chartSummary({ ratePerSecond: 0, connections: 0 })} />);
    await settle();
    expect(await chart(/^No requests were sent/)).toHaveTextContent("the traffic is zero");
    expect(await chart(/^How long do answers take/)).toHaveTextContent(
      "No requests were sent: the traffic is zero.",
    );
    expect(await chart(/^Connections of the database/)).toHaveTextContent("so no connection was opened");
  });

  it("says that nothing succeeded, and still shows the failures", async () => {
    render(<Page summary={chartSummary({ failures: { timeout: 1 } })} />);
    await settle();
    expect(await chart(/^How long do answers take/)).toHaveTextContent("No request succeeded");
    const throughput = await chart(/100 % of requests fail/);
    expect(lines(throughput)).toBe(3);
  });

  it("says that no dyno was up", async () => {
    render(<Page summary={chartSummary({ dynos: 0 })} />);
    expect(await chart(/^How is the work spread/)).toHaveTextContent("No dyno was up");
  });
});

describe("the table in a chart's place", () => {
  it("has every series in every bucket", async () => {
    render(<Page summary={chartSummary()} />);
    const queue = await chart(/^Half wait over/);
    await choose(queue, "Show as table");
    const table = await within(queue).findByRole("table", { name: /^Half wait over/ });
    expect(
      within(table)
        .getAllByRole("columnheader")
        .map((cell) => cell.textContent),
    ).toEqual(["from", "p50", "p95", "p99"]);
    const rows = [...table.querySelectorAll("tbody tr")];
    expect(rows).toHaveLength(225);
    expect(rows[2]?.querySelector("th")).toHaveTextContent("0.4 s");
    await choose(queue, "Show as chart");
    expect(within(queue).queryByRole("table")).toBeNull();
  });
});

describe("the CSV file", () => {
  async function csv(): Promise<string[]> {
    const text = await downloads[0]?.text();
    return (text ?? "").split("\r\n");
  }

  it("has the exact numbers, also of series that are off", async () => {
    const summary = chartSummary();
    render(<Page summary={summary} />);
    await choose(await chart(/^Half within/), "Download as CSV");
    const rows = await csv();
    expect(rows[0]).toBe("time_s,p50_ms,p75_ms,p90_ms,p95_ms,p99_ms,max_ms");
    expect(rows).toHaveLength(227);
    const { p50, p75, p90, p95, p99, max } = summary.series;
    expect(rows[2]).toBe([0.2, ...[p50, p75, p90, p95, p99, max].map((column) => column[1])].join(","));
  });

  it("leaves empty what was not measured", async () => {
    render(<Page summary={chartSummary({ failures: { timeout: 1 } })} />);
    await choose(await chart(/^How long do requests wait/), "Download as CSV");
    expect((await csv())[1]).toBe("0,,,");
  });

  it("has a column per dyno", async () => {
    const summary = chartSummary({ dynos: 3 });
    render(<Page summary={summary} />);
    await choose(await chart(/^Of 10 threads|^Dynos share/), "Download as CSV");
    const rows = await csv();
    expect(rows[0]).toBe("time_s,dyno 1,dyno 2,dyno 3");
    const cells = summary.series.busyThreadsPerDyno;
    expect(rows[1]).toBe([0, cells[0], cells[225], cells[450]].join(","));
  });
});
