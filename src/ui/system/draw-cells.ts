import type { Cell, CellGrid } from "./cell-grid";

/** The tokens of the colours that cells are drawn in, besides the shades of the heat maps. */
export const CELL_COLOURS = ["--ink", "--line-strong", "--bad", "--tight", "--surface"] as const;

/** What cells are drawn in. */
export interface CellLook {
  /** From no busy thread to all. */
  readonly shades: readonly string[];
  readonly ink: string;
  readonly edge: string;
  readonly dead: string;
  readonly slow: string;
  readonly surface: string;
  readonly fontFamily: string;
}

/** What a canvas must offer for it. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | "fillRect"
  | "strokeRect"
  | "beginPath"
  | "moveTo"
  | "lineTo"
  | "stroke"
  | "fillText"
  | "setLineDash"
  | "fillStyle"
  | "strokeStyle"
  | "lineWidth"
  | "globalAlpha"
  | "font"
  | "textAlign"
  | "textBaseline"
>;

/** From here on there is room for the number in a dyno's line, a mark for it, an outline, a cross. */
const NUMBER_FROM = { x: 16, y: 24 };
const NUMBER_HEIGHT = 11;
const MARK_FROM = 9;
const MARK_HEIGHT = 3;
const OUTLINE_FROM = 6;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a fleet: one box per cell, filled from below as far as its threads are busy and in that shade, the number in its
 * line above it, and its status as a pattern: hatched, faded, crossed, struck or with a corner.
 */
export function drawCells(pen: Pen, cells: readonly Cell[], grid: CellGrid, look: CellLook): void {
  const { columns, stepX, stepY } = grid;
  const gapX = stepX >= 14 ? 3 : 1;
  const gapY = stepY >= 14 ? 3 : 1;
  const hasNumbers = stepX >= NUMBER_FROM.x && stepY >= NUMBER_FROM.y;
  const above = hasNumbers ? NUMBER_HEIGHT : stepY >= MARK_FROM ? MARK_HEIGHT : 0;
  pen.lineWidth = 1;
  pen.textAlign = "center";
  pen.textBaseline = "top";
  pen.font = `600 10px ${look.fontFamily}`;
  for (const [index, cell] of cells.entries()) {
    const x = (index % columns) * stepX;
    const y = Math.floor(index / columns) * stepY;
    const width = stepX - gapX;
    drawBox(pen, cell, { x, y: y + above, width, height: stepY - gapY - above }, look);
    if (cell.queued >= 0.5 && above > 0) drawLine(pen, cell.queued, { x, y, width, height: above }, look);
  }
}

/** How many wait: their number where it fits, else a bar that is longer for more. */
function drawLine(pen: Pen, queued: number, { x, y, width, height }: Box, { ink }: CellLook): void {
  const text = String(Math.round(queued));
  pen.fillStyle = ink;
  if (height === NUMBER_HEIGHT && text.length * 6 <= width + 2) {
    pen.fillText(text, x + width / 2, y + 0.5);
    return;
  }
  const length = Math.min(width, Math.max(2, (width * Math.log10(1 + queued)) / 2));
  pen.fillRect(x, y + height - 3, length, 2);
}

function drawBox(pen: Pen, { status, share }: Cell, box: Box, look: CellLook): void {
  const { x, y, width, height } = box;
  if (status === "gone") {
    pen.fillStyle = look.edge;
    pen.fillRect(x + width / 2 - 0.5, y + height / 2 - 0.5, 1, 1);
    return;
  }
  const hasOutline = width >= OUTLINE_FROM;
  if (status !== "booting" && status !== "dead") {
    pen.globalAlpha = status === "retiring" ? 0.45 : 1;
    pen.fillStyle = look.shades[0] ?? "";
    pen.fillRect(x, y, width, height);
    const full = share * height;
    pen.fillStyle = look.shades[Math.round(share * (look.shades.length - 1))] ?? "";
    pen.fillRect(x, y + height - full, width, full);
    pen.globalAlpha = 1;
  }
  pen.strokeStyle = status === "dead" ? look.dead : look.edge;
  if (hasOutline) {
    if (status === "retiring") pen.setLineDash([2, 2]);
    pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    pen.setLineDash([]);
  }
  if (status === "booting") hatch(pen, box);
  if (status === "dead") strokes(pen, [x, y, x + width, y + height], [x + width, y, x, y + height]);
  if (status === "unlisted") strike(pen, box, look);
  if (status === "slow") corner(pen, box, look);
}

type Stroke = readonly [fromX: number, fromY: number, toX: number, toY: number];

function strokes(pen: Pen, ...all: readonly Stroke[]): void {
  pen.beginPath();
  for (const [fromX, fromY, toX, toY] of all) {
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
  }
  pen.stroke();
}

/** Slanted lines, four pixels apart, cut at the box. */
function hatch(pen: Pen, { x, y, width, height }: Box): void {
  const lines: Stroke[] = [];
  for (let start = 2; start < width + height; start += 4) {
    const over = Math.max(0, start - width);
    const left = Math.max(0, start - height);
    lines.push([x + left, y + start - left, x + start - over, y + over]);
  }
  strokes(pen, ...lines);
}

/** A bar across, seen on a full box as on an empty one. */
function strike(pen: Pen, { x, y, width, height }: Box, { ink, surface }: CellLook): void {
  const middle = Math.round(y + height / 2);
  pen.fillStyle = surface;
  pen.fillRect(x, middle - 2, width, 4);
  pen.fillStyle = ink;
  pen.fillRect(x, middle - 1, width, 2);
}

/** A badge in the upper right corner. */
function corner(pen: Pen, { x, y, width }: Box, { slow, surface }: CellLook): void {
  const size = Math.max(2, Math.min(7, Math.round(width / 2.5)));
  pen.fillStyle = surface;
  pen.fillRect(x + width - size - 1, y, size + 1, size + 1);
  pen.fillStyle = slow;
  pen.fillRect(x + width - size, y, size, size);
}
