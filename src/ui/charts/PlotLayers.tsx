import { useId } from "react";
import { usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";
import type { ChartEvent, ChartLine, ChartSeries, TimeWindow } from "./chart-types";
import type { RowGroup } from "./models/heat-types";
import styles from "./Plot.module.css";

type Scale = (value: unknown) => number | undefined;

const LABEL_LAYER = 2000;
/** Over the limits' lines, which would strike it through. */
const WARM_UP_LAYER = 2001;
const LABEL_GAP = 4;
const LABEL_HEIGHT = 13;

/** The unit or name of the vertical axis, over it. */
export function AxisTitle({ text }: { readonly text: string }) {
  return (
    <text className={styles.axisTitle} x={4} y={10}>
      {text}
    </text>
  );
}

interface WarmUpProps {
  readonly warmupS: number;
  readonly window: TimeWindow;
  /** Lies over what is drawn before it, and lets it through. */
  readonly isVeil?: boolean;
  readonly isNamed?: boolean;
  /** What its name keeps clear of. */
  readonly lines?: readonly ChartLine[];
  readonly events?: readonly ChartEvent[];
  readonly x?: Float64Array;
  readonly series?: readonly Pick<ChartSeries, "values">[];
}

/** A narrower band has its name beside it. */
const WARM_UP_NAME_WIDTH = 56;

/** The part of the run that is not measured. */
export function WarmUp(props: WarmUpProps) {
  const { warmupS, window, isVeil = false, isNamed = true } = props;
  const area = usePlotArea();
  const scale = useXAxisScale();
  const yScale = useYAxisScale();
  if (area === undefined || scale === undefined || warmupS <= window.fromS) return null;
  const end = scale(Math.min(warmupS, window.toS)) ?? area.x;
  const width = Math.max(0, end - area.x);
  const isInside = width >= WARM_UP_NAME_WIDTH;
  const nameX = (isInside ? area.x : end) + 5;
  const nameY =
    area.y +
    freeOffset(
      props,
      area.height,
      (value) => (yScale?.(value) ?? Number.NaN) - area.y,
      (x) => {
        const across = scale(x) ?? Number.NaN;
        return across >= nameX - 4 && across <= nameX + WARM_UP_NAME_WIDTH;
      },
    );
  return (
    <>
      <rect
        className={isVeil ? styles.veil : styles.warmUp}
        x={area.x}
        y={area.y}
        width={width}
        height={area.height}
      />
      <line className={styles.warmUpEnd} x1={end} x2={end} y1={area.y} y2={area.y + area.height} />
      {isNamed && (
        <ZIndexLayer zIndex={WARM_UP_LAYER}>
          <text className={styles.warmUpLabel} x={nameX} y={nameY}>
            {isInside ? "warm-up" : "← warm-up"}
          </text>
        </ZIndexLayer>
      )}
    </>
  );
}

/** The baseline of a name's text, from the top of the plot: the first line that nothing drawn passes through. */
function freeOffset(
  { lines = [], events = [], series = [], x = new Float64Array(0) }: WarmUpProps,
  height: number,
  down: (value: number) => number,
  isNear: (x: number) => boolean,
): number {
  const taken = lines.map(({ value }) => down(value));
  // Their shapes stand at the top.
  if (events.some(({ atS }) => isNear(atS))) taken.push(LABEL_HEIGHT / 2);
  for (const { values } of series) {
    for (const [point, value] of values.entries())
      if (isNear(x[point] ?? Number.NaN)) taken.push(down(value));
  }
  for (let offset = LABEL_HEIGHT - 1; offset < height; offset += LABEL_HEIGHT + LABEL_GAP) {
    if (!taken.some((y) => y > offset - LABEL_HEIGHT && y < offset + LABEL_GAP)) return offset;
  }
  return LABEL_HEIGHT - 1;
}

/** Limits and objectives. One above the axis' end is said at the upper edge, with an arrow. */
export function LimitLines({ lines, top }: { readonly lines: readonly ChartLine[]; readonly top: number }) {
  const area = usePlotArea();
  const scale = useYAxisScale();
  if (area === undefined || scale === undefined) return null;
  const right = area.x + area.width;
  let lowestFree = Number.NEGATIVE_INFINITY;
  return (
    <ZIndexLayer zIndex={LABEL_LAYER}>
      {[...lines]
        .sort((one, other) => other.value - one.value)
        .map((line) => {
          const isAbove = line.value > top;
          const y = isAbove ? area.y : (scale(line.value) ?? area.y);
          if (y > area.y + area.height) return null;
          const over = isAbove ? area.y - LABEL_GAP : y - LABEL_GAP;
          // Labels go over their lines; where another one is, or the edge, under it.
          const baseline = over - LABEL_HEIGHT < lowestFree ? Math.max(y, lowestFree) + LABEL_HEIGHT : over;
          lowestFree = baseline;
          return (
            <g key={line.label} className={styles.limit} data-kind={line.kind}>
              {!isAbove && <line x1={area.x} x2={right} y1={y} y2={y} />}
              <text x={right - 2} y={baseline} textAnchor="end">
                {isAbove ? `${line.label} ↑` : line.label}
              </text>
            </g>
          );
        })}
    </ZIndexLayer>
  );
}

/** The names of a heat map's groups of rows, each under the line that begins it; none where there is no room. */
export function RowGroups({ groups }: { readonly groups: readonly RowGroup[] }) {
  const area = usePlotArea();
  const scale = useYAxisScale();
  if (area === undefined || scale === undefined) return null;
  let lowestFree = Number.NEGATIVE_INFINITY;
  return (
    <ZIndexLayer zIndex={LABEL_LAYER}>
      {groups.map(({ name, first }) => {
        const y = scale(first + 0.5) ?? area.y;
        const hasRoom = y >= lowestFree && y + LABEL_HEIGHT <= area.y + area.height + 1;
        if (hasRoom) lowestFree = y + LABEL_HEIGHT;
        return (
          <g key={name}>
            {first > 0 && (
              <line className={styles.groupLine} x1={area.x} x2={area.x + area.width} y1={y} y2={y} />
            )}
            {hasRoom && (
              <text className={styles.groupName} x={area.x + 4} y={y + LABEL_HEIGHT - 1}>
                {name}
              </text>
            )}
          </g>
        );
      })}
    </ZIndexLayer>
  );
}

/** A line of the pinned run. */
export interface BaselineLine {
  readonly key: string;
  readonly color: string;
  readonly values: Float64Array;
}

/** The pinned run: thin dashed lines, drawn as paths of their own, for nothing of them can be pointed at. */
export function BaselineLines(props: { readonly x: Float64Array; readonly lines: readonly BaselineLine[] }) {
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const clip = useId();
  if (area === undefined || xScale === undefined || yScale === undefined || props.lines.length === 0)
    return null;
  return (
    <g className={styles.baseline}>
      <clipPath id={clip}>
        <rect x={area.x} y={area.y} width={area.width} height={area.height} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        {props.lines.map(({ key, color, values }) => (
          <path key={key} data-series={key} stroke={color} d={path(props.x, values, xScale, yScale)} />
        ))}
      </g>
    </g>
  );
}

function path(x: Float64Array, values: Float64Array, xScale: Scale, yScale: Scale): string {
  let text = "";
  let isDrawing = false;
  for (const [point, value] of values.entries()) {
    const across = xScale(x[point]);
    const down = yScale(value);
    if (Number.isNaN(value) || across === undefined || down === undefined || !Number.isFinite(down)) {
      isDrawing = false;
      continue;
    }
    text += `${isDrawing ? "L" : "M"}${across.toFixed(1)},${down.toFixed(1)}`;
    isDrawing = true;
  }
  return text;
}
