import { useRef } from "react";
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { useWidth } from "../controls/use-width";
import { ChartTooltip } from "./ChartTooltip";
import { offerPicture } from "./chart-pictures";
import { AxisTick, TimeTick } from "./PlotAxes";
import { AxisTitle } from "./PlotLayers";
import { AXIS_WIDTH, PLOT_MARGIN, TIME_AXIS_HEIGHT } from "./plot-geometry";
import styles from "./VariantChart.module.css";

/** One point of a line. */
export interface VariantPoint {
  readonly x: number;
  readonly value: number;
  /** Half of its 95 % interval; null where that is not known. */
  readonly half: number | null;
}

export interface VariantLine {
  readonly label: string;
  readonly points: readonly VariantPoint[];
}

interface VariantChartProps {
  readonly title: string;
  /** What differs from point to point: "clients". */
  readonly axis: string;
  readonly valueTitle: string;
  readonly format: (value: number) => string;
  readonly lines: readonly VariantLine[];
}

const HEIGHT = 220;
/** Colour and stroke: never the colour alone. */
const LOOKS = [
  { color: "var(--chart-1)", dash: "" },
  { color: "var(--chart-2)", dash: "6 3" },
  { color: "var(--chart-4)", dash: "2 3" },
] as const;

/** A number of each variant of a step, against what differs between them. */
export default function VariantChart({ title, axis, valueTitle, format, lines }: VariantChartProps) {
  const element = useRef<HTMLElement>(null);
  const width = useWidth(element);
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const rows = xs.map((x) => ({
    x,
    ...Object.fromEntries(
      lines.flatMap(({ points }, line) => {
        const point = points.find((one) => one.x === x);
        return point === undefined
          ? []
          : [
              [`v${line}`, point.value],
              // No number of a run is below 0, whatever its interval says.
              [`e${line}`, [Math.min(point.half ?? 0, point.value), point.half ?? 0]],
            ];
      }),
    ),
  }));
  const tooltip = ({ active, label }: TooltipContentProps) =>
    active && label !== undefined ? (
      <ChartTooltip
        title={`${label} ${axis}`}
        rows={lines.flatMap(({ label: name, points }, line) => {
          const point = points.find(({ x }) => x === Number(label));
          return point === undefined ? [] : [{ key: String(line), label: name, value: format(point.value) }];
        })}
      />
    ) : null;
  async function makePicture() {
    const svg = element.current?.querySelector("svg.recharts-surface");
    if (!(svg instanceof SVGSVGElement)) return null;
    const { exportPng } = await import("./export-png");
    const keys = lines.map(({ label }, line) => ({ kind: "line" as const, label, ...pictureLook(line) }));
    return exportPng({ svg, title, reading: `${valueTitle} by ${axis}`, keys: lines.length > 1 ? keys : [] });
  }

  return (
    <figure
      className={styles.chart}
      data-chart="variants"
      ref={(figure) => {
        element.current = figure;
        offerPicture(figure, makePicture);
      }}
    >
      <figcaption className={styles.title}>{title}</figcaption>
      {lines.length > 1 && (
        <ul className={styles.legend}>
          {lines.map(({ label }, line) => (
            <li key={label}>
              <svg width={22} height={8} aria-hidden="true">
                <line
                  x1={0}
                  x2={22}
                  y1={4}
                  y2={4}
                  stroke={lookOf(line).color}
                  strokeWidth={2}
                  strokeDasharray={lookOf(line).dash}
                />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      )}
      {width > 0 && (
        <ComposedChart
          width={width}
          height={HEIGHT}
          data={rows}
          margin={PLOT_MARGIN}
          accessibilityLayer
          aria-label={title}
        >
          <CartesianGrid vertical={false} stroke="var(--chart-grid)" syncWithTicks />
          <XAxis
            dataKey="x"
            type="number"
            domain={[0, "dataMax"]}
            ticks={xs}
            height={TIME_AXIS_HEIGHT}
            tick={<TimeTick format={String} />}
            tickLine={false}
            stroke="var(--line-strong)"
            padding={{ right: 24 }}
          />
          <YAxis
            domain={[0, "auto"]}
            width={AXIS_WIDTH + 12}
            tick={<AxisTick format={format} />}
            tickLine={false}
            axisLine={false}
          />
          <AxisTitle text={`${valueTitle} by ${axis}`} />
          {lines.map(({ label }, line) => (
            <Line
              key={label}
              dataKey={`v${line}`}
              name={label}
              type="linear"
              stroke={lookOf(line).color}
              strokeWidth={2}
              strokeDasharray={lookOf(line).dash}
              dot={{ r: 3.5, fill: lookOf(line).color, strokeWidth: 0 }}
              isAnimationActive={false}
              connectNulls
            >
              <ErrorBar dataKey={`e${line}`} width={4} stroke={lookOf(line).color} direction="y" />
            </Line>
          ))}
          <Tooltip
            content={tooltip}
            isAnimationActive={false}
            offset={14}
            cursor={{ stroke: "var(--line-strong)" }}
          />
        </ComposedChart>
      )}
      <table className="visually-hidden">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{axis}</th>
            {lines.map(({ label }) => (
              <th scope="col" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {xs.map((x) => (
            <tr key={x}>
              <th scope="row">{x}</th>
              {lines.map(({ label, points }) => {
                const point = points.find((one) => one.x === x);
                return <td key={label}>{point === undefined ? "–" : format(point.value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function pictureLook(line: number) {
  const { color, dash } = lookOf(line);
  return { color, dash: dash === "" ? undefined : dash };
}

function lookOf(line: number): (typeof LOOKS)[number] {
  return LOOKS[line % LOOKS.length] ?? LOOKS[0];
}
