import { lazy } from "react";
import { metricText } from "../../analysis/claims/claim-text";
import { METRICS } from "../../analysis/claims/measures";
import { scenarioOfStep } from "../../scenario/stories/step-runs";
import type { StoryStep, VariantChart as VariantChartDocument } from "../../scenario/stories/story";
import { runKey, type StoryRunsState } from "../../store/story-runs";

const VariantChart = lazy(() => import("../charts/VariantChart"));

interface StepChartProps {
  readonly step: StoryStep;
  readonly chart: VariantChartDocument;
  readonly runs: StoryRunsState;
}

/** A number of each variant of a step, as far as they are simulated. */
export function StepChart({ step, chart, runs }: StepChartProps) {
  const metric = METRICS[chart.metric];
  const points = (step.variants ?? []).flatMap(({ id, x, line }) => {
    const scenario = scenarioOfStep(step, id);
    const summary = scenario === undefined ? undefined : runs.summaries.get(runKey(scenario));
    if (x === undefined || summary === undefined) return [];
    const { value, half } = metric.of(summary, { metric: chart.metric, of: id });
    return value === null ? [] : [{ line: line ?? metric.label, x, value, half }];
  });
  const names = [...new Set((step.variants ?? []).map(({ line }) => line ?? metric.label))];
  return (
    <VariantChart
      title={chart.title}
      axis={chart.axis}
      valueTitle={metric.label}
      format={(value) => metricText(metric.unit, value)}
      lines={names.map((label) => ({ label, points: points.filter(({ line }) => line === label) }))}
    />
  );
}
