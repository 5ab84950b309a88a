import type { StoryChart } from "../../scenario/stories/story";

/** The page's names for the charts that a step chooses. */
export const PAGE_CHARTS: Readonly<Record<StoryChart, string>> = {
  throughput: "throughput",
  latency: "latency",
  queue: "queue",
  connections: "connections",
  instances: "instances",
  replicas: "replicas",
  "latency-heat": "latency-heat",
  "dynos-heat": "dynos",
  stages: "breakdown",
  distribution: "distribution",
};
