import type { Quantity } from "./chart-types";

/** A point of a line; the band around it where its interval is known. */
export interface XyPoint {
  readonly x: number;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  /** What it is, where that is more than its place: said by the tooltip. */
  readonly note?: string;
}

/**
 * `line`: with a band where its points have one. `dots`: points only. `bound`: a thin line that follows from arithmetic, without
 * points. `plain`: a line of many points.
 */
export type XyLook = "line" | "dots" | "bound" | "plain";

export interface XyLine {
  readonly key: string;
  readonly label: string;
  readonly look: XyLook;
  readonly color: string;
  readonly dash?: string | undefined;
  /** In order of x, except for dots. */
  readonly points: readonly XyPoint[];
}

export type MarkKind = "limit" | "objective" | "bound";

/** A labelled place on the horizontal axis. */
export interface XyMark {
  readonly x: number;
  readonly label: string;
  readonly kind: MarkKind;
}

/** A labelled line across the chart. */
export interface XyLimit {
  readonly value: number;
  readonly label: string;
  readonly kind: MarkKind;
}

export interface XyAxis {
  readonly title: string;
  readonly quantity: Quantity;
  readonly isLog?: boolean;
  /** Where its values are places in a list: what each is called. */
  readonly names?: readonly string[];
}

/** Lines over a number, ready to draw. */
export interface XyModel {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  /** Why there is nothing to draw; null where there is something. */
  readonly empty: string | null;
  readonly xAxis: XyAxis;
  readonly yAxis: XyAxis;
  /** From where to where the horizontal axis goes, where other charts have the same; else as far as its points. */
  readonly xRange?: readonly [number, number];
  /** The vertical axis begins near the smallest value: for what matters by its differences. Else at 0. */
  readonly isFitted?: boolean;
  readonly lines: readonly XyLine[];
  readonly marks?: readonly XyMark[];
  readonly limits?: readonly XyLimit[];
}
