import type { CapacityAnswer, CapacityPoint } from "./answer-types";

/** What is near enough to the largest power to say where it lies: power is flat there, and noise would move a single point's place. */
const NEAR_LARGEST = 0.9;

/** Throughput ÷ mean latency, the "power" of a system (Kleinrock, Power and Deterministic Rules of Thumb, ICC 1979); 0 where nothing succeeds. */
export function powerOf({ measures }: CapacityPoint): number {
  const { throughput, mean } = measures;
  return mean.mean === null || mean.mean === 0 ? 0 : (throughput.mean ?? 0) / mean.mean;
}

/** The point of the largest power; −1 of none. */
export function mostPowerful(points: readonly CapacityPoint[]): number {
  return points.reduce(
    (best, point, index) => (best < 0 || powerOf(point) > powerOf(points[best] ?? point) ? index : best),
    -1,
  );
}

/** Where power is largest: the top of a parabola through the points near it. null where that lies at an end of the curve. */
export function kneeOf(points: readonly CapacityPoint[]): CapacityAnswer["knee"] {
  const best = mostPowerful(points);
  if (best <= 0 || best >= points.length - 1) return null;
  const largest = powerOf(points[best] as CapacityPoint);
  let [from, to] = [best - 1, best + 1];
  while (from > 0 && powerOf(points[from - 1] as CapacityPoint) >= NEAR_LARGEST * largest) from -= 1;
  while (to < points.length - 1 && powerOf(points[to + 1] as CapacityPoint) >= NEAR_LARGEST * largest)
    to += 1;
  const near = points.slice(from, to + 1);
  const load = topOfParabola(near.map((point) => [point.load, powerOf(point)]));
  const [least, most] = [points[best - 1]?.load ?? 0, points[best + 1]?.load ?? 0];
  const at =
    load === null
      ? (points[best]?.load ?? 0)
      : Math.min(Math.max(load, near[0]?.load ?? least), near.at(-1)?.load ?? most);
  return { load: at, throughputPerSecond: throughputAt(points, at) };
}

/** Where the parabola that fits the points best (least squares) has its top; null where it has none. */
function topOfParabola(points: readonly (readonly [number, number])[]): number | null {
  const middle = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const width = Math.max(...points.map(([x]) => Math.abs(x - middle)));
  if (width === 0) return null;
  // Sums of powers of x in units of the width, so that the equations are well-conditioned.
  const s = [0, 0, 0, 0, 0];
  const t = [0, 0, 0];
  for (const [x, y] of points) {
    const u = (x - middle) / width;
    for (let power = 0; power < 5; power += 1) s[power] = (s[power] ?? 0) + u ** power;
    for (let power = 0; power < 3; power += 1) t[power] = (t[power] ?? 0) + y * u ** power;
  }
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0] = s;
  const [t0 = 0, t1 = 0, t2 = 0] = t;
  const determinant = s0 * (s2 * s4 - s3 * s3) - s1 * (s1 * s4 - s2 * s3) + s2 * (s1 * s3 - s2 * s2);
  if (Math.abs(determinant) < 1e-12) return null;
  const linear =
    (s0 * (t1 * s4 - t2 * s3) - t0 * (s1 * s4 - s2 * s3) + s2 * (s1 * t2 - s2 * t1)) / determinant;
  const square =
    (s0 * (s2 * t2 - s3 * t1) - s1 * (s1 * t2 - s2 * t1) + t0 * (s1 * s3 - s2 * s2)) / determinant;
  return square < 0 ? middle + (width * -linear) / (2 * square) : null;
}

/** Throughput at a load, on the straight line between the points beside it. */
function throughputAt(points: readonly CapacityPoint[], load: number): number {
  const above = points.findIndex((point) => point.load >= load);
  const [one, other] = [points[Math.max(0, above - 1)], points[Math.max(0, above)]];
  const [from, to] = [one?.measures.throughput.mean ?? 0, other?.measures.throughput.mean ?? 0];
  const width = (other?.load ?? 0) - (one?.load ?? 0);
  return width === 0 ? to : from + ((to - from) * (load - (one?.load ?? 0))) / width;
}
