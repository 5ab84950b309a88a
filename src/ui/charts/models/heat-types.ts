import type { DynoStatus } from "../../../analysis/system-state";
import type { ChartSeries, Quantity, TimeCut } from "../chart-types";

/** Neighbouring rows that belong together; each group numbers its own from 1. */
export interface RowGroup {
  readonly name: string;
  /** Its first row, counted from 0. */
  readonly first: number;
  readonly count: number;
}

/** A heat map over time, ready to draw: rows × columns of values, and the scale of its colours. */
export interface HeatModel {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly empty: string | null;
  readonly axisTitle: string;
  readonly cut: TimeCut;
  /** cells[row × columns + column]; NaN where there is nothing. One column per point of the cut. */
  readonly cells: Float64Array;
  readonly rows: number;
  /** Rows lie at equal heights, from 1 at the top; or between edges in ms, smallest at the bottom. */
  readonly axis:
    | { readonly kind: "rows"; readonly groups: readonly RowGroup[] }
    | { readonly kind: "ms"; readonly edgesMs: Float64Array };
  /** The value that has the strongest colour. */
  readonly most: number;
  /** Of low values: how much of the scale they get. 1 is proportional. */
  readonly exponent: number;
  /** What the scale's ends are called. */
  readonly scale: { readonly low: string; readonly high: string; readonly title: string };
  /** Lines of the pinned run drawn over the map. */
  readonly baselineX: Float64Array;
  readonly lines: readonly Pick<ChartSeries, "key" | "color" | "label" | "values">[];
  /** What the tooltip says of a whole column. */
  readonly columnFacts: readonly {
    readonly label: string;
    readonly quantity: Quantity;
    readonly values: Float64Array;
  }[];
  /** What the tooltip says of one cell. */
  readonly cellText: (row: number, column: number) => string | null;
  /** What the row of each cell is at that time, where any is not up: states[row × columns + column]. */
  readonly states?: readonly DynoStatus[];
  /** For the table and the file: one column per row of the map. */
  readonly rowTitle: (row: number) => string;
  readonly every: Float64Array;
}
