import type { PathValue } from "../path-text";
import { around, type StepDocument, type Variant } from "./story";

const rate = (value: number): PathValue => ({ path: "workloads.clients.requestsPerSecond", value });

/** The request computes, and then asks the database once or several times. */
export const COMPUTING = { kind: "cpu", ms: { dist: "exponential", mean: 6 } };
export const SELECTS = { kind: "query", ms: 40, cpuMs: 8, count: 3, access: "read" };
export const INSERTS = { kind: "query", ms: 10, cpuMs: 1, count: 6, access: "write" };
const ONE_SELECT = { ...SELECTS, count: 1 };
const BULK_INSERT = { ...INSERTS, ms: 15, cpuMs: 2, count: 1 };

const queries = (select: object, insert: object): readonly PathValue[] => [
  { path: "endpoints.fetch.steps", value: [COMPUTING, select] },
  { path: "endpoints.save.steps", value: [COMPUTING, insert] },
];

const replicas = (count: number): PathValue => ({ path: "database.replicas.count", value: count });

/** So many per cent of the requests write. */
const writes = (percent: number): PathValue => ({
  path: "workloads.clients.mix",
  value: { fetch: (100 - percent) / 100, save: percent / 100 },
});

const atShare = (percent: number, count = 15): Variant => ({
  id: `${percent}-${count}`,
  label: `${percent} % writes, ${count} replicas`,
  x: percent,
  line: `${count} replicas`,
  changes: [writes(percent), replicas(count)],
});

const tuned = (perSecond: number, isAfter: boolean): Variant => ({
  id: `${isAfter ? "after" : "before"}-${perSecond}`,
  label: `${perSecond} requests a second, ${isAfter ? "one query" : "several queries"}`,
  x: perSecond,
  line: isAfter ? "one query" : "several queries",
  changes: [rate(perSecond), ...(isAfter ? [] : queries(SELECTS, INSERTS))],
});

const REPLICA_SCALER = {
  min: 1,
  max: 15,
  bootS: 420,
  policies: [
    {
      kind: "target",
      name: "processors",
      metric: "cpu",
      target: 0.6,
      scaleOutCooldownS: 300,
      scaleInCooldownS: 300,
    },
    {
      kind: "step",
      name: "connections",
      metric: "databaseConnections",
      statistic: "average",
      above: 3500,
      periodS: 60,
      datapoints: 3,
      outOf: 3,
      change: 1,
      cooldownS: 300,
    },
  ],
};

/** Doubles about every half hour; then the full traffic for five minutes. */
const GROWTH = [
  [0, 0.04],
  [1800, 0.12],
  [3600, 0.3],
  [7200, 1],
];

/** Reads on replicas, what limits then, and the whole at five million a minute. */
export const SPREAD_STEPS: readonly StepDocument[] = [
  {
    id: "E4",
    title: "Read replicas that come by themselves",
    text: "The application now sends reads to **read replicas** and writes to the one writer. More replicas come when their processors are busier than 60 % or have over 3,500 connections on average. The traffic grows 25-fold within two hours, and fifteen replicas serve it in the end; there can't be more.",
    note: "A replica takes minutes to come: growth that is faster than that has to be met before it begins.",
    after: "E3",
    changes: [
      { path: "run.durationS", value: 7500 },
      { path: "run.replications", value: 1 },
      rate(1300),
      {
        path: "workloads.clients.profile",
        value: GROWTH,
      },
      { path: "fleets.api.dynos", value: 16 },
      { path: "fleets.api.reads", value: "replicas" },
      { path: "database.replicas.count", value: 1 },
      { path: "database.replicas.dnsTtlS", value: 0 },
      { path: "database.replicas.autoscaler", value: REPLICA_SCALER },
    ],
    charts: ["replicas", "latency", "throughput"],
    assumptions: [
      {
        what: "How long a new replica takes",
        value: "420 s",
        why: "The article does not say; some minutes are usual.",
        neighbours: around("database.replicas.autoscaler.bootS", 420),
      },
      {
        what: "The rule for connections",
        value: "adds only: one replica more above 3,500 on average in three minutes",
        why: "AWS removes replicas only where every rule agrees. Two target rules of this simulation do not wait for each other, and the one for connections, which are few, would take away again what the one for processors adds.",
        neighbours: [],
      },
      {
        what: "Which replica a new connection goes to",
        value: "the next in turn",
        why: "The reader endpoint takes turns, and each process looks the name up by itself.",
        neighbours: [],
      },
    ],
    claims: [
      {
        id: "fifteen",
        status: "reported",
        text: "Reads scale to 15 replicas.",
        measured: { metric: "replicasMost" },
        atLeast: 15,
        atMost: 15,
      },
      {
        id: "served",
        status: "derived",
        text: "The full traffic is served in the end.",
        measured: { metric: "throughput", fromS: 7200, toS: 7500 },
        atLeast: 1270,
        atMost: 1330,
      },
      {
        id: "times",
        status: "derived",
        text: "That is more than seven times what one instance could serve.",
        measured: { metric: "throughput", fromS: 7200, toS: 7500 },
        per: { metric: "throughput", step: "E3", of: "r4.xlarge-200" },
        atLeast: 7,
      },
    ],
  },
  {
    id: "E5",
    title: "Writes stay with one writer",
    text: "A thousand requests a second, and more and more of them write. Reads have fifteen replicas; **writes have one writer**, however many replicas there are, and its four processors serve about 670 of these requests a second. Beyond that only a larger instance helps.",
    note: "Put off what can be written later, into a queue; the number of replicas does not matter here.",
    caution:
      "Every replica does each write over again here, at the full price. Aurora's replicas share their storage with the writer and have less to do, so that reads suffer less from many writes than in this step.",
    changes: [
      { path: "run.durationS", value: 60 },
      { path: "run.warmupS", value: 15 },
      { path: "database.replicas.autoscaler", value: null },
      { path: "workloads.clients.profile", value: [[0, 1]] },
      rate(1000),
      writes(40),
      replicas(15),
    ],
    variants: [
      ...[5, 20, 40, 60, 75].map((percent) => atShare(percent)),
      ...[60, 75].map((percent) => atShare(percent, 8)),
    ],
    chart: { title: "Served, against the share of writes", metric: "throughput", axis: "% of writes" },
    charts: ["throughput", "latency", "replicas"],
    claims: [
      {
        id: "few",
        status: "derived",
        text: "Up to 40 % writes, everything is served.",
        measured: { metric: "throughput", of: "40-15" },
        atLeast: 970,
        atMost: 1030,
      },
      {
        id: "writer",
        status: "derived",
        text: "750 writes a second: the writer serves no more than 4 ÷ 6 ms, 667 a second.",
        measured: { metric: "throughput", of: "75-15", endpoint: "save" },
        atMost: 680,
      },
      {
        id: "replicas",
        status: "reported",
        text: "Writes are limited to one writer: 15 replicas serve no more of them than 8.",
        measured: { metric: "throughput", of: "75-15", endpoint: "save" },
        per: { metric: "throughput", of: "75-8", endpoint: "save" },
        atLeast: 0.95,
        atMost: 1.05,
      },
      {
        id: "slow",
        status: "reported",
        text: "Beyond the writer's limit requests wait: mean latency at least ten times as long.",
        measured: { metric: "latencyMean", of: "75-15" },
        per: { metric: "latencyMean", of: "20-15" },
        atLeast: 10,
      },
    ],
  },
  {
    id: "E6",
    title: "Fewer round trips",
    text: "One select in place of three, and one **bulk insert** in place of six: the same work for the client with a third of the round trips. Each request is over sooner, holds a connection for a shorter time, and leaves the processors to others. Here with three replicas.",
    note: "The cheapest replica is the query that is not sent.",
    changes: [replicas(3), ...queries(ONE_SELECT, BULK_INSERT), rate(400), writes(5)],
    variants: [
      ...[400, 500, 600].map((perSecond) => tuned(perSecond, false)),
      ...[400, 800, 1300, 1800].map((perSecond) => tuned(perSecond, true)),
    ],
    chart: { title: "Served by three replicas", metric: "throughput", axis: "requests a second" },
    charts: ["throughput", "stages"],
    assumptions: [
      {
        what: "What a bulk insert costs",
        value: "15 ms, 2 ms of them on a processor; one insert: 10 ms and 1 ms",
        why: "The article gives no figures. One statement of six rows is parsed, committed and sent once.",
        neighbours: [1.6, 2.4].map((cpuMs) => ({
          label: `a bulk insert of ${cpuMs} ms processor time`,
          changes: queries(ONE_SELECT, { ...BULK_INSERT, cpuMs }),
        })),
      },
    ],
    claims: [
      {
        id: "sooner",
        status: "reported",
        text: "Fewer round trips: at least 70 ms sooner at 400 requests a second.",
        measured: { metric: "latencyMean", of: "before-400" },
        minus: { metric: "latencyMean", of: "after-400" },
        atLeast: 70,
      },
      {
        id: "work",
        status: "derived",
        text: "A third of the selects: a third of the work for the replicas' processors.",
        measured: { metric: "replicaCpu", of: "after-400" },
        per: { metric: "replicaCpu", of: "before-400" },
        atLeast: 0.3,
        atMost: 0.37,
      },
      {
        id: "limit-before",
        status: "derived",
        text: "With several queries three replicas serve no more than 12 ÷ 23.7 ms, 506 requests a second.",
        measured: { metric: "throughput", of: "before-600" },
        atMost: 510,
      },
      {
        id: "fits",
        status: "derived",
        text: "1,300 requests a second on three replicas, none fails.",
        measured: { metric: "failureRate", of: "after-1300" },
        atMost: 0,
      },
    ],
  },
  {
    id: "E7",
    title: "Five million requests a minute",
    text: "The whole, for ten minutes: **83,333 requests a second**, 700 processes, one writer and fifteen replicas. With each query answered by an index, one query of 4 ms takes 0.3 ms of a processor; more than 0.45 ms, and fifteen replicas would be over 60 % busy.",
    note: "Fifty million requests, each of them simulated. This takes minutes.",
    isLong: true,
    changes: [
      { path: "run.durationS", value: 600 },
      { path: "run.warmupS", value: 30 },
      { path: "run.replications", value: 1 },
      rate(83_333),
      { path: "fleets.api.dynos", value: 700 },
      replicas(15),
      ...queries({ ...ONE_SELECT, ms: 4, cpuMs: 0.3 }, { ...BULK_INSERT, ms: 4, cpuMs: 0.2 }),
    ],
    charts: ["throughput", "latency", "connections"],
    assumptions: [
      {
        what: "Processes, and what a request costs",
        value: "700 processes with a vCPU each; 6 ms computing, one query of 4 ms",
        why: "A companion article of the same authors needed 657 instances for as much. The query's processor time follows from the goal: 83,333 requests a second, 95 % of them reading, are 5,278 for each of fifteen replicas.",
        neighbours: [],
      },
    ],
    claims: [
      {
        id: "sent",
        status: "derived",
        text: "50 million requests in ten minutes.",
        measured: { metric: "requestsSent" },
        atLeast: 49_900_000,
        atMost: 50_100_000,
      },
      {
        id: "served",
        status: "reported",
        text: "5,000,000 requests a minute are served.",
        measured: { metric: "throughput" },
        atLeast: 83_000,
        atMost: 83_700,
      },
      {
        id: "failures",
        status: "derived",
        text: "None fails.",
        measured: { metric: "failureRate" },
        atMost: 0,
      },
      {
        id: "connections",
        status: "reported",
        text: "The writer's connections stay below its 4,000.",
        measured: { metric: "connectionsMost" },
        atMost: 3999,
      },
    ],
  },
];
