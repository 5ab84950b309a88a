import { lazy, Suspense } from "react";
import { ErrorBoundary } from "../shell/ErrorBoundary";
import { useShownCharts } from "../shell/presentation";
import { useBaseline, useLive, usePreferences, useRun, useSession } from "../shell/session-context";
import styles from "./ChartArea.module.css";

const loadCharts = () => import("../charts/ChartGrid");
const ChartGrid = lazy(loadCharts);

/** As many as every scenario has. */
const CHARTS = 9;

/** The charts' places while their code or the first result is under way: the same size, so that nothing jumps. */
function ChartSkeletons() {
  return (
    <div className={styles.grid} aria-hidden="true">
      {Array.from({ length: CHARTS }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places are all alike
        <div className={styles.skeleton} key={place} />
      ))}
    </div>
  );
}

function Charts() {
  const session = useSession();
  const summary = useRun((state) => state.summary);
  const isPreview = useRun((state) => state.isPreview);
  const isPlaying = useLive((state) => state.isPlaying);
  const follow = useLive((state) => state.window);
  const baseline = useBaseline((state) => state.summary);
  const latencyScale = usePreferences((state) => state.latencyScale);
  const hiddenSeries = usePreferences((state) => state.hiddenSeries);
  const shownCharts = useShownCharts();
  if (summary === null) return <ChartSkeletons />;

  function toggleSeries(key: string) {
    const isHidden = hiddenSeries.includes(key);
    const next = isHidden ? hiddenSeries.filter((hidden) => hidden !== key) : [...hiddenSeries, key];
    session.preferences.setState({ hiddenSeries: next });
  }

  return (
    <ChartGrid
      summary={summary}
      baseline={baseline}
      follow={follow}
      only={shownCharts}
      isPreview={isPreview || isPlaying}
      latencyScale={latencyScale}
      onLatencyScale={(scale) => session.preferences.setState({ latencyScale: scale })}
      hiddenSeries={hiddenSeries}
      onToggleSeries={toggleSeries}
    />
  );
}

/** The charts. Their code is loaded after the rest of the page. */
export function ChartArea() {
  return (
    <section className={styles.area} id="charts" aria-label="Charts">
      <ErrorBoundary
        part="The charts"
        advice="Your scenario and its figures are kept. Try again, or reload the page: the address holds the scenario."
      >
        <Suspense fallback={<ChartSkeletons />}>
          <Charts />
        </Suspense>
      </ErrorBoundary>
    </section>
  );
}
