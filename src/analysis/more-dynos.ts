import { formatSegment } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import type { Capacity } from "./capacity";
import type { Suggestion } from "./verdict-types";

/** Threads busier than this make requests wait noticeably. */
const COMFORTABLE_SHARE = 0.75;

/**
 * As many dynos as hold the traffic with room: a thread for each closed client, or threads busy for 75 % by an open rate; never fewer than one
 * more than now. With them, the pooler, where their pools would open more connections than the database gives.
 */
export function moreDynos(scenario: Scenario, limits: Capacity): Suggestion {
  const { fleet, threadsPerDyno, workMs, usableConnections } = limits;
  const [workload] = scenario.workloads;
  let threads = limits.threads;
  if (workload?.kind === "closed") threads = workload.clients;
  if (workload?.kind === "open") threads = (workload.requestsPerSecond * workMs) / 1000 / COMFORTABLE_SHARE;
  const dynos = Math.max(fleet.dynos + 1, Math.ceil(threads / threadsPerDyno));
  const changes: { path: string; value: unknown }[] = [
    { path: `fleets.${formatSegment(fleet.name)}.dynos`, value: dynos },
  ];
  const connections = dynos * fleet.processes * Math.min(fleet.pool.size, fleet.threads);
  const needsPooler =
    limits.poolConnections > 0 && connections > usableConnections && !scenario.pooler.enabled;
  if (needsPooler) changes.push({ path: "pooler.enabled", value: true });
  return { label: `Run ${dynos} dynos${needsPooler ? ", with the pooler on" : ""}`, changes };
}
