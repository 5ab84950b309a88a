import type { Quantity } from "./chart-types";

/** A cell of a grid: a combination of two values. */
export interface GridCell {
  readonly column: number;
  readonly row: number;
  /** null: nothing known, or nothing measured. */
  readonly value: number | null;
  /** null: not known. */
  readonly isMet: boolean | null;
  /** `neighbour`: not looked at yet, the nearest one's value stands in for it. */
  readonly state: "known" | "neighbour" | "waiting" | "impossible";
  /** Everything about it, for those who hear it. */
  readonly text: string;
}

export interface GridAxis {
  readonly title: string;
  readonly names: readonly string[];
}

/** Values over two parameters, ready to draw. */
export interface GridModel {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly columns: GridAxis;
  readonly rows: GridAxis;
  /** Row after row, from the top. */
  readonly cells: readonly GridCell[];
  readonly measure: string;
  readonly quantity: Quantity;
  /** Whether it is met or not is all that is shown. */
  readonly isYesNo: boolean;
  readonly format: (value: number) => string;
  /** Whether the scenarios have an objective that can be met. */
  readonly hasObjective: boolean;
}

/** Where values lie between the smallest and the largest, 0 to 1: by their logarithms where they differ much. */
export function shareScale(values: readonly number[]): {
  readonly low: number;
  readonly high: number;
  readonly shareOf: (value: number) => number;
} {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(low <= high)) return { low: 0, high: 0, shareOf: () => 0 };
  if (low === high) return { low, high, shareOf: () => 0.35 };
  if (low > 0 && high / low > LARGE_RATIO) {
    return { low, high, shareOf: (value) => Math.log(value / low) / Math.log(high / low) };
  }
  return { low, high, shareOf: (value) => (value - low) / (high - low) };
}

/** From here on equal steps would leave all but the largest in one colour. */
const LARGE_RATIO = 12;
