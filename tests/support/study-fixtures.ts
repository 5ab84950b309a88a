import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { applyChanges } from "../../src/scenario/paths";
import type { Scenario } from "../../src/scenario/types";
import type {
  Candidate,
  CapacityAnswer,
  CheapestAnswer,
  CompareAnswer,
  Difference,
  Measures,
  PrecisionAnswer,
  SensitivityAnswer,
  SweepAnswer,
} from "../../src/study/answer-types";
import { estimate, figuresFixture, summaryFixture, TURNING_POINT } from "./summary-fixture";

/** A scenario to ask about: an objective, one fleet `web`, one workload `hey`. */
export const ASKED: Scenario = { ...TURNING_POINT, workloads: DEFAULT_SCENARIO.workloads };

/** Measures of a plausible configuration; `p95` in ms. */
function measures(p95: number, monthlyUsd = 1300): Measures {
  return {
    throughput: estimate(190, 1),
    failureRate: estimate(0.02, 0.001),
    mean: estimate(p95 * 0.8, 5),
    p50: estimate(p95 * 0.7, 5),
    p95: estimate(p95, 12),
    p99: estimate(p95 * 1.5, 40),
    queueP95: estimate(p95 * 0.2, 3),
    monthlyUsd: estimate(monthlyUsd, 0),
    usdPerMillion: estimate(2.58, 0.01),
  };
}

function difference(mean: number, half: number, verdict: Difference["verdict"]): Difference {
  return { mean, half, verdict };
}

const WITH_POOLER = applyChanges(ASKED, [{ path: "pooler.enabled", value: true }]).scenario;

/** The scenario beside one with a pooler: faster, as dear, and unclear in its failures. */
export const COMPARED: CompareAnswer = {
  kind: "compare",
  progress: { done: 16, wanted: 16 },
  isComplete: true,
  replications: 8,
  columns: [
    { name: ASKED.name, changes: [], scenario: ASKED, summary: summaryFixture() },
    {
      name: "With a pooler",
      changes: [{ path: "pooler.enabled", value: true }],
      scenario: WITH_POOLER,
      summary: summaryFixture(figuresFixture({ scenario: WITH_POOLER })),
    },
  ],
  rows: [
    {
      measure: "throughput",
      values: [estimate(191.3, 0.8), estimate(180, 0.5)],
      differences: [null, difference(-11.3, 0.9, "lower")],
    },
    {
      measure: "failureRate",
      values: [estimate(0.024, 0.001), estimate(0.023, 0.002)],
      differences: [null, difference(-0.001, 0.004, "unknown")],
    },
    {
      measure: "p95",
      values: [estimate(1010, 4), estimate(800, 9)],
      differences: [null, difference(-210, 12, "lower")],
    },
    {
      measure: "monthlyUsd",
      values: [estimate(1300, 0), estimate(1300, 0)],
      differences: [null, difference(0, 0, "same")],
    },
  ],
};

/** A curve of five loads around 200 clients: met up to 276, missed at 280. */
export const CURVE: CapacityAnswer = {
  kind: "capacity",
  progress: { done: 20, wanted: 20 },
  isComplete: true,
  unit: "clients",
  now: 200,
  points: [50, 100, 200, 276, 280].map((load) => ({
    load,
    factor: load / 200,
    measures: measures(900 + load),
    replications: 4,
    isMet: load < 280,
  })),
  headroom: { kind: "found", metAt: 276, missedAt: 280, share: 0.38, isSure: true },
  knee: { load: 250, throughputPerSecond: 245 },
  bounds: [
    {
      label: "all threads busy",
      of: "throughput",
      because: "250 threads ÷ 1.00 s of work = at most 250/s",
      points: [
        [50, 250],
        [280, 250],
      ],
    },
  ],
  impossible: null,
};

const SWEPT_DYNOS = [10, 20, 25];
const SWEPT_CLIENTS = [100, 200];

/** Dynos by clients, half of it simulated: more clients are slower, and 200 miss the objective. */
export const HALF_SWEPT: SweepAnswer = {
  kind: "sweep",
  progress: { done: 12, wanted: 24 },
  isComplete: false,
  axes: [
    { path: "fleets.web.dynos", values: SWEPT_DYNOS },
    { path: "workloads.hey.clients", values: SWEPT_CLIENTS },
  ],
  cells: SWEPT_DYNOS.flatMap((dynos, row) =>
    SWEPT_CLIENTS.map((clients, column) => {
      const isKnown = row !== 1;
      return {
        at: [row, column],
        replications: isKnown ? 4 : 0,
        measures: isKnown ? measures(clients * 5 + dynos, dynos * 50 + 50) : null,
        isMet: isKnown ? clients < 200 : null,
        problem: null,
      };
    }),
  ),
};

/** The same over dynos alone, complete. */
export const SWEPT_LINE: SweepAnswer = {
  kind: "sweep",
  progress: { done: 12, wanted: 12 },
  isComplete: true,
  axes: [{ path: "fleets.web.dynos", values: SWEPT_DYNOS }],
  cells: SWEPT_DYNOS.map((dynos, place) => ({
    at: [place],
    replications: 4,
    measures: measures(2000 - dynos * 10, dynos * 50 + 50),
    isMet: dynos > 10,
    problem: null,
  })),
};

function candidate(dynos: number, p95: number, meets: Candidate["meets"]): Candidate {
  const values = [{ path: "fleets.web.dynos", value: dynos }];
  return { values, measures: measures(p95, dynos * 50 + 50), replications: 8, meets };
}

/** 22 dynos are the cheapest of 40 that meet the objective, which 25 do as well. */
export const SEARCHED: CheapestAnswer = {
  kind: "cheapest",
  progress: { done: 48, wanted: 48 },
  isComplete: true,
  present: candidate(25, 1010, "yes"),
  best: candidate(22, 1400, "yes"),
  frontier: [candidate(22, 1400, "yes"), candidate(25, 1010, "yes")],
  tried: [candidate(20, 1700, "no"), candidate(22, 1400, "yes"), candidate(25, 1010, "yes")],
  space: 40,
  ruledOut: [{ reason: "fewer of fleets.web.dynos than one that misses", count: 19 }],
  sureness: ["In 8 replications the whole 95 % interval is within the objective."],
  impossible: null,
};

/** Dynos matter most, threads a little, the query time not that one could show. */
export const MATTERING: SensitivityAnswer = {
  kind: "sensitivity",
  progress: { done: 24, wanted: 24 },
  isComplete: true,
  of: "p95",
  by: 0.2,
  base: estimate(1010, 4),
  replications: 4,
  bars: [
    {
      path: "fleets.web.dynos",
      value: 25,
      lowValue: 20,
      highValue: 30,
      low: difference(400, 20, "higher"),
      high: difference(-8, 5, "lower"),
    },
    {
      path: "fleets.web.threads",
      value: 10,
      lowValue: 8,
      highValue: 12,
      low: difference(120, 15, "higher"),
      high: difference(0, 0, "same"),
    },
    {
      path: "endpoints.page.steps.0.ms",
      value: 500,
      lowValue: 400,
      highValue: 600,
      low: difference(-2, 9, "unknown"),
      high: difference(3, 9, "unknown"),
    },
  ],
  leftOut: [{ path: "fleets.web.processes", reason: "1 cannot be moved by so little" }],
};

/** The p95 within 1.5 % after 40 replications; the given warm-up is enough. */
export const PRECISE: PrecisionAnswer = {
  kind: "precision",
  progress: { done: 40, wanted: 40 },
  isComplete: true,
  of: "p95",
  within: 0.02,
  most: 200,
  estimate: estimate(1000, 15),
  replications: 40,
  history: [
    { replications: 10, estimate: estimate(1020, 60) },
    { replications: 40, estimate: estimate(1000, 15) },
  ],
  warmup: { givenS: 5, foundS: 3, usedS: 5 },
  ended: "precise",
};
