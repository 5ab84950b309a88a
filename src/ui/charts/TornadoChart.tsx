import { useRef } from "react";
import { useWidth } from "../controls/use-width";
import { ChartCard } from "./ChartCard";
import legend from "./ChartLegend.module.css";
import type { ChartTable } from "./chart-table";
import type { Quantity } from "./chart-types";
import plotStyles from "./Plot.module.css";
import { axisTitle } from "./PlotAxes";
import { cardPlotWidth } from "./plot-geometry";
import { roundCeiling } from "./steady-domain";
import styles from "./TornadoChart.module.css";
import { linearTicks } from "./ticks";

/** What a figure does where an input is one way or the other: the difference, and half its interval. */
export interface TornadoEnd {
  readonly input: string;
  readonly mean: number | null;
  readonly half: number | null;
  /** In words: "210 ± 12 ms lower". */
  readonly text: string;
}

export interface TornadoBar {
  readonly key: string;
  readonly label: string;
  readonly low: TornadoEnd;
  readonly high: TornadoEnd;
}

export interface TornadoModel {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly axisTitle: string;
  readonly quantity: Quantity;
  /** The figure as it is: "1.02 s". */
  readonly base: string;
  /** What both ends are called: "20 % less". */
  readonly ends: { readonly low: string; readonly high: string };
  readonly bars: readonly TornadoBar[];
}

const LABEL = 18;
const BAR = 11;
const ROW = LABEL + 2 * BAR + 10;
const TOP = 22;
const BELOW = 34;
const SIDE = 12;

/** Bars to both sides of what is, the largest effect first. */
export default function TornadoChart({ model }: { readonly model: TornadoModel }) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<SVGSVGElement>(null);
  const width = useWidth(element);
  return (
    <div className={styles.place} ref={element} data-free-height data-narrow={width < 480 || undefined}>
      {width > 0 && (
        <ChartCard
          id={model.id}
          title={model.title}
          reading={model.reading}
          empty={model.bars.length === 0 ? "No input changes it by an amount that can be shown." : null}
          legend={<TornadoLegend ends={model.ends} />}
          pictureKeys={[
            { kind: "fill", label: model.ends.low, color: "var(--chart-2)", hatch: HATCH },
            { kind: "fill", label: model.ends.high, color: "var(--chart-1)", hatch: null },
          ]}
          table={() => tornadoTable(model)}
          plot={plot}
        >
          <svg
            ref={plot}
            className={styles.drawing}
            data-picture
            width={cardPlotWidth(width)}
            height={TOP + ROW * model.bars.length + BELOW}
            role="img"
            aria-label={`${model.title}. ${model.reading}`}
          >
            <Bars model={model} width={cardPlotWidth(width)} />
          </svg>
        </ChartCard>
      )}
      <ul className="visually-hidden">
        {model.bars.map(({ key, label, low, high }) => (
          <li key={key}>
            {label}: {low.text} at {low.input}, {high.text} at {high.input}
          </li>
        ))}
      </ul>
    </div>
  );
}

const HATCH = "M-2 2L2 -2M0 8L8 0M6 10L10 6";

function TornadoLegend({ ends }: Pick<TornadoModel, "ends">) {
  return (
    <ul className={[legend.legend, styles.legend].join(" ")} aria-label="Bars">
      <li className={legend.note}>
        <svg className={styles.key} width={16} height={10} aria-hidden="true">
          <rect width={16} height={10} fill="url(#tornado-less)" />
        </svg>
        {ends.low}
      </li>
      <li className={legend.note}>
        <svg className={styles.key} width={16} height={10} aria-hidden="true">
          <rect width={16} height={10} fill="var(--chart-1)" />
        </svg>
        {ends.high}
      </li>
      <li className={legend.note}>
        <svg className={styles.key} width={16} height={10} aria-hidden="true">
          <path className={styles.whisker} d="M1 1v8M1 5h14M15 1v8" />
        </svg>
        95 % interval
      </li>
    </ul>
  );
}

function Bars({
  model: { bars, quantity, base, axisTitle: title },
  width,
}: {
  readonly model: TornadoModel;
  readonly width: number;
}) {
  const reach = roundCeiling(
    Math.max(
      ...bars.flatMap(({ low, high }) =>
        [low, high].map(({ mean, half }) => Math.abs(mean ?? 0) + Math.min(half ?? 0, Math.abs(mean ?? 0))),
      ),
      0,
    ),
  );
  const inner = width - 2 * SIDE;
  const at = (value: number) => SIDE + (inner * (value + reach)) / (2 * reach);
  const ticks = linearTicks(quantity, reach, 3);
  const bottom = TOP + ROW * bars.length;
  const both = [...ticks.values.filter((value) => value > 0).map((value) => -value), ...ticks.values];
  return (
    <>
      <defs>
        <pattern id="tornado-less" width={8} height={8} patternUnits="userSpaceOnUse">
          <rect width={8} height={8} fill="var(--chart-2)" />
          <path d={HATCH} stroke="var(--surface)" strokeWidth={1.75} strokeOpacity={0.7} />
        </pattern>
      </defs>
      {both.map((value) => (
        <g key={value}>
          <line className={styles.grid} x1={at(value)} x2={at(value)} y1={TOP} y2={bottom} />
          <text className={plotStyles.tick} x={at(value)} y={bottom + 14} textAnchor="middle">
            {value === 0 ? "0" : `${value < 0 ? "−" : "+"}${ticks.format(Math.abs(value))}`}
          </text>
        </g>
      ))}
      <text className={plotStyles.axisTitle} x={width - 4} y={bottom + 29} textAnchor="end">
        {axisTitle(title, ticks.unit)}
      </text>
      {bars.map(({ key, label, low, high }, row) => (
        <g key={key}>
          <text className={styles.label} x={SIDE} y={TOP + ROW * row + 13}>
            {label}
          </text>
          {[low, high].map((end, place) => (
            <End
              key={place === 0 ? "low" : "high"}
              end={end}
              isLow={place === 0}
              y={TOP + ROW * row + LABEL + place * BAR}
              at={at}
            />
          ))}
        </g>
      ))}
      <line className={styles.base} x1={at(0)} x2={at(0)} y1={TOP - 4} y2={bottom} />
      <text className={styles.baseName} x={at(0)} y={12} textAnchor="middle">
        now {base}
      </text>
    </>
  );
}

interface EndProps {
  readonly end: TornadoEnd;
  readonly isLow: boolean;
  readonly y: number;
  readonly at: (value: number) => number;
}

function End({ end: { mean, half, input, text }, isLow, y, at }: EndProps) {
  if (mean === null) return null;
  const [from, to] = [Math.min(at(0), at(mean)), Math.max(at(0), at(mean))];
  const middle = y + (BAR - 2) / 2;
  return (
    <g>
      <title>{`${input}: ${text}`}</title>
      <rect
        x={from}
        y={y}
        width={Math.max(1, to - from)}
        height={BAR - 2}
        fill={isLow ? "url(#tornado-less)" : "var(--chart-1)"}
      />
      {half !== null && half > 0 && (
        <path
          className={styles.whisker}
          d={`M${at(mean - half)} ${middle - 3}v6M${at(mean - half)} ${middle}H${at(mean + half)}M${at(mean + half)} ${middle - 3}v6`}
        />
      )}
    </g>
  );
}

function tornadoTable({ bars, quantity, ends }: TornadoModel): ChartTable {
  const head = ["input", ends.low, `± of ${ends.low}`, ends.high, `± of ${ends.high}`];
  return {
    head,
    fileHead: head,
    rows: bars.map(({ low, high }, row) => [
      row,
      low.mean ?? Number.NaN,
      low.half ?? Number.NaN,
      high.mean ?? Number.NaN,
      high.half ?? Number.NaN,
    ]),
    quantities: ["count", quantity, quantity, quantity, quantity],
    rowTitle: (row) => bars[row]?.label ?? "",
    names: bars.map(({ label }) => label),
  };
}
