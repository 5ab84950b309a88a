/** Two, three or four significant steps in a decade: where an axis may end. */
const CEILINGS = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
const LEAST_USE = 0.6;
const ROOM = 1.04;

/** The smallest round number that leaves a little room over `value`; 1 where there is nothing. */
export function roundCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const wanted = value * ROOM;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  const step = CEILINGS.find((candidate) => candidate * decade >= wanted * (1 - 1e-12)) ?? 10;
  return Number((step * decade).toPrecision(6));
}

/**
 * Where an axis from 0 ends, so that it does not jump while values change: where it ended before, unless the values
 * leave it or use less than 60 % of it.
 */
export function steadyCeiling(before: number | null, value: number): number {
  if (before !== null && value <= before && value >= before * LEAST_USE) return before;
  return roundCeiling(value);
}

/** Where a logarithmic axis starts and ends: at 1, 2 or 5 times a power of ten. */
export interface LogDomain {
  readonly low: number;
  readonly high: number;
}

const LOG_STEPS = [1, 2, 5];
const GAP = 1 - 1e-9;

function stepBelow(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  const step = [...LOG_STEPS].reverse().find((candidate) => candidate * decade <= value / GAP) ?? 1;
  return Number((step * decade).toPrecision(6));
}

function stepAbove(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value));
  const step = [...LOG_STEPS, 10].find((candidate) => candidate * decade >= value * GAP) ?? 10;
  return Number((step * decade).toPrecision(6));
}

/** As `steadyCeiling`, for a logarithmic axis. It is kept as long as the values use 60 % of its length. */
export function steadyLogDomain(before: LogDomain | null, smallest: number, highest: number): LogDomain {
  const low = smallest > 0 ? smallest : 0.1;
  const high = Math.max(highest, low * 2);
  if (before !== null && low >= before.low && high <= before.high) {
    const used = Math.log(high / low) / Math.log(before.high / before.low);
    if (used >= LEAST_USE) return before;
  }
  const next = { low: stepBelow(low), high: stepAbove(high * ROOM) };
  // The same object where nothing changes: values that use little of any round domain would never settle.
  return before !== null && before.low === next.low && before.high === next.high ? before : next;
}
