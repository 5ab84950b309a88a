import { log } from "../base/elementary";
import type { CapacityPoint } from "./answer-types";
import { mostPowerful } from "./knee";

/** How near, as shares of the load, the two loads are brought between which the objective ceases to be met; and those beside the knee. */
const OBJECTIVE_GAP = 0.02;
const KNEE_GAP = 0.06;
/** A curve that leaves the straight line between its neighbours by less than this share of its height is drawn well enough. */
const STRAIGHT = 0.01;
/** No closer together than this. */
const SMALLEST_GAP = 0.02;
/** Nothing below so small a part of the largest load is looked at. */
const SMALLEST_SHARE = 1 / 512;

/** The load that is looked at for one that is wanted: a whole one where there are only such, else one of four digits. */
export function loadNear(load: number, isWhole: boolean): number {
  return isWhole ? Math.max(1, Math.round(load)) : Number(load.toPrecision(4));
}

/**
 * Which load to look at next, none of those that were looked at; null where the curve says all it can.
 * @param points in order of load, at least one @param furthest no load beyond this
 */
export function nextLoad(
  points: readonly CapacityPoint[],
  isWhole: boolean,
  furthest: number,
  hasObjective: boolean,
): number | null {
  const wanted = wantedLoad(points, isWhole, furthest, hasObjective);
  return wanted === null ? null : loadNear(wanted, isWhole);
}

function wantedLoad(
  points: readonly CapacityPoint[],
  isWhole: boolean,
  furthest: number,
  hasObjective: boolean,
): number | null {
  const first = points[0]?.load ?? 0;
  const last = points.at(-1)?.load ?? 0;
  const knee = mostPowerful(points);
  const missed = points.findIndex(({ isMet }) => !isMet);
  const isWider = (gap: number) => (from: number, to: number) =>
    to - from > gap * from && (!isWhole || to - from > 1);

  // Both ends as they are looked at: beside its own rounding an end would be asked for without end.
  const end = loadNear(furthest, isWhole);
  if ((knee === points.length - 1 || (hasObjective && missed < 0)) && last < end)
    return Math.min(end, last * 1.6);
  const smallest = loadNear(last * SMALLEST_SHARE, isWhole);
  if ((knee === 0 || (hasObjective && missed === 0)) && first > smallest)
    return Math.max(smallest, first / 2);

  const [met, miss] = [points[missed - 1]?.load, points[missed]?.load];
  if (hasObjective && met !== undefined && miss !== undefined && isWider(OBJECTIVE_GAP)(met, miss))
    return (met + miss) / 2;
  const [below, at, above] = [points[knee - 1]?.load, points[knee]?.load, points[knee + 1]?.load];
  if (below !== undefined && at !== undefined && above !== undefined) {
    const isWide = isWider(KNEE_GAP);
    if (at - below >= above - at && isWide(below, at)) return (below + at) / 2;
    if (isWide(at, above)) return (at + above) / 2;
    if (isWide(below, at)) return (below + at) / 2;
  }
  return sharpestBend(points, isWider(SMALLEST_GAP));
}

/** The middle of the wider side of the point that leaves the line between its neighbours most. */
function sharpestBend(
  points: readonly CapacityPoint[],
  isWide: (from: number, to: number) => boolean,
): number | null {
  const height = Math.max(1e-9, ...points.map(({ measures }) => measures.throughput.mean ?? 0));
  let best: { readonly load: number; readonly bend: number } | null = null;
  for (let index = 1; index + 1 < points.length; index += 1) {
    const [before, point, after] = points.slice(index - 1, index + 2) as [
      CapacityPoint,
      CapacityPoint,
      CapacityPoint,
    ];
    const throughput = bendOf(
      before,
      point,
      after,
      ({ measures }) => (measures.throughput.mean ?? 0) / height,
    );
    const latency =
      bendOf(before, point, after, ({ measures }) => log(Math.max(1, measures.p95.mean ?? 1))) / 4;
    const failures = bendOf(before, point, after, ({ measures }) => measures.failureRate.mean ?? 0);
    const bend = Math.max(throughput, latency, failures);
    const isLeftWider = point.load - before.load >= after.load - point.load;
    const [from, to] = isLeftWider ? [before.load, point.load] : [point.load, after.load];
    if (bend > STRAIGHT && isWide(from, to) && (best === null || bend > best.bend))
      best = { load: (from + to) / 2, bend };
  }
  return best?.load ?? null;
}

function bendOf(
  before: CapacityPoint,
  point: CapacityPoint,
  after: CapacityPoint,
  of: (point: CapacityPoint) => number,
): number {
  const share = (point.load - before.load) / (after.load - before.load);
  return Math.abs(of(point) - (of(before) + share * (of(after) - of(before))));
}
