import { createRoot } from "react-dom/client";
import type { RunSummary } from "../../../analysis/result-types";
import type { StoryStep } from "../../../scenario/stories/story";
import type { StoryRunsState } from "../../../store/story-runs";
import { CHART_NAMES } from "../chart-names";
import { PAGE_CHARTS } from "../page-charts";
import styles from "./take-pictures.module.css";
import type { Picture } from "./told-step";

/** A chart that is not drawn by then has nothing to draw. */
const LONGEST_WAIT_MS = 10_000;
const LOOK_EVERY_MS = 50;

const nothing = () => undefined;

/** Draws the charts of a step behind the page, one after the other, and gives their pictures. */
export async function takePictures(
  step: StoryStep,
  summary: RunSummary,
  runs: StoryRunsState,
): Promise<readonly Picture[]> {
  const [{ default: ChartGrid }, { StepChart }] = await Promise.all([
    import("../../charts/ChartGrid"),
    import("../StepChart"),
  ]);
  const pictures: Picture[] = [];
  if (step.chart !== undefined) {
    const png = await take(<StepChart step={step} chart={step.chart} runs={runs} />);
    if (png !== null) pictures.push({ name: `${step.label}-variants`, alternative: step.chart.title, png });
  }
  for (const chart of step.charts) {
    const id = PAGE_CHARTS[chart];
    const png = await take(
      <ChartGrid
        summary={summary}
        baseline={null}
        follow={null}
        only={[id]}
        isPreview={false}
        latencyScale="linear"
        onLatencyScale={nothing}
        hiddenSeries={[]}
        onToggleSeries={nothing}
      />,
    );
    if (png !== null)
      pictures.push({
        name: `${step.label}-${id}`,
        alternative: `${step.title}: ${CHART_NAMES[chart]}`,
        png,
      });
  }
  return pictures;
}

/** The picture of what is one chart; null where it has nothing to draw. */
async function take(chart: React.ReactElement): Promise<Blob | null> {
  const studio = document.createElement("div");
  studio.className = styles.studio ?? "";
  studio.inert = true;
  document.body.append(studio);
  const root = createRoot(studio);
  const { pictureOf } = await import("../../charts/chart-pictures");
  try {
    root.render(chart);
    const figure = await drawnFigure(studio);
    return (await (figure === null ? undefined : pictureOf(figure))?.()) ?? null;
  } finally {
    root.unmount();
    studio.remove();
  }
}

async function drawnFigure(studio: HTMLElement): Promise<Element | null> {
  for (let waitedMs = 0; waitedMs < LONGEST_WAIT_MS; waitedMs += LOOK_EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const figure = studio.querySelector("[data-chart]");
    const isDrawn = figure?.querySelector("svg.recharts-surface, svg[data-picture]") != null;
    if (figure !== null && isDrawn) return figure;
    // A run that has no such part has no such chart.
    const grid = studio.querySelector("[data-columns]");
    if (grid !== null && grid.childElementCount === 0) return null;
  }
  return null;
}
