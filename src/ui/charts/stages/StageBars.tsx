import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useId,
  useState,
} from "react";
import type { Stage } from "../../../analysis/result-types";
import { PLOT_HEIGHT, PLOT_MARGIN, TIME_AXIS_HEIGHT } from "../plot-geometry";
import type { AxisTicks } from "../ticks";
import { fillOf, StageFills } from "./StageFill";
import styles from "./Stages.module.css";

/** A stretch of a bar, between two values of the axis. */
export interface BarPiece {
  readonly stage: Stage;
  readonly start: number;
  readonly end: number;
}

export interface BarRow {
  readonly key: string;
  /** From left to right. */
  readonly pieces: readonly BarPiece[];
}

/** Which piece of which row is pointed at. */
export interface BarPoint {
  readonly row: number;
  readonly piece: number;
}

/** From values to pixels. */
export interface BarScale {
  readonly across: (value: number) => number;
  /** The upper edge of a row's bar. */
  readonly top: (row: number) => number;
}

interface StageBarsProps {
  readonly label: string;
  readonly width: number;
  /** Pixels to the left of the bars, for their names. */
  readonly left: number;
  /** Where the axis ends; it begins at 0. */
  readonly high: number;
  readonly ticks: AxisTicks;
  readonly rows: readonly BarRow[];
  readonly rowHeight: number;
  readonly barHeight: number;
  readonly plot: RefObject<HTMLDivElement | null>;
  readonly point: BarPoint | null;
  readonly onPoint: (point: BarPoint | null) => void;
  /** What stands beside the piece that is pointed at. */
  readonly tooltip: ReactNode;
  /** The same in a line, for those who cannot see it. */
  readonly spoken: string;
  readonly children: (scale: BarScale) => ReactNode;
}

/** Room over the first bar. */
const BARS_TOP = 14;
const AXIS_TOP = PLOT_HEIGHT - TIME_AXIS_HEIGHT;
/** The widest a tooltip is. */
export const TOOLTIP_WIDTH = 368;
/** Under a bar as high as this there is no room for a tooltip. */
const LOW_BAR = 80;
/** Pieces thinner than this would be seen as nothing but their outline. */
const OUTLINED_FROM = 3;

/** The height of all bars together. */
export const BARS_HEIGHT = AXIS_TOP - BARS_TOP;

/**
 * Horizontal bars made of stages, over one axis. The mouse, a finger or the arrow keys point at a piece.
 */
export function StageBars(props: StageBarsProps) {
  const { label, width, left, high, ticks, rows, rowHeight, barHeight, plot, point, onPoint } = props;
  const drawing = useId();
  const [isByKeyboard, setIsByKeyboard] = useState(false);
  const right = width - PLOT_MARGIN.right;
  const scale: BarScale = {
    across: (value) => left + (value / high) * (right - left),
    top: (row) => BARS_TOP + row * rowHeight,
  };
  const stages = [...new Set(rows.flatMap(({ pieces }) => pieces.map(({ stage }) => stage)))];
  const pointed = point === null ? undefined : rows[point.row]?.pieces[point.piece];

  function pointAt(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top - BARS_TOP) / rowHeight);
    const value = ((event.clientX - box.left - left) / Math.max(1, right - left)) * high;
    const piece = nearestPiece(rows[row]?.pieces ?? [], value);
    setIsByKeyboard(false);
    onPoint(piece < 0 ? null : { row, piece });
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = movedPoint(rows, point, event.key);
    if (next === null) return;
    event.preventDefault();
    setIsByKeyboard(true);
    onPoint(next);
  }

  const last = ticks.values[ticks.values.length - 1];
  return (
    <div className={styles.plot} ref={plot}>
      <svg
        data-picture
        width={width}
        height={PLOT_HEIGHT}
        role="application"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys move over its pieces
        tabIndex={0}
        onPointerMove={pointAt}
        onPointerDown={pointAt}
        onPointerLeave={() => onPoint(null)}
        onKeyDown={onKeyDown}
        onBlur={() => onPoint(null)}
      >
        <StageFills stages={stages} drawing={drawing} />
        {ticks.values.map((value) => {
          const x = scale.across(value);
          const text = `${ticks.format(value)}${value === last ? ` ${ticks.unit}` : ""}`;
          const isAtEdge = x + textWidth(text) / 2 > width;
          return (
            <g key={value}>
              <line className={styles.grid} x1={x} x2={x} y1={BARS_TOP - 4} y2={AXIS_TOP} />
              <text
                className={styles.total}
                x={isAtEdge ? width : x}
                y={AXIS_TOP + 15}
                textAnchor={isAtEdge ? "end" : "middle"}
              >
                {text}
              </text>
            </g>
          );
        })}
        <line className={styles.axis} x1={left} x2={right} y1={AXIS_TOP} y2={AXIS_TOP} />
        {rows.map(({ key, pieces }, row) => (
          <g key={key}>
            {pieces.map(({ stage, start, end }) => {
              const x = scale.across(start);
              const across = Math.max(1, scale.across(end) - x);
              return (
                <rect
                  key={`${stage} ${start}`}
                  className={across < OUTLINED_FROM ? undefined : styles.piece}
                  x={x}
                  y={scale.top(row)}
                  width={across}
                  height={barHeight}
                  fill={fillOf(stage, drawing)}
                />
              );
            })}
          </g>
        ))}
        {props.children(scale)}
        {point !== null && pointed !== undefined && (
          <rect
            data-export="none"
            className={styles.pointed}
            x={scale.across(pointed.start)}
            y={scale.top(point.row)}
            width={Math.max(2, scale.across(pointed.end) - scale.across(pointed.start))}
            height={barHeight}
          />
        )}
      </svg>
      {point !== null && pointed !== undefined && (
        <div
          className={styles.tooltip}
          style={place(
            scale.across((pointed.start + pointed.end) / 2),
            scale.top(point.row),
            width,
            barHeight,
          )}
        >
          {props.tooltip}
        </div>
      )}
      <output className="visually-hidden" aria-live="polite">
        {isByKeyboard && pointed !== undefined ? props.spoken : ""}
      </output>
    </div>
  );
}

/** Under a high bar, over a low one; never beyond the plot's sides. */
function place(middle: number, top: number, width: number, barHeight: number) {
  const isBelow = top < LOW_BAR;
  return {
    left: Math.max(0, Math.min(middle + 8, width - TOOLTIP_WIDTH)),
    ...(isBelow ? { top: top + barHeight + 6 } : { bottom: PLOT_HEIGHT - top + 6 }),
  };
}

/** The piece at a value, or the nearest to it; −1 where there is none. */
function nearestPiece(pieces: readonly BarPiece[], value: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, { start, end }] of pieces.entries()) {
    const distance = Math.max(start - value, value - end, 0);
    if (distance < least) {
      least = distance;
      nearest = index;
    }
  }
  return nearest;
}

/** Where a key leads; null for a key that leads nowhere. Between rows the stage is kept where the other row has it. */
function movedPoint(rows: readonly BarRow[], from: BarPoint | null, key: string): BarPoint | null {
  if (from === null) return /^(Arrow|Home|End)/.test(key) ? { row: 0, piece: 0 } : null;
  const { row, piece } = from;
  const count = rows[row]?.pieces.length ?? 0;
  switch (key) {
    case "ArrowRight":
      return { row, piece: Math.min(count - 1, piece + 1) };
    case "ArrowLeft":
      return { row, piece: Math.max(0, piece - 1) };
    case "Home":
      return { row, piece: 0 };
    case "End":
      return { row, piece: count - 1 };
    case "ArrowDown":
    case "ArrowUp": {
      const next = Math.max(0, Math.min(rows.length - 1, row + (key === "ArrowDown" ? 1 : -1)));
      const pieces = rows[next]?.pieces ?? [];
      const stage = rows[row]?.pieces[piece]?.stage;
      const same = pieces.findIndex((one) => one.stage === stage);
      return { row: next, piece: same >= 0 ? same : Math.max(0, Math.min(piece, pieces.length - 1)) };
    }
    default:
      return null;
  }
}

/** About the width of a text of 11 pixels. */
export function textWidth(text: string): number {
  return text.length * 6;
}
