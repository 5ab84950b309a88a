import type { Measured, Metric } from "../../scenario/stories/story";
import type { Estimate, FailureKind, LatencyEstimates, RunSummary, SeriesColumns } from "../result-types";

/** A number of one run, with the half width of its 95 % interval where that is known. */
export interface Measure {
  readonly value: number | null;
  readonly half: number | null;
}

/** How a metric is written. */
export type MetricUnit = "ms" | "perSecond" | "fraction" | "usd" | "count" | "seconds";

interface MetricDefinition {
  readonly label: string;
  readonly unit: MetricUnit;
  readonly of: (summary: RunSummary, measured: Measured) => Measure;
}

function ofEstimate({ mean, ci95 }: Estimate): Measure {
  return { value: mean, half: ci95 === null ? null : (ci95[1] - ci95[0]) / 2 };
}

const exactly = (value: number | null): Measure => ({ value, half: null });

/** The buckets of a part of the run; all of the measured part where none is given. */
function bucketsOf({ figures, series }: RunSummary, { fromS, toS }: Measured): readonly number[] {
  const from = fromS ?? figures.scenario.run.warmupS;
  const to = toS ?? Number.POSITIVE_INFINITY;
  return [...series.atS.keys()].filter((bucket) => {
    const atS = series.atS[bucket] ?? 0;
    return atS >= from - 1e-9 && atS + series.bucketS <= to + 1e-9 && !Number.isNaN(series.inFlight[bucket]);
  });
}

function valuesOf(column: Float64Array, buckets: readonly number[]): readonly number[] {
  return buckets.map((bucket) => column[bucket] ?? Number.NaN).filter((value) => !Number.isNaN(value));
}

type Summing = (values: readonly number[]) => number | null;
const least: Summing = (values) => (values.length === 0 ? null : Math.min(...values));
const most: Summing = (values) => (values.length === 0 ? null : Math.max(...values));
const mean: Summing = (values) =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function overTime(column: (series: SeriesColumns) => Float64Array, summing: Summing) {
  return (summary: RunSummary, measured: Measured): Measure =>
    exactly(summing(valuesOf(column(summary.series), bucketsOf(summary, measured))));
}

/** Figures of the whole run, or only of one endpoint's requests. */
function ofRequests(
  { figures }: RunSummary,
  { endpoint }: Measured,
): Pick<RunSummary["figures"], "requests" | "latencyMs"> | undefined {
  return endpoint === undefined ? figures : figures.byEndpoint[endpoint];
}

/** A latency of the whole run, or of a part of it; of all requests, or of one endpoint's. */
function latency(
  of: (latencyMs: LatencyEstimates) => Estimate,
  column: ((series: SeriesColumns) => Float64Array) | null,
) {
  const ofAll = figure(({ latencyMs }) => of(latencyMs), column);
  return (summary: RunSummary, measured: Measured): Measure => {
    if (measured.endpoint === undefined) return ofAll(summary, measured);
    const requests = ofRequests(summary, measured);
    return requests === undefined ? exactly(null) : ofEstimate(of(requests.latencyMs));
  };
}

/** A figure of the whole run; its mean over the buckets where only a part of the run is asked for. */
function figure(
  of: (figures: RunSummary["figures"]) => Estimate,
  column: ((series: SeriesColumns) => Float64Array) | null,
) {
  return (summary: RunSummary, measured: Measured): Measure =>
    column === null || (measured.fromS === undefined && measured.toS === undefined)
      ? ofEstimate(of(summary.figures))
      : overTime(column, mean)(summary, measured);
}

/** How busy something is: in the whole run, or on average in a part of it. */
function busy(
  of: (utilization: RunSummary["figures"]["utilization"]) => number,
  column: (series: SeriesColumns) => Float64Array,
) {
  return (summary: RunSummary, measured: Measured): Measure =>
    measured.fromS === undefined && measured.toS === undefined
      ? exactly(of(summary.figures.utilization))
      : overTime(column, mean)(summary, measured);
}

function failuresIn(summary: RunSummary, measured: Measured): readonly number[] {
  const { series } = summary;
  const column =
    measured.failure === undefined ? series.failed : series.failedByKind[measured.failure as FailureKind];
  return column === undefined ? [] : valuesOf(column, bucketsOf(summary, measured));
}

function connectionsPerReplica(summary: RunSummary, measured: Measured): readonly number[] {
  const { series } = summary;
  const count = series.atS.length;
  const rows = count === 0 ? 0 : series.connectionsPerReplica.length / count;
  const buckets = bucketsOf(summary, measured);
  return Array.from({ length: rows }, (_, row) => row)
    .filter((row) => buckets.some((bucket) => (series.upPerReplica[row * count + bucket] ?? 0) > 0.5))
    .map(
      (row) =>
        mean(
          valuesOf(
            series.connectionsPerReplica,
            buckets.map((bucket) => row * count + bucket),
          ),
        ) ?? 0,
    );
}

/** How often the first fleet's autoscaler acted, up or down, in a part of the run. */
function scaled(isWanted: (fromSize: number, toSize: number) => boolean) {
  return ({ scaling }: RunSummary, { fromS = 0, toS = Number.POSITIVE_INFINITY }: Measured): Measure => {
    const decisions = scaling[0]?.decisions.filter(
      ({ atS, outcome, fromSize, toSize }) =>
        outcome === "scaled" && atS >= fromS && atS < toS && isWanted(fromSize, toSize),
    );
    return exactly(decisions?.length ?? null);
  };
}

/** The part of the time in which the first fleet has as many instances as its autoscaler may give it. */
function shareAtMaximum(summary: RunSummary, measured: Measured): Measure {
  const max = summary.figures.scenario.fleets[0]?.autoscaler?.max ?? Number.POSITIVE_INFINITY;
  const sizes = valuesOf(summary.series.dynos, bucketsOf(summary, measured));
  return exactly(mean(sizes.map((size) => (size > max - 0.5 ? 1 : 0))));
}

/** Successful answers of one endpoint a second. */
function endpointThroughput({ figures }: RunSummary, endpoint: string): Measure {
  const requests = figures.byEndpoint[endpoint]?.requests;
  return exactly(requests === undefined ? null : requests.ok / figures.replications / figures.measuredS);
}

/** A failure rate over a part of the run. */
function failureShare(summary: RunSummary, measured: Measured): number | null {
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const ok = sum(valuesOf(summary.series.ok, bucketsOf(summary, measured)));
  const failed = sum(failuresIn(summary, measured));
  return ok + failed === 0 ? null : failed / (ok + failed);
}

function failureRate(summary: RunSummary, measured: Measured): Measure {
  if (measured.endpoint !== undefined) {
    const requests = ofRequests(summary, measured)?.requests;
    const ended = requests === undefined ? 0 : requests.ok + requests.failed;
    return exactly(requests === undefined || ended === 0 ? null : requests.failed / ended);
  }
  const isWhole =
    measured.fromS === undefined && measured.toS === undefined && measured.failure === undefined;
  return isWhole ? ofEstimate(summary.figures.failureRate) : exactly(failureShare(summary, measured));
}

/** Per replication. */
function requestsFailed(summary: RunSummary, measured: Measured): Measure {
  if (measured.endpoint === undefined)
    return exactly(failuresIn(summary, measured).reduce((sum, count) => sum + count, 0));
  const requests = ofRequests(summary, measured)?.requests;
  if (requests === undefined) return exactly(null);
  const failed =
    measured.failure === undefined
      ? requests.failed
      : (requests.failedByKind[measured.failure as FailureKind] ?? 0);
  return exactly(failed / Math.max(1, summary.figures.replications));
}

/** The most answers of any minute in a row (of the whole part, where it is shorter), per second. */
function throughputMost(summary: RunSummary, measured: Measured): Measure {
  const { series } = summary;
  const answers = valuesOf(series.ok, bucketsOf(summary, measured));
  const width = Math.min(answers.length, Math.max(1, Math.round(60 / series.bucketS)));
  if (width === 0) return exactly(null);
  const sums = answers
    .slice(0, answers.length - width + 1)
    .map((_, first) => answers.slice(first, first + width).reduce((sum, count) => sum + count, 0));
  return exactly(Math.max(...sums) / (width * series.bucketS));
}

/** Every number that a claim can be about. */
export const METRICS: Readonly<Record<Metric, MetricDefinition>> = {
  throughput: {
    label: "throughput",
    unit: "perSecond",
    of: (summary, measured) => {
      if (measured.endpoint !== undefined) return endpointThroughput(summary, measured.endpoint);
      if (measured.fromS === undefined && measured.toS === undefined)
        return ofEstimate(summary.figures.throughputPerSecond);
      const perBucket = mean(valuesOf(summary.series.ok, bucketsOf(summary, measured)));
      return exactly(perBucket === null ? null : perBucket / summary.series.bucketS);
    },
  },
  throughputMost: { label: "throughput of the busiest minute", unit: "perSecond", of: throughputMost },
  failureRate: { label: "failures", unit: "fraction", of: failureRate },
  successRate: {
    label: "success rate",
    unit: "fraction",
    of: (summary, measured) => {
      const { value, half } = failureRate(summary, measured);
      return { value: value === null ? null : 1 - value, half };
    },
  },
  latencyMean: { label: "mean latency", unit: "ms", of: latency(({ mean }) => mean, null) },
  latencyP50: {
    label: "p50",
    unit: "ms",
    of: latency(
      ({ p50 }) => p50,
      ({ p50 }) => p50,
    ),
  },
  latencyP75: {
    label: "p75",
    unit: "ms",
    of: latency(
      ({ p75 }) => p75,
      ({ p75 }) => p75,
    ),
  },
  latencyP90: {
    label: "p90",
    unit: "ms",
    of: latency(
      ({ p90 }) => p90,
      ({ p90 }) => p90,
    ),
  },
  latencyP95: {
    label: "p95",
    unit: "ms",
    of: latency(
      ({ p95 }) => p95,
      ({ p95 }) => p95,
    ),
  },
  latencyP99: {
    label: "p99",
    unit: "ms",
    of: latency(
      ({ p99 }) => p99,
      ({ p99 }) => p99,
    ),
  },
  latencyMax: { label: "slowest answer", unit: "ms", of: latency(({ max }) => max, null) },
  queueMean: { label: "mean queue time", unit: "ms", of: figure(({ queueMs }) => queueMs.mean, null) },
  queueP95: {
    label: "p95 of queue time",
    unit: "ms",
    of: figure(
      ({ queueMs }) => queueMs.p95,
      ({ queueP95 }) => queueP95,
    ),
  },
  queueMax: { label: "longest queue time", unit: "ms", of: figure(({ queueMs }) => queueMs.max, null) },
  checkoutMean: {
    label: "mean wait for a connection",
    unit: "ms",
    of: ({ figures }) => exactly(figures.stagesMs.checkout),
  },
  appMean: { label: "mean time in the application", unit: "ms", of: figure(({ appMs }) => appMs.mean, null) },
  appP95: { label: "p95 in the application", unit: "ms", of: figure(({ appMs }) => appMs.p95, null) },
  monthlyUsd: { label: "monthly cost", unit: "usd", of: ({ figures }) => exactly(figures.cost.monthlyUsd) },
  runUsd: { label: "cost of the run", unit: "usd", of: ({ figures }) => exactly(figures.cost.runUsd) },
  cpu: {
    label: "processors busy",
    unit: "fraction",
    of: busy(
      ({ cpu }) => cpu,
      ({ cpu }) => cpu,
    ),
  },
  databaseCpu: {
    label: "database processors busy",
    unit: "fraction",
    of: busy(
      ({ databaseCpu }) => databaseCpu,
      ({ databaseCpu }) => databaseCpu,
    ),
  },
  replicaCpu: {
    label: "replicas' processors busy",
    unit: "fraction",
    of: ({ figures }) => exactly(figures.utilization.replicaCpu),
  },
  threadsBusy: {
    label: "threads busy",
    unit: "fraction",
    of: ({ figures }) => exactly(figures.utilization.threads),
  },
  poolsBusy: {
    label: "connections of the pools in use",
    unit: "fraction",
    of: ({ figures }) => exactly(figures.utilization.pool),
  },
  connectionsMost: {
    label: "most database connections",
    unit: "count",
    of: (summary, measured) =>
      measured.fromS === undefined && measured.toS === undefined
        ? exactly(summary.figures.peaks.databaseConnections)
        : overTime(({ databaseConnections }) => databaseConnections, most)(summary, measured),
  },
  queuedMost: {
    label: "most requests in line",
    unit: "count",
    of: ({ figures }) => exactly(figures.peaks.queued),
  },
  dynosLeast: { label: "fewest instances", unit: "count", of: overTime(({ dynos }) => dynos, least) },
  dynosMost: { label: "most instances", unit: "count", of: overTime(({ dynos }) => dynos, most) },
  dynosMean: { label: "instances on average", unit: "count", of: overTime(({ dynos }) => dynos, mean) },
  atMaximum: { label: "part of the time at the maximum", unit: "fraction", of: shareAtMaximum },
  scaledUp: { label: "times scaled up", unit: "count", of: scaled((from, to) => to > from) },
  scaledDown: { label: "times scaled down", unit: "count", of: scaled((from, to) => to < from) },
  replicasMost: { label: "most replicas", unit: "count", of: overTime(({ replicas }) => replicas, most) },
  readConnectionsLeast: {
    label: "connections of the replica with the fewest",
    unit: "count",
    of: (summary, measured) => exactly(least(connectionsPerReplica(summary, measured))),
  },
  readConnectionsMost: {
    label: "connections of the replica with the most",
    unit: "count",
    of: (summary, measured) => exactly(most(connectionsPerReplica(summary, measured))),
  },
  secondsFailing: {
    label: "time with failures",
    unit: "seconds",
    of: (summary, measured) =>
      exactly(failuresIn(summary, measured).filter((count) => count > 0).length * summary.series.bucketS),
  },
  requestsFailed: {
    label: "failed requests",
    unit: "count",
    of: requestsFailed,
  },
  requestsSent: {
    label: "requests sent",
    unit: "count",
    of: ({ figures }) => exactly(figures.simulatedRequests / Math.max(1, figures.replications)),
  },
};
