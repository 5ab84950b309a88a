import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { timeText } from "../../../base/run-time";
import { timeTicks } from "../../../base/time-axis";
import type { Curve } from "../../../scenario/types";
import styles from "./CurvePlot.module.css";
import { type PointChange, pointAdded, pointMoved } from "./curve-points";
import { type CurveScale, factorTicks, HEIGHT, PLOT, pointAt, scaleOf, WIDTH, xOf, yOf } from "./curve-scale";
import { factorText } from "./profile-words";

interface CurvePlotProps {
  readonly curve: Curve;
  /** The length of the run. */
  readonly durationS: number;
  /** What a factor comes to: "113/s". */
  readonly implied: (factor: number) => string;
  /** The point that the keyboard moves. */
  readonly selected: number;
  readonly onSelect: (position: number) => void;
  /** Called for each place passed over while a point is dragged or a key is held. */
  readonly onDrag: (change: PointChange) => void;
  /** Called at the end of a drag or when the key is released, only if `onDrag` was called before. */
  readonly onRelease: () => void;
  readonly onRemove: (position: number) => void;
}

/** Shift goes this many steps. */
const FAR = 10;
/** With more points than this they are drawn smaller. */
const FEW_POINTS = 30;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function placeOf({ currentTarget, clientX, clientY }: PointerEvent<SVGElement>, scale: CurveScale) {
  const box = (currentTarget.ownerSVGElement ?? currentTarget).getBoundingClientRect();
  const x = ((clientX - box.left) / Math.max(1, box.width)) * WIDTH;
  const y = ((clientY - box.top) / Math.max(1, box.height)) * HEIGHT;
  return pointAt(x, y, scale);
}

/** The axes: factors at the left, what they come to at the right, time below. */
function Axes({
  scale,
  implied,
}: {
  readonly scale: CurveScale;
  readonly implied: CurvePlotProps["implied"];
}) {
  const { untilS } = scale;
  const time = timeTicks(0, untilS, PLOT.right - PLOT.left, untilS);
  return (
    <g className={styles.axes} aria-hidden>
      {factorTicks(scale).map((factor) => (
        <g key={factor}>
          <line x1={PLOT.left} x2={PLOT.right} y1={yOf(factor, scale)} y2={yOf(factor, scale)} />
          <text x={PLOT.left - 8} y={yOf(factor, scale) + 4} textAnchor="end">
            {factor}×
          </text>
          <text x={PLOT.right + 8} y={yOf(factor, scale) + 4}>
            {implied(factor)}
          </text>
        </g>
      ))}
      {time.values.map((atS) => (
        <text key={atS} x={xOf(atS, scale)} y={HEIGHT - 5} textAnchor="middle">
          {time.format(atS)}
        </text>
      ))}
    </g>
  );
}

/**
 * A curve to be drawn by hand: points are dragged, a press on the line adds one. With the keyboard arrows move the
 * selected point, Page Up and Page Down go to the next, Delete removes it.
 */
export function CurvePlot(props: CurvePlotProps) {
  const { curve, durationS, implied, selected, onSelect, onDrag, onRelease } = props;
  /** The scale holds still while a point moves: else the point would run away from the pointer. */
  const [held, setHeld] = useState<CurveScale | null>(null);
  const isDirty = useRef(false);
  const dragged = useRef<number | null>(null);
  const points = useRef<(SVGGElement | null)[]>([]);
  const hadFocus = useRef(false);
  const scale = held ?? scaleOf(curve, durationS);
  const { untilS } = scale;

  // A point that was added or chosen by a key takes the focus with it.
  useEffect(() => {
    if (hadFocus.current) points.current[selected]?.focus({ preventScroll: true });
    hadFocus.current = false;
  }, [selected]);

  function move(change: PointChange) {
    isDirty.current = true;
    setHeld(scale);
    onDrag(change);
  }

  function release() {
    dragged.current = null;
    setHeld(null);
    if (!isDirty.current) return;
    isDirty.current = false;
    onRelease();
  }

  /** A key that was released, or a point that lost the keyboard; a drag ends with its pointer. */
  function releaseKey() {
    if (dragged.current === null) release();
  }

  function select(position: number) {
    if (position < 0 || position >= curve.length) return;
    hadFocus.current = true;
    onSelect(position);
  }

  function onKeyDown(event: KeyboardEvent, position: number) {
    const [atS, factor] = curve[position] ?? [0, 1];
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) {
      const steps = event.shiftKey ? FAR : 1;
      const [right, up] = arrow;
      const place = [atS + right * steps * scale.stepS, factor + up * steps * scale.stepFactor] as const;
      move({ curve: pointMoved(curve, position, place), position });
    } else if (event.key === "PageUp") select(position - 1);
    else if (event.key === "PageDown") select(position + 1);
    else if (event.key === "Home") select(0);
    else if (event.key === "End") select(curve.length - 1);
    else if (event.key === "Delete" || event.key === "Backspace") {
      hadFocus.current = true;
      props.onRemove(position);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function grab(event: PointerEvent<SVGElement>, position: number) {
    event.preventDefault();
    dragged.current = position;
    setHeld(scale);
    event.currentTarget.setPointerCapture(event.pointerId);
  }

  function follow(event: PointerEvent<SVGElement>) {
    const position = dragged.current;
    if (position === null || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const next = pointMoved(curve, position, placeOf(event, scale));
    const [atS, factor] = next[position] ?? [];
    if (atS === curve[position]?.[0] && factor === curve[position]?.[1]) return;
    move({ curve: next, position });
  }

  function addOnLine(event: PointerEvent<SVGElement>) {
    if (event.button !== 0) return;
    const added = pointAdded(curve, placeOf(event, scale)[0]);
    hadFocus.current = true;
    grab(event, added.position);
    onSelect(added.position);
    move(added);
  }

  const corners = [...curve, [untilS, curve.at(-1)?.[1] ?? 1] as const];
  const first = curve[0] ?? [0, 1];
  const line = [[0, first[1]] as const, ...corners]
    .map(([atS, factor]) => `${xOf(atS, scale).toFixed(1)},${yOf(factor, scale).toFixed(1)}`)
    .join(" ");
  const isMany = curve.length > FEW_POINTS;
  // A point has no name of its own: its place is what it is.
  const rows = curve.map((point, position) => ({ point, position, key: `point ${position}` }));

  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture is no fieldset
    <svg
      className={styles.plot}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label="Curve of traffic"
    >
      <Axes scale={scale} implied={implied} />
      {untilS > durationS && (
        <rect
          className={styles.after}
          x={xOf(durationS, scale)}
          y={PLOT.top}
          width={PLOT.right - xOf(durationS, scale)}
          height={PLOT.bottom - PLOT.top}
        />
      )}
      <polygon
        className={styles.area}
        points={`${PLOT.left},${PLOT.bottom} ${line} ${PLOT.right},${PLOT.bottom}`}
      />
      <polyline className={styles.line} points={line} />
      <polyline
        className={styles.reach}
        points={line}
        onPointerDown={addOnLine}
        onPointerMove={follow}
        onLostPointerCapture={release}
      />
      {rows.map(({ key, point: [atS, factor], position }) => (
        <g
          key={key}
          ref={(element) => {
            points.current[position] = element;
          }}
          className={styles.point}
          role="slider"
          tabIndex={position === selected ? 0 : -1}
          aria-label={`Point ${position + 1} of ${curve.length}`}
          aria-valuemin={0}
          aria-valuenow={factor}
          aria-valuetext={`${timeText(atS, untilS)}, ${factorText(factor)}, ${implied(factor)}`}
          data-selected={position === selected || undefined}
          transform={`translate(${xOf(atS, scale).toFixed(1)} ${yOf(factor, scale).toFixed(1)})`}
          onFocus={() => onSelect(position)}
          onKeyDown={(event) => onKeyDown(event, position)}
          onKeyUp={releaseKey}
          onBlur={releaseKey}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            event.currentTarget.focus({ preventScroll: true });
            grab(event, position);
          }}
          onPointerMove={follow}
          onLostPointerCapture={release}
        >
          <circle className={styles.grip} r={isMany ? 7 : 12} />
          <circle className={styles.dot} r={isMany ? 3 : 5} />
        </g>
      ))}
    </svg>
  );
}
