import type { DisturbanceFigureName } from "../../src/analysis/validation-report";
import type { Curve, Scenario, TimelineEntry } from "../../src/scenario/types";
import { meanOf } from "./lab-rules";
import type { Seconds } from "./time-series";

/** What changes while a trial runs, and from when to when, in s. */
export interface Disturbance {
  readonly fromS: number;
  readonly toS: number;
  /** False where the system comes to it by itself, each run at another time: then the times are those of the whole measured window. */
  readonly isPlanned: boolean;
}

/** When what an entry of a timeline begins is over by itself. */
function endS(entry: TimelineEntry, durationS: number): number {
  if (entry.do === "restartDatabase") return entry.atS + entry.downS;
  if (entry.do === "killDyno" && entry.backAfterS !== null) return entry.atS + entry.backAfterS;
  return durationS;
}

/** From the first point above the first one's level to the next at that level again. */
function spikeOf(profile: Curve, durationS: number): readonly [number, number] {
  const level = profile[0]?.[1];
  const begin = profile.findIndex(([, factor]) => factor !== level);
  const end = profile.findIndex(([, factor], index) => index > begin && factor === level);
  return [profile[begin]?.[0] ?? 0, profile[end]?.[0] ?? durationS];
}

/** @throws Error where several things change: then none of them alone can be what the figures are about */
export function disturbanceOf({ name, timeline, workloads, run }: Scenario): Disturbance {
  const [entry, ...entries] = timeline;
  const profiles = workloads.flatMap((workload) =>
    workload.kind !== "replay" && workload.profile !== undefined ? [workload.profile] : [],
  );
  if (entries.length + profiles.length > (entry === undefined ? 1 : 0))
    throw new Error(`${name}: more than one thing changes`);
  if (entry !== undefined) return { fromS: entry.atS, toS: endS(entry, run.durationS), isPlanned: true };
  const [profile] = profiles;
  if (profile === undefined) return { fromS: run.warmupS, toS: run.durationS, isPlanned: false };
  const [fromS, toS] = spikeOf(profile, run.durationS);
  return { fromS, toS, isPlanned: true };
}

/** Goodput is back when so much of what is offered succeeds, for so many seconds. */
const RECOVERED_SHARE = 0.9;
const RECOVERED_FOR_S = 3;

/**
 * How long from the disturbance's begin until goodput is back: to the first second from which, over three seconds, nine in ten of the requests sent are
 * matched by successes of the same second. Successes beyond those sent in their second clear a line and match nothing. To the run's end where it is never back.
 */
export function recoveryS({ sent, ok }: Seconds, fromS: number, durationS: number): number {
  for (let second = fromS; second + RECOVERED_FOR_S <= durationS; second += 1) {
    let offered = 0;
    let matched = 0;
    for (let i = second; i < second + RECOVERED_FOR_S; i += 1) {
      offered += sent[i] ?? 0;
      matched += Math.min(sent[i] ?? 0, ok[i] ?? 0);
    }
    if (matched >= RECOVERED_SHARE * offered) return second - fromS;
  }
  return durationS - fromS;
}

function count<T>(values: readonly T[], is: (value: T) => boolean): number {
  return values.filter(is).length;
}

/** The percentile of each second's successes, averaged over the seconds that have any. NaN without. */
function meanP95Ms({ p95Ms }: Seconds, fromS: number, toS: number): number {
  return meanOf(p95Ms.slice(fromS, toS).filter((value) => value !== null));
}

/** What is compared of a trial's seconds, and of its runs'. NaN: nothing to measure. */
export function disturbanceFigures(
  seconds: Seconds,
  { fromS, toS, isPlanned }: Disturbance,
  { durationS, warmupS }: Scenario["run"],
): Readonly<Record<DisturbanceFigureName, number>> {
  const { ok, failed, isAllDown } = seconds;
  const hasFailed = (failures: number): boolean => failures > 0;
  const first = failed.findIndex(hasFailed);
  return {
    failingSeconds: count(failed, hasFailed),
    failingSpanS: first < 0 ? 0 : failed.findLastIndex(hasFailed) + 1 - first,
    recoveryS: isPlanned ? recoveryS(seconds, fromS, durationS) : Number.NaN,
    goodputPerSecond: meanOf(ok.slice(fromS, toS)),
    zeroGoodputSeconds: count(ok.slice(warmupS, durationS), (answers) => answers === 0),
    p95DuringMs: meanP95Ms(seconds, fromS, toS),
    p95AfterMs: isPlanned ? meanP95Ms(seconds, toS, durationS) : Number.NaN,
    allDownSeconds: isPlanned ? Number.NaN : count(isAllDown.slice(0, durationS), (is) => is),
  };
}
