import type { StoryChart } from "../../scenario/stories/story";

/** The charts that a step can choose, as readers know them. */
export const CHART_NAMES: Readonly<Record<StoryChart, string>> = {
  throughput: "Throughput and failures",
  latency: "Latency",
  queue: "Queue time",
  connections: "Connections",
  instances: "Instances",
  replicas: "Replicas",
  "latency-heat": "Latency as a heat map",
  "dynos-heat": "Dynos over time",
  stages: "Where the time goes",
  distribution: "Distribution of latency",
};
