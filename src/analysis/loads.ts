import type { Capacity, FleetCapacity } from "./capacity";
import type { FailureKind, ResultFigures } from "./result-types";

/** How much of a fleet was in use, as measured: fractions of what it can do at most. */
export interface FleetLoad {
  readonly own: FleetCapacity;
  readonly threads: number;
  /** Of the processors that its processes can keep busy. */
  readonly processors: number;
}

/** How busy each fleet was, in the scenario's order. */
export function fleetLoads(figures: ResultFigures, limits: Capacity): FleetLoad[] {
  const { byFleet, utilization } = figures;
  // What all dynos computed is measured; whose it was follows from the requests of each fleet and what they compute.
  const computing = (own: FleetCapacity): number =>
    (byFleet[own.fleet.name]?.requests.sent ?? 0) * own.cpuMs * own.slowdown;
  const inAll = limits.fleets.reduce((sum, own) => sum + computing(own), 0);
  const processors = limits.fleets.reduce((sum, own) => sum + own.fleet.dynos * own.vcpus, 0);
  return limits.fleets.map((own) => {
    const busy = byFleet[own.fleet.name]?.perDyno.busyThreads.reduce((sum, threads) => sum + threads, 0) ?? 0;
    const computed = inAll > 0 ? (utilization.cpu * processors * computing(own)) / inAll : 0;
    return {
      own,
      threads: portion(busy, own.threads),
      processors: portion(computed, own.fleet.dynos * own.processorsPerDyno),
    };
  });
}

function portion(used: number, available: number): number {
  return available > 0 ? Math.min(1, used / available) : 0;
}

/** The item with the most of something; the first of equals. */
export function fullest<T>(items: readonly [T, ...T[]] | readonly T[], of: (item: T) => number): T {
  const [first] = items;
  if (first === undefined) throw new Error("Defect: the fullest of nothing");
  return items.reduce((best, item) => (of(item) > of(best) ? item : best), first);
}

/** The fleet on which most requests failed in one way. */
export function failingFleet(figures: ResultFigures, limits: Capacity, kind: FailureKind): FleetCapacity {
  return fullest(limits.fleets, ({ fleet }) => figures.byFleet[fleet.name]?.requests.failedByKind[kind] ?? 0);
}

/** Queries that ran at once on average, by Little's law over successful requests; never more than threads were busy. */
export function activeQueries({ throughputPerSecond, stagesMs, byFleet }: ResultFigures): number {
  const busy = Object.values(byFleet).flatMap(({ perDyno }) => perDyno.busyThreads);
  const active =
    ((throughputPerSecond.mean ?? 0) * ((stagesMs.query ?? 0) + (stagesMs.queryWait ?? 0))) / 1000;
  return Math.min(
    active,
    busy.reduce((sum, threads) => sum + threads, 0),
  );
}
