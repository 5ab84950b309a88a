import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useWidth } from "../controls/use-width";
import { heatColours, useHeatStops } from "../shell/heat-colours";
import { ChartCard } from "./ChartCard";
import type { ChartTable } from "./chart-table";
import type { PictureKey } from "./export-png";
import { GridCellShape } from "./GridCellShape";
import styles from "./GridChart.module.css";
import { GridLegend } from "./GridLegend";
import { type GridCell, type GridModel, shareScale } from "./grid-model";
import plotStyles from "./Plot.module.css";
import { cardPlotWidth } from "./plot-geometry";

export interface GridChartProps {
  readonly model: GridModel;
  /** The cell that has the focus, or had it last, by its place in the list. */
  readonly focused: number;
  readonly onFocus: (cell: number) => void;
  readonly onOpen: (cell: number) => void;
}

const TOP = 4;
const BELOW = 40;
const ROW = 26;
const LEAST_LEFT = 44;
const LETTER = 6.4;
/** Narrower cells have no room for their numbers. */
const LETTERS_WIDTH = 5.9;

/** A heat map of two parameters. Its cells are one stop of the Tab key; arrow keys go from one to the next. */
export default function GridChart({ model, focused, onFocus, onOpen }: GridChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const width = useWidth(element);
  const stops = useHeatStops();
  const colours = useMemo(() => heatColours(stops), [stops]);
  const [hasFocus, setHasFocus] = useState(false);
  const { columns, rows, cells } = model;
  const scale = useMemo(() => shareScale(cells.flatMap(({ value }) => value ?? [])), [cells]);
  const left = Math.max(LEAST_LEFT, 12 + LETTER * Math.max(...rows.names.map((name) => name.length)));
  const inner = Math.max(1, cardPlotWidth(width) - left - 2);
  const cellWidth = inner / columns.names.length;
  const height = TOP + ROW * rows.names.length + BELOW;
  const longest = Math.max(...cells.map(({ value }) => (value === null ? 0 : model.format(value).length)));
  const hasNumbers = !model.isYesNo && longest * LETTERS_WIDTH + 6 <= cellWidth;
  const every = Math.ceil((Math.max(...columns.names.map((name) => name.length)) * LETTER + 8) / cellWidth);

  function onKeyDown(event: KeyboardEvent) {
    const cell = cells[focused];
    if (cell === undefined) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      event.stopPropagation();
      onOpen(focused);
      return;
    }
    const next = neighbour(event.key, cell, columns.names.length, rows.names.length);
    if (next === null) return;
    event.preventDefault();
    onFocus(next);
    plot.current?.querySelector<SVGElement>(`[data-cell="${next}"]`)?.focus();
  }

  const keys: readonly PictureKey[] = [
    ...(model.isYesNo
      ? []
      : [
          {
            kind: "scale" as const,
            label: model.measure,
            low: model.format(scale.low),
            high: model.format(scale.high),
          },
        ]),
    ...(model.hasObjective
      ? [
          { kind: "fill" as const, label: "objective missed", color: "var(--line-strong)", hatch: HATCH },
          { kind: "fill" as const, label: "a corner: objective met", color: "var(--ink)", hatch: null },
        ]
      : []),
  ];

  return (
    <div className={styles.place} ref={element} data-free-height data-narrow={width < 480 || undefined}>
      {width > 0 && (
        <ChartCard
          id={model.id}
          title={model.title}
          reading={model.reading}
          empty={null}
          legend={<GridLegend model={model} low={scale.low} high={scale.high} />}
          pictureKeys={keys}
          table={() => gridTable(model)}
          plot={plot}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: its cells take the keys, which it hears of for all of them */}
          <div
            ref={plot}
            onKeyDown={onKeyDown}
            onFocus={() => setHasFocus(true)}
            onBlur={() => setHasFocus(false)}
          >
            {/* biome-ignore lint/a11y/noSvgWithoutTitle: the grid in it has the name */}
            <svg className={styles.drawing} data-picture width={cardPlotWidth(width)} height={height}>
              {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: none of it takes the focus; each cell says its values */}
              <g aria-hidden="true">
                {rows.names.map((name, row) => (
                  <text
                    key={name}
                    className={plotStyles.tick}
                    x={left - 6}
                    y={TOP + ROW * (row + 0.5)}
                    dy="0.32em"
                    textAnchor="end"
                  >
                    {name}
                  </text>
                ))}
                {columns.names.map((name, column) =>
                  column % every === 0 ? (
                    <text
                      key={name}
                      className={plotStyles.tick}
                      x={left + cellWidth * (column + 0.5)}
                      y={TOP + ROW * rows.names.length + 14}
                      textAnchor="middle"
                    >
                      {name}
                    </text>
                  ) : null,
                )}
                <text className={plotStyles.axisTitle} x={left + inner} y={height - 6} textAnchor="end">
                  {columns.title} →
                </text>
                <text className={plotStyles.axisTitle} x={4} y={height - 6}>
                  ↑ {rows.title}
                </text>
              </g>
              {/* biome-ignore lint/a11y/useSemanticElements: a drawing has no table in it */}
              <g role="grid" aria-label={`${model.title}. Arrow keys go from cell to cell, Enter opens one.`}>
                {rows.names.map((name, row) => (
                  // biome-ignore lint/a11y/useSemanticElements: a drawing has no table in it
                  <g key={name} role="row">
                    {cells
                      .slice(row * columns.names.length, (row + 1) * columns.names.length)
                      .map((cell, column) => (
                        <GridCellShape
                          key={cell.column}
                          cell={cell}
                          index={row * columns.names.length + column}
                          x={left + cellWidth * cell.column}
                          y={TOP + ROW * row}
                          width={cellWidth}
                          height={ROW}
                          colours={colours}
                          share={cell.value === null ? 0 : scale.shareOf(cell.value)}
                          number={hasNumbers && cell.value !== null ? model.format(cell.value) : ""}
                          isYesNo={model.isYesNo}
                          hasObjective={model.hasObjective}
                          isStop={row * columns.names.length + column === focused}
                          onFocus={onFocus}
                          onOpen={onOpen}
                        />
                      ))}
                  </g>
                ))}
              </g>
              {hasFocus && cells[focused] !== undefined && (
                <rect
                  className={styles.focus}
                  data-export="none"
                  x={left + cellWidth * (cells[focused]?.column ?? 0) + 1}
                  y={TOP + ROW * (cells[focused]?.row ?? 0) + 1}
                  width={Math.max(1, cellWidth - 2)}
                  height={ROW - 2}
                />
              )}
            </svg>
          </div>
        </ChartCard>
      )}
    </div>
  );
}

const HATCH = "M-2 2L2 -2M0 8L8 0M6 10L10 6";

/** The cell that a key leads to; null for one that leads nowhere. */
function neighbour(key: string, { column, row }: GridCell, columns: number, rows: number): number | null {
  const at = (toColumn: number, toRow: number) =>
    Math.min(rows - 1, Math.max(0, toRow)) * columns + Math.min(columns - 1, Math.max(0, toColumn));
  switch (key) {
    case "ArrowRight":
      return at(column + 1, row);
    case "ArrowLeft":
      return at(column - 1, row);
    case "ArrowUp":
      return at(column, row - 1);
    case "ArrowDown":
      return at(column, row + 1);
    case "Home":
      return at(0, row);
    case "End":
      return at(columns - 1, row);
    default:
      return null;
  }
}

/** The shown values as a table: rows and columns as in the picture. */
function gridTable({ rows, columns, cells, quantity }: GridModel): ChartTable {
  const known = (row: number) =>
    cells
      .slice(row * columns.names.length, (row + 1) * columns.names.length)
      .map(({ value, state }) => (state === "known" ? (value ?? Number.NaN) : Number.NaN));
  return {
    head: [`${rows.title} \\ ${columns.title}`, ...columns.names],
    fileHead: [rows.title, ...columns.names],
    rows: rows.names.map((_, row) => [row, ...known(row)]),
    quantities: ["count", ...columns.names.map(() => quantity)],
    rowTitle: (row) => rows.names[row] ?? "",
    names: rows.names,
  };
}
