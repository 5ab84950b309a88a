import { describe, expect, it } from "vitest";
import { compile, Simulation } from "../../../src/engine";
import { type Plan, type StepPlan, withStepOverheads } from "../../../src/engine/plan";
import type { Answer } from "../../../src/engine/record/answer-observer";
import { withSizes } from "../../../src/scenario/sizes";
import { endMoments, type TinyScenario, tiny } from "../../support/tiny-scenarios";

const planOf = (parts: TinyScenario): Plan => compile(withSizes(tiny(parts)));

/** When requests end of a system whose steps last longer. */
function ends(parts: TinyScenario, overheadMs: (step: StepPlan, endpoint: number) => number): number[] {
  const answers: Answer[] = [];
  const plan = withStepOverheads(planOf(parts), overheadMs);
  const observer = { answered: (answer: Answer): number => answers.push(answer) };
  new Simulation(plan, 0, observer).advance(Number.POSITIVE_INFINITY);
  return endMoments(answers);
}

const ONCE = { thinkMs: 1e6 };
const steps = [
  { kind: "wait", ms: 100 },
  { kind: "query", ms: 50, count: 3 },
  { kind: "cpu", ms: 10 },
];

describe("what a test bench adds to each step", () => {
  it("is added to each repetition of it, by its kind", () => {
    const of = (kind: StepPlan["kind"]) => (step: StepPlan) => (step.kind === kind ? 4 : 0);
    expect(ends({ closed: ONCE, steps }, () => 0)).toEqual([260]);
    expect(ends({ closed: ONCE, steps }, of("wait"))).toEqual([264]);
    expect(ends({ closed: ONCE, steps }, of("query"))).toEqual([272]);
    expect(ends({ closed: ONCE, steps }, of("cpu"))).toEqual([264]);
  });

  it("can be a share of what the step lasts in the mean", () => {
    expect(ends({ closed: ONCE, steps }, ({ duration }) => 0.01 * duration.mean)).toEqual([262.6]);
  });

  it("can differ from endpoint to endpoint", () => {
    const parts: TinyScenario = {
      workloads: [{ name: "users", kind: "closed", clients: 1, ...ONCE, thinkMs: 0, journey: ["a", "b"] }],
      endpoints: ["a", "b"].map((name) => ({ name, steps: [{ kind: "wait", ms: 100 }] })),
    };
    expect(ends(parts, (_step, endpoint) => 10 * endpoint).slice(0, 3)).toEqual([100, 210, 310]);
  });

  it("is added to replayed durations too, and to drawn ones", () => {
    const parts: TinyScenario = {
      workloads: [{ name: "log", kind: "replay", endpoint: "page", requests: [[5, [70, 20, 0]]] }],
      steps,
    };
    expect(ends(parts, () => 1)).toEqual([5 + 71 + 3 * 21 + 1]);
    const drawn = { open: { requestsPerSecond: 20 }, fleet: { threads: 100 } };
    const random = { ...drawn, steps: [{ kind: "wait", ms: { dist: "exponential", mean: 1 } }] };
    const [plain, longer] = [ends(random, () => 0), ends(random, () => 1000)];
    for (const [i, atMs] of longer.sort((a, b) => a - b).entries())
      expect(atMs).toBeCloseTo((plain.sort((a, b) => a - b)[i] ?? 0) + 1000, 2);
    expect(longer.length).toBeGreaterThan(40);
  });

  it("leaves the plan that it was made from as it was", () => {
    const plan = planOf({ steps });
    withStepOverheads(plan, () => 9);
    expect(plan.endpoints[0]?.steps.map(({ overheadMs }) => overheadMs)).toEqual([0, 0, 0]);
  });
});

describe("an observer of answers", () => {
  const parts: TinyScenario = {
    open: { requestsPerSecond: 30 },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: 50 } }],
    edge: { timeoutMs: 200 },
    run: { warmupS: 2 },
  };

  it("hears of every request, warm-up included, in the order of answers", () => {
    const answers: Answer[] = [];
    const simulation = new Simulation(planOf(parts), 0, {
      answered: (answer) => {
        answers.push(answer);
        expect(answer.sentAtMs + answer.latencyMs).toBeCloseTo(simulation.nowMs, 9);
      },
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    const { ok, failed } = simulation.books();
    expect(answers.length).toBe(ok + failed);
    expect(answers.filter(({ failure }) => failure >= 0).length).toBe(failed);
    expect(failed).toBeGreaterThan(0);
    expect(new Set(answers.map(({ number }) => number)).size).toBe(answers.length);
    for (const { latencyMs, queueMs } of answers) expect(queueMs).toBeLessThanOrEqual(latencyMs);
  });

  it("changes nothing in what is recorded", () => {
    const recorded = (observer: { answered(): void } | null): string => {
      const simulation = new Simulation(planOf(parts), 0, observer);
      simulation.advance(Number.POSITIVE_INFINITY);
      const { ok, sent, stageSumsMs, gaugesMeasured, latency } = simulation.record();
      return JSON.stringify([ok, sent, [...stageSumsMs], [...gaugesMeasured], [...latency.sums]]);
    };
    expect(recorded({ answered: () => {} })).toBe(recorded(null));
  });
});
