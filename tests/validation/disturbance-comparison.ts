import { FAILURE_KINDS } from "../../src/analysis/result-types";
import type {
  ComparedDisturbance,
  DisturbanceFigureName,
  PerSecond,
  ValidatedDisturbance,
} from "../../src/analysis/validation-report";
import type { Scenario } from "../../src/scenario/types";
import { type Disturbance, disturbanceFigures, disturbanceOf } from "./disturbance";
import { meanOf, measuredFailures } from "./lab-rules";
import type { Measured, Trial } from "./lab-types";
import { predictionInterval } from "./prediction-interval";
import { measuredSeconds, type Seconds } from "./time-series";
import type { TrialRun } from "./trial-runs";

/** A run whose seconds were kept. */
type DisturbedRun = TrialRun & { readonly seconds: Seconds };

/** How near to the mean of the runs a measured figure agrees even where it is outside the interval: in the figure's own unit, or as a share of it. */
const NEARNESS: Readonly<Record<DisturbanceFigureName, { readonly by?: number; readonly share?: number }>> = {
  failingSeconds: { by: 2 },
  failingSpanS: { by: 2 },
  recoveryS: { by: 2 },
  goodputPerSecond: { share: 0.03 },
  zeroGoodputSeconds: { by: 1 },
  p95DuringMs: { share: 0.05 },
  p95AfterMs: { share: 0.05 },
  allDownSeconds: { by: 2 },
};
/** Three points. */
const FAILURE_NEARNESS = 0.03;

const FIGURE_NAMES = Object.keys(NEARNESS) as readonly DisturbanceFigureName[];

function compare(measured: number, values: readonly number[], nearness: number): ComparedDisturbance {
  const simulated = meanOf(values);
  const interval = predictionInterval(values);
  const inside = measured >= interval[0] && measured <= interval[1];
  const agrees = inside || Math.abs(simulated - measured) <= nearness;
  return { measured, simulated, interval, inside, agrees };
}

/** Without any failure on both sides, that there was none is worth nothing. */
const OF_FAILURES: ReadonlySet<DisturbanceFigureName> = new Set([
  "failingSeconds",
  "failingSpanS",
  "zeroGoodputSeconds",
]);

function compareFigures(
  { run }: Scenario,
  disturbance: Disturbance,
  measured: Seconds,
  runs: readonly DisturbedRun[],
): ValidatedDisturbance["figures"] {
  const real = disturbanceFigures(measured, disturbance, run);
  const simulated = runs.map(({ seconds }) => disturbanceFigures(seconds, disturbance, run));
  const hasFailures = [real, ...simulated].some(({ failingSeconds }) => failingSeconds > 0);
  return Object.fromEntries(
    FIGURE_NAMES.flatMap((name) => {
      const value = real[name];
      const values = simulated.map((figures) => figures[name]).filter((one) => !Number.isNaN(one));
      if (Number.isNaN(value) || values.length < 2 || (OF_FAILURES.has(name) && !hasFailures)) return [];
      const { by = 0, share = 0 } = NEARNESS[name];
      return [[name, compare(value, values, by + share * value)]];
    }),
  );
}

function compareFailures(
  scenario: Scenario,
  measured: Measured,
  runs: readonly DisturbedRun[],
): ValidatedDisturbance["failures"] {
  const shares = measuredFailures(measured, scenario);
  return FAILURE_KINDS.flatMap((kind) => {
    const real = shares[kind] ?? 0;
    const values = runs.map(({ figures }) => figures.failures[kind] ?? 0);
    if (real === 0 && values.every((value) => value === 0)) return [];
    return [{ kind, ...compare(real, values, FAILURE_NEARNESS) }];
  });
}

function meanPerSecond(runs: readonly DisturbedRun[], seconds: number): PerSecond {
  const mean = (column: "ok" | "failed"): number[] =>
    Array.from({ length: seconds }, (_, second) =>
      meanOf(runs.map((run) => run.seconds[column][second] ?? 0)),
    );
  return { ok: mean("ok"), failed: mean("failed") };
}

/** A trial's seconds against those of its runs; null of a trial in which nothing changes. */
export function compareDisturbance(
  { measured, timeseries }: Trial,
  scenario: Scenario,
  trialRuns: readonly TrialRun[],
): ValidatedDisturbance | null {
  if (timeseries === undefined) return null;
  const runs = trialRuns.flatMap(({ figures, seconds }) => (seconds === null ? [] : [{ figures, seconds }]));
  const disturbance = disturbanceOf(scenario);
  const seconds = measuredSeconds(timeseries);
  return {
    window: disturbance.isPlanned ? [disturbance.fromS, disturbance.toS] : null,
    figures: compareFigures(scenario, disturbance, seconds, runs),
    failures: compareFailures(scenario, measured, runs),
    measured: { ok: seconds.ok, failed: seconds.failed },
    simulated: meanPerSecond(runs, timeseries.length),
  };
}
