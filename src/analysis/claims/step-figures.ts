import type { Metric } from "../../scenario/stories/story";
import type { RunSummary } from "../result-types";
import { metricText } from "./claim-text";
import { METRICS } from "./measures";

const FIGURES: readonly Metric[] = [
  "throughput",
  "latencyP50",
  "latencyP95",
  "latencyP99",
  "queueP95",
  "failureRate",
  "monthlyUsd",
];

/** The figures of a run, with the half width of their 95 % interval where that is known. */
export function stepFigures(summary: RunSummary): readonly (readonly [name: string, value: string])[] {
  return FIGURES.map((metric) => {
    const { label, unit, of } = METRICS[metric];
    const { value, half } = of(summary, { metric });
    // "0 %" would say that few fail.
    if (metric === "failureRate" && value === 0) return [label, "none"];
    const text = value === null ? "nothing" : metricText(unit, value);
    return [label, half === null || half === 0 ? text : `${text} ± ${metricText(unit, half)}`];
  });
}
