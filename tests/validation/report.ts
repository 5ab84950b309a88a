import type {
  ComparedDisturbance,
  ComparedFigureName,
  ReplayedTrace,
  ValidatedDisturbance,
  ValidatedTrial,
  ValidationGoal,
  ValidationReport,
} from "../../src/analysis/validation-report";
import { readScenario } from "../../src/scenario/read-scenario";
import { compareTrial, hasOutside } from "./comparison";
import { explanationOf } from "./explanations";
import { readTrace, readTrial, traceIds, trialIds } from "./fixtures";
import { percentileOf } from "./lab-rules";
import type { Engine, Trace, Trial } from "./lab-types";
import { benchScenario, OVERHEADS } from "./overheads";
import { compareTrace } from "./trace-replay";
import { runReplays, runTrial } from "./trial-runs";

/** The middle one; of two, the lower. */
function median(values: readonly number[]): number {
  return percentileOf(
    values.toSorted((one, other) => one - other),
    0.5,
  );
}

function errorsOf(trials: readonly ValidatedTrial[], name: ComparedFigureName): number[] {
  return trials.flatMap(({ figures }) => {
    const figure = figures[name];
    return figure === undefined ? [] : [Math.abs(figure.error)];
  });
}

function atMost(name: string, unit: ValidationGoal["unit"], goal: number, reached: number): ValidationGoal {
  return { name, unit, direction: "at-most", goal, reached, met: reached <= goal };
}

function atLeast(name: string, goal: number, reached: number): ValidationGoal {
  return { name, unit: "fraction", direction: "at-least", goal, reached, met: reached >= goal };
}

/** The promises about all trials together, and what came of them. */
export function trialGoals(trials: readonly ValidatedTrial[]): ValidationGoal[] {
  const figures = trials.flatMap((trial) => Object.values(trial.figures));
  const inside = figures.filter((figure) => figure.inside).length / figures.length;
  const medianError = (
    what: string,
    name: ComparedFigureName,
    goal: number,
    unit: ValidationGoal["unit"] = "fraction",
  ): ValidationGoal => atMost(`median error of the ${what}`, unit, goal, median(errorsOf(trials, name)));
  return [
    medianError("throughput", "throughputPerSecond", 0.01),
    medianError("mean latency", "latencyMeanMs", 0.02),
    medianError("median latency", "latencyP50Ms", 0.03),
    medianError("95th percentile of latency", "latencyP95Ms", 0.03),
    medianError("failure rate, where anything failed", "failureRate", 0.01, "points"),
    atLeast("measured figures inside the 95 % prediction interval widened by 3 %", 0.9, inside),
  ];
}

/** What was promised of trials in which something changes, before they were ever simulated. */
const DISTURBANCE_PROMISES: readonly {
  readonly what: string;
  readonly nearness: string;
  readonly of: (disturbance: ValidatedDisturbance) => readonly (ComparedDisturbance | undefined)[];
}[] = [
  { what: "share of each kind of failure", nearness: "3 points", of: ({ failures }) => failures },
  {
    what: "how long requests fail",
    nearness: "2 s",
    of: ({ figures }) => [figures.failingSeconds, figures.failingSpanS, figures.allDownSeconds],
  },
  { what: "time until recovery", nearness: "2 s", of: ({ figures }) => [figures.recoveryS] },
  { what: "seconds without any success", nearness: "1 s", of: ({ figures }) => [figures.zeroGoodputSeconds] },
  {
    what: "successes per second meanwhile",
    nearness: "3 %",
    of: ({ figures }) => [figures.goodputPerSecond],
  },
  {
    what: "95th percentile of latency meanwhile and after",
    nearness: "5 %",
    of: ({ figures }) => [figures.p95DuringMs, figures.p95AfterMs],
  },
];
const DISTURBANCE_GOAL = 0.9;

function disturbanceGoals(trials: readonly ValidatedTrial[]): ValidationGoal[] {
  const disturbances = trials.flatMap(({ disturbance }) => (disturbance === null ? [] : [disturbance]));
  return DISTURBANCE_PROMISES.map(({ what, nearness, of }) => {
    const compared = disturbances.flatMap(of).filter((figure) => figure !== undefined);
    const agreeing = compared.filter(({ agrees }) => agrees).length;
    const name = `trials that change: ${what}, within ${nearness} or inside the 95 % prediction interval, of ${compared.length}`;
    return atLeast(name, DISTURBANCE_GOAL, agreeing / compared.length);
  });
}

/** The promises about replayed traces: the worst of each balancer. */
function traceGoals(traces: readonly ReplayedTrace[]): ValidationGoal[] {
  return (["round-robin", "least-outstanding"] as const).flatMap((balancer) => {
    const promised = traces.filter((trace) => trace.balancer === balancer && trace.goal !== null);
    const single = promised.filter(({ goal }) => goal?.within5Ms !== null);
    const load = balancer === "round-robin" ? "90 %" : "70 %";
    const meanLoad = balancer === "round-robin" ? "90 %" : "95 %";
    const goalOfMean = Math.max(...promised.map(({ goal }) => goal?.meanError ?? 0));
    return [
      atLeast(
        `replayed requests within 5 ms, ${balancer}, up to ${load} load, queries as long as the database took, least of ${single.length} traces`,
        0.9,
        Math.min(...single.map(({ within5Ms }) => within5Ms)),
      ),
      atMost(
        `error of a replay's mean latency, ${balancer}, up to ${meanLoad} load, worst of ${promised.length} traces`,
        "fraction",
        goalOfMean,
        Math.max(...promised.map(({ meanError }) => Math.abs(meanError))),
      ),
    ];
  });
}

/** One trial, run and compared. @param trace where its every request was recorded */
export function validateTrial(
  engine: Engine,
  trial: Trial,
  trace: Trace | null,
  trials: readonly Trial[],
  replications: number,
): ValidatedTrial {
  const bench = benchScenario(trial.scenario);
  const runs = runTrial(engine, bench, replications, trial.timeseries !== undefined);
  const replays = trace === null ? [] : runReplays(engine, bench, trace, replications);
  return compareTrial(trial, { scenario: bench.scenario, runs, replays }, trials, explanationOf);
}

/** One trace, replayed and compared; with queries twice, since what a sleep was to take and what it took are not the same. */
export function validateTrace(engine: Engine, { id, scenario }: Trial, trace: Trace): ReplayedTrace[] {
  const bench = benchScenario(scenario);
  const original = readScenario(scenario).scenario;
  const compared = compareTrace(engine, trace, original, bench, "measured");
  if (trace.requests.every(({ steps }) => steps.every(({ kind }) => kind === "wait"))) return [compared];
  const drawn = compareTrace(engine, trace, original, bench, "drawn");
  return [compared, { ...drawn, id: `${id}, queries as drawn`, goal: null, met: true }];
}

/**
 * Runs everything in this folder.
 * @param version the engine's
 * @param progress told before each trial and trace
 */
export function validate(
  engine: Engine,
  version: string,
  folder: string,
  replications: number,
  progress: (what: string) => void,
): ValidationReport {
  const all = trialIds(folder).map((id) => readTrial(folder, id));
  const recorded = new Map(traceIds(folder).map((id) => [id, readTrace(folder, id)]));
  const trials = all.map((trial) => {
    progress(trial.id);
    return validateTrial(engine, trial, recorded.get(trial.id) ?? null, all, replications);
  });
  const traces = all.flatMap((trial) => {
    const trace = recorded.get(trial.id);
    return trace === undefined ? [] : validateTrace(engine, trial, trace);
  });
  return {
    engine: version,
    generatedFrom: {
      trials: trials.length,
      measuredRequests: all.reduce((sum, { measured }) => sum + measured.requests, 0),
      replications,
      traces: recorded.size,
      tracedRequests: [...recorded.values()].reduce((sum, { requests }) => sum + requests.length, 0),
    },
    goals: [...trialGoals(trials), ...disturbanceGoals(trials), ...traceGoals(traces)],
    trials,
    traces,
    overheads: OVERHEADS,
  };
}

/** Trials with a figure outside that nobody has explained. */
export function unexplained({ trials }: ValidationReport): ValidatedTrial[] {
  return trials.filter((trial) => trial.explanation === null && hasOutside(trial));
}
