import plotStyles from "./Plot.module.css";
import styles from "./Xy.module.css";
import type { XyScale } from "./xy-scale";
import type { XyLine, XyModel } from "./xy-types";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface LayersProps {
  readonly model: XyModel;
  readonly x: XyScale;
  readonly y: XyScale;
  readonly box: Box;
}

/** Few points have no band to speak of: each shows its own interval. */
const MOST_WHISKERS = 6;
/** Room for half a point, px. */
const SIDE = 4;

function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], place) => `${place === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** Grid, axes, bands, lines, limits and marks, from back to front. */
export function XyLayers({ model, x, y, box }: LayersProps) {
  const bottom = box.top + box.height;
  const right = box.left + box.width;
  return (
    <>
      {y.ticks.values.map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={box.left} x2={right} y1={y.at(value)} y2={y.at(value)} />
          <text className={plotStyles.tick} x={box.left - 6} y={y.at(value)} dy="0.32em" textAnchor="end">
            {y.ticks.format(value)}
          </text>
        </g>
      ))}
      <line className={styles.axis} x1={box.left} x2={right} y1={bottom} y2={bottom} />
      {x.ticks.values.map((value) => (
        <text key={value} className={plotStyles.tick} x={x.at(value)} y={bottom + 14} textAnchor="middle">
          {x.ticks.format(value)}
        </text>
      ))}
      {/* A picture in the picture cuts off what leaves it; points at its sides stay whole. */}
      <svg
        x={box.left - SIDE}
        y={box.top - SIDE}
        width={box.width + 2 * SIDE}
        height={box.height + 2 * SIDE}
        viewBox={[box.left - SIDE, box.top - SIDE, box.width + 2 * SIDE, box.height + 2 * SIDE].join(" ")}
        aria-hidden="true"
      >
        {model.lines.map((line) => (
          <Line key={line.key} line={line} x={x} y={y} />
        ))}
      </svg>
      <Limits model={model} x={x} y={y} box={box} />
      <Marks model={model} x={x} y={y} box={box} />
    </>
  );
}

interface LineProps {
  readonly line: XyLine;
  readonly x: XyScale;
  readonly y: XyScale;
}

function Line({ line: { look, color, dash, points }, x, y }: LineProps) {
  const drawn = points.filter(({ value }) => Number.isFinite(value));
  const banded = drawn.filter(({ low, high }) => low !== undefined && high !== undefined);
  const band = [
    ...banded.map((point) => [x.at(point.x), y.at(point.high ?? 0)] as const),
    ...banded.map((point) => [x.at(point.x), y.at(point.low ?? 0)] as const).reverse(),
  ];
  return (
    <g>
      {banded.length > 1 && <path d={`${path(band)}Z`} fill={color} fillOpacity={0.14} />}
      {banded.length <= MOST_WHISKERS &&
        banded.map((point) => (
          <path
            key={`${point.x} ${point.value}`}
            d={path([
              [x.at(point.x), y.at(point.low ?? 0)],
              [x.at(point.x), y.at(point.high ?? 0)],
            ])}
            stroke={color}
            strokeOpacity={0.6}
          />
        ))}
      {look !== "dots" && (
        <path
          className={styles.line}
          data-look={look}
          d={path(drawn.map((point) => [x.at(point.x), y.at(point.value)]))}
          stroke={color}
          strokeDasharray={dash}
        />
      )}
      {(look === "line" || look === "dots") &&
        drawn.map((point) => (
          <circle
            key={`${point.x} ${point.value}`}
            cx={x.at(point.x)}
            cy={y.at(point.value)}
            r={look === "dots" ? 3 : 2.75}
            fill={color}
            fillOpacity={look === "dots" ? 0.55 : 1}
          />
        ))}
    </g>
  );
}

function Limits({ model: { limits = [] }, y, box }: LayersProps) {
  return limits
    .filter(({ value }) => value >= y.low && value <= y.high)
    .map(({ value, label, kind }) => (
      <g key={`${value}`} className={plotStyles.limit} data-kind={kind}>
        <line x1={box.left} x2={box.left + box.width} y1={y.at(value)} y2={y.at(value)} />
        <text x={box.left + 4} y={y.at(value) - 4}>
          {label}
        </text>
      </g>
    ));
}

/** Room for the name of a mark, px: names that would lie over each other stand in two rows. */
const NAME_ROW = 12;
const NAME_WIDTH = 6.2;

function Marks({ model: { marks = [] }, x, box }: LayersProps) {
  let lastEnd = Number.NEGATIVE_INFINITY;
  let row = 0;
  return [...marks]
    .filter((mark) => mark.x >= x.low && mark.x <= x.high)
    .sort((one, other) => one.x - other.x)
    .map(({ x: value, label, kind }) => {
      const at = x.at(value);
      const length = label.length * NAME_WIDTH;
      const isLeft = at + length > box.left + box.width;
      const start = isLeft ? at - length - 4 : at + 4;
      row = start < lastEnd ? (row + 1) % 3 : 0;
      lastEnd = Math.max(lastEnd, start + length);
      return (
        <g key={label} className={plotStyles.limit} data-kind={kind}>
          <line x1={at} x2={at} y1={box.top} y2={box.top + box.height} />
          <text
            x={isLeft ? at - 4 : at + 4}
            y={box.top + 9 + row * NAME_ROW}
            textAnchor={isLeft ? "end" : "start"}
          >
            {label}
          </text>
        </g>
      );
    });
}
