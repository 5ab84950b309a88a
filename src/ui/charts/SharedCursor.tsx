import { type RefObject, useEffect, useSyncExternalStore } from "react";
import {
  useActiveTooltipLabel,
  useIsTooltipActive,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  ZIndexLayer,
} from "recharts";
import { useChartActions } from "./ChartContext";
import type { CursorPoint } from "./cursor-store";
import { nearestPoint } from "./cut-columns";
import styles from "./Plot.module.css";

const CURSOR_LAYER = 1100;
const DOT_RADIUS = 3;

/** Where the reader points, in whichever chart; null where nowhere. */
export function useCursor(): CursorPoint | null {
  const { cursor } = useChartActions();
  return useSyncExternalStore(cursor.subscribe, cursor.get);
}

interface CursorReporterProps {
  readonly chart: string;
  readonly plot: RefObject<Element | null>;
}

/** Tells all charts where the reader points in this one. Stands inside a Recharts chart, whose cursor it reads. */
export function CursorReporter({ chart, plot }: CursorReporterProps) {
  const { cursor } = useChartActions();
  const isActive = useIsTooltipActive();
  const label = useActiveTooltipLabel();
  const timeS = isActive && label !== undefined ? Number(label) : Number.NaN;
  useEffect(() => {
    if (Number.isNaN(timeS)) {
      cursor.clear(chart);
      return;
    }
    const focused = document.activeElement;
    const isByKeyboard =
      focused !== null && (plot.current?.contains(focused) ?? false) && focused.matches(":focus-visible");
    cursor.set({ timeS, chart, isByKeyboard });
  }, [cursor, chart, plot, timeS]);
  useEffect(() => () => cursor.clear(chart), [cursor, chart]);
  return null;
}

interface SharedCursorProps {
  readonly x: Float64Array;
  readonly dots: readonly { readonly key: string; readonly color: string; readonly values: Float64Array }[];
}

/** The shared cursor's line, and a dot on each series. Stands inside a Recharts chart, whose scales it uses. */
export function SharedCursor({ x, dots }: SharedCursorProps) {
  const point = useCursor();
  const area = usePlotArea();
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const isDrawn = point !== null && area !== undefined && xScale !== undefined && yScale !== undefined;
  const index = isDrawn ? nearestPoint(x, point.timeS) : -1;
  const across = isDrawn ? xScale(x[index]) : undefined;
  const isInside =
    isDrawn && across !== undefined && across >= area.x - 0.5 && across <= area.x + area.width + 0.5;
  return (
    <ZIndexLayer zIndex={CURSOR_LAYER}>
      {isInside && (
        <g className={styles.cursor} data-export="none">
          <line x1={across} x2={across} y1={area.y} y2={area.y + area.height} />
          {dots.map(({ key, color, values }) => {
            const down = yScale(values[index]);
            if (down === undefined || !Number.isFinite(down) || down < area.y - 1) return null;
            return <circle key={key} cx={across} cy={down} r={DOT_RADIUS} fill={color} />;
          })}
        </g>
      )}
    </ZIndexLayer>
  );
}
