import { useId } from "react";
import { usePlotArea, useXAxisScale } from "recharts";
import type { ChartBand, TimeWindow } from "../chart-types";
import { TIME_AXIS_HEIGHT } from "../plot-geometry";
import styles from "./AlarmBands.module.css";
import { KEY_HEIGHT, ROW_HEIGHT } from "./bands-height";

const BAR_HEIGHT = 8;
const TEXT_HEIGHT = 11;
const KEY_WIDTH = 14;
/** As wide as its word needs, with the sign before it. */
const KEYS = [
  { state: "alarm", width: 58 },
  { state: "ok", width: 40 },
  { state: "no-data", width: 66 },
] as const;

interface AlarmBandsProps {
  readonly bands: readonly ChartBand[];
  readonly window: TimeWindow;
}

/** The alarm of each policy over time. A state is told by its shape: a hatched bar, a line, a dotted line. */
export function AlarmBands({ bands, window }: AlarmBandsProps) {
  const area = usePlotArea();
  const scale = useXAxisScale();
  const hatch = useId();
  if (area === undefined || scale === undefined) return null;
  const top = area.y + area.height + TIME_AXIS_HEIGHT;
  const xOf = (atS: number) => scale(Math.min(window.toS, Math.max(window.fromS, atS))) ?? area.x;
  let keyX = area.x + area.width - KEYS.reduce((sum, { width }) => sum + width, 0);
  return (
    <g className={styles.bands}>
      <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse">
        <rect className={styles.alarm} width={6} height={6} />
        <path className={styles.hatch} d="M-1.5,1.5l3,-3M0,6l6,-6M4.5,7.5l3,-3" />
      </pattern>
      <text className={styles.title} x={area.x} y={top + TEXT_HEIGHT}>
        alarms
      </text>
      {KEYS.map(({ state, width }) => {
        const x = keyX;
        keyX += width;
        return (
          <g key={state}>
            <Bar {...{ state, hatch, x, width: KEY_WIDTH, y: top + TEXT_HEIGHT - BAR_HEIGHT }} />
            <text className={styles.title} x={x + KEY_WIDTH + 4} y={top + TEXT_HEIGHT}>
              {state === "no-data" ? "no data" : state}
            </text>
          </g>
        );
      })}
      {bands.map(({ label, rule, spans }, row) => {
        const y = top + KEY_HEIGHT + row * ROW_HEIGHT;
        return (
          <g key={label} data-band={label}>
            <text className={styles.label} x={area.x} y={y + TEXT_HEIGHT}>
              {rule === "" ? label : `${label}: ${rule}`}
            </text>
            {spans
              .filter(({ fromS, toS }) => toS > window.fromS && fromS < window.toS)
              .map(({ fromS, toS, state }) => {
                const x = xOf(fromS);
                return (
                  <Bar
                    key={fromS}
                    {...{ state, hatch, x, width: Math.max(1, xOf(toS) - x), y: y + TEXT_HEIGHT + 2 }}
                  />
                );
              })}
          </g>
        );
      })}
    </g>
  );
}

interface BarProps {
  readonly state: ChartBand["spans"][number]["state"];
  /** The pattern's name. */
  readonly hatch: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

function Bar({ state, hatch, x, y, width }: BarProps) {
  if (state === "alarm")
    return <rect data-state={state} x={x} y={y} width={width} height={BAR_HEIGHT} fill={`url(#${hatch})`} />;
  const middle = y + BAR_HEIGHT / 2;
  return <line className={styles.quiet} data-state={state} x1={x} x2={x + width} y1={middle} y2={middle} />;
}
