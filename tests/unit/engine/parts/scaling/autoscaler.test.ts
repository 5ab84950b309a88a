import { describe, expect, it } from "vitest";
import type { ScalerRecord } from "../../../../../src/engine/record/scaling-record";
import { recordOf, type TinyScenario } from "../../../../support/tiny-scenarios";

/** Requests of 100 ms of processor time, on dynos of one processor and plenty of threads: ten a second fill one. */
const computing = (
  requestsPerSecond: number,
  policies: readonly object[],
  scaler: object = {},
): TinyScenario => ({
  durationS: 60,
  open: { requestsPerSecond, arrivals: "paced" },
  steps: [{ kind: "cpu", ms: 100 }],
  fleet: {
    dynos: 2,
    threads: 100,
    autoscaler: { min: 1, max: 5, bootS: 3, policies, ...scaler },
  },
});

const step = (parts: object): object => ({
  kind: "step",
  name: "up",
  metric: "cpu",
  statistic: "average",
  above: 0.6,
  periodS: 5,
  datapoints: 1,
  outOf: 1,
  change: 1,
  cooldownS: 0,
  ...parts,
});

function scalerOf(parts: TinyScenario): ScalerRecord {
  const [scaler] = recordOf(parts).scaling;
  if (scaler === undefined) throw new Error("The scenario has no autoscaler");
  return scaler;
}

/** Decisions in short: when, what came of it, and from what size to what size. */
const short = ({ decisions }: ScalerRecord): string[] =>
  decisions.map(({ atMs, outcome, fromSize, toSize }) => `${atMs / 1000} ${outcome} ${fromSize}-${toSize}`);

describe("an autoscaler", () => {
  it("judges at the end of each period: dynos that boot count towards the size, and serve after their boot", () => {
    // 15 a second on two dynos: 75 % of each. At 5 s one more is asked for, which serves at 8 s; from then on 50 %.
    expect(short(scalerOf(computing(15, [step({})])))).toEqual(["5 scaled 2-3", "10 scaled 3-4"]);
  });

  it("waits for as many periods beyond the bound as it is told", () => {
    expect(
      short(scalerOf(computing(15, [step({ datapoints: 2, outOf: 2, cooldownS: 30 })]))).slice(0, 2),
    ).toEqual(["5 not-enough-datapoints 2-2", "10 scaled 2-3"]);
  });

  it("writes down why nothing happens: cooldown, and the maximum", () => {
    const lines = short(scalerOf(computing(100, [step({ cooldownS: 9, change: 2 })])));
    expect(lines.slice(0, 5)).toEqual([
      "5 scaled 2-4",
      "10 cooldown 4-4",
      "15 scaled 4-5",
      "20 cooldown 5-5",
      "25 at-maximum 5-5",
    ]);
  });

  it("goes down to the minimum and no further", () => {
    const down = step({ name: "down", above: undefined, below: 0.3, change: -1 });
    expect(short(scalerOf(computing(1, [down]))).slice(0, 2)).toEqual(["5 scaled 2-1", "10 at-minimum 1-1"]);
  });

  it("brings a size inside its bounds though a policy asks for the contrary, which then has not acted", () => {
    const { decisions } = scalerOf({
      ...computing(100, [step({ cooldownS: 30 })], { max: 10 }),
      fleet: {
        dynos: 12,
        threads: 100,
        autoscaler: { min: 1, max: 10, bootS: 3, policies: [step({ cooldownS: 30, above: 0.1 })] },
      },
    });
    expect(decisions.slice(0, 3)).toMatchObject([
      { atMs: 5000, policy: 0, outcome: "at-maximum", fromSize: 12, toSize: 12, wantedSize: 13 },
      { atMs: 5000, policy: -1, outcome: "bounds", fromSize: 12, toSize: 10 },
      { atMs: 10_000, policy: 0, outcome: "at-maximum", fromSize: 10 },
    ]);
  });

  it("lets the largest size win where several ask at one moment", () => {
    const policies = [step({ name: "little", change: 1 }), step({ name: "much", change: 3 })];
    const { decisions } = scalerOf(computing(15, policies));
    expect(decisions.slice(0, 2)).toMatchObject([
      { policy: 0, outcome: "outvoted", wantedSize: 3 },
      { policy: 1, outcome: "scaled", wantedSize: 5, fromSize: 2, toSize: 5 },
    ]);
  });

  it("brings a size inside its bounds though no policy asks", () => {
    const [first] = scalerOf(computing(0, [step({})], { min: 3 })).decisions;
    expect(first).toMatchObject({ policy: -1, outcome: "bounds", fromSize: 2, toSize: 3 });
  });

  it("tracks a target: as many dynos as bring the metric there", () => {
    const target = {
      kind: "target",
      name: "cpu",
      metric: "cpu",
      target: 0.5,
      periodS: 5,
      scaleOutCooldownS: 0,
    };
    // 75 % of two dynos are three at 50 %.
    const [first] = scalerOf(computing(15, [target])).decisions;
    expect(first).toMatchObject({ atMs: 5000, fromSize: 2, toSize: 3 });
    expect(first?.values[0]).toBeCloseTo(0.75, 1);
  });

  it("tells when each alarm rings", () => {
    const { alarms } = scalerOf(computing(15, [step({})]));
    expect(alarms.map(({ atMs, state }) => [atMs, state])).toEqual([
      [5000, "alarm"],
      [15_000, "ok"],
    ]);
  });

  it.each([
    ["latencyMs", "p95", 120, 130],
    ["queueMs", "max", 0, 10],
  ])("sees %s", (metric, statistic, least, most) => {
    const { decisions } = scalerOf({
      ...computing(9, [step({ metric, statistic, above: 0 })]),
      steps: [{ kind: "wait", ms: 125 }],
    });
    if (metric === "queueMs") {
      // Threads are free: nobody waits, and nothing is above 0.
      expect(decisions).toEqual([]);
      return;
    }
    expect(decisions[0]?.values[0]).toBeGreaterThanOrEqual(least);
    expect(decisions[0]?.values[0]).toBeLessThanOrEqual(most);
  });

  it("sees requests per minute and dyno, and the database's connections and processors", () => {
    const seen = (metric: string, steps: object[]): number | undefined =>
      scalerOf({
        ...computing(10, [step({ metric, above: 0 })]),
        steps,
        pool: { size: 100, connectMs: 0 },
      }).decisions[0]?.values[0];
    expect(seen("requestsPerDyno", [{ kind: "wait", ms: 10 }])).toBeCloseTo(300, -1);
    expect(seen("databaseCpu", [{ kind: "query", ms: 50, cpuMs: 50 }])).toBeCloseTo(0.5, 1);
    expect(seen("databaseConnections", [{ kind: "query", ms: 50 }])).toBeGreaterThan(0.9);
  });

  it("is nobody's where there is none", () => {
    expect(recordOf({ closed: { clients: 1 } }).scaling).toEqual([]);
  });
});

describe("an autoscaler of replicas", () => {
  it("adds replicas, which serve after the policy's boot", () => {
    const policy = step({ metric: "databaseConnections", above: 2, cooldownS: 100 });
    const record = recordOf({
      durationS: 40,
      open: { requestsPerSecond: 40, arrivals: "paced" },
      steps: [{ kind: "query", ms: 100 }],
      fleet: { threads: 50, reads: "replicas" },
      pool: { size: 50 },
      database: {
        replicas: { count: 1, lagMs: 0, autoscaler: { min: 1, max: 3, bootS: 7, policies: [policy] } },
      },
    });
    expect(record.scaling[0]).toMatchObject({ target: "replicas" });
    expect(record.scaling[0]?.decisions[0]).toMatchObject({ atMs: 5000, fromSize: 1, toSize: 2 });
  });
});

describe("an autoscaler that is changed while it runs", () => {
  const busy = (policies: readonly object[], ...timeline: readonly object[]): TinyScenario => ({
    ...computing(100, policies, { max: 1000 }),
    timeline,
  });
  const set = (atS: number, field: string, value: unknown): object => ({
    atS,
    do: "set",
    path: `fleets.web.autoscaler${field}`,
    value,
  });

  it("keeps the cooldown of a policy that stays as it is, whatever else is set", () => {
    const calm = [step({ cooldownS: 30, datapoints: 2, outOf: 2, change: 1 })];
    const times = (parts: TinyScenario): number[] =>
      scalerOf(parts)
        .decisions.filter(({ outcome }) => outcome === "scaled")
        .map(({ atMs }) => atMs / 1000);
    expect(times(busy(calm))).toEqual([10, 40]);
    expect(times(busy(calm, set(7, ".max", 900), set(12, ".max", 800), set(22, ".bootS", 9)))).toEqual([
      10, 40,
    ]);
  });

  it("writes down with each decision which policy it was, and when that came and went", () => {
    const [up, calls] = [
      step({ cooldownS: 100 }),
      step({ name: "calls", metric: "requestsPerDyno", above: 1 }),
    ];
    const { policies, decisions, alarms } = scalerOf(busy([up], set(12, ".policies", [calls, up])));
    expect(policies).toMatchObject([
      { policy: { name: "up" }, fromMs: 0, untilMs: Infinity },
      { policy: { name: "calls" }, fromMs: 12_000, untilMs: Infinity },
    ]);
    const nameOf = (policy: number): string => policies[policy]?.policy.name ?? "";
    expect(decisions.slice(0, 4).map(({ atMs, policy }) => `${atMs / 1000} ${nameOf(policy)}`)).toEqual([
      "5 up",
      "10 up",
      "15 up",
      "17 calls",
    ]);
    expect(alarms.map(({ atMs, policy, state }) => `${atMs / 1000} ${nameOf(policy)} ${state}`)).toEqual([
      "5 up alarm",
      "17 calls alarm",
    ]);
  });

  it("begins a policy anew when it is changed, and keeps the bounds of each time", () => {
    const { policies, bounds } = scalerOf(
      busy([step({})], set(10, ".policies", [step({ above: 0.5 })]), set(20, ".max", 3), set(30, "", null)),
    );
    expect(policies).toMatchObject([
      { policy: { above: 0.6 }, fromMs: 0, untilMs: 10_000 },
      { policy: { above: 0.5 }, fromMs: 10_000, untilMs: 30_000 },
    ]);
    expect(bounds).toEqual([
      { fromMs: 0, min: 1, max: 1000 },
      { fromMs: 20_000, min: 1, max: 3 },
    ]);
  });
});
