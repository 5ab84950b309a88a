/**
 * A slider moves over a list of stops, so that every place it can rest at is a number a person would say.
 * Positions are indices into that list; a value between two stops has a position between two indices.
 */
export interface Scale {
  readonly stops: readonly number[];
}

export interface ScaleRange {
  readonly kind: "linear" | "logarithmic";
  readonly minimum: number;
  readonly maximum: number;
  /** Linear: the distance between stops. Logarithmic: stops are multiples of it. */
  readonly step: number;
}

function linearStops({ minimum, maximum, step }: ScaleRange): number[] {
  const count = Math.floor((maximum - minimum) / step + 1e-9);
  return Array.from({ length: count + 1 }, (_, position) =>
    Number((minimum + position * step).toPrecision(12)),
  );
}

/** Round numbers that lie about evenly on a logarithmic scale: 1, 1.1 … 2, 2.2 … 5, 5.5 … 10, 11 … */
function logarithmicStops({ minimum, maximum, step }: ScaleRange): number[] {
  const stops = new Set<number>([minimum]);
  for (let decade = 10 ** Math.floor(Math.log10(Math.max(minimum, step))); decade <= maximum; decade *= 10) {
    for (let tenths = 10; tenths < 100; tenths += tenths < 20 ? 1 : tenths < 50 ? 2 : 5) {
      const value = Number(((decade * tenths) / 10).toPrecision(3));
      const isMultiple = Math.abs(value / step - Math.round(value / step)) < 1e-9;
      if (isMultiple && value > minimum && value <= maximum) stops.add(value);
    }
  }
  stops.add(maximum);
  return [...stops].sort((a, b) => a - b);
}

/** The stops of a slider. A logarithmic one may begin at 0, whose place is the first. */
export function createScale(range: ScaleRange): Scale {
  return { stops: range.kind === "linear" ? linearStops(range) : logarithmicStops(range) };
}

/** Where a value stands, from 0 to `stops.length − 1`; values outside the scale stand at its ends. */
export function positionOf(scale: Scale, value: number): number {
  const { stops } = scale;
  const above = stops.findIndex((stop) => stop >= value);
  if (above === -1) return stops.length - 1;
  const high = stops[above] ?? 0;
  const low = stops[above - 1];
  if (low === undefined || high === value) return above;
  return above - (high - value) / (high - low);
}

/** The value at a position; between two stops the nearer one. */
export function valueAt(scale: Scale, position: number): number {
  const last = scale.stops.length - 1;
  const nearest = Math.min(last, Math.max(0, Math.round(position)));
  return scale.stops[nearest] ?? 0;
}

/** A position as a fraction of the whole slider, 0 to 1. */
export function fractionOf(scale: Scale, value: number): number {
  const last = scale.stops.length - 1;
  return last <= 0 ? 0 : positionOf(scale, value) / last;
}
