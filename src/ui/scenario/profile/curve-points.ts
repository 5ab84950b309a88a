import type { Curve } from "../../../scenario/types";

type Point = Curve[number];

/** A curve with one of its points singled out: where the keyboard goes on. */
export interface PointChange {
  readonly curve: Curve;
  readonly position: number;
}

/** Traffic as the controls say it, over the whole run: what a curve begins from. */
export function steadyCurve(durationS: number): Curve {
  return [
    [0, 1],
    [durationS, 1],
  ];
}

/** The factor at a time: straight lines between points, constant before the first and after the last. */
export function factorAt(curve: Curve, atS: number): number {
  const next = curve.findIndex(([pointS]) => pointS > atS);
  const [beforeS, before] = (next === -1 ? curve.at(-1) : curve[next - 1]) ?? curve[0] ?? [0, 1];
  const [afterS, after] = curve[next] ?? [beforeS, before];
  return afterS > beforeS ? before + ((after - before) * (atS - beforeS)) / (afterS - beforeS) : before;
}

function tidy(value: number): number {
  return Number(value.toPrecision(9));
}

/** A point put somewhere else, as far as the points before and after it let it go: time never goes backwards. */
export function pointMoved(curve: Curve, position: number, [atS, factor]: Point): Curve {
  const earliest = curve[position - 1]?.[0] ?? 0;
  const latest = curve[position + 1]?.[0] ?? Number.POSITIVE_INFINITY;
  const moved: Point = [tidy(Math.min(latest, Math.max(earliest, atS))), tidy(Math.max(0, factor))];
  return curve.with(position, moved);
}

/** One more point on the line at a time, which leaves the curve as it is. */
export function pointAdded(curve: Curve, atS: number): PointChange {
  const next = curve.findIndex(([pointS]) => pointS > atS);
  const position = next === -1 ? curve.length : next;
  const point: Point = [tidy(atS), tidy(factorAt(curve, atS))];
  return { curve: curve.toSpliced(position, 0, point), position };
}

/** One more point, half-way from one to the next; after the last, half-way to the end of the run. */
export function pointAddedAfter(curve: Curve, position: number, durationS: number): PointChange {
  const [fromS] = curve[position] ?? [0];
  const [toS] = curve[position + 1] ?? [Math.max(durationS, fromS)];
  // Between two points at the same time there is no room, and after the end nothing to see.
  if (toS > fromS) return pointAdded(curve, (fromS + toS) / 2);
  return { curve: curve.toSpliced(position + 1, 0, curve[position] ?? [0, 1]), position: position + 1 };
}

/** The curve without a point; the last one stays. */
export function pointRemoved(curve: Curve, position: number): PointChange {
  if (curve.length <= 1) return { curve, position };
  const rest = curve.toSpliced(position, 1);
  return { curve: rest, position: Math.min(position, rest.length - 1) };
}
