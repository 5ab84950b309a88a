import { type ReactElement, useMemo, useRef, useState } from "react";
import type { RunSummary } from "../../analysis/result-types";
import { type ChartActions, ChartContext } from "./ChartContext";
import styles from "./ChartGrid.module.css";
import type { ChartView, LatencyScale, TimeWindow } from "./chart-types";
import { createCursorStore } from "./cursor-store";
import { wholeRun } from "./cut-columns";
import { DistributionChart } from "./DistributionChart";
import { HeatChart } from "./HeatChart";
import { LatencyChart } from "./LatencyChart";
import { connectionsModel } from "./models/connections-model";
import { dynosModel } from "./models/dynos-model";
import { latencyHeatModel } from "./models/latency-heat-model";
import { queueModel } from "./models/queue-model";
import { throughputModel } from "./models/throughput-model";
import { createStagger, type Stagger } from "./stagger";
import { TimeChart } from "./TimeChart";
import { useLatest } from "./use-latest";
import { useStaggered } from "./use-staggered";
import { useWidth } from "./use-width";

export interface ChartGridProps {
  readonly summary: RunSummary;
  /** The pinned run, drawn as thin dashed lines; null where none is pinned. */
  readonly baseline: RunSummary | null;
  /** While a control is dragged: fewer points. */
  readonly isPreview: boolean;
  readonly latencyScale: LatencyScale;
  readonly onLatencyScale: (scale: LatencyScale) => void;
  /**
   * Keys of series whose legend button was pressed. Most series are hidden by it; those that are off at first (p75, p90,
   * max) are shown by it.
   */
  readonly hiddenSeries: readonly string[];
  readonly onToggleSeries: (key: string) => void;
}

interface Place {
  readonly id: string;
  readonly draw: (view: ChartView) => ReactElement;
  readonly isWide?: true;
}

/** In the order of a reader's questions. */
const PLACES: readonly Place[] = [
  { id: "throughput", draw: (view) => <TimeChart view={view} build={throughputModel} /> },
  { id: "latency", draw: (view) => <LatencyChart view={view} /> },
  { id: "connections", draw: (view) => <TimeChart view={view} build={connectionsModel} /> },
  { id: "queue", draw: (view) => <TimeChart view={view} build={queueModel} /> },
  { id: "latency-heat", draw: (view) => <HeatChart view={view} build={latencyHeatModel} /> },
  { id: "dynos", draw: (view) => <HeatChart view={view} build={dynosModel} /> },
  { id: "distribution", draw: (view) => <DistributionChart view={view} />, isWide: true },
];

const TWO_COLUMNS_FROM = 900;
/** In a narrower column titles and legends take two lines. */
const NARROW_UP_TO = 480;
const GAP = 12;

/** All charts of a run. New results reach each chart in a task of its own, so that the page stays responsive. */
export default function ChartGrid(props: ChartGridProps) {
  const { summary, baseline, isPreview, latencyScale, hiddenSeries } = props;
  const element = useRef<HTMLDivElement>(null);
  const gridWidth = useWidth(element);
  const columns = gridWidth >= TWO_COLUMNS_FROM ? 2 : 1;
  const isNarrow = columns === 1 && gridWidth < NARROW_UP_TO ? true : undefined;
  const [stagger] = useState(createStagger);
  const [zoom, setZoom] = useState<TimeWindow | null>(null);
  const latest = useLatest(props);
  const [actions] = useState<ChartActions>(() => ({
    cursor: createCursorStore(),
    toggleSeries: (key) => latest.current.onToggleSeries(key),
    setLatencyScale: (scale) => latest.current.onLatencyScale(scale),
    zoom: setZoom,
  }));

  const { toS } = wholeRun(summary);
  // Of a run that has become shorter than the window, there is nothing left to see in it.
  const window = zoom !== null && zoom.toS <= toS * 1.001 ? zoom : null;
  const toggled = useMemo(() => new Set(hiddenSeries), [hiddenSeries]);
  const view = useMemo<ChartView>(
    () => ({
      summary,
      baseline,
      isPreview,
      latencyScale,
      toggled,
      zoom: window,
      columnWidth: columns === 2 ? Math.floor((gridWidth - GAP) / 2) : gridWidth,
      gridWidth,
    }),
    [summary, baseline, isPreview, latencyScale, toggled, window, columns, gridWidth],
  );

  return (
    <ChartContext value={actions}>
      <div className={styles.grid} ref={element} data-columns={columns} data-narrow={isNarrow}>
        {PLACES.map(({ id, draw, isWide }) => (
          <div key={id} className={styles.place} data-wide={isWide}>
            {gridWidth > 0 && <Slot draw={draw} view={view} stagger={stagger} />}
          </div>
        ))}
      </div>
    </ChartContext>
  );
}

interface SlotProps {
  readonly draw: (view: ChartView) => ReactElement;
  readonly view: ChartView;
  readonly stagger: Stagger;
}

/** A chart that gets new views when it is its turn. */
function Slot({ draw, view, stagger }: SlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const shown = useStaggered(stagger, element, view);
  return <div ref={element}>{shown === null ? <div className={styles.waiting} /> : draw(shown)}</div>;
}
