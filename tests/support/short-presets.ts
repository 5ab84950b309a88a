import { PRESETS } from "../../src/scenario/presets";
import type { Scenario } from "../../src/scenario/types";

const LONGEST_S = 250;
const WARMUP_S = 20;

/** Every preset by its id, no longer than a few minutes: a day of traffic says no more about the engine's books than its first minutes. */
export const SHORT_PRESETS: readonly (readonly [id: string, scenario: Scenario])[] = PRESETS.map(
  ({ id, scenario }) => {
    const { run } = scenario;
    if (run.durationS <= LONGEST_S) return [id, scenario];
    return [id, { ...scenario, run: { ...run, durationS: LONGEST_S, warmupS: WARMUP_S } }];
  },
);

/** Those of them that stay as they are: traffic and system are at the end what they were at the begin. */
export const STEADY_PRESETS = SHORT_PRESETS.filter(
  ([, { timeline, workloads, fleets, database }]) =>
    timeline.length === 0 &&
    workloads.every((workload) => workload.kind === "replay" || workload.profile === undefined) &&
    fleets.every(({ autoscaler, healthCheck }) => autoscaler === null && healthCheck === null) &&
    database.replicas.autoscaler === null,
);
