import type { PathValue } from "../path-text";
import type { StepPolicy } from "../types";

/** From the beginning of the run, which is four in the morning. */
export const RISE_S = 1800;
export const MORNING_END_S = 10_800;
export const FALL_S = 23_400;
export const DAY_S = 34_200;

/** Requests per second at the busiest hour. */
export const PEAK = 250;

/** The slopes take as long as those of a day of 24 hours; the flat parts between them, where nothing changes, are cut short. */
export const CURVE = [
  [0, 0.25],
  [RISE_S, 0.25],
  [MORNING_END_S, 0.85],
  [16_200, 0.85],
  [19_800, 1],
  [FALL_S, 1],
  [30_600, 0.25],
  [DAY_S, 0.25],
];

const lognormal = (mean: number, cv: number) => ({ dist: "lognormal", mean, cv });
const gamma = (mean: number) => ({ dist: "gamma", mean, cv: 0.5 });

/** A call to a third party: over a second now and then. */
const THIRD_PARTY = lognormal(800, 0.8);

export const ENDPOINTS = [
  {
    name: "hot",
    steps: [
      { kind: "cpu", ms: gamma(15) },
      { kind: "wait", ms: lognormal(135, 0.15) },
    ],
  },
  {
    name: "normal",
    steps: [
      { kind: "cpu", ms: gamma(40) },
      { kind: "wait", ms: lognormal(120, 0.15) },
    ],
  },
  {
    name: "oauth",
    steps: [
      { kind: "cpu", ms: gamma(30) },
      { kind: "wait", ms: THIRD_PARTY },
    ],
  },
];

/** How often the third parties are slow, for how long, and how slow they are then. */
interface SlowSpells {
  readonly everyS: number;
  readonly lastS: readonly number[];
  readonly meanMs: number;
}

export const SPELLS: SlowSpells = { everyS: 1800, lastS: [90, 90, 90, 360], meanMs: 4000 };

/** The timeline of a day with such spells. */
export function slowSpells({ everyS, lastS, meanMs }: SlowSpells): PathValue {
  const path = "endpoints.oauth.steps.1.ms";
  const count = Math.floor((FALL_S + 3600 - RISE_S) / everyS);
  const entries = Array.from({ length: count }, (_, spell) => {
    const atS = RISE_S + (spell + 0.5) * everyS;
    return [
      { atS, do: "set", path, value: lognormal(meanMs, 0.8) },
      { atS: atS + (lastS[spell % lastS.length] ?? 0), do: "set", path, value: THIRD_PARTY },
    ];
  });
  return { path: "timeline", value: entries.flat() };
}

/** A scaling rule: checks of a minute, and five minutes of rest after each step, where nothing else is said. */
type Rule = Partial<StepPolicy> & Pick<StepPolicy, "name" | "metric" | "statistic" | "change">;

function rule(own: Rule): StepPolicy {
  const datapoints = own.datapoints ?? 1;
  return { kind: "step", periodS: 60, cooldownS: 300, ...own, datapoints, outOf: datapoints };
}

/** One more, or three more, while a percentile of the latency is too high for so many minutes. */
export function upByLatency(
  statistic: "p95" | "p99",
  slowMs: number,
  fastMs: number,
  datapoints: number,
): readonly StepPolicy[] {
  return [
    rule({ name: "slow up", metric: "latencyMs", statistic, above: slowMs, datapoints, change: 1 }),
    rule({ name: "fast up", metric: "latencyMs", statistic, above: fastMs, datapoints, change: 3 }),
  ];
}

/** One more while the processors are too busy, in two checks of five minutes. */
export function upByProcessor(statistic: "max" | "average", above: number): StepPolicy {
  return rule({
    name: "slow up, processor",
    metric: "cpu",
    statistic,
    above,
    periodS: 300,
    datapoints: 2,
    change: 1,
  });
}

/** One fewer while the processors are idle enough, in two checks. */
export function down(below: number, periodS: number): StepPolicy {
  return rule({
    name: "slow down",
    metric: "cpu",
    statistic: "average",
    below,
    periodS,
    datapoints: 2,
    change: -1,
  });
}

const PROCESSES = 6;

/**
 * The same fleet with a line for each process: every instance stands for one process of a task, a sixth of its price, and each scaling step is six of them. Each process has
 * the task's processor to itself, of which all of them together used a fifth.
 */
export function linePerProcess(min: number, policies: readonly StepPolicy[]): readonly PathValue[] {
  const scaled = policies
    .filter(({ name }) => name !== "slow up, processor")
    .map((policy) => ({
      ...policy,
      change: policy.change * PROCESSES,
      ...(policy.below === undefined ? {} : { below: policy.below / PROCESSES }),
    }));
  return [
    { path: "fleets.web.dynoType", value: { vcpus: 1, memoryMb: 341, monthlyUsd: 36.04 / PROCESSES } },
    { path: "fleets.web.processes", value: 1 },
    { path: "fleets.web.balancer", value: "random" },
    { path: "fleets.web.dynos", value: min * PROCESSES },
    {
      path: "fleets.web.autoscaler",
      value: { min: min * PROCESSES, max: 32 * PROCESSES, bootS: 75, policies: scaled },
    },
  ];
}
