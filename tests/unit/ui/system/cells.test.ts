import { describe, expect, it } from "vitest";
import type { DynoStatus } from "../../../../src/analysis/system-state";
import { type Cell, cellGrid, cellsOf } from "../../../../src/ui/system/cell-grid";
import { type CellLook, drawCells, type Pen } from "../../../../src/ui/system/draw-cells";
import { dynos, fleetState } from "../../../support/system-state-fixture";

/** The field of a fleet at 1440 pixels, and on a telephone. */
const FIELDS = [
  { width: 440, height: 68 },
  { width: 320, height: 48 },
] as const;

describe.each(FIELDS)("the cells in a field of $width × $height", ({ width, height }) => {
  it.each([1, 2, 25, 200, 2000, 10_000])("lie inside it and hold all of %i dynos", (count) => {
    const grid = cellGrid(count, width, height);
    expect(grid.columns * grid.stepX).toBeLessThanOrEqual(width);
    expect(grid.rows * grid.stepY).toBeLessThanOrEqual(height);
    expect(grid.columns * grid.rows * grid.dynosPerCell).toBeGreaterThanOrEqual(count);
    expect(Math.min(grid.stepX, grid.stepY)).toBeGreaterThanOrEqual(4);
  });

  it.each([1, 25, 200])("are one per dyno up to %i of them", (count) => {
    expect(cellGrid(count, width, height).dynosPerCell).toBe(1);
  });

  it("are no larger the more there are", () => {
    const sizes = [1, 25, 200, 1000].map((count) => cellGrid(count, width, height)).map((grid) => grid.stepX);
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
  });
});

describe("a field", () => {
  it("without any room has no cells to draw", () => {
    expect(cellGrid(25, 0, 0)).toMatchObject({ stepX: 0, stepY: 0 });
  });
});

describe("a cell", () => {
  it("is as full as its dyno's threads are busy", () => {
    const own = [
      ...dynos(1, { busyThreads: 0 }),
      ...dynos(1, { busyThreads: 4 }),
      ...dynos(1, { busyThreads: 10 }),
    ];
    const cells = cellsOf(fleetState({ dynos: own }), { dynosPerCell: 1 });
    expect(cells.map(({ share }) => share)).toEqual([0, 0.4, 1]);
  });

  it("of several dynos is the mean of those that are there, with the lines of all, and as most of them are", () => {
    const own = [
      ...dynos(1, { busyThreads: 4, queued: 2 }),
      ...dynos(1, { busyThreads: 8, queued: 1 }),
      ...dynos(1, { status: "gone", busyThreads: 0 }),
      ...dynos(2, { status: "dead", busyThreads: 0 }),
    ];
    expect(cellsOf(fleetState({ dynos: own }), { dynosPerCell: 3 })).toEqual([
      { share: 0.6, queued: 3, status: "up" },
      { share: 0, queued: 0, status: "dead" },
    ]);
  });
});

type Stroke = readonly [action: string, ...numbers: (number | string)[]];

/** A pen that remembers what it drew, without the colours. */
function recordingPen(): { readonly pen: Pen; readonly drawn: Stroke[] } {
  const drawn: Stroke[] = [];
  const note =
    (action: string) =>
    (...rest: unknown[]) => {
      drawn.push([action, ...rest.map((value) => (typeof value === "number" ? value : String(value)))]);
    };
  const pen: Pen = {
    fillRect: note("fill"),
    strokeRect: note("outline"),
    beginPath: note("begin"),
    moveTo: note("move"),
    lineTo: note("line"),
    stroke: note("stroke"),
    fillText: note("text"),
    setLineDash: note("dash"),
    fillStyle: "",
    strokeStyle: "",
    lineWidth: 1,
    globalAlpha: 1,
    font: "",
    textAlign: "start",
    textBaseline: "alphabetic",
  };
  return { pen, drawn };
}

const LOOK: CellLook = {
  shades: ["white", "blue", "black"],
  ink: "ink",
  edge: "edge",
  dead: "red",
  slow: "amber",
  surface: "surface",
  fontFamily: "sans-serif",
};

function drawing(cell: Partial<Cell>, stepX = 30, stepY = 34): readonly Stroke[] {
  const { pen, drawn } = recordingPen();
  const grid = { columns: 1, rows: 1, stepX, stepY, dynosPerCell: 1 };
  drawCells(pen, [{ share: 0.5, queued: 0, status: "up", ...cell }], grid, LOOK);
  return drawn;
}

describe("a drawing", () => {
  it("fills a box from below, as high as the share of busy threads", () => {
    // A gap of 3 and the number's 11 pixels leave a box of 27 × 20.
    expect(drawing({ share: 0.5 })).toContainEqual(["fill", 0, 21, 27, 10]);
    expect(drawing({ share: 1 })).toContainEqual(["fill", 0, 11, 27, 20]);
  });

  it("tells every status apart by its shape, not by colour alone", () => {
    const statuses: readonly DynoStatus[] = ["gone", "booting", "up", "dead", "unlisted", "slow", "retiring"];
    for (const [stepX, stepY] of [
      [30, 34],
      [12, 12],
    ] as const) {
      const shapes = statuses.map((status) => JSON.stringify(drawing({ status }, stepX, stepY)));
      expect(new Set(shapes).size, `in cells of ${stepX} × ${stepY}`).toBe(statuses.length);
    }
  });

  it("writes how many wait above the box, where that has room", () => {
    expect(drawing({ queued: 12.4 }).find(([action]) => action === "text")).toEqual([
      "text",
      "12",
      13.5,
      0.5,
    ]);
    expect(drawing({ queued: 0.2 }).some(([action]) => action === "text")).toBe(false);
  });

  it("draws a bar instead where it has not, longer for more", () => {
    const bar = (queued: number) => {
      const marks = drawing({ queued }, 12, 12).filter(([action, , y]) => action === "fill" && y === 0);
      return Number(marks[0]?.[3] ?? 0);
    };
    expect(bar(0)).toBe(0);
    expect(bar(1)).toBeGreaterThan(0);
    expect(bar(30)).toBeGreaterThan(bar(1));
    expect(bar(1e9)).toBeLessThanOrEqual(12);
  });
});
