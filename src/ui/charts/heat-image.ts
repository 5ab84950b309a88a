import type { HeatModel } from "./models/heat-types";

/**
 * For each line of an image from the top, the row of the map that lies there; −1 for none. Rows of equal height take a
 * line each, and the browser scales them; latency takes a line per pixel, for its rows are of unequal height.
 */
export function rowsOfLines(
  model: Pick<HeatModel, "axis" | "rows">,
  height: number,
  valueAt: (pixel: number) => number,
): Int32Array {
  if (model.axis.kind === "rows") return Int32Array.from({ length: model.rows }, (_, row) => row);
  const rows = new Int32Array(height).fill(-1);
  for (let pixel = 0; pixel < height; pixel++) {
    rows[pixel] = rowAt(model, valueAt(pixel + 0.5));
  }
  return rows;
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
 * A heat map as the address of an image, one pixel per column and one per entry of `lineRows`; null where the host
 * cannot draw. An address, so that the map is a part of the chart's SVG and of its picture.
 */
export function heatImage(model: HeatModel, lineRows: Int32Array, shades: Uint32Array): string | null {
  const columns = model.cut.x.length;
  if (columns === 0 || lineRows.length === 0) return null;
  reused ??= document.createElement("canvas");
  reused.width = columns;
  reused.height = lineRows.length;
  const context = reused.getContext("2d");
  if (context === null) return null;
  const image = context.createImageData(columns, lineRows.length);
  const pixels = new Uint32Array(image.data.buffer);
  const top = shades.length - 1;
  // Nothing of latency is no colour at all; a dyno that does nothing is still there.
  const isFilled = model.axis.kind === "rows";
  for (const [line, row] of lineRows.entries()) {
    if (row < 0) continue;
    for (let column = 0; column < columns; column++) {
      const value = model.cells[row * columns + column] ?? 0;
      if (!(value > 0) && !isFilled) continue;
      const share = Math.min(1, value / model.most) ** model.exponent;
      pixels[line * columns + column] = shades[Math.round(share * top)] ?? 0;
    }
  }
  context.putImageData(image, 0, 0);
  return reused.toDataURL();
}
