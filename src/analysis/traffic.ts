import { meanMs } from "../scenario/duration-mean";
import type { Endpoint, Fleet, Mix, ReplayWorkload, Scenario, Step, Workload } from "../scenario/types";

/** Recorded requests that are looked at for their mean; of more, evenly spaced ones. */
const MOST_ROWS = 10_000;

/** The requests of one workload for one endpoint on one fleet. */
export interface Flow {
  readonly workload: Workload;
  readonly endpoint: Endpoint;
  readonly fleet: Fleet;
  /** How many the workload would send, were nothing to make its requests wait. */
  readonly perSecond: number;
  /** Mean of one repetition of each step. */
  readonly stepMs: readonly number[];
}

/** How long a step takes with all its repetitions, in ms. */
export function repeated(step: Step, ms: number): number {
  return step.kind === "query" ? step.count * ms : ms;
}

/** All requests that a scenario asks for, by workload, endpoint and fleet; those of no weight are left out. */
export function flows(scenario: Scenario): Flow[] {
  const endpoints = new Map(scenario.endpoints.map((endpoint) => [endpoint.name, endpoint]));
  const fleets = new Map(scenario.fleets.map((fleet) => [fleet.name, fleet]));
  return scenario.workloads.flatMap((workload) => {
    const shares = Object.entries(endpointShares(workload)).flatMap(([name, share]) => {
      const endpoint = endpoints.get(name);
      return endpoint === undefined || share === 0
        ? []
        : { endpoint, share, stepMs: stepMeans(workload, endpoint) };
    });
    const workMs = shares.reduce(
      (sum, { endpoint, share, stepMs }) => sum + share * lengthOf(endpoint, stepMs),
      0,
    );
    const perSecond = demandOf(workload, workMs, scenario.run.durationS);
    return shares.flatMap(({ endpoint, share, stepMs }) =>
      Object.entries(fleetShares(endpoint)).flatMap(([name, part]) => {
        const fleet = fleets.get(name);
        if (fleet === undefined || part === 0) return [];
        return { workload, endpoint, fleet, perSecond: perSecond * share * part, stepMs };
      }),
    );
  });
}

function lengthOf({ steps }: Endpoint, stepMs: readonly number[]): number {
  return steps.reduce((sum, step, i) => sum + repeated(step, stepMs[i] ?? 0), 0);
}

/** Of what a workload sends, how much goes to each endpoint; sums to 1. */
function endpointShares(workload: Workload): Mix {
  if (workload.kind === "replay") return { [workload.endpoint]: 1 };
  const weights = new Map<string, number>();
  for (const name of workload.journey ?? []) weights.set(name, (weights.get(name) ?? 0) + 1);
  for (const [name, weight] of Object.entries(workload.mix ?? {})) weights.set(name, weight);
  const all = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries([...weights].map(([name, weight]) => [name, all > 0 ? weight / all : 0]));
}

function fleetShares({ fleet }: Endpoint): Mix {
  return typeof fleet === "string" ? { [fleet]: 1 } : fleet;
}

function stepMeans(workload: Workload, { steps }: Endpoint): number[] {
  return workload.kind === "replay"
    ? steps.map((_, step) => recordedMean(workload, step))
    : steps.map((step) => meanMs(step.ms));
}

/** The mean of one step over recorded requests, in ms. */
function recordedMean({ requests }: ReplayWorkload, step: number): number {
  const every = Math.max(1, Math.ceil(requests.length / MOST_ROWS));
  let sum = 0;
  let count = 0;
  for (let row = 0; row < requests.length; row += every) {
    sum += requests[row]?.[1][step] ?? 0;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

/** Requests per second that a workload asks for, were each served in `workMs` without waiting. */
function demandOf(workload: Workload, workMs: number, durationS: number): number {
  switch (workload.kind) {
    case "closed":
      // A client sends at most once a millisecond.
      return (workload.clients * 1000) / Math.max(1, workMs + meanMs(workload.thinkMs));
    case "open":
      return meanRate(workload, durationS) * (workload.journey?.length ?? 1);
    case "burst":
      return (workload.clients * (workload.journey?.length ?? 1) * 1000) / workload.everyMs;
    case "replay":
      return workload.requests.filter(([atMs]) => atMs < durationS * 1000).length / durationS;
  }
}

/** The mean of a traced rate over the run, else the constant rate. */
function meanRate(
  { requestsPerSecond, trace }: Extract<Workload, { kind: "open" }>,
  durationS: number,
): number {
  const [first] = trace ?? [];
  if (trace === undefined || first === undefined) return requestsPerSecond;
  let area = Math.min(first[0], durationS) * first[1];
  let [fromS, fromRate] = first;
  for (const [toS, toRate] of [...trace.slice(1), [Infinity, trace.at(-1)?.[1] ?? 0] as const]) {
    const end = Math.min(toS, durationS);
    if (end > fromS) {
      const endRate =
        toS === Infinity ? toRate : fromRate + ((toRate - fromRate) * (end - fromS)) / (toS - fromS);
      area += ((fromRate + endRate) / 2) * (end - fromS);
    }
    fromS = toS;
    fromRate = toRate;
  }
  return area / durationS;
}

/** Requests under way at once, were nothing to make them wait: all closed clients and bursts, and half as many again as arrive during a request's work. */
export function requestsAtOnce(scenario: Scenario): number {
  const open = new Set(scenario.workloads.filter(({ kind }) => kind === "open" || kind === "replay"));
  const clients = scenario.workloads.reduce(
    (sum, workload) => sum + ("clients" in workload ? workload.clients : 0),
    0,
  );
  return flows(scenario)
    .filter(({ workload }) => open.has(workload))
    .reduce(
      (sum, { endpoint, stepMs, perSecond }) => sum + (1.5 * perSecond * lengthOf(endpoint, stepMs)) / 1000,
      clients,
    );
}
