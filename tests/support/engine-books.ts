import type { Books, Simulation } from "../../src/engine";
import type { Scenario } from "../../src/scenario/types";
import { endOfTraffic, type FleetLimits, type Limits } from "./engine-limits";
import { atLeast, atMost, holds, same } from "./holding";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What the books say of one fleet: its part of their lists. */
interface FleetBooks {
  readonly limits: FleetLimits;
  readonly busy: readonly number[];
  readonly busyOfProcesses: readonly number[];
  readonly computing: readonly number[];
  readonly waiting: readonly number[];
  readonly outstanding: readonly number[];
  readonly takenSlots: readonly number[];
  readonly waitingForConnections: readonly number[];
}

function fleetBooks(books: Books, { fleets }: Limits): FleetBooks[] {
  let dyno = 0;
  let process = 0;
  let pool = 0;
  return fleets.map((limits, i) => {
    const numbered = books.dynosOfFleets[i] ?? 0;
    const dynos: [number, number] = [dyno, dyno + numbered];
    const processes: [number, number] = [process, process + numbered * limits.processes];
    const pools: [number, number] = [pool, pool + numbered * limits.processes * limits.poolsPerProcess];
    [, dyno] = dynos;
    [, process] = processes;
    [, pool] = pools;
    return {
      limits,
      busy: books.busyThreadsOfDynos.slice(...dynos),
      busyOfProcesses: books.busyThreadsOfProcesses.slice(...processes),
      computing: books.computingOfProcesses.slice(...processes),
      waiting: books.waitingAtDynos.slice(...dynos),
      outstanding: books.outstandingAtDynos.slice(...dynos),
      takenSlots: books.takenSlots.slice(...pools),
      waitingForConnections: books.waitingForConnections.slice(...pools),
    };
  });
}

/** The books at some moment, and the limits that held then. */
export interface Moment {
  readonly books: Books;
  readonly limits: Limits;
}

/**
 * Expects the books to agree with each other and with the limits, at any moment of a run.
 * @param before an earlier moment: where a level was above a limit that has been lowered, it may only have fallen since. Without, nothing may be
 * above its limit.
 */
export function expectBalanced(books: Books, limits: Limits, before?: Moment): void {
  const levels = Object.values(books).flatMap((value: number | readonly number[]) => value);
  holds(
    "levels are whole numbers from 0",
    levels.every((level) => Number.isInteger(level) && level >= 0),
  );
  same("sent", books.sent, books.ok + books.failed + books.inFlight);
  const fleets = fleetBooks(books, limits);
  const earlier = before === undefined ? [] : fleetBooks(before.books, before.limits);
  for (const [i, fleet] of fleets.entries()) {
    expectFleetBalanced(fleet, limits, earlier[i]);
    expectPoolsBalanced(fleet, earlier[i]);
  }
  expectEdgeBalanced(books, limits, fleets);
  expectConnectionsBalanced(books, limits, fleets);
  if (limits.pooler === null) expectWithoutPooler(books, limits);
  else expectPoolerBalanced(books, limits, limits.pooler, before?.books);
}

function expectFleetBalanced(fleet: FleetBooks, { edgeGivesUp }: Limits, before?: FleetBooks): void {
  const { busy, busyOfProcesses, computing, waiting, outstanding } = fleet;
  const { numbered, processes, threads, backlog, maxOutstanding, computesOneAtATime } = fleet.limits;
  // Numbers that are free again are used again.
  atMost("the number of dynos", busy.length, numbered);
  for (const list of [waiting, outstanding]) same("the number of dynos", list.length, busy.length);
  for (const list of [busyOfProcesses, computing])
    same("the number of processes", list.length, busy.length * processes);
  busy.forEach((count, dyno) => {
    const own = busyOfProcesses.slice(dyno * processes, (dyno + 1) * processes);
    same("busy threads of a dyno's processes", sum(own), count);
    atMost("busy threads of a dyno", count, Math.max(processes * threads, before?.busy[dyno] ?? 0));
    const present = count + (waiting[dyno] ?? 0);
    atMost("the line of a dyno", waiting[dyno], backlog);
    // Nobody waits beside a free thread.
    if (present > count) atLeast("busy threads of a dyno with a line", count, processes * threads);
    atMost("requests outstanding at a dyno", outstanding[dyno], maxOutstanding);
    // The edge has given up on the others, and the dyno works on them all the same.
    if (edgeGivesUp) atMost("requests outstanding at a dyno", outstanding[dyno], present);
    else same("requests outstanding at a dyno", outstanding[dyno], present);
  });
  busyOfProcesses.forEach((count, process) => {
    atMost("busy threads of a process", count, Math.max(threads, before?.busyOfProcesses[process] ?? 0));
    atMost(
      "computing threads of a process",
      computing[process],
      computesOneAtATime ? Math.min(1, count) : count,
    );
  });
}

function expectPoolsBalanced(fleet: FleetBooks, before?: FleetBooks): void {
  const { busyOfProcesses, takenSlots, waitingForConnections } = fleet;
  const { poolSize, poolsPerProcess } = fleet.limits;
  same("the number of pools", takenSlots.length, busyOfProcesses.length * poolsPerProcess);
  takenSlots.forEach((taken, pool) => {
    const process = pool % busyOfProcesses.length;
    // Pools for reading stand behind all the others, of which there were fewer while there were fewer dynos.
    const place = process === pool ? pool : process + (before?.busyOfProcesses.length ?? 0);
    atMost("slots taken in a pool", taken, Math.max(poolSize, before?.takenSlots[place] ?? 0));
    const waiting = waitingForConnections[pool] ?? Number.NaN;
    atMost("the line for a pool", waiting, busyOfProcesses[process]);
    // Nobody waits beside a free slot.
    if (waiting > 0) atLeast("slots taken in a pool with a line", taken, poolSize);
  });
}

function expectEdgeBalanced(books: Books, limits: Limits, fleets: readonly FleetBooks[]): void {
  atMost("requests in flight", books.inFlight, limits.clients);
  atMost("slots taken at the edge", books.edgeConnections, limits.edgeConnections);
  // The edge does not notice that a client has gone.
  if (limits.clientsGiveUp) atMost("requests in flight", books.inFlight, books.edgeConnections);
  else same("requests in flight", books.inFlight, books.edgeConnections);
  const held = sum(books.outstandingAtDynos) + books.waitingAtBalancers;
  const isSteady = limits.fleets.every((fleet) => fleet.isSteady);
  if (isSteady) same("slots taken at the edge", books.edgeConnections, held);
  else atLeast("slots taken at the edge", books.edgeConnections, held);
  if (books.waitingAtBalancers > 0 && isSteady) {
    // Nobody waits beside a dyno that is below its limit.
    const full = fleets.filter(({ limits: { maxOutstanding, dynos }, outstanding }) => {
      return dynos > 0 && outstanding.every((count) => count === maxOutstanding);
    });
    atLeast("fleets with a line and no dyno below its limit", full.length, 1);
  }
}

function expectConnectionsBalanced(books: Books, limits: Limits, fleets: readonly FleetBooks[]): void {
  const { checkedOut, idle, opening, databaseOpen, databaseActive, replicasOpen, replicasActive } = books;
  same("connections of the pools", checkedOut + idle + opening, sum(books.takenSlots));
  // A request holds one connection of each role, and waits for one at a time.
  const holders = fleets.map(({ busy, limits: { poolsPerProcess } }) => sum(busy) * poolsPerProcess);
  atMost("connections in use", checkedOut + opening, sum(holders));
  atMost("connections being opened", opening, sum(books.busyThreadsOfDynos));
  atMost("connections of the database", databaseOpen, limits.databaseConnections);
  atMost("active queries of the database", databaseActive, databaseOpen);
  same("the number of replicas", replicasOpen.length, limits.replicas);
  replicasOpen.forEach((open, replica) => {
    atMost("connections of a replica", open, limits.replicaConnections);
    atMost("active queries of a replica", replicasActive[replica], open);
  });
  atMost("active queries", databaseActive + sum(replicasActive), checkedOut);
  if (limits.readsThroughProxy)
    same("connections of the replicas", sum(replicasOpen), sum(replicasActive) + books.idleAtProxy);
  else same("sessions kept by a proxy", books.idleAtProxy, 0);
  if (!limits.readsReplicas) same("connections of the replicas", sum(replicasOpen), 0);
}

/** Sessions that are the applications' or the poolers', and those of them that run a query: a proxy has its own. */
function behindPools(books: Books, limits: Limits): { open: number; active: number } {
  const { databaseOpen, databaseActive, replicasOpen, replicasActive } = books;
  if (limits.readsThroughProxy) return { open: databaseOpen, active: databaseActive };
  return { open: databaseOpen + sum(replicasOpen), active: databaseActive + sum(replicasActive) };
}

function expectWithoutPooler(books: Books, limits: Limits): void {
  const { open } = behindPools(books, limits);
  const held = books.checkedOut + books.idle;
  // After a crash pools still hold connections that are dead; and those to a proxy are no sessions.
  if (limits.canCrash || limits.readsThroughProxy) atMost("open connections", open, held);
  else same("open connections", open, held);
  const { poolerOpen, poolerBusy, poolerClients, poolerWaiting } = books;
  same("what is at no pooler", poolerOpen + poolerBusy + poolerClients + poolerWaiting, 0);
}

function expectPoolerBalanced(
  books: Books,
  limits: Limits,
  { isSession, connections, maxClients }: NonNullable<Limits["pooler"]>,
  before: Books | undefined,
): void {
  const { open, active } = behindPools(books, limits);
  const { poolerOpen, poolerBusy, poolerClients, poolerWaiting, checkedOut, idle } = books;
  const poolers = limits.readsReplicas && !limits.readsThroughProxy ? 1 + limits.replicas : 1;
  same("server connections of the poolers", poolerOpen, open);
  const { databaseOpen, replicasOpen } = books;
  atMost("server connections of a pooler", databaseOpen, Math.max(connections, before?.databaseOpen ?? 0));
  if (!limits.readsThroughProxy) {
    replicasOpen.forEach((ofReplica, i) => {
      atMost(
        "server connections of a pooler",
        ofReplica,
        Math.max(connections, before?.replicasOpen[i] ?? 0),
      );
    });
  }
  atMost("busy server connections of the poolers", poolerBusy, poolerOpen);
  // In session mode a server connection is its client's, whether or not it runs a query.
  if (isSession) atLeast("busy server connections of the poolers", poolerBusy, active);
  else same("busy server connections of the poolers", poolerBusy, active);
  atMost("busy server connections of the poolers", poolerBusy, poolerClients);
  atMost("client connections of the poolers", poolerClients, poolers * maxClients);
  if (limits.readsThroughProxy) atMost("client connections of the poolers", poolerClients, checkedOut + idle);
  else same("client connections of the poolers", poolerClients, checkedOut + idle);
  atMost("queries at the poolers and beyond", active + poolerWaiting, checkedOut);
  if (poolerWaiting === 0 || poolers > 1) return;
  // Nobody waits beside a free connection, or one that the database would give.
  same("busy server connections of the poolers", poolerBusy, poolerOpen);
  const available = Math.min(connections, limits.databaseConnections);
  atLeast("server connections of the poolers", poolerOpen, available);
}

/** Expects that nothing is under way any more, and that what is open is what pools, poolers and proxy hold idle. */
export function expectDrained(books: Books, limits: Limits): void {
  // In session mode a lowered limit is reached when clients close their connections, and they may keep them for ever.
  expectBalanced(books, limits, limits.pooler?.isSession ? { books, limits } : undefined);
  same("what is under way", underWay(books), 0);
  if (limits.pooler !== null) {
    if (!limits.readsThroughProxy) same("client connections of the poolers", books.poolerClients, books.idle);
    if (limits.pooler.isSession)
      atMost("busy server connections of the poolers", books.poolerBusy, books.idle);
    else same("busy server connections of the poolers", books.poolerBusy, 0);
  } else if (!limits.canCrash && !limits.readsThroughProxy) {
    same("open connections", behindPools(books, limits).open, books.idle);
  }
}

/** Whatever is under way: 0 once the traffic has stopped and drained. */
function underWay(books: Books): number {
  return sum([
    books.inFlight,
    books.edgeConnections,
    ...books.busyThreadsOfDynos,
    ...books.computingOfProcesses,
    ...books.waitingAtDynos,
    ...books.outstandingAtDynos,
    books.waitingAtBalancers,
    books.checkedOut,
    books.opening,
    books.databaseActive,
    ...books.replicasActive,
    books.poolerWaiting,
  ]);
}

/**
 * Ends a scenario's traffic, lets everything drain, and goes on until the reapers have come and a bucket of the record is all rest.
 * @param scenario as `withTimeToDrain` makes it
 */
export function drain(simulation: Simulation, scenario: Scenario): void {
  for (const change of endOfTraffic(scenario)) simulation.apply(change);
  // Visits and retries pause between requests, none for so long.
  do simulation.advance(simulation.nowMs + 20_000);
  while (!simulation.finished && underWay(simulation.books()) > 0);
  simulation.advance(simulation.nowMs + 3 * simulation.record().bucketMs);
}
