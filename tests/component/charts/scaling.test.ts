import { describe, expect, it } from "vitest";
import type { ScalingDecision } from "../../../src/analysis/result-types";
import type { ScalingPolicy } from "../../../src/scenario/types";
import { timeTable } from "../../../src/ui/charts/chart-table";
import type { ChartView } from "../../../src/ui/charts/chart-types";
import { hasChangingInstances } from "../../../src/ui/charts/models/changing-instances";
import { instancesModel } from "../../../src/ui/charts/models/instances-model";
import { decisionRows, decisionsCsv, rowText } from "../../../src/ui/charts/scaling/decision-rows";
import { outcomeText } from "../../../src/ui/charts/scaling/decision-words";
import { ruleText } from "../../../src/ui/charts/scaling/policy-words";
import { notesAt } from "../../../src/ui/charts/value-text";
import { chartSummary } from "../../support/chart-summary-fixture";
import { decision, policyNamed, SCALER, SPANS, scalingSummary } from "../../support/scaling-summary-fixture";

function view(summary: ChartView["summary"], baseline: ChartView["baseline"] = null): ChartView {
  return {
    summary,
    baseline,
    isPreview: false,
    latencyScale: "linear",
    toggled: new Set(),
    zoom: null,
    columnWidth: 540,
  };
}

describe("the instances of a run", () => {
  it("are shown where they come and go, or something else happens", () => {
    const still = chartSummary();
    expect(hasChangingInstances(still)).toBe(false);
    expect(hasChangingInstances(scalingSummary())).toBe(true);
    const happening = (atS: number) =>
      hasChangingInstances(chartSummary({ scenario: { timeline: [{ atS, do: "failover" }] } }));
    expect(happening(20)).toBe(true);
    // After the end.
    expect(happening(60)).toBe(false);
    still.series.fleets[0]?.booting.fill(1, 3, 5);
    expect(hasChangingInstances(still)).toBe(true);
  });

  it("say between which sizes the fleet runs, and what the day costs against a fixed size", () => {
    const { title, reading, lines, series } = instancesModel(view(scalingSummary()));
    expect(title).toBe("web runs between 8 and 26 dynos");
    // 48 half hours, of which 13.5 dynos are missing from 26 on average: 324 dyno hours of $50 a month.
    expect(reading).toBe("This day costs $41.10; at a fixed 26 dynos it would cost $63.29.");
    expect(lines.map(({ label, kind }) => [label, kind])).toEqual([
      ["at most 32", "bound"],
      ["at least 8", "bound"],
    ]);
    expect(series.map(({ label }) => label)).toEqual(["web up"]);
  });

  it("say what the run has cost so far while it streams in", () => {
    const summary = scalingSummary();
    const cost = { ...summary.figures.cost, runUsd: 12 };
    const model = instancesModel(view({ ...summary, figures: { ...summary.figures, cost } }));
    expect(model.reading).toBe("This day has cost $12.00 so far.");
  });

  it("of a short run are said by what a month costs", () => {
    const summary = chartSummary();
    const { cost } = summary.figures;
    const whole = { ...cost, runUsd: (cost.monthlyUsd * 45) / (730 * 3600) };
    summary.series.fleets[0]?.dynos.fill(26, 0, 112.5);
    const model = instancesModel(view({ ...summary, figures: { ...summary.figures, cost: whole } }));
    expect(model.reading).toBe(
      "At this average a month costs $1,300; at a fixed 26 dynos it would cost $1,325.",
    );
  });

  it("boot beside those that are up, and replicas that come stand with them", () => {
    const summary = chartSummary();
    summary.series.fleets[0]?.booting.fill(5, 10, 20);
    summary.series.replicas.fill(1).fill(3, 100);
    const model = instancesModel(view(summary, summary));
    expect(model.series.map(({ label }) => label)).toEqual(["web up", "web booting", "replicas"]);
    expect(model.title).toBe("Instances: web 25 to 30, replicas 1 to 3");
    expect(model.series.every(({ baseline }) => baseline !== undefined)).toBe(true);
  });

  it("have the alarm of each policy under them, in the tooltip and in the table", () => {
    const summary = scalingSummary();
    const model = instancesModel(view(summary));
    expect(model.bands?.map(({ label, rule }) => `${label}: ${rule}`)).toEqual([
      "up: highest processor above 60 %",
      "hold: average latency target 800 ms",
    ]);
    expect(notesAt(40_000, model)).toEqual(["up: alarm, hold: ok"]);
    const { head, rows } = timeTable(model, summary);
    expect(head).toEqual(["from", "web up", "alarm up", "alarm hold"]);
    // At 0:30 without data, at 2:00 in order, at 10:00 in alarm.
    expect([1, 4, 20].map((row) => rows[row]?.[2])).toEqual([Number.NaN, 0, 1]);
    expect(SPANS[2]?.state).toBe("alarm");
  });
});

describe("what came of a decision", () => {
  const text = (rest: Partial<ScalingDecision>): string => outcomeText(decision(0, rest), ["dyno", "dynos"]);

  it.each<[string, Partial<ScalingDecision>]>([
    ["adds 3 dynos", { outcome: "scaled", toSize: 11 }],
    ["removes 1 dyno", { outcome: "scaled", toSize: 7, wantedSize: 7 }],
    [
      "adds 2 dynos of 3 wanted: the maximum is 32",
      { outcome: "scaled", fromSize: 30, toSize: 32, wantedSize: 33 },
    ],
    ["wants 11 dynos; cooldown of 5 min", { outcome: "cooldown" }],
    ["wants 9 dynos; cooldown of 1 min", { outcome: "cooldown", policy: policyNamed("hold"), wantedSize: 9 }],
    ["wants 7 dynos; cooldown of 5 min", { outcome: "cooldown", policy: policyNamed("hold"), wantedSize: 7 }],
    [
      "wants 35 dynos; the maximum of 32 is reached",
      { outcome: "at-maximum", fromSize: 32, toSize: 32, wantedSize: 35 },
    ],
    ["wants 7 dynos; the minimum of 8 is reached", { outcome: "at-minimum", wantedSize: 7 }],
    [
      "1 of the last 2 periods beyond the bound, 2 needed",
      { outcome: "not-enough-datapoints", values: [0.5, 0.7] },
    ],
    [
      "not 15 periods in a row below 90 % of the target yet",
      { outcome: "not-enough-datapoints", policy: policyNamed("hold"), values: [500] },
    ],
    ["wants 11 dynos; another policy asks for more", { outcome: "outvoted" }],
    ["the size is right already", { outcome: "no-change", wantedSize: 8 }],
    ["brought inside minimum and maximum: 8 dynos", { outcome: "bounds", policy: null, fromSize: 5 }],
  ])("is said in words: %s", (words, rest) => {
    expect(text(rest)).toBe(words);
  });
});

describe("a policy", () => {
  it("is said by what it watches", () => {
    const step = { ...SCALER.policies[0], metric: "queueMs", statistic: "p95", above: 100 } as ScalingPolicy;
    expect(ruleText(step)).toBe("p95 of queue time above 100 ms");
    const { above: _none, ...rest } = SCALER.policies[0] as Extract<ScalingPolicy, { kind: "step" }>;
    expect(ruleText({ ...rest, statistic: "average", below: 0.15 })).toBe("average processor below 15 %");
  });
});

describe("the log of decisions", () => {
  it("has one line for what a policy repeats, whatever other policies do meanwhile", () => {
    const rows = decisionRows(
      scalingSummary({
        decisions: [
          decision(34_200),
          decision(34_260, { policy: policyNamed("hold"), outcome: "outvoted", values: [900] }),
          decision(34_500, { values: [0.62, 0.8] }),
          decision(34_800),
          decision(35_100, { outcome: "scaled", toSize: 11 }),
          decision(35_400, { fromSize: 11, toSize: 11, wantedSize: 14 }),
        ],
      }),
    );
    expect(rows.map((row) => [row.atS, row.policy, row.seen, rowText(row, 86_400)])).toEqual([
      [34_200, "up", "62 % to 80 % · above 60 %", "wants 11 dynos; cooldown of 5 min, 3 times until 09:40"],
      [34_260, "hold", "900 ms · target 800 ms", "wants 11 dynos; another policy asks for more"],
      [35_100, "up", "71 %, 68 % · above 60 %", "adds 3 dynos"],
      [35_400, "up", "71 %, 68 % · above 60 %", "wants 14 dynos; cooldown of 5 min"],
    ]);
  });

  it("says where there were no data", () => {
    const [row] = decisionRows(scalingSummary({ decisions: [decision(60, { values: [null, 0.7] })] }));
    expect(row?.seen).toBe("–, 70 % · above 60 %");
  });

  it("is a file with every decision, unrounded", () => {
    const csv = decisionsCsv(
      scalingSummary({ decisions: [decision(34_200), decision(34_500.5, { toSize: 11 })] }),
    );
    expect(csv.split("\r\n")).toEqual([
      "time_s,scales,policy,metric,values,bound,from,to,wanted,outcome",
      "34200,web,up,cpu,0.71 0.68,above 60 %,8,8,11,cooldown",
      "34500.5,web,up,cpu,0.71 0.68,above 60 %,8,11,11,cooldown",
      "",
    ]);
  });
});
