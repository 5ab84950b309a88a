import { FAILURE_KINDS } from "../../src/analysis/result-types";
import type {
  ComparedFigure,
  ComparedFigureName,
  ValidatedTrial,
} from "../../src/analysis/validation-report";
import type { Scenario } from "../../src/scenario/types";
import { compareDisturbance } from "./disturbance-comparison";
import { meanOf, measuredFailures } from "./lab-rules";
import type { Measured, Trial } from "./lab-types";
import { predictionInterval } from "./prediction-interval";
import type { RunFigures, TrialRun } from "./trial-runs";

/** In the order of the tables. */
const FIGURE_NAMES: readonly ComparedFigureName[] = [
  "throughputPerSecond",
  "latencyMeanMs",
  "latencyP50Ms",
  "latencyP95Ms",
  "latencyP99Ms",
  "queueMeanMs",
  "failureRate",
];

const PERCENTILES: ReadonlySet<ComparedFigureName> = new Set([
  "latencyP50Ms",
  "latencyP95Ms",
  "latencyP99Ms",
]);

/** A prediction interval is widened by this share of its ends before a measured figure is looked for in it; the ends of a failure rate by a point. */
const WIDENED_BY = 0.03;
const RATE_WIDENED_BY = 0.01;

/** Where less than this was waited for a thread on average, on both sides, the queue time is the bench's own and not compared, in ms. */
const QUEUE_WORTH_COMPARING_MS = 2;

function measuredFigures(measured: Measured): Readonly<Record<ComparedFigureName, number>> {
  return {
    throughputPerSecond: measured.throughputPerSecond,
    latencyMeanMs: measured.latencyMs.mean,
    latencyP50Ms: measured.latencyMs.p50,
    latencyP95Ms: measured.latencyMs.p95,
    latencyP99Ms: measured.latencyMs.p99,
    queueMeanMs: measured.queueMs.mean,
    failureRate: measured.failureRate,
  };
}

/** Constant durations only: then latencies lie on a lattice, and a percentile can jump by a whole step. */
function isLattice({ endpoints }: Scenario): boolean {
  return endpoints.every(({ steps }) => steps.every((step) => typeof step.ms === "number"));
}

function compareFigure(
  name: ComparedFigureName,
  measured: number,
  values: readonly number[],
  replayed: number | null,
): ComparedFigure {
  const simulated = meanOf(values);
  const nearest = replayed ?? simulated;
  const interval = predictionInterval(values);
  const isRate = name === "failureRate";
  const [low, high] = interval;
  const widened = isRate
    ? [low - RATE_WIDENED_BY, high + RATE_WIDENED_BY]
    : [low * (1 - WIDENED_BY), high * (1 + WIDENED_BY)];
  return {
    measured,
    simulated,
    interval,
    replayed,
    error: isRate ? nearest - measured : (nearest - measured) / measured,
    inside: measured >= (widened[0] ?? 0) && measured <= (widened[1] ?? 0),
  };
}

function isCompared(
  name: ComparedFigureName,
  scenario: Scenario,
  measured: number,
  simulated: number,
): boolean {
  if (PERCENTILES.has(name)) return !isLattice(scenario);
  if (name === "queueMeanMs") return Math.max(measured, simulated) >= QUEUE_WORTH_COMPARING_MS;
  // Agreement that nothing failed where nothing can fail is worth nothing.
  if (name === "failureRate") return measured > 0 || simulated > 0;
  return true;
}

function compareFigures(
  measured: Measured,
  { scenario, runs, replays }: SimulatedTrial,
): ValidatedTrial["figures"] {
  const all = measuredFigures(measured);
  return Object.fromEntries(
    FIGURE_NAMES.flatMap((name) => {
      const values = runs.map(({ figures }) => figures[name]).filter((value) => !Number.isNaN(value));
      if (values.length < 2 || !isCompared(name, scenario, all[name], meanOf(values))) return [];
      const replayed = replays.length === 0 ? null : meanOf(replays.map((replay) => replay[name]));
      return [[name, compareFigure(name, all[name], values, replayed)]];
    }),
  );
}

function compareFailures(measured: Measured, { scenario, runs }: SimulatedTrial): ValidatedTrial["failures"] {
  const shares = measuredFailures(measured, scenario);
  return FAILURE_KINDS.flatMap((kind) => {
    const simulated = meanOf(runs.map(({ figures }) => figures.failures[kind] ?? 0));
    const real = shares[kind] ?? 0;
    return real === 0 && simulated === 0 ? [] : [{ kind, measured: real, simulated }];
  });
}

/** "E_u90_rr_s1" and "E_u90_rr_s2" measure the same. */
function repeatedTrial(id: string): string {
  return id.replace(/_s\d+$/, "");
}

/** (largest − smallest) ÷ mean of each figure over a trial's repeats; of the failure rate the difference itself. null without repeats. */
function repeatSpread(trial: Trial, trials: readonly Trial[]): ValidatedTrial["repeatSpread"] {
  const repeats = trials.filter((other) => repeatedTrial(other.id) === repeatedTrial(trial.id));
  if (repeats.length < 2) return null;
  const measured = repeats.map((repeat) => measuredFigures(repeat.measured));
  return Object.fromEntries(
    FIGURE_NAMES.map((name) => {
      const values = measured.map((figures) => figures[name]);
      const difference = Math.max(...values) - Math.min(...values);
      return [name, name === "failureRate" ? difference : difference / meanOf(values)];
    }),
  );
}

/** Whether any figure of a trial needs an explanation. */
export function hasOutside({
  figures,
  disturbance,
}: Pick<ValidatedTrial, "figures" | "disturbance">): boolean {
  if (Object.values(figures).some(({ inside }) => !inside)) return true;
  if (disturbance === null) return false;
  return [...Object.values(disturbance.figures), ...disturbance.failures].some(({ agrees }) => !agrees);
}

/** What the engine says of a trial. */
export interface SimulatedTrial {
  readonly scenario: Scenario;
  /** With chance of their own. */
  readonly runs: readonly TrialRun[];
  /** Under the trial's own arrivals and durations; empty where they were not recorded. */
  readonly replays: readonly RunFigures[];
}

/**
 * A trial's figures against those of its runs.
 * @param trials all of the lab's, to find the trial's repeats
 * @param explanation why a trial of that name stands outside
 */
export function compareTrial(
  trial: Trial,
  simulated: SimulatedTrial,
  trials: readonly Trial[],
  explanation: (id: string) => string | null,
): ValidatedTrial {
  const { id, family, description, strictlyValid, measured } = trial;
  const figures = compareFigures(measured, simulated);
  const disturbance = compareDisturbance(trial, simulated.scenario, simulated.runs);
  return {
    id,
    family,
    description,
    strictlyValid,
    figures,
    failures: compareFailures(measured, simulated),
    repeatSpread: repeatSpread(trial, trials),
    disturbance,
    explanation: hasOutside({ figures, disturbance }) ? explanation(id) : null,
  };
}
