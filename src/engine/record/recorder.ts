import { type EventList, NOW, SEGMENT_END } from "../kernel/event-list";
import { binOf, Histogram } from "../kernel/histogram";
import { type Requests, SENT_AT, TIME_COLUMNS } from "../parts/requests";
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

const LATENCY = 0;
const QUEUE = 1;
const APP = 2;

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
  private requestsPerDyno: Float64Array;

  private readonly sentOverTime: Float64Array;
  private readonly okOverTime: Float64Array;
  private readonly failedOverTime: Float64Array;
  private readonly largestLatencyOverTime: Float64Array;
  private readonly latencyOverTime: BucketedHistogram;
  private readonly queueOverTime: BucketedHistogram;
  /** [latency, queue time, time in the application] of the request that is being booked. */
  private readonly sample = new Float64Array(3);

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
    this.busyPerDyno = new Gauges(events.clock, plan.fleet.dynos, buckets);
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
    const end = this.events.clock[SEGMENT_END]!;
    this.gauges.closeSegment(this.bucket, this.segmentStart, this.inWindow);
    this.busyPerDyno.closeSegment(this.bucket, this.segmentStart, this.inWindow);
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
      this.requests.measured[entry] = 1;
    } else {
      this.requests.measured[entry] = 0;
    }
  }

  /** A thread takes a request. */
  taken(entry: number, dyno: number): void {
    this.busyPerDyno.change(dyno, 1);
    if (this.requests.measured[entry] === 1) this.requestsPerDyno[dyno]! += 1;
  }

  /** A thread is free again. */
  released(dyno: number): void {
    this.busyPerDyno.change(dyno, -1);
  }

  /** The client gets its answer, or learns of the failure. @param failure SUCCESS or one of FAILURE */
  answered(entry: number, failure: number): void {
    this.gauges.change(GAUGE.inFlight, -1);
    if (failure === SUCCESS) this.succeeded(entry);
    else this.failed(entry, failure);
  }

  private failed(entry: number, failure: number): void {
    this.failedOverTime[failure * this.buckets + this.bucket]! += 1;
    if (this.requests.measured[entry] === 1) this.failedByKind[failure]! += 1;
  }

  private succeeded(entry: number): void {
    const { sample, requests, bucket, stageSums } = this;
    const times = requests.timesMs;
    const base = entry * TIME_COLUMNS;
    sample[LATENCY] = this.events.clock[NOW]! - times[base + SENT_AT]!;
    sample[QUEUE] = times[base + STAGE.queue]!;
    sample[APP] = sample[LATENCY]! - sample[QUEUE]!;
    const latencyBin = binOf(sample, LATENCY);
    const queueBin = binOf(sample, QUEUE);
    this.okOverTime[bucket]! += 1;
    if (sample[LATENCY]! > this.largestLatencyOverTime[bucket]!) this.largestLatencyOverTime[bucket] = sample[LATENCY]!;
    this.latencyOverTime.add(bucket, latencyBin);
    this.queueOverTime.add(bucket, queueBin);
    if (this.inWindow) this.totals[3]! += 1;
    if (requests.measured[entry] === 0) return;
    this.totals[2]! += 1;
    this.latency.add(latencyBin, sample, LATENCY);
    this.queue.add(queueBin, sample, QUEUE);
    this.app.add(binOf(sample, APP), sample, APP);
    for (let stage = 0; stage < STAGE_COUNT; stage += 1) stageSums[stage]! += times[base + stage]!;
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
    const gauges = this.gauges.snapshot(this.bucket, this.segmentStart, this.inWindow);
    const busyPerDyno = this.busyPerDyno.snapshot(this.bucket, this.segmentStart, this.inWindow);
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
      busyPerDynoOverTime: busyPerDyno.overTime,
    };
  }
}
