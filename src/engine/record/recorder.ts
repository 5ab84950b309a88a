import { type EventList, NOW, SEGMENT_END } from "../kernel/event-list";
import { binOf, Histogram } from "../kernel/histogram";
import { FIELDS, MEASURED, type Requests, SENT_AT, TIMES } from "../parts/requests";
import type { Plan } from "../plan";
import { BucketedHistogram } from "./bucketed-histogram";
import { Gauges } from "./gauges";
import {
  bucketedHistogramRecord,
  FAILURE_COUNT,
  GAUGE,
  GAUGE_COUNT,
  histogramRecord,
  type ReplicationRecord,
  STAGE,
  STAGE_COUNT,
  SUCCESS,
} from "./replication-record";
import { timeGrid } from "./time-grid";

/** Answers are booked this many at a time: a tight loop over a batch is cheaper than booking each when it comes. */
const BATCH = 256;
/** Columns of the batch: latency and queue time in ms, and whether the request was sent after the warm-up. */
const LATENCY = 0;
const QUEUE = 1;
const IS_MEASURED = 2;
const BATCH_COLUMNS = 4;

/** Everything that is recorded about one replication, in memory that does not grow with the number of requests. */
export class Recorder {
  private readonly gauges: Gauges;
  private readonly highest: Float64Array;
  /** Busy threads of each dyno. */
  private readonly busyPerDyno: Gauges;
  private segmentStart = 0;
  private readonly bucketMs: number;
  private readonly buckets: number;
  private bucket = 0;
  /** Whether requests sent now, and answers given now, are measured. */
  private inWindow = false;

  /** [all sent, measured sent, measured ok, answers in the window] */
  private readonly totals = new Float64Array(4);
  private readonly failedByKind = new Float64Array(FAILURE_COUNT);
  private readonly stageSums = new Float64Array(STAGE_COUNT);
  private readonly latency = new Histogram();
  private readonly queue = new Histogram();
  private readonly app = new Histogram();
  private readonly failedLatency = new Histogram();
  private requestsPerDyno: Float64Array;
  /** Integral of all dynos' busy threads over each bucket. */
  private readonly busyOverTime: Float64Array;

  private readonly sentOverTime: Float64Array;
  private readonly okOverTime: Float64Array;
  private readonly failedOverTime: Float64Array;
  private readonly largestLatencyOverTime: Float64Array;
  private readonly latencyOverTime: BucketedHistogram;
  private readonly queueOverTime: BucketedHistogram;
  /** Successful answers of the present segment that are not booked yet: [answer × BATCH_COLUMNS + column]. */
  private readonly batch = new Float64Array(BATCH * BATCH_COLUMNS);
  private batched = 0;
  private readonly appMs = new Float64Array(1);
  private readonly failedMs = new Float64Array(1);

  constructor(
    private readonly plan: Plan,
    private readonly replication: number,
    private readonly events: EventList,
    private readonly requests: Requests,
  ) {
    const { bucketMs, buckets } = timeGrid(plan.durationMs);
    this.bucketMs = bucketMs;
    this.buckets = buckets;
    this.gauges = new Gauges(events.clock, GAUGE_COUNT, buckets);
    this.highest = new Float64Array(GAUGE_COUNT);
    // Dyno by dyno over time is the picture of one replication; for the others the sum is enough, and fleets can be large.
    this.busyPerDyno = new Gauges(events.clock, plan.fleet.dynos, replication === 0 ? buckets : 0);
    this.busyOverTime = new Float64Array(buckets);
    this.requestsPerDyno = new Float64Array(plan.fleet.dynos);
    this.sentOverTime = new Float64Array(buckets);
    this.okOverTime = new Float64Array(buckets);
    this.failedOverTime = new Float64Array(FAILURE_COUNT * buckets);
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
    this.busyOverTime[this.bucket]! += this.busyPerDyno.closeSegment(
      this.bucket,
      this.segmentStart,
      this.inWindow,
    );
    if (end >= (this.bucket + 1) * this.bucketMs && this.bucket < this.buckets - 1) this.bucket += 1;
    this.beginSegment(end);
  }

  /** The level of a gauge changes, now. */
  change(gauge: number, by: number): void {
    this.gauges.change(gauge, by);
  }

  /** As `change`, for gauges whose highest level is wanted too. */
  changeWithPeak(gauge: number, by: number): void {
    this.gauges.change(gauge, by);
    const level = this.gauges.level(gauge);
    if (level > this.highest[gauge]!) this.highest[gauge] = level;
  }

  /** A request is sent. */
  sent(entry: number): void {
    this.totals[0]! += 1;
    this.sentOverTime[this.bucket]! += 1;
    this.gauges.change(GAUGE.inFlight, 1);
    if (this.inWindow) {
      this.totals[1]! += 1;
      this.requests.fields[FIELDS * entry + MEASURED] = 1;
    } else {
      this.requests.fields[FIELDS * entry + MEASURED] = 0;
    }
  }

  /** A dyno's busy threads become more (1) or fewer (−1). */
  changeBusy(dyno: number, by: number): void {
    this.busyPerDyno.change(dyno, by);
  }

  /** A thread takes a request. */
  taken(entry: number, dyno: number): void {
    if (this.requests.fields[FIELDS * entry + MEASURED] === 1) this.requestsPerDyno[dyno]! += 1;
  }

  /** The client gets its answer, or learns of the failure. @param failure SUCCESS or one of FAILURE */
  answered(entry: number, failure: number): void {
    this.gauges.change(GAUGE.inFlight, -1);
    if (failure === SUCCESS) this.succeeded(entry);
    else this.failed(entry, failure);
  }

  private failed(entry: number, failure: number): void {
    this.failedOverTime[failure * this.buckets + this.bucket]! += 1;
    if (this.requests.fields[FIELDS * entry + MEASURED] === 0) return;
    this.failedByKind[failure]! += 1;
    this.failedMs[0] = this.events.clock[NOW]! - this.requests.sentAtMs(entry);
    this.failedLatency.add(binOf(this.failedMs, 0), this.failedMs, 0);
  }

  private succeeded(entry: number): void {
    const { batch, requests } = this;
    const times = requests.timesMs;
    const from = entry * TIMES;
    const to = this.batched * BATCH_COLUMNS;
    batch[to + QUEUE] = times[from + STAGE.queue]!;
    batch[to + LATENCY] = this.events.clock[NOW]! - times[from + SENT_AT]!;
    const measured = requests.fields[FIELDS * entry + MEASURED]!;
    batch[to + IS_MEASURED] = measured;
    if (measured === 1) requests.addStages(entry, this.stageSums);
    this.batched += 1;
    if (this.batched === BATCH) this.bookBatch();
  }

  /** Books the batch: all its answers came in the present segment. The order of additions is that of the answers, whenever this is called. */
  private bookBatch(): void {
    const { batch, batched, bucket, appMs } = this;
    this.okOverTime[bucket]! += batched;
    if (this.inWindow) this.totals[3]! += batched;
    for (let answer = 0; answer < batched; answer += 1) {
      const base = answer * BATCH_COLUMNS;
      const latency = batch[base + LATENCY]!;
      if (latency > this.largestLatencyOverTime[bucket]!) this.largestLatencyOverTime[bucket] = latency;
      const latencyBin = binOf(batch, base + LATENCY);
      const queueBin = binOf(batch, base + QUEUE);
      this.latencyOverTime.add(bucket, latencyBin);
      this.queueOverTime.add(bucket, queueBin);
      if (batch[base + IS_MEASURED] === 0) continue;
      this.totals[2]! += 1;
      appMs[0] = latency - batch[base + QUEUE]!;
      this.latency.add(latencyBin, batch, base + LATENCY);
      this.queue.add(queueBin, batch, base + QUEUE);
      this.app.add(binOf(appMs, 0), appMs, 0);
    }
    this.batched = 0;
  }

  /** More dynos than the run began with. */
  growDynos(dynos: number): void {
    this.busyPerDyno.grow(dynos);
    if (dynos > this.requestsPerDyno.length) {
      const grown = new Float64Array(dynos);
      grown.set(this.requestsPerDyno);
      this.requestsPerDyno = grown;
    }
  }

  /** Where requests and threads stand now, over the whole run. */
  levels(): { sent: number; ok: number; failed: number; inFlight: number } {
    this.bookBatch();
    const sum = (counts: Float64Array): number => counts.reduce((total, count) => total + count, 0);
    return {
      sent: this.totals[0]!,
      ok: sum(this.okOverTime),
      failed: sum(this.failedOverTime),
      inFlight: this.gauges.level(GAUGE.inFlight),
    };
  }

  /** A copy of everything recorded until now; changes nothing. */
  record(): ReplicationRecord {
    this.bookBatch();
    const gauges = this.gauges.snapshot(this.bucket, this.segmentStart, this.inWindow);
    const busyPerDyno = this.busyPerDyno.snapshot(this.bucket, this.segmentStart, this.inWindow);
    const busyOverTime = this.busyOverTime.slice();
    busyOverTime[this.bucket]! += busyPerDyno.sum;
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
      stageSumsMs: this.stageSums.slice(),
      latency: histogramRecord(this.latency),
      queue: histogramRecord(this.queue),
      app: histogramRecord(this.app),
      failedLatency: histogramRecord(this.failedLatency),
      gaugesMeasured: gauges.measured,
      gaugesHighest: this.highest.slice(),
      requestsPerDyno: this.requestsPerDyno.slice(),
      busyPerDynoMeasured: busyPerDyno.measured,
      sentOverTime: this.sentOverTime.slice(),
      okOverTime: this.okOverTime.slice(),
      failedOverTime: this.failedOverTime.slice(),
      largestLatencyOverTime: this.largestLatencyOverTime.slice(),
      latencyOverTime: bucketedHistogramRecord(this.latencyOverTime),
      queueOverTime: bucketedHistogramRecord(this.queueOverTime),
      gaugesOverTime: gauges.overTime,
      busyOverTime,
      busyPerDynoOverTime: busyPerDyno.overTime,
    };
  }
}
