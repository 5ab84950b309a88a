import { meanMs } from "../scenario/duration-mean";
import type { Fleet, Scenario } from "../scenario/types";
import { usableConnections } from "../scenario/usable-connections";

/** What a scenario's parts can hold and serve, by arithmetic alone: the numbers behind a verdict. */
export interface Capacity {
  readonly fleet: Fleet;
  /** Threads of one dyno, and of the fleet. */
  readonly threadsPerDyno: number;
  readonly threads: number;
  /** A request's own time: in queries, and in all of its steps, mean in ms. */
  readonly queryMs: number;
  readonly workMs: number;
  /** Requests per second that busy threads serve when nothing else makes them wait; Infinity for requests without work. */
  readonly threadsPerSecond: number;
  /** Connections that the dynos' pools open at most. */
  readonly poolConnections: number;
  /** Connections that the database gives at most. */
  readonly usableConnections: number;
  /** Requests per second that the pooler's server connections serve at most. */
  readonly poolerPerSecond: number;
}

/** The capacity of the scenario's first fleet for its first endpoint. */
export function capacity(scenario: Scenario): Capacity {
  const [fleet] = scenario.fleets;
  const [endpoint] = scenario.endpoints;
  if (fleet === undefined || endpoint === undefined)
    throw new Error("Defect: a scenario without fleet or endpoint");
  let queryMs = 0;
  let workMs = 0;
  for (const step of endpoint.steps) {
    const stepMs = meanMs(step.ms) * (step.kind === "query" ? step.count : 1);
    if (step.kind === "query") queryMs += stepMs;
    workMs += stepMs;
  }
  const threadsPerDyno = fleet.processes * fleet.threads;
  const threads = fleet.dynos * threadsPerDyno;
  const usesDatabase = endpoint.steps.some((step) => step.kind === "query");
  return {
    fleet,
    threadsPerDyno,
    threads,
    queryMs,
    workMs,
    threadsPerSecond: perSecond(threads, workMs),
    poolConnections: usesDatabase
      ? fleet.dynos * fleet.processes * Math.min(fleet.pool.size, fleet.threads)
      : 0,
    usableConnections: usableConnections(scenario.database),
    poolerPerSecond: perSecond(scenario.pooler.connections, queryMs),
  };
}

function perSecond(servers: number, holdMs: number): number {
  return holdMs > 0 ? servers / (holdMs / 1000) : Infinity;
}
