import type { RunSummary } from "../../../analysis/result-types";
import { meanMs } from "../../../scenario/duration-mean";

/* Which parts a run's scenario uses: whether their charts are shown is known before their code is fetched. */

export type Processors = "cpu" | "databaseCpu" | "replicaCpu";

/** Whether a balancer keeps a line of its own, which is what tells the lines apart. */
export function hasBalancerLine({ figures }: RunSummary): boolean {
  return figures.scenario.fleets.some(({ maxOutstandingPerDyno }) => maxOutstandingPerDyno !== null);
}

/** Whose processors a run's scenario gives anything to do. */
export function usedProcessors({ figures }: RunSummary): readonly Processors[] {
  const { endpoints, database } = figures.scenario;
  const steps = endpoints.flatMap((endpoint) => endpoint.steps);
  const isQueried = steps.some((step) => step.kind === "query" && meanMs(step.cpuMs) > 0);
  return [
    ...(steps.some(({ kind }) => kind === "cpu") ? (["cpu"] as const) : []),
    ...(isQueried ? (["databaseCpu"] as const) : []),
    ...(isQueried && database.replicas.count > 0 ? (["replicaCpu"] as const) : []),
  ];
}

/** Whether a run has replicas to show, from its beginning or later. */
export function hasReplicas({ figures, series }: RunSummary): boolean {
  return figures.scenario.database.replicas.count > 0 || series.replicas.some((count) => count > 0);
}
