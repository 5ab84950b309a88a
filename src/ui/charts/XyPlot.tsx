import { type KeyboardEvent, memo, type PointerEvent, type RefObject, useMemo, useState } from "react";
import { ChartTooltip } from "./ChartTooltip";
import plotStyles from "./Plot.module.css";
import { axisTitle } from "./PlotAxes";
import { AXIS_WIDTH } from "./plot-geometry";
import { valueText } from "./value-text";
import styles from "./Xy.module.css";
import { XyLayers } from "./XyLayers";
import { horizontalScale, verticalScale } from "./xy-scale";
import { boundAt, measuredPlaces, xText } from "./xy-table";
import type { XyModel } from "./xy-types";

const TOP = 26;
const PLOT = 176;
const BELOW = 38;
const RIGHT = 16;
const HEIGHT = TOP + PLOT + BELOW;
/** Wider than what is pointed at, so that it stays beside it. */
const TOOLTIP_SIDE = 0.55;

interface XyPlotProps {
  readonly model: XyModel;
  readonly width: number;
  readonly plot: RefObject<HTMLDivElement | null>;
}

/** The drawing, and a cursor that goes from point to point by pointer and arrow keys. */
export const XyPlot = memo(function XyPlot({ model, width, plot }: XyPlotProps) {
  const [cursor, setCursor] = useState<{ readonly place: number; readonly isByKey: boolean } | null>(null);
  const inner = Math.max(1, width - AXIS_WIDTH - RIGHT);
  const x = useMemo(() => horizontalScale(model, AXIS_WIDTH, inner), [model, inner]);
  const y = useMemo(() => verticalScale(model, TOP, PLOT), [model]);
  const places = useMemo(
    () => measuredPlaces(model).filter((place) => place >= x.low && place <= x.high),
    [model, x],
  );
  const at = cursor === null ? undefined : places[Math.min(cursor.place, places.length - 1)];
  const rows = at === undefined ? [] : rowsAt(model, at);
  const text =
    at === undefined
      ? ""
      : [`${xText(model, at)}: ${rows.map(({ label, value }) => `${label} ${value}`).join(", ")}`].join();

  function point(event: PointerEvent<SVGSVGElement>) {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left;
    let nearest = 0;
    for (const [place, value] of places.entries()) {
      if (Math.abs(x.at(value) - left) < Math.abs(x.at(places[nearest] ?? 0) - left)) nearest = place;
    }
    setCursor({ place: nearest, isByKey: false });
  }

  function onKeyDown(event: KeyboardEvent) {
    const last = places.length - 1;
    const present = cursor?.place ?? -1;
    const next = { ArrowRight: present + 1, ArrowLeft: present - 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape" && cursor !== null) {
      event.stopPropagation();
      setCursor(null);
    }
    if (next === undefined) return;
    event.preventDefault();
    setCursor({ place: Math.min(last, Math.max(0, next)), isByKey: true });
  }

  return (
    <div className={styles.plot} ref={plot}>
      <svg
        className={styles.drawing}
        data-picture
        width={width}
        height={HEIGHT}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys read it, point by point
        tabIndex={0}
        aria-roledescription="chart"
        aria-label={`${model.title}. Arrow keys read the values.`}
        onPointerMove={point}
        onPointerLeave={() => setCursor(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
      >
        <text className={plotStyles.axisTitle} x={4} y={10}>
          {axisTitle(model.yAxis.title, y.ticks.unit)}
        </text>
        <text className={plotStyles.axisTitle} x={AXIS_WIDTH + inner} y={HEIGHT - 4} textAnchor="end">
          {axisTitle(model.xAxis.title, x.ticks.unit)}
        </text>
        <XyLayers
          model={model}
          x={x}
          y={y}
          box={{ left: AXIS_WIDTH, top: TOP, width: inner, height: PLOT }}
        />
        {at !== undefined && (
          <g className={plotStyles.cursor} data-export="none">
            <line x1={x.at(at)} x2={x.at(at)} y1={TOP} y2={TOP + PLOT} />
            {model.lines.flatMap(({ key, color, points }) =>
              points
                .filter((one) => one.x === at)
                .map(({ value }) => (
                  <circle key={`${key} ${value}`} cx={x.at(at)} cy={y.at(value)} r={4} fill={color} />
                )),
            )}
          </g>
        )}
      </svg>
      {at !== undefined && (
        <div
          className={styles.tooltip}
          style={
            x.at(at) > width * TOOLTIP_SIDE
              ? { insetInlineEnd: width - x.at(at) + 10 }
              : { insetInlineStart: x.at(at) + 10 }
          }
        >
          <ChartTooltip title={`${model.xAxis.title}: ${xText(model, at)}`} rows={rows} />
        </div>
      )}
      <output className="visually-hidden" aria-live="polite">
        {cursor?.isByKey === true ? text : ""}
      </output>
    </div>
  );
});

function rowsAt({ lines, yAxis }: XyModel, at: number) {
  const text = (value: number) => valueText(yAxis.quantity, value);
  return lines.flatMap((line) => {
    const { key, label, color, dash, look, points } = line;
    const swatch = { color, dash, look: look === "bound" ? ("thin" as const) : ("line" as const) };
    if (look === "bound") {
      const value = boundAt(line, at);
      return value === null ? [] : [{ key, label, value: text(value), swatch }];
    }
    return points
      .filter(({ x }) => x === at)
      .map(({ value, low, high, note }) => ({
        key: `${key} ${value} ${note ?? ""}`,
        label: note ?? label,
        value: text(value) + (low === undefined || high === undefined ? "" : ` ± ${text((high - low) / 2)}`),
        swatch,
      }));
  });
}
