import { type EventList, NOW, SEGMENT_END } from "../kernel/event-list";
import { binOf, Histogram } from "../kernel/histogram";
import { ATTEMPT, ENDPOINT, FIELDS, FLEET, MEASURED, type Requests, SENT_AT, TIMES } from "../parts/requests";
import type { Plan } from "../plan";
import { type AnswerObserver, answerOf } from "./answer-observer";
import { BucketedHistogram } from "./bucketed-histogram";
import { EndpointRecorder } from "./endpoint-recorder";
import { FleetRecorder } from "./fleet-recorder";
import { Gauges } from "./gauges";
import {
  bucketedHistogramRecord,
  COUNT,
  ELSEWHERE_COUNT,
  type EndpointRecord,
  FAILURE_COUNT,
  type FleetRecord,
  GAUGE,
  GAUGE_COUNT,
  type HistogramRecord,
  histogramRecord,
  MOST_IN_SYSTEM,
  type ReplicationRecord,
  STAGE,
  SUCCESS,
} from "./replication-record";
import { RequestSamples } from "./request-samples";
import { ScalerLog } from "./scaler-log";
import { StageProfile } from "./stage-profile";
import type { Standing } from "./stage-trace";
import { timeGrid } from "./time-grid";

/** Answers are booked this many at a time: a tight loop over a batch is cheaper than booking each when it comes. */
const BATCH = 256;
/** Columns of the batch: latency and its bin, queue time in ms, and for requests sent after the warm-up the endpoint (else NOT_MEASURED). */
const LATENCY = 0;
const QUEUE = 1;
const MEASURED_ENDPOINT = 2;
const LATENCY_BIN = 3;
const BATCH_COLUMNS = 4;
const NOT_MEASURED = -1;

/** A column that nobody asked for. */
const NOTHING = new Float64Array(0);

/** Everything that is recorded about one replication, in memory that does not grow with the number of requests. */
export class Recorder {
  /** In the order of the plan's fleets. */
  readonly fleets: readonly FleetRecorder[];
  private readonly endpoints: readonly EndpointRecorder[];
  /** Whether endpoints and fleets are counted apart: with one of each, the totals are theirs, and measures do not need it. */
  private readonly isSplit: boolean;
  /** Whether everything is kept, not only what measures need: see `Plan.detail`. */
  private readonly keepsAll: boolean;
  private readonly gauges: Gauges;
  private readonly highest: Float64Array;
  /** Busy server connections of each pooler. */
  private readonly poolersBusy: Gauges;
  private readonly poolersBusyOverTime: Float64Array;
  /** Open connections of each replica; null where nobody draws them. */
  private readonly perReplica: Gauges | null;
  private readonly replicasUp: Gauges | null;
  private readonly queriesOverTime: Float64Array;
  private readonly replicaQueriesOverTime: Float64Array;
  /** What each autoscaler did; empty where nobody asks. */
  private readonly scaling: ScalerLog[] = [];
  /** [when the run was broken off, in ms; Infinity: it was not] */
  private readonly stoppedAt = new Float64Array([Infinity]);
  private segmentStart = 0;
  private readonly bucketMs: number;
  private readonly buckets: number;
  private bucket = 0;
  /** Requests whose clients wait for the answer. */
  private inFlight = 0;
  /** Whether requests sent now, and answers given now, are measured. */
  private inWindow = false;

  /** [all sent, measured sent, measured ok, answers in the window, retries, possible stale reads] */
  private readonly totals = new Float64Array(6);
  private readonly failedByKind = new Float64Array(FAILURE_COUNT);
  private readonly profile: StageProfile | null;
  private readonly samples: RequestSamples | null;
  private readonly latency = new Histogram();
  private readonly queue = new Histogram();
  private readonly app = new Histogram();
  private readonly failedLatency = new Histogram();

  private readonly sentOverTime: Float64Array;
  private readonly okOverTime: Float64Array;
  private readonly retriesOverTime: Float64Array;
  private readonly staleReadsOverTime: Float64Array;
  private readonly failedOverTime: Float64Array;
  private readonly failedElsewhereOverTime: Float64Array;
  private readonly largestLatencyOverTime: Float64Array;
  private readonly latencyOverTime: BucketedHistogram;
  private readonly queueOverTime: BucketedHistogram;
  /** Successful answers of the present segment that are not booked yet: [answer × BATCH_COLUMNS + column]. */
  private readonly batch = new Float64Array(BATCH * BATCH_COLUMNS);
  private batched = 0;
  private readonly appMs = new Float64Array(1);
  private readonly failedMs = new Float64Array(1);

  /**
   * @param isPictured whether pictures are drawn of this replication: of each dyno and replica, of autoscalers' decisions
   * @param standing where a request stands that is not answered yet
   * @param observer hears of every answer; null: nobody does
   */
  constructor(
    private readonly plan: Plan,
    private readonly replication: number,
    private readonly isPictured: boolean,
    private readonly events: EventList,
    private readonly requests: Requests,
    standing: (entry: number) => Standing,
    private readonly observer: AnswerObserver | null,
  ) {
    this.keepsAll = plan.detail === "series";
    const { bucketMs, buckets } = this.keepsAll
      ? timeGrid(plan.durationMs)
      : { bucketMs: plan.durationMs, buckets: 1 };
    this.bucketMs = bucketMs;
    this.buckets = buckets;
    this.gauges = new Gauges(events.clock, GAUGE_COUNT, buckets);
    const poolers = plan.pooler === null ? 0 : 1 + plan.replicas.count;
    this.poolersBusy = new Gauges(events.clock, poolers, 0);
    this.poolersBusyOverTime = new Float64Array(buckets);
    this.perReplica = isPictured ? new Gauges(events.clock, plan.replicas.count, buckets) : null;
    this.replicasUp = isPictured ? new Gauges(events.clock, plan.replicas.count, buckets) : null;
    this.queriesOverTime = new Float64Array(buckets);
    this.replicaQueriesOverTime = new Float64Array(buckets);
    this.highest = new Float64Array(GAUGE_COUNT);
    this.fleets = plan.fleets.map(
      ({ dynos }) => new FleetRecorder(events.clock, dynos, buckets, this.keepsAll, isPictured),
    );
    this.endpoints = plan.endpoints.map(() => new EndpointRecorder());
    this.isSplit = this.keepsAll && (plan.endpoints.length > 1 || plan.fleets.length > 1);
    this.profile = this.keepsAll ? new StageProfile() : null;
    this.samples = requests.trace === null ? null : new RequestSamples(requests, standing);
    this.sentOverTime = new Float64Array(buckets);
    this.okOverTime = new Float64Array(buckets);
    this.retriesOverTime = new Float64Array(buckets);
    this.staleReadsOverTime = new Float64Array(buckets);
    this.failedOverTime = new Float64Array(FAILURE_COUNT * buckets);
    this.failedElsewhereOverTime = new Float64Array(ELSEWHERE_COUNT * buckets);
    this.largestLatencyOverTime = new Float64Array(buckets);
    this.latencyOverTime = new BucketedHistogram(buckets);
    this.queueOverTime = new BucketedHistogram(buckets);
    this.beginSegment(0);
  }

  /** When the running segment ends (the end of a bucket, of the warm-up or of the run): the clock may not pass it before `closeSegment`. */
  get segmentEndMs(): number {
    return this.events.clock[SEGMENT_END]!;
  }

  private beginSegment(start: number): void {
    this.segmentStart = start;
    this.inWindow = start >= this.plan.warmupMs;
    const bucketEnd = Math.min((this.bucket + 1) * this.bucketMs, this.plan.durationMs);
    this.events.clock[SEGMENT_END] = this.inWindow ? bucketEnd : Math.min(bucketEnd, this.plan.warmupMs);
  }

  /** Books the running segment and begins the next, at its end. */
  closeSegment(): void {
    this.bookBatch();
    const end = this.events.clock[SEGMENT_END]!;
    this.gauges.closeSegment(this.bucket, this.segmentStart, this.inWindow);
    this.poolersBusyOverTime[this.bucket]! += this.poolersBusy.closeSegment(
      this.bucket,
      this.segmentStart,
      this.inWindow,
    );
    this.perReplica?.closeSegment(this.bucket, this.segmentStart, this.inWindow);
    this.replicasUp?.closeSegment(this.bucket, this.segmentStart, this.inWindow);
    for (const fleet of this.fleets) fleet.closeSegment(this.bucket, this.segmentStart, this.inWindow);
    if (end >= (this.bucket + 1) * this.bucketMs && this.bucket < this.buckets - 1) this.bucket += 1;
    this.beginSegment(end);
  }

  /** The level of a gauge changes, now. */
  change(gauge: number, by: number): void {
    if (this.keepsAll) this.gauges.change(gauge, by);
  }

  /** What the system costs a month changes, now: the only level that measures need. */
  changePrice(by: number): void {
    this.gauges.change(GAUGE.monthlyUsd, by);
  }

  /** The busy server connections of the pooler before a database server become more, or fewer. */
  changePoolerBusy(server: number, by: number): void {
    if (this.keepsAll) this.poolersBusy.change(server, by);
  }

  /** There are so many poolers from now on; at least as many as before. */
  growPoolers(poolers: number): void {
    this.poolersBusy.grow(poolers);
  }

  /** There are so many replicas from now on; at least as many as before. */
  growReplicas(replicas: number): void {
    this.perReplica?.grow(replicas);
    this.replicasUp?.grow(replicas);
  }

  /** A replica takes connections from now on (1), or no more (−1). */
  changeReplicaUp(replica: number, by: number): void {
    this.replicasUp?.change(replica, by);
  }

  /** A replica's open connections become more, or fewer. @param replica numbered from 0 */
  changeReplicaConnections(replica: number, by: number): void {
    this.changeWithPeak(GAUGE.replicaConnections, by);
    this.perReplica?.change(replica, by);
  }

  /** A query begins on a server: 0 is the primary. */
  queryBegan(server: number): void {
    if (server === 0) this.queriesOverTime[this.bucket]! += 1;
    else this.replicaQueriesOverTime[this.bucket]! += 1;
  }

  /** The log of an autoscaler: kept of the first replication alone, in the order in which they were asked for. */
  scalerLog(target: number | "replicas"): ScalerLog {
    const log = new ScalerLog(target);
    if (this.isPictured) this.scaling.push(log);
    return log;
  }

  /** Whether more requests are in the system than a run may hold. */
  get isOverfull(): boolean {
    return this.stoppedAt[0]! < Infinity;
  }

  /** As `change`, for gauges whose highest level is wanted too. */
  changeWithPeak(gauge: number, by: number): void {
    if (!this.keepsAll) return;
    this.gauges.change(gauge, by);
    const level = this.gauges.level(gauge);
    if (level > this.highest[gauge]!) this.highest[gauge] = level;
  }

  /** A request is sent. */
  sent(entry: number): void {
    this.totals[0]! += 1;
    this.sentOverTime[this.bucket]! += 1;
    this.change(GAUGE.inFlight, 1);
    this.inFlight += 1;
    if (this.inFlight > MOST_IN_SYSTEM || this.events.entries > 2 * MOST_IN_SYSTEM) this.stop();
    const { fields } = this.requests;
    const row = FIELDS * entry;
    if (fields[row + ATTEMPT]! > 0) this.sentAgain();
    if (!this.inWindow) {
      fields[row + MEASURED] = 0;
      return;
    }
    fields[row + MEASURED] = 1;
    this.totals[1]! += 1;
    if (this.isSplit) this.count(entry, COUNT.sent);
  }

  private sentAgain(): void {
    this.retriesOverTime[this.bucket]! += 1;
    if (this.inWindow) this.totals[4]! += 1;
  }

  /** Breaks the run off after the present event. */
  private stop(): void {
    const now = this.events.clock[NOW]!;
    if (!this.isOverfull) this.stoppedAt[0] = now;
    this.events.setLimit(now);
  }

  private count(entry: number, column: number): void {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    this.endpoints[fields[row + ENDPOINT]!]!.counts[column]! += 1;
    this.fleets[fields[row + FLEET]!]!.counts[column]! += 1;
  }

  /** A request was served by a replica that may not have had its client's last write yet. */
  readStale(entry: number): void {
    this.staleReadsOverTime[this.bucket]! += 1;
    if (this.requests.fields[FIELDS * entry + MEASURED] === 1) this.totals[5]! += 1;
  }

  /** The client gets its answer, or learns of the failure. @param failure SUCCESS or one of FAILURE */
  answered(entry: number, failure: number): void {
    this.change(GAUGE.inFlight, -1);
    this.inFlight -= 1;
    if (failure === SUCCESS) this.succeeded(entry);
    else this.failed(entry, failure);
    if (this.observer !== null) this.observer.answered(answerOf(this.requests, this.events, entry, failure));
  }

  private failed(entry: number, failure: number): void {
    this.failedOverTime[failure * this.buckets + this.bucket]! += 1;
    if (this.requests.fields[FIELDS * entry + MEASURED] === 0) return;
    this.failedByKind[failure]! += 1;
    if (this.isSplit) this.count(entry, COUNT.failed + failure);
    if (!this.keepsAll) return;
    this.failedMs[0] = this.events.clock[NOW]! - this.requests.sentAtMs(entry);
    this.failedLatency.add(binOf(this.failedMs, 0), this.failedMs, 0);
    this.samples?.answered(entry, failure, this.failedMs[0]!);
  }

  /** A request whose client still waits is about to fail for want of a database other than the primary. @param place one of ELSEWHERE */
  failsElsewhere(place: number): void {
    this.failedElsewhereOverTime[place * this.buckets + this.bucket]! += 1;
  }

  private succeeded(entry: number): void {
    const { batch, requests } = this;
    const times = requests.timesMs;
    const from = entry * TIMES;
    const to = this.batched * BATCH_COLUMNS;
    batch[to + QUEUE] = times[from + STAGE.queue]!;
    batch[to + LATENCY] = this.events.clock[NOW]! - times[from + SENT_AT]!;
    const bin = binOf(batch, to + LATENCY);
    batch[to + LATENCY_BIN] = bin;
    const row = FIELDS * entry;
    const isMeasured = requests.fields[row + MEASURED] === 1;
    batch[to + MEASURED_ENDPOINT] = isMeasured ? requests.fields[row + ENDPOINT]! : NOT_MEASURED;
    if (isMeasured && this.keepsAll) this.keep(entry, bin, batch[to + LATENCY]!);
    this.batched += 1;
    if (this.batched === BATCH) this.bookBatch();
  }

  /** Keeps of a measured success what measures do not need. */
  private keep(entry: number, latencyBin: number, latencyMs: number): void {
    this.profile?.add(this.requests, entry, latencyBin);
    if (this.isSplit) this.count(entry, COUNT.ok);
    this.samples?.answered(entry, SUCCESS, latencyMs);
  }

  /** Books the batch: all its answers came in the present segment. The order of additions is that of the answers, whenever this is called. */
  private bookBatch(): void {
    const { batch, batched, bucket, appMs, isSplit, keepsAll } = this;
    this.okOverTime[bucket]! += batched;
    if (this.inWindow) this.totals[3]! += batched;
    for (let answer = 0; answer < batched; answer += 1) {
      const base = answer * BATCH_COLUMNS;
      const latency = batch[base + LATENCY]!;
      const latencyBin = batch[base + LATENCY_BIN]!;
      const queueBin = binOf(batch, base + QUEUE);
      if (keepsAll) {
        if (latency > this.largestLatencyOverTime[bucket]!) this.largestLatencyOverTime[bucket] = latency;
        this.latencyOverTime.add(bucket, latencyBin);
        this.queueOverTime.add(bucket, queueBin);
      }
      const endpoint = batch[base + MEASURED_ENDPOINT]!;
      if (endpoint === NOT_MEASURED) continue;
      this.totals[2]! += 1;
      this.latency.add(latencyBin, batch, base + LATENCY);
      this.queue.add(queueBin, batch, base + QUEUE);
      if (!keepsAll) continue;
      appMs[0] = latency - batch[base + QUEUE]!;
      this.app.add(binOf(appMs, 0), appMs, 0);
      if (isSplit) this.endpoints[endpoint]!.add(latencyBin, batch, base + LATENCY);
    }
    this.batched = 0;
  }

  /** Where requests stand now, over the whole run. @param failedByKind by FAILURE @param failedElsewhere by ELSEWHERE */
  levels(): {
    sent: number;
    ok: number;
    failed: number;
    failedByKind: Float64Array;
    failedElsewhere: Float64Array;
    inFlight: number;
    queries: number;
    replicaQueries: number;
    monthlyUsd: number;
  } {
    this.bookBatch();
    const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
    const { failedOverTime, failedElsewhereOverTime, buckets } = this;
    const sumsOfRows = (counts: Float64Array, rows: number): Float64Array =>
      Float64Array.from({ length: rows }, (_, row) =>
        sum(counts.subarray(row * buckets, (row + 1) * buckets)),
      );
    return {
      sent: this.totals[0]!,
      ok: sum(this.okOverTime),
      failed: sum(failedOverTime),
      failedByKind: sumsOfRows(failedOverTime, FAILURE_COUNT),
      failedElsewhere: sumsOfRows(failedElsewhereOverTime, ELSEWHERE_COUNT),
      inFlight: this.inFlight,
      queries: sum(this.queriesOverTime),
      replicaQueries: sum(this.replicaQueriesOverTime),
      monthlyUsd: this.gauges.level(GAUGE.monthlyUsd),
    };
  }

  /** A copy of everything recorded until now; changes nothing. */
  record(): ReplicationRecord {
    this.bookBatch();
    const gauges = this.gauges.snapshot(this.bucket, this.segmentStart, this.inWindow);
    const poolersBusy = this.poolersBusy.snapshot(this.bucket, this.segmentStart, this.inWindow);
    const poolersBusyOverTime = this.poolersBusyOverTime.slice();
    poolersBusyOverTime[this.bucket]! += poolersBusy.sum;
    const profile = this.profile?.record() ?? { rows: NOTHING, sums: NOTHING };
    const latency = histogramRecord(this.latency);
    const column = (values: Float64Array): Float64Array => (this.keepsAll ? values.slice() : NOTHING);
    return {
      replication: this.replication,
      nowMs: this.events.clock[NOW]!,
      bucketMs: this.bucketMs,
      buckets: this.buckets,
      simulatedRequests: this.totals[0]!,
      sent: this.totals[1]!,
      ok: this.totals[2]!,
      failedByKind: this.failedByKind.slice(),
      answersInWindow: this.totals[3]!,
      stageSumsMs: profile.sums,
      latency,
      queue: histogramRecord(this.queue),
      app: histogramRecord(this.app),
      failedLatency: histogramRecord(this.failedLatency),
      gaugesMeasured: column(gauges.measured),
      gaugesHighest: column(this.highest),
      poolersBusyMeasured: column(poolersBusy.measured),
      poolersBusyOverTime: column(poolersBusyOverTime),
      queriesOverTime: column(this.queriesOverTime),
      replicaQueriesOverTime: column(this.replicaQueriesOverTime),
      connectionsPerReplicaOverTime:
        this.perReplica?.snapshot(this.bucket, this.segmentStart, this.inWindow).overTime ?? NOTHING,
      upPerReplicaOverTime:
        this.replicasUp?.snapshot(this.bucket, this.segmentStart, this.inWindow).overTime ?? NOTHING,
      scaling: this.scaling.map((log) => log.record()),
      stoppedAtMs: this.isOverfull ? this.stoppedAt[0]! : null,
      endpoints: this.keepsAll ? this.endpointRecords(latency) : [],
      fleets: this.keepsAll ? this.fleetRecords() : [],
      retries: this.totals[4]!,
      staleReads: this.totals[5]!,
      stageProfile: profile.rows,
      samples: this.samples?.record() ?? [],
      sentOverTime: column(this.sentOverTime),
      okOverTime: column(this.okOverTime),
      retriesOverTime: column(this.retriesOverTime),
      staleReadsOverTime: column(this.staleReadsOverTime),
      failedOverTime: column(this.failedOverTime),
      failedElsewhereOverTime: column(this.failedElsewhereOverTime),
      largestLatencyOverTime: column(this.largestLatencyOverTime),
      latencyOverTime: bucketedHistogramRecord(this.latencyOverTime),
      queueOverTime: bucketedHistogramRecord(this.queueOverTime),
      gaugesOverTime: gauges.overTime,
    };
  }

  private endpointRecords(latency: HistogramRecord): EndpointRecord[] {
    if (this.isSplit) return this.endpoints.map((endpoint) => endpoint.record());
    return this.endpoints.map(() => ({ counts: this.totalCounts(), latency }));
  }

  private fleetRecords(): FleetRecord[] {
    const fleets = this.fleets.map((fleet) => fleet.record(this.bucket, this.segmentStart, this.inWindow));
    return this.isSplit ? fleets : fleets.map((fleet) => ({ ...fleet, counts: this.totalCounts() }));
  }

  private totalCounts(): Float64Array {
    return Float64Array.from([this.totals[1]!, this.totals[2]!, ...this.failedByKind]);
  }
}
