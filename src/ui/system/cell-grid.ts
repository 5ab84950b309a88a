import type { DynoStatus, FleetState } from "../../analysis/system-state";

/** How the cells of a fleet lie in their field, in CSS pixels. */
export interface CellGrid {
  readonly columns: number;
  readonly rows: number;
  /** From one cell to the next. */
  readonly stepX: number;
  readonly stepY: number;
  /** Dynos that share a cell; 1 unless there are more than the field has room for. */
  readonly dynosPerCell: number;
}

const WIDEST = 40;
const SMALLEST = { x: 4, y: 5 };
/** A cell is at most this much higher than wide, and this much wider than high. */
const HIGHEST_SHAPE = 1.5;
const WIDEST_SHAPE = 1.25;

/** The largest cells of about square shape that fit into a field. */
export function cellGrid(dynos: number, width: number, height: number): CellGrid {
  const most = Math.max(1, Math.floor(width / SMALLEST.x) * Math.floor(height / SMALLEST.y));
  const dynosPerCell = Math.max(1, Math.ceil(dynos / most));
  const cells = Math.ceil(dynos / dynosPerCell);
  let best: CellGrid = { columns: 0, rows: 0, stepX: 0, stepY: 0, dynosPerCell };
  for (let rows = 1; rows <= Math.min(cells, Math.floor(height / SMALLEST.y)); rows += 1) {
    const columns = Math.ceil(cells / rows);
    const roomX = Math.min(WIDEST, Math.floor(width / columns));
    const stepY = Math.min(Math.floor(height / rows), Math.floor(roomX * HIGHEST_SHAPE));
    const stepX = Math.min(roomX, Math.floor(stepY * WIDEST_SHAPE));
    if (stepX * stepY > best.stepX * best.stepY) best = { columns, rows, stepX, stepY, dynosPerCell };
  }
  return best;
}

/** What a cell shows. */
export interface Cell {
  /** Busy threads of all that there are, 0 to 1. */
  readonly share: number;
  readonly queued: number;
  readonly status: DynoStatus;
}

/** The cells of a fleet: dyno after dyno, or of several dynos each, as most of them are. */
export function cellsOf(
  { dynos, threadsPerDyno }: FleetState,
  { dynosPerCell }: Pick<CellGrid, "dynosPerCell">,
): readonly Cell[] {
  return Array.from({ length: Math.ceil(dynos.length / dynosPerCell) }, (_, cell): Cell => {
    const own = dynos.slice(cell * dynosPerCell, (cell + 1) * dynosPerCell);
    const count = (wanted: DynoStatus) => own.filter(({ status }) => status === wanted).length;
    const busy = own.reduce((sum, { busyThreads }) => sum + busyThreads, 0);
    return {
      share: Math.min(1, busy / Math.max(1, threadsPerDyno * (own.length - count("gone")))),
      queued: own.reduce((sum, { queued }) => sum + queued, 0),
      status: own.reduce(
        (most, { status }) => (count(status) > count(most) ? status : most),
        own[0]?.status ?? "gone",
      ),
    };
  });
}
