import { describe, expect, it } from "vitest";
import { STAGES, type Stage, type StageBreakdown } from "../../../src/analysis/result-types";
import { slowestSentence } from "../../../src/analysis/slow-requests";

function p95(stagesMs: Partial<Record<Stage, number>>): StageBreakdown[] {
  const all = Object.fromEntries(STAGES.map((stage) => [stage, stagesMs[stage] ?? 0])) as Record<
    Stage,
    number
  >;
  return [{ of: "p95", totalMs: Object.values(all).reduce((sum, ms) => sum + ms, 0), stagesMs: all }];
}

describe("where a p95 request spends its time", () => {
  it("names every line that it waits in for long, the longest first, and what it does in the rest", () => {
    expect(slowestSentence(p95({ queue: 274, pooler: 226, query: 500, wait: 500 }))).toBe(
      "A p95 request of 1.50 s waits for 33.3 % of that: 274 ms in line for a thread and 226 ms in line at the pooler, and works for the rest: 500 ms waiting for other services and 500 ms in its queries' own work.",
    );
  });

  it("leaves out what takes less than a tenth", () => {
    expect(slowestSentence(p95({ queue: 900, cpu: 50, query: 50 }))).toBe(
      "A p95 request of 1.00 s waits for 90 % of that: 900 ms in line for a thread.",
    );
  });

  it("says that it hardly waits where it does not", () => {
    expect(slowestSentence(p95({ queue: 5, cpu: 195 }))).toBe(
      "A p95 request of 200 ms hardly waits: it spends 195 ms computing.",
    );
  });

  it("says nothing where none succeeded, or none took any time", () => {
    expect(slowestSentence([])).toBe("");
    expect(slowestSentence(p95({}))).toBe("");
  });
});
