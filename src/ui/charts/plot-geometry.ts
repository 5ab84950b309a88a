/** Sizes of every plot in CSS pixels. Fixed, so that nothing moves while values change. */
export const PLOT_HEIGHT = 208;
export const AXIS_WIDTH = 44;
export const TIME_AXIS_HEIGHT = 22;
export const PLOT_MARGIN = { top: 20, right: 18, bottom: 0, left: 0 } as const;

/** The width of the area that is drawn in, of a chart of this width. */
export function plotWidth(width: number): number {
  return Math.max(1, width - AXIS_WIDTH - PLOT_MARGIN.right);
}

/** Padding and border of a chart's frame on both sides, as in its style sheet. */
const CARD_SIDES = 26;

/** The width of a plot in a frame of this width. */
export function cardPlotWidth(cardWidth: number): number {
  return Math.max(1, cardWidth - CARD_SIDES);
}
