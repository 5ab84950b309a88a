import { lazy, type ReactElement, Suspense, useMemo, useRef, useState } from "react";
import type { RunSummary } from "../../analysis/result-types";
import { useWidth } from "../controls/use-width";
import { type ChartActions, ChartContext } from "./ChartContext";
import styles from "./ChartGrid.module.css";
import type { ChartView, LatencyScale, TimeWindow } from "./chart-types";
import { createCursorStore } from "./cursor-store";
import { wholeRun } from "./cut-columns";
import { LatencyChart } from "./LatencyChart";
import { hasChangingInstances } from "./models/changing-instances";
import { connectionsModel, usesPrimary } from "./models/connections-model";
import { queueModel } from "./models/queue-model";
import { throughputModel } from "./models/throughput-model";
import { hasBalancerLine, hasReplicas, usedProcessors } from "./models/used-parts";
import { createStagger, type Stagger } from "./stagger";
import { TimeChart } from "./TimeChart";
import { useLatest } from "./use-latest";
import { useStaggered } from "./use-staggered";

export interface ChartGridProps {
  readonly summary: RunSummary;
  /** The pinned run, drawn as thin dashed lines; null where none is pinned. */
  readonly baseline: RunSummary | null;
  /** What is shown of a run that goes on, while the reader has not zoomed; null: the whole run. */
  readonly follow: TimeWindow | null;
  /** The ids of the charts to show; null: all. */
  readonly only: readonly string[] | null;
  /** While a control is dragged, or time runs: fewer points. */
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

// Loaded when a reader comes near: see docs/decisions/what-loads-first.md.
const BreakdownChart = lazy(async () => ({ default: (await import("./stages/StageCharts")).BreakdownChart }));
const WaterfallChart = lazy(async () => ({ default: (await import("./stages/StageCharts")).WaterfallChart }));
const LowerChart = lazy(async () => ({ default: (await import("./LowerChart")).LowerChart }));
/** Only for runs in which instances come and go: see docs/decisions/what-loads-first.md. */
const InstancesChart = lazy(async () => ({
  default: (await import("./scaling/InstancesChart")).InstancesChart,
}));

interface Place {
  readonly id: string;
  readonly draw: (view: ChartView) => ReactElement;
  /** Of a part that not every scenario has: whether this run's does. Absent: always there. */
  readonly isUsed?: (run: RunSummary) => boolean;
  /** Drawn once the reader has come near, since its code is fetched for it. */
  readonly isFetchedNear?: boolean;
  /** Whether it takes the whole width, and as much height as it needs. */
  readonly isLarge?: (run: RunSummary) => boolean;
}

/** In the order of a reader's questions. The last one that needs no whole width takes it where it has no neighbour. */
const PLACES: readonly Place[] = [
  { id: "throughput", draw: (view) => <TimeChart view={view} build={throughputModel} /> },
  { id: "latency", draw: (view) => <LatencyChart view={view} /> },
  {
    id: "instances",
    draw: (view) => <InstancesChart view={view} />,
    isUsed: hasChangingInstances,
    isLarge: ({ scaling }) => scaling.length > 0,
  },
  {
    id: "connections",
    draw: (view) => <TimeChart view={view} build={connectionsModel} />,
    isUsed: usesPrimary,
  },
  { id: "queue", draw: (view) => <TimeChart view={view} build={queueModel} /> },
  {
    id: "lines",
    draw: (view) => <LowerChart view={view} chart="lines" />,
    isUsed: hasBalancerLine,
    isFetchedNear: true,
  },
  { id: "breakdown", draw: (view) => <BreakdownChart view={view} />, isFetchedNear: true },
  { id: "waterfall", draw: (view) => <WaterfallChart view={view} />, isFetchedNear: true },
  {
    id: "processors",
    draw: (view) => <LowerChart view={view} chart="processors" />,
    isUsed: (run) => usedProcessors(run).length > 0,
    isFetchedNear: true,
  },
  {
    id: "replicas",
    draw: (view) => <LowerChart view={view} chart="replicas" />,
    isUsed: hasReplicas,
    isFetchedNear: true,
  },
  {
    id: "latency-heat",
    draw: (view) => <LowerChart view={view} chart="latency-heat" />,
    isFetchedNear: true,
  },
  { id: "dynos", draw: (view) => <LowerChart view={view} chart="dynos" />, isFetchedNear: true },
  {
    id: "distribution",
    draw: (view) => <LowerChart view={view} chart="distribution" />,
    isFetchedNear: true,
  },
];

const TWO_COLUMNS_FROM = 900;
/** In a narrower column titles and legends take two lines. */
const NARROW_UP_TO = 480;
const GAP = 12;

/** All charts of a run. New results reach each chart in a task of its own, so that the page stays responsive. */
export default function ChartGrid(props: ChartGridProps) {
  const { summary, baseline, follow, only, isPreview, latencyScale, hiddenSeries } = props;
  const element = useRef<HTMLDivElement>(null);
  const gridWidth = useWidth(element);
  const columns = gridWidth >= TWO_COLUMNS_FROM ? 2 : 1;
  const isNarrow = columns === 1 && gridWidth < NARROW_UP_TO ? true : undefined;
  const [stagger] = useState(createStagger);
  const [zoom, setZoom] = useState<TimeWindow | "whole" | null>(null);
  const latest = useLatest(props);
  const [actions] = useState<ChartActions>(() => ({
    cursor: createCursorStore(),
    toggleSeries: (key) => latest.current.onToggleSeries(key),
    setLatencyScale: (scale) => latest.current.onLatencyScale(scale),
    // Out of what is followed leads to the whole run, and from there back.
    zoom: (window) =>
      setZoom((last) => window ?? (last === null && latest.current.follow !== null ? "whole" : null)),
  }));

  const { toS } = wholeRun(summary);
  // Of a run that has become shorter than the window, there is nothing left to see in it.
  const isZoomed = zoom !== null && zoom !== "whole" && zoom.toS <= toS * 1.001;
  const window = isZoomed ? zoom : zoom === "whole" ? null : follow;
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
    }),
    [summary, baseline, isPreview, latencyScale, toggled, window, columns, gridWidth],
  );

  const places = PLACES.filter(
    ({ id, isUsed }) => (only === null || only.includes(id)) && (isUsed === undefined || isUsed(summary)),
  );
  const large = new Set(places.filter(({ isLarge }) => isLarge?.(summary)).map(({ id }) => id));
  const small = places.filter(({ id }) => !large.has(id));
  const alone = columns === 2 && small.length % 2 === 1 ? small.at(-1) : undefined;
  const wideView = useMemo<ChartView>(() => ({ ...view, columnWidth: gridWidth }), [view, gridWidth]);

  return (
    <ChartContext value={actions}>
      <div className={styles.grid} ref={element} data-columns={columns} data-narrow={isNarrow}>
        {places.map((place) => {
          const isLarge = large.has(place.id);
          const isWide = isLarge || place === alone;
          return (
            <div
              key={place.id}
              className={styles.place}
              data-place={place.id}
              data-wide={isWide || undefined}
              data-large={isLarge || undefined}
            >
              {gridWidth > 0 && <Slot place={place} view={isWide ? wideView : view} stagger={stagger} />}
            </div>
          );
        })}
      </div>
    </ChartContext>
  );
}

interface SlotProps {
  readonly place: Place;
  readonly view: ChartView;
  readonly stagger: Stagger;
}

/** A chart that gets new views when it is its turn. */
function Slot({ place: { draw, isFetchedNear = false }, view, stagger }: SlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const { shown, hasBeenNear } = useStaggered(stagger, element, view);
  const isWaiting = shown === null || (isFetchedNear && !hasBeenNear);
  const waiting = <div className={styles.waiting} />;
  return (
    <div ref={element}>{isWaiting ? waiting : <Suspense fallback={waiting}>{draw(shown)}</Suspense>}</div>
  );
}
