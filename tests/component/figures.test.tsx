import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ResultFigures } from "../../src/analysis/result-types";
import { compareEstimates } from "../../src/ui/results/comparison";
import { FiguresRow } from "../../src/ui/results/FiguresRow";
import { differenceText, halfWidthText, limitText, plainText } from "../../src/ui/shell/figure-text";
import { renderWithSession } from "../support/render-session";
import { estimate, figuresFixture, summaryFixture, TURNING_POINT } from "../support/summary-fixture";

/** Text as it reads, with ordinary spaces. */
function read(element: HTMLElement): string {
  return (element.textContent ?? "").replaceAll("\u00a0", " ");
}

function tile(name: string): HTMLElement {
  const button = screen.getByRole("button", { name });
  const element = button.closest<HTMLElement>("[data-figure]");
  if (element === null) throw new Error(`no figure is called ${name}`);
  return element;
}

function renderFigures(figures: Partial<ResultFigures>) {
  return renderWithSession(<FiguresRow />, { summary: summaryFixture(figuresFixture(figures)) });
}

describe("numbers for people", () => {
  it.each([
    ["duration", 0.5, "0.50 ms"],
    ["duration", 48.12, "48.1 ms"],
    ["duration", 480, "480 ms"],
    ["duration", 1003, "1.00 s"],
    ["duration", 12_345, "12.3 s"],
    ["rate", 197.61, "197.6/s"],
    ["rate", 12_345.678, "12.3k/s"],
    ["share", 0.0241, "2.41 %"],
    ["share", 0.182, "18.2 %"],
    ["share", 0.9997, "99.97 %"],
    ["share", 1, "100 %"],
    ["share", 0.000_01, "< 0.01 %"],
    ["money", 1300, "$1,300"],
  ] as const)("a %s of %d is %s", (kind, value, text) => {
    expect(plainText(kind, value).replaceAll("\u00a0", " ")).toBe(text);
  });

  it("says differences with their sign, shares in points", () => {
    expect(differenceText("duration", -490).replaceAll("\u00a0", " ")).toBe("−490 ms");
    expect(differenceText("rate", 12.34)).toBe("+12.3/s");
    expect(differenceText("share", -0.0958).replaceAll("\u00a0", " ")).toBe("−9.58 points");
    expect(differenceText("money", 50)).toBe("+$50");
  });

  it("gives half an interval two digits, and a limit no padding", () => {
    expect(halfWidthText("duration", 6.04).replaceAll("\u00a0", " ")).toBe("6 ms");
    expect(halfWidthText("rate", 0)).toBe("0/s");
    expect(halfWidthText("rate", 0.62)).toBe("0.62/s");
    expect(halfWidthText("duration", 0.0612).replaceAll("\u00a0", " ")).toBe("0.06 ms");
    expect(halfWidthText("rate", 0.8)).toBe("0.8/s");
    expect(halfWidthText("rate", 120)).toBe("120/s");
    expect(limitText("duration", 1500).replaceAll("\u00a0", " ")).toBe("1.5 s");
    expect(limitText("share", 0.001).replaceAll("\u00a0", " ")).toBe("0.1 %");
  });
});

describe("a comparison with the baseline", () => {
  it("calls a difference real beyond the noise of both", () => {
    expect(compareEstimates(estimate(100, 3), estimate(106, 4))?.judgement).toBe("real");
    expect(compareEstimates(estimate(100, 3), estimate(104, 4))?.judgement).toBe("noise");
  });

  it("does not judge where an interval is missing", () => {
    expect(compareEstimates(estimate(100), estimate(106, 4))).toEqual({
      difference: -6,
      judgement: "unknown",
    });
  });

  it("is not made where nothing was measured", () => {
    expect(compareEstimates(estimate(null), estimate(106, 4))).toBeNull();
  });
});

describe("the figures", () => {
  it("show value, unit and half of the interval", () => {
    renderFigures({});
    expect(read(tile("Throughput"))).toContain("191.3/s");
    expect(read(tile("Throughput"))).toContain("± 0.8/s");
    expect(read(tile("p95"))).toContain("1.01 s");
    expect(read(tile("Monthly cost"))).toContain("$1,300");
    expect(read(tile("Monthly cost"))).not.toContain("±");
  });

  it("say what a whole day costs beside the month", () => {
    const scenario = { ...TURNING_POINT, run: { ...TURNING_POINT.run, durationS: 86_400 } };
    const cost = { monthlyUsd: 1253.17, perMillionRequestsUsd: 2.58, runUsd: 41.2 };
    const { unmount } = renderFigures({ scenario, cost });
    expect(read(tile("Monthly cost"))).toContain("$1,253");
    expect(read(tile("Monthly cost"))).toContain("$2.58 per million");
    expect(read(tile("Monthly cost"))).toMatch(/\$41\.20 this day$/);
    unmount();
    renderFigures({ scenario, cost: { ...cost, runUsd: 12 } });
    expect(read(tile("Monthly cost"))).toMatch(/\$12\.00 this day so far$/);
  });

  it("say what a short run costs only where its price changes", () => {
    const { unmount } = renderFigures({});
    expect(read(tile("Monthly cost"))).not.toContain("this run");
    unmount();
    const timeline = [{ atS: 20, do: "set", path: "fleets.web.dynos", value: 30 }] as const;
    renderFigures({ scenario: { ...TURNING_POINT, timeline } });
    expect(read(tile("Monthly cost"))).toContain("$0.02 this run");
  });

  it("say that none of so many failed, never 0.00 %", () => {
    renderFigures({
      requests: { sent: 10_200, ok: 10_000, failed: 0, inFlight: 200, failedByKind: {} },
      failureRate: estimate(0, 0),
      slo: { met: true, misses: [] },
    });
    expect(read(tile("Failures"))).toContain("none of 10,000");
    expect(read(tile("Failures"))).not.toContain("0.00");
  });

  it("mark what misses the objective and name the limit", () => {
    renderFigures({});
    expect(read(tile("Queue p95"))).toContain("misses the objective ≤ 100 ms");
    expect(read(tile("p95"))).toContain("objective ≤ 1.5 s");
    expect(read(tile("p95"))).not.toContain("misses");
  });

  it("name the commonest kind of failure", () => {
    renderFigures({});
    expect(read(tile("Failures"))).toContain("database refused");
  });

  it("keep the interval's place while too few replications have run", () => {
    renderFigures({ throughputPerSecond: estimate(190) });
    expect(within(tile("Throughput")).getByText("interval not known yet")).toBeInTheDocument();
  });

  it("say where there was nothing to measure", () => {
    const none = estimate(null);
    const nothing = { mean: none, p50: none, p75: none, p90: none, p95: none, p99: none, max: none };
    renderFigures({ latencyMs: nothing });
    expect(read(tile("p50"))).toContain("nothing to measure");
  });

  it("show the difference from the pinned baseline, or that it is noise", async () => {
    const summary = summaryFixture(
      figuresFixture({ throughputPerSecond: estimate(150, 1), failureRate: estimate(0.0245, 0.001) }),
    );
    const { session } = renderWithSession(<FiguresRow />, {});
    expect(read(tile("Throughput"))).not.toContain("baseline");
    session.baseline.setState({ scenario: summary.figures.scenario, summary });
    expect(await screen.findByText("within noise")).toBeInTheDocument();
    expect(read(tile("Throughput"))).toContain("compared with the baseline +41.3/s");
    expect(read(tile("Failures"))).toContain("within noise");
    expect(read(tile("Monthly cost"))).toContain("as the baseline");
  });
});
