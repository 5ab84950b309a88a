import { type Capacity, capacity, type FleetCapacity } from "../analysis/capacity";
import { meanSojournMs, type Station, sojournQuantileMs } from "../analysis/erlang";
import { type Flow, flows } from "../analysis/traffic";
import { formatMs, formatRate } from "../base/format";
import { meanMs } from "../scenario/duration-mean";
import type { Scenario } from "../scenario/types";
import type { BoundLine } from "./answer-types";
import type { Load } from "./load";

/** What no resource can serve more than. */
export interface Ceiling {
  readonly perSecond: number;
  readonly because: string;
}

const NO_CEILING: Ceiling = { perSecond: Infinity, because: "nothing" };

/**
 * The most successful answers a second that a scenario's resources allow, whatever waits: the smallest of what each serves when it is always busy (the
 * utilisation law: Lazowska and others, Quantitative System Performance, chapter 3). Infinity where nothing limits.
 */
export function ceiling(scenario: Scenario): Ceiling {
  const limits = capacity(scenario);
  const perFleet = limits.fleets.flatMap((fleet) => fleetCeilings(limits, fleet));
  const shared: Ceiling[] = [
    { perSecond: limits.databasePerSecond, because: "the database's processors, always busy" },
    { perSecond: limits.replicasPerSecond, because: "the replicas' processors, always busy" },
  ];
  if (scenario.pooler.enabled) {
    shared.push(
      { perSecond: limits.poolerPerSecond, because: "the pooler's server connections, always busy" },
      { perSecond: limits.poolerPassesPerSecond, because: "what the pooler's one thread passes" },
    );
  } else if (limits.all.primaryQueryMs > 0) {
    shared.push({
      perSecond: (limits.usableConnections * 1000) / limits.all.primaryQueryMs,
      because: `${limits.usableConnections} connections of the database ÷ ${formatMs(limits.all.primaryQueryMs)} of queries`,
    });
  }
  return [...perFleet, ...shared].reduce(
    (least, one) => (one.perSecond < least.perSecond ? one : least),
    NO_CEILING,
  );
}

/**
 * The same for requests of several kinds that do not wait for each other. A resource that only some of them need holds back only these, and
 * the others go on: what holds back all is then the threads of their fleet, which each of them needs; Infinity where they have several fleets.
 */
export function commonCeiling(scenario: Scenario): Ceiling {
  const asked = flows(scenario).filter(({ perSecond }) => perSecond > 0);
  if (new Set(asked.map(({ endpoint }) => endpoint)).size === 1 && areOfOneFleet(asked))
    return ceiling(scenario);
  const limits = capacity(scenario);
  const [threads = NO_CEILING] = areOfOneFleet(asked)
    ? limits.fleets.flatMap((fleet) => fleetCeilings(limits, fleet))
    : [];
  return threads;
}

function areOfOneFleet(asked: readonly Flow[]): boolean {
  return new Set(asked.map(({ fleet }) => fleet)).size === 1;
}

/** A fleet's limits, that of its threads first, hold back all requests as far as its own are a part of them. */
function fleetCeilings(limits: Capacity, own: FleetCapacity): Ceiling[] {
  const share = limits.demandInAllPerSecond > 0 ? own.demandPerSecond / limits.demandInAllPerSecond : 0;
  if (share === 0) return [];
  const { fleet } = own;
  const of = limits.fleets.length > 1 ? ` of ${fleet.name}` : "";
  const connections = fleet.dynos * fleet.processes * fleet.pool.size;
  const ceilings = [
    {
      perSecond: own.threadsPerSecond,
      because: `${own.threads} threads${of} ÷ ${formatMs(own.workMs)} of work`,
    },
    { perSecond: own.processorsPerSecond, because: `the processors of the dynos${of}, always busy` },
  ];
  // However long a connection is held besides, its queries are a part of that.
  if (own.queryMs > 0)
    ceilings.push({
      perSecond: (connections * 1000) / own.queryMs,
      because: `${connections} connections of the pools${of} ÷ ${formatMs(own.queryMs)} of queries`,
    });
  return ceilings.map(({ perSecond, because }) => ({ perSecond: perSecond / share, because }));
}

/** The lines that follow from arithmetic alone for these loads, each with the law it follows from. */
export function boundLines(scenario: Scenario, load: Load, loads: readonly number[]): BoundLine[] {
  // Clients wait for their answers, so that what holds back some of their requests comes to hold back all.
  const top = load.unit === "clients" ? ceiling(scenario) : commonCeiling(scenario);
  const { workMs } = capacity(scenario).all;
  const line = (
    label: string,
    of: BoundLine["of"],
    because: string,
    value: (load: number) => number,
  ): BoundLine => ({
    label,
    of,
    because,
    points: loads.flatMap((at) => (Number.isFinite(value(at)) ? [[at, value(at)] as const] : [])),
  });
  const lines: BoundLine[] = [];
  if (Number.isFinite(top.perSecond)) {
    lines.push(
      line(
        "no more than its fullest resource serves",
        "throughput",
        `Utilisation law: ${top.because} = at most ${formatRate(top.perSecond)}`,
        () => top.perSecond,
      ),
    );
  }
  const isSteady = scenario.workloads.every((one) => one.kind === "replay" || one.profile === undefined);
  if (load.unit === "requestsPerSecond" && isSteady) {
    const requests = requestsPerArrival(scenario);
    lines.push(
      line(
        "no more than is offered",
        "throughput",
        "What is not sent is not answered",
        (at) => at * requests,
      ),
    );
  }
  if (load.unit === "clients" && isSteady) lines.push(...closedLines(scenario, workMs, top, line));
  // The bound of a closed network says it too.
  const isSaid = load.unit === "clients" && isSteady && Number.isFinite(top.perSecond);
  if (!isSaid)
    lines.push(
      line(
        "no less than its own work",
        "mean",
        `A request works for ${formatMs(workMs)} before it waits`,
        () => workMs,
      ),
    );
  const station = erlangStation(scenario);
  if (station !== null) lines.push(...erlangLines(station, line));
  return lines;
}

type MakeLine = (
  label: string,
  of: BoundLine["of"],
  because: string,
  value: (load: number) => number,
) => BoundLine;

/**
 * The asymptotic bounds of a closed network: X(N) ≤ min(N ÷ (Z + D), X max) and R(N) ≥ max(D, N ÷ X max − Z) (Lazowska and others,
 * section 5.2).
 */
function closedLines(scenario: Scenario, workMs: number, top: Ceiling, line: MakeLine): BoundLine[] {
  const thinkMs = meanThinkMs(scenario);
  const cycle = `${formatMs(thinkMs)} of thinking + ${formatMs(workMs)} of work`;
  const askedPerClient = asksPerSecond(scenario);
  const lines = [
    line(
      "no more than its clients ask for",
      "throughput",
      scenario.workloads.length === 1
        ? `Asymptotic bound: clients ÷ (${cycle})`
        : "Asymptotic bound: clients of each workload ÷ (their thinking + their work)",
      (clients) => clients * askedPerClient,
    ),
  ];
  // Failures come back sooner than answers, and their clients ask again.
  if (Number.isFinite(top.perSecond))
    lines.push(
      line(
        "no less than the clients make each other wait",
        "mean",
        `Asymptotic bound, where none fails: clients ÷ ${formatRate(top.perSecond)} − ${formatMs(thinkMs)} of thinking`,
        (clients) => Math.max(workMs, (clients * 1000) / top.perSecond - thinkMs),
      ),
    );
  return lines;
}

/** What a client asks for when nothing makes it wait; the mean over clients. */
function asksPerSecond(scenario: Scenario): number {
  const clients = scenario.workloads.reduce((sum, one) => sum + (one.kind === "closed" ? one.clients : 0), 0);
  return clients === 0 ? 0 : capacity(scenario).demandInAllPerSecond / clients;
}

/** The mean over clients. */
function meanThinkMs({ workloads }: Scenario): number {
  let [clients, sum] = [0, 0];
  for (const workload of workloads) {
    if (workload.kind !== "closed") continue;
    clients += workload.clients;
    sum += workload.clients * meanMs(workload.thinkMs);
  }
  return clients === 0 ? 0 : sum / clients;
}

/** An arrival that is a visit sends a request for each step of its journey. */
function requestsPerArrival({ workloads }: Scenario): number {
  let [arrivals, requests] = [0, 0];
  for (const workload of workloads) {
    if (workload.kind !== "open") continue;
    arrivals += workload.requestsPerSecond;
    requests += workload.requestsPerSecond * (workload.journey?.length ?? 1);
  }
  return arrivals === 0 ? 1 : requests / arrivals;
}

function erlangLines(of: (arrivalsPerSecond: number) => Station, line: MakeLine): BoundLine[] {
  const { servers, serviceMs } = of(1);
  const because = `Erlang C: Poisson arrivals, ${servers} threads, exponential ${formatMs(serviceMs)}`;
  return [
    line("Erlang C, mean", "mean", because, (at) => meanSojournMs(of(at))),
    line("Erlang C, p95", "p95", because, (at) => sojournQuantileMs(of(at), 0.95)),
  ];
}

/**
 * The scenario as one M/M/c station, where it is one: Poisson arrivals of single requests for one endpoint, whose only step is an exponential time that nothing but a thread is
 * needed for, and one line before all threads. null where it is not.
 */
export function erlangStation(scenario: Scenario): ((arrivalsPerSecond: number) => Station) | null {
  const { workloads, endpoints, fleets, edge } = scenario;
  const [workload] = workloads;
  const [endpoint] = endpoints;
  const [fleet] = fleets;
  if (workloads.length !== 1 || endpoints.length !== 1 || fleets.length !== 1) return null;
  if (workload?.kind !== "open" || endpoint === undefined || fleet === undefined) return null;
  const isPlain =
    workload.arrivals === "poisson" &&
    workload.profile === undefined &&
    workload.trace === undefined &&
    workload.journey === undefined &&
    workload.giveUpAfterMs === null &&
    scenario.timeline.length === 0 &&
    fleet.autoscaler === null &&
    edge.maxConnections === null;
  const [step, ...more] = endpoint.steps;
  if (!isPlain || step?.kind !== "wait" || more.length > 0) return null;
  if (typeof step.ms === "number" || step.ms.dist !== "exponential") return null;
  const threadsPerDyno = fleet.processes * fleet.threads;
  const hasOneLine =
    fleet.dynos === 1 ||
    (fleet.maxOutstandingPerDyno !== null && fleet.maxOutstandingPerDyno === threadsPerDyno);
  if (!hasOneLine) return null;
  const servers = fleet.dynos * threadsPerDyno;
  const serviceMs = step.ms.mean;
  return (arrivalsPerSecond) => ({ servers, serviceMs, arrivalsPerSecond });
}
