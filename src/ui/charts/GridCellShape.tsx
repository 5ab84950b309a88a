import { memo } from "react";
import styles from "./GridChart.module.css";
import type { GridCell } from "./grid-model";

interface GridCellShapeProps {
  readonly cell: GridCell;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colours: readonly (readonly [number, number, number])[];
  /** Where its value lies on the scale of colours, 0 to 1. */
  readonly share: number;
  /** "" where there is no room for it. */
  readonly number: string;
  readonly isYesNo: boolean;
  readonly hasObjective: boolean;
  /** Whether the Tab key leads to it. */
  readonly isStop: boolean;
  readonly onFocus: (cell: number) => void;
  readonly onOpen: (cell: number) => void;
}

/** Lines through a cell that misses the objective, in a box of this size. */
function hatch(x: number, y: number, width: number, height: number): string {
  const lines: string[] = [];
  for (let start = HATCH_STEP / 2; start < width + height; start += HATCH_STEP) {
    const [x1, y1] = start <= height ? [0, start] : [start - height, height];
    const [x2, y2] = start <= width ? [start, 0] : [width, start - width];
    lines.push(
      `M${(x + x1).toFixed(1)} ${(y + y1).toFixed(1)}L${(x + x2).toFixed(1)} ${(y + y2).toFixed(1)}`,
    );
  }
  return lines.join("");
}

const HATCH_STEP = 9;
/** Brightness from which dark letters are read better. */
const BRIGHT = 140;

/** One cell: its colour says the value, a corner says that the objective is met, lines that it is missed. */
export const GridCellShape = memo(function GridCellShape(props: GridCellShapeProps) {
  const { cell, index, x, y, width, height, colours, share, number, isYesNo, hasObjective, isStop } = props;
  const { onFocus, onOpen } = props;
  const [red, green, blue] = colours[Math.round(share * (colours.length - 1))] ?? [0, 0, 0];
  const isBright = 0.299 * red + 0.587 * green + 0.114 * blue > BRIGHT;
  const ink = isBright ? "#10151f" : "#ffffff";
  const inside = { x: x + 0.5, y: y + 0.5, width: Math.max(1, width - 1), height: height - 1 };
  const isEmpty = cell.value === null && !(isYesNo && cell.isMet !== null);
  const fill = isEmpty
    ? "var(--surface-sunken)"
    : isYesNo
      ? cell.isMet === true
        ? "var(--good-soft)"
        : "var(--bad-soft)"
      : `rgb(${red} ${green} ${blue})`;
  const isFaded = cell.state === "neighbour";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing has no table in it
    <g
      role="gridcell"
      data-cell={index}
      data-state={cell.state}
      tabIndex={isStop ? 0 : -1}
      aria-label={cell.text}
      className={styles.cell}
      onFocus={() => onFocus(index)}
      onPointerEnter={() => onFocus(index)}
      onClick={() => onOpen(index)}
    >
      <rect {...inside} fill={fill} opacity={isFaded ? 0.4 : 1} />
      {isEmpty && cell.state === "impossible" && (
        <path
          className={styles.none}
          d={`M${inside.x + 3} ${inside.y + 3}l${inside.width - 6} ${inside.height - 6}`}
        />
      )}
      {hasObjective && cell.isMet === false && !isFaded && (
        <path
          d={hatch(inside.x, inside.y, inside.width, inside.height)}
          stroke={isYesNo ? "var(--bad)" : ink}
          strokeWidth={1}
          strokeOpacity={isYesNo ? 0.55 : 0.22}
        />
      )}
      {hasObjective && cell.isMet === true && !isFaded && (
        <path
          d={`M${inside.x} ${inside.y}h7l-7 7z`}
          fill={isYesNo ? "var(--good)" : ink}
          fillOpacity={isYesNo ? 1 : 0.85}
        />
      )}
      {number !== "" && !isFaded && (
        <text
          className={styles.number}
          x={x + width / 2}
          y={y + height / 2}
          dy="0.34em"
          textAnchor="middle"
          fill={ink}
        >
          {number}
        </text>
      )}
    </g>
  );
});
