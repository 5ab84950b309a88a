import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { Books, ReplicationRecord } from "../../src/engine";
import { GAUGE, STAGE, STAGE_COUNT } from "../../src/engine/record/replication-record";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";

/** What the levels of `Books` may not exceed. Changes of the running system change them. */
export interface Limits {
  /** The most there have been: of those who are to go, some may still be waiting for their last answer. */
  readonly clients: number;
  readonly edgeConnections: number;
  readonly processes: number;
  readonly threads: number;
  readonly backlog: number;
  /** The largest there has been: books hold sums over pools, not each pool. */
  readonly poolSize: number;
  readonly databaseConnections: number;
  readonly canCrash: boolean;
  readonly pooler: { readonly connections: number; readonly maxClients: number } | null;
  /** Whether there was always a dyno to send to, so that nobody waits at the edge. */
  readonly alwaysDynos: boolean;
  readonly edgeGivesUp: boolean;
}

/** The limits that a scenario begins with. */
export function limitsOf(scenario: Scenario): Limits {
  const { edge, database, pooler } = scenario;
  const [workload] = scenario.workloads;
  const [fleet] = scenario.fleets;
  if (fleet === undefined || workload === undefined) throw new Error("A scenario without fleet or workload");
  const plan = withSizes(scenario).database;
  const memoryFor =
    database.crashOnMemory && database.memoryPerConnectionMb > 0
      ? Math.floor(plan.memoryMb / database.memoryPerConnectionMb)
      : Number.POSITIVE_INFINITY;
  const usable = Math.max(0, plan.usableLimit - database.reservedConnections);
  return {
    clients: workload.kind === "closed" ? workload.clients : Number.POSITIVE_INFINITY,
    edgeConnections: edge.maxConnections ?? Number.POSITIVE_INFINITY,
    processes: fleet.processes,
    threads: fleet.threads,
    backlog: fleet.backlog,
    poolSize: fleet.pool.size,
    databaseConnections: Math.min(usable, memoryFor),
    canCrash: memoryFor < usable,
    pooler: pooler.enabled ? { connections: pooler.connections, maxClients: pooler.maxClients } : null,
    alwaysDynos: fleet.dynos > 0,
    edgeGivesUp: edge.timeoutMs !== null,
  };
}

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

/** Every number of the books, those of dynos and processes included. */
function levels(books: Books): number[] {
  return Object.values(books).flatMap((value: number | readonly number[]) => value);
}

/**
 * Expects the books to agree with each other and with the limits, at any moment of a run.
 * @param before the books at an earlier moment since when the limits have not changed: where a level was above a limit that had been lowered,
 * it may only have fallen. Without, nothing may be above its limit.
 */
export function expectBalanced(books: Books, limits: Limits, before?: Books): void {
  expect(levels(books).every((level) => Number.isInteger(level) && level >= 0)).toBe(true);
  expect(books.sent).toBe(books.ok + books.failed + books.inFlight);
  expect(books.inFlight).toBeLessThanOrEqual(limits.clients);
  expect(books.inFlight).toBeLessThanOrEqual(limits.edgeConnections);
  expectDynosBalanced(books, limits, before);
  expectConnectionsBalanced(books, limits, before);
}

function expectDynosBalanced(books: Books, limits: Limits, before: Books | undefined): void {
  const { busyThreadsOfDynos: busy, busyThreadsOfProcesses: busyOfProcesses } = books;
  const { processes, threads } = limits;
  busy.forEach((count, dyno) => {
    const own = busyOfProcesses.slice(dyno * processes, (dyno + 1) * processes);
    expect(sum(own)).toBe(count);
    expect(count).toBeLessThanOrEqual(Math.max(processes * threads, before?.busyThreadsOfDynos[dyno] ?? 0));
  });
  busyOfProcesses.forEach((count, process) => {
    expect(count).toBeLessThanOrEqual(Math.max(threads, before?.busyThreadsOfProcesses[process] ?? 0));
  });
  books.waitingAtDynos.forEach((waiting, dyno) => {
    expect(waiting).toBeLessThanOrEqual(limits.backlog);
    // Nobody waits beside a free thread.
    if (waiting > 0) expect(busy[dyno]).toBeGreaterThanOrEqual(processes * threads);
  });
  const outstanding = sum(books.outstandingAtDynos);
  const atDynos = sum(busy) + sum(books.waitingAtDynos);
  if (limits.alwaysDynos) expect(outstanding).toBe(books.inFlight);
  else expect(outstanding).toBeLessThanOrEqual(books.inFlight);
  // The edge has given up on the others, and the dynos work on them all the same.
  if (limits.edgeGivesUp) expect(outstanding).toBeLessThanOrEqual(atDynos);
  else expect(outstanding).toBe(atDynos);
}

function expectConnectionsBalanced(books: Books, limits: Limits, before: Books | undefined): void {
  const { checkedOut, idle, opening, databaseOpen, databaseActive } = books;
  const pools = books.busyThreadsOfProcesses.length;
  expect(checkedOut + idle + opening).toBeLessThanOrEqual(pools * limits.poolSize);
  expect(checkedOut + opening).toBeLessThanOrEqual(sum(books.busyThreadsOfProcesses));
  expect(databaseOpen).toBeLessThanOrEqual(limits.databaseConnections);
  expect(databaseActive).toBeLessThanOrEqual(databaseOpen);
  if (limits.pooler === null) {
    expect(databaseActive).toBeLessThanOrEqual(checkedOut);
    // After a crash pools still hold connections that are dead.
    if (limits.canCrash) expect(databaseOpen).toBeLessThanOrEqual(checkedOut + idle);
    else expect(databaseOpen).toBe(checkedOut + idle);
    expect([books.poolerOpen, books.poolerBusy, books.poolerClients, books.poolerWaiting]).toEqual([
      0, 0, 0, 0,
    ]);
  } else {
    expect(books.poolerOpen).toBe(databaseOpen);
    expect(books.poolerBusy).toBe(databaseActive);
    expect(books.poolerClients).toBe(checkedOut + idle);
    expect(books.poolerClients).toBeLessThanOrEqual(limits.pooler.maxClients);
    expect(books.poolerOpen).toBeLessThanOrEqual(
      Math.max(limits.pooler.connections, before?.poolerOpen ?? 0),
    );
    expect(books.poolerBusy + books.poolerWaiting).toBeLessThanOrEqual(checkedOut);
    if (books.poolerWaiting > 0) {
      // Nobody waits beside a free connection, or one that the database would give.
      expect(books.poolerBusy).toBe(books.poolerOpen);
      const available = Math.min(limits.pooler.connections, limits.databaseConnections);
      expect(books.poolerOpen).toBeGreaterThanOrEqual(available);
    }
  }
}

/** Expects that nothing is under way any more, and that what is open is what pools and pooler hold idle. */
export function expectDrained(books: Books, limits: Limits): void {
  expectBalanced(books, limits);
  expect(books.inFlight).toBe(0);
  expect(sum(books.busyThreadsOfDynos)).toBe(0);
  expect(sum(books.waitingAtDynos)).toBe(0);
  expect(sum(books.outstandingAtDynos)).toBe(0);
  expect([
    books.checkedOut,
    books.opening,
    books.databaseActive,
    books.poolerBusy,
    books.poolerWaiting,
  ]).toEqual([0, 0, 0, 0, 0]);
  if (limits.pooler !== null) expect(books.poolerClients).toBe(books.idle);
  else if (!limits.canCrash) expect(books.databaseOpen).toBe(books.idle);
}

/** Mean level of a gauge in the last bucket of a run. */
export function lastLevel(record: ReplicationRecord, gauge: number): number {
  const { buckets, bucketMs, nowMs, gaugesOverTime } = record;
  return (gaugesOverTime[(gauge + 1) * buckets - 1] ?? Number.NaN) / (nowMs - (buckets - 1) * bucketMs);
}

/** Expects the gauges of a run that ended long after it had drained to stand where the books do: its last bucket is all rest. */
export function expectGaugesAtRest(record: ReplicationRecord, books: Books): void {
  for (const gauge of [
    GAUGE.inFlight,
    GAUGE.queued,
    GAUGE.checkedOut,
    GAUGE.databaseActive,
    GAUGE.poolerQueued,
  ]) {
    expect(lastLevel(record, gauge)).toBe(0);
  }
  expect(lastLevel(record, GAUGE.databaseConnections)).toBeCloseTo(books.databaseOpen, 6);
  expect(lastLevel(record, GAUGE.poolerClients)).toBeCloseTo(books.poolerClients, 6);
  books.busyThreadsOfDynos.forEach((_, dyno) => {
    expect(record.busyPerDynoOverTime[(dyno + 1) * record.buckets - 1]).toBe(0);
  });
}

/** Expects a record's parts to agree with each other. */
export function expectConsistent(record: ReplicationRecord, books: Books): void {
  const failed = sum(record.failedByKind);
  expect(sum(record.sentOverTime)).toBe(record.simulatedRequests);
  expect(record.simulatedRequests).toBe(books.sent);
  expect(sum(record.okOverTime)).toBe(books.ok);
  expect(sum(record.failedOverTime)).toBe(books.failed);
  expect(sum(record.latencyOverTime.counts)).toBe(books.ok);
  expect(sum(record.queueOverTime.counts)).toBe(books.ok);
  const inFlight = record.sent - record.ok - failed;
  expect(inFlight).toBeGreaterThanOrEqual(0);
  expect(inFlight).toBeLessThanOrEqual(books.inFlight);
  for (const histogram of [record.latency, record.queue, record.app])
    expect(sum(histogram.counts)).toBe(record.ok);
  expectStagesToAddUp(record);
  expect(sum(record.requestsPerDyno)).toBeLessThanOrEqual(record.sent);
}

function expectStagesToAddUp(record: ReplicationRecord): void {
  const latency = sum(record.latency.sums);
  const rounding = 1e-9 * (latency + record.ok);
  expect(record.stageSumsMs.length).toBe(STAGE_COUNT);
  expect(record.stageSumsMs.every((stage) => stage >= 0)).toBe(true);
  expect(Math.abs(sum(record.stageSumsMs) - latency)).toBeLessThanOrEqual(rounding);
  expect(Math.abs(sum(record.queue.sums) + sum(record.app.sums) - latency)).toBeLessThanOrEqual(rounding);
  expect(Math.abs((record.stageSumsMs[STAGE.queue] ?? 0) - sum(record.queue.sums))).toBeLessThanOrEqual(
    rounding,
  );
}

/**
 * Little's law as an identity: over a run that began and ended empty, the integral of how many requests were under way is the sum of how long each
 * was, until its answer or its failure.
 * @param record without warm-up
 */
export function expectLittlesLaw(record: ReplicationRecord): void {
  expectSame(
    record,
    record.gaugesMeasured[GAUGE.inFlight],
    sum(record.latency.sums) + sum(record.failedLatency.sums),
  );
}

/** The same for lines, threads and queries, where no request failed: how long the failed ones were where is not recorded. */
export function expectLittlesLawEverywhere(record: ReplicationRecord): void {
  expectLittlesLaw(record);
  expectSame(record, record.gaugesMeasured[GAUGE.queued], sum(record.queue.sums));
  expectSame(record, sum(record.busyPerDynoMeasured), sum(record.app.sums));
  expectSame(record, record.gaugesMeasured[GAUGE.databaseActive], record.stageSumsMs[STAGE.query]);
}

function expectSame(record: ReplicationRecord, integral = Number.NaN, times = Number.NaN): void {
  // Every change of a level adds a term as large as a segment of the run, with its rounding.
  const rounding = 1e-12 * (record.simulatedRequests + 1) * record.bucketMs;
  expect(Math.abs(integral - times)).toBeLessThanOrEqual(rounding + 1e-9 * times);
}

/** A digest of every bit of a record (or of any other value of numbers, lists and typed arrays). */
export function digest(value: unknown): string {
  const hash = createHash("sha256");
  const feed = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      hash
        .update(`<${part.byteLength}>`)
        .update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    } else if (part !== null && typeof part === "object") {
      for (const [name, inner] of Object.entries(part)) {
        hash.update(`${name}=`);
        feed(inner);
      }
    } else if (typeof part === "number") {
      hash.update(new Uint8Array(Float64Array.of(part).buffer));
    } else {
      hash.update(`${String(part)};`);
    }
  };
  feed(value);
  return hash.digest("hex");
}
