import type { HeatModel } from "./models/heat-types";

/** A line of an image: the rows of the map that it shows, from `first` up to before `end`; none where they are equal. */
export interface ImageLine {
  readonly first: number;
  readonly end: number;
}

/** A line's height in pixels on an axis of latency. A thinner band could not be seen. */
export const BAND_HEIGHT = 4;

/**
 * The lines of a heat map's image from the top. Rows of equal height take a line each; latency takes lines of one
 * height, for its rows are of unequal height.
 */
export function imageLines(
  model: Pick<HeatModel, "axis" | "rows">,
  height: number,
  valueAt: (pixel: number) => number,
): ImageLine[] {
  if (model.axis.kind === "rows") {
    return Array.from({ length: model.rows }, (_, row) => ({ first: row, end: row + 1 }));
  }
  return Array.from({ length: Math.round(height / BAND_HEIGHT) }, (_, line) =>
    rowsBetween(model, valueAt((line + 1) * BAND_HEIGHT), valueAt(line * BAND_HEIGHT)),
  );
}

/** The rows of a map over latency that lie between two values, if only in part. */
export function rowsBetween(
  model: Pick<HeatModel, "axis" | "rows">,
  lowMs: number,
  highMs: number,
): ImageLine {
  if (model.axis.kind === "rows") return { first: 0, end: 0 };
  const { edgesMs } = model.axis;
  const last = edgesMs[model.rows] ?? 0;
  if (lowMs >= last || highMs <= (edgesMs[0] ?? 0)) return { first: 0, end: 0 };
  const first = Math.max(0, rowAt(model, lowMs));
  const top = highMs >= last ? model.rows - 1 : rowAt(model, highMs);
  return { first, end: top + (highMs > (edgesMs[top] ?? 0) ? 1 : 0) };
}

/** Of some rows, the one with the largest value in a column; −1 of none. */
export function strongestRow({ cells, cut }: HeatModel, { first, end }: ImageLine, column: number): number {
  let strongest = first < end ? first : -1;
  for (let row = first + 1; row < end; row++) {
    const value = cells[row * cut.x.length + column] ?? 0;
    if (value > (cells[strongest * cut.x.length + column] ?? 0)) strongest = row;
  }
  return strongest;
}

/** The row of a heat map at a value of its vertical axis; −1 for none. */
export function rowAt({ axis, rows }: Pick<HeatModel, "axis" | "rows">, value: number): number {
  if (axis.kind === "rows") {
    const row = Math.round(value) - 1;
    return row >= 0 && row < rows ? row : -1;
  }
  const { edgesMs } = axis;
  let low = 0;
  let high = rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edgesMs[middle + 1] ?? Number.POSITIVE_INFINITY) <= value) low = middle + 1;
    else high = middle;
  }
  return low < rows && value >= (edgesMs[0] ?? 0) ? low : -1;
}

let reused: HTMLCanvasElement | null = null;

/**
 * A heat map as the address of an image, one pixel per column and one per entry of `lines`; null where the host
 * cannot draw. An address, so that the map is a part of the chart's SVG and of its picture.
 */
export function heatImage(model: HeatModel, lines: readonly ImageLine[], shades: Uint32Array): string | null {
  const columns = model.cut.x.length;
  if (columns === 0 || lines.length === 0) return null;
  reused ??= document.createElement("canvas");
  reused.width = columns;
  reused.height = lines.length;
  const context = reused.getContext("2d");
  if (context === null) return null;
  const image = context.createImageData(columns, lines.length);
  const pixels = new Uint32Array(image.data.buffer);
  const top = shades.length - 1;
  // Nothing of latency is no colour at all; a dyno that does nothing is still there.
  const isFilled = model.axis.kind === "rows";
  for (const [line, shown] of lines.entries()) {
    if (shown.first >= shown.end) continue;
    for (let column = 0; column < columns; column++) {
      const row = strongestRow(model, shown, column);
      const value = model.cells[row * columns + column] ?? 0;
      if (!(value > 0) && !isFilled) continue;
      const share = Math.min(1, value / model.most) ** model.exponent;
      pixels[line * columns + column] = shades[Math.round(share * top)] ?? 0;
    }
  }
  context.putImageData(image, 0, 0);
  return reused.toDataURL();
}
