import type { PathValue } from "../path-text";
import { COMPUTING, INSERTS, SELECTS, SPREAD_STEPS } from "./five-million-spread";
import { type Assumption, around, type StepDocument, type Story, storyOf, type Variant } from "./story";

const SOURCE = 'Sirin Software, "Scaling Amazon Aurora MySQL", May 16, 2019';

const rate = (value: number): PathValue => ({ path: "workloads.clients.requestsPerSecond", value });
const processes = (value: number): PathValue => ({ path: "fleets.api.dynos", value });
const atRate = (perSecond: number, line?: string, more: Variant["changes"] = []): Variant => ({
  id: `${line === undefined ? "" : `${line}-`}${perSecond}`,
  label: `${perSecond} requests a second${line === undefined ? "" : `, ${line}`}`,
  x: perSecond,
  ...(line === undefined ? {} : { line }),
  changes: [rate(perSecond), ...more],
});

const SMALL = "aurora-mysql.db.t2.medium";

/** db.r4.xlarge with the article's limit of connections. */
const LARGE = { vcpus: 4, memoryMb: 31_232, monthlyUsd: 423.4, connectionLimit: 4000 };

const QUERIES: Assumption = {
  what: "The endpoint's queries before they were improved",
  value:
    "three selects of 40 ms, 8 ms of them on a processor; where it writes, six inserts of 10 ms and 1 ms",
  why: "The article counts none. These make a pool of five the narrowest place, and the small instance the next; where exactly the limits lie follows from them, so that figures of limits are not tried with neighbours.",
  neighbours: [...around("endpoints.fetch.steps.1.ms", 40), ...around("endpoints.fetch.steps.1.cpuMs", 8)],
};

const STEPS: readonly StepDocument[] = [
  {
    id: "E1",
    title: "A pool of five",
    text: "One Node.js process and a small Aurora MySQL instance. The process could do far more than it does, but its pool has **five connections**: while all five are busy, the next request waits for one.",
    note: "Five connections of 120 ms for each request are 42 requests a second. Neither processor is busy then.",
    changes: [],
    variants: [20, 30, 40, 50].map((perSecond) => atRate(perSecond)),
    chart: {
      title: "Waiting for a connection, against traffic",
      metric: "checkoutMean",
      axis: "requests a second",
    },
    charts: ["latency", "stages"],
    assumptions: [QUERIES],
    claims: [
      {
        id: "waits",
        status: "reported",
        text: "With five busy connections new requests wait: at 50 requests a second for more than a second.",
        measured: { metric: "checkoutMean", of: "50" },
        atLeast: 1000,
        isSensitive: false,
      },
      {
        id: "begins",
        status: "derived",
        text: "The wait begins before that, whenever five are busy by chance.",
        measured: { metric: "checkoutMean", of: "30" },
        atLeast: 1,
      },
      {
        id: "ceiling",
        status: "derived",
        text: "5 connections ÷ 0.12 s are not more than 41.7 requests a second (95 % of them read; what writes takes 0.06 s, which makes it 42.7).",
        measured: { metric: "throughput", of: "50" },
        atLeast: 40,
        atMost: 43,
        isSensitive: false,
      },
      {
        id: "idle",
        status: "derived",
        text: "The database is no more than about half busy then.",
        measured: { metric: "databaseCpu", of: "50" },
        atMost: 0.65,
      },
    ],
  },
  {
    id: "E2",
    title: "A pool of two hundred",
    text: "With **200 connections** at most nobody waits for one any more. What stands in the way next is the database itself: its two processors, and the 90 connections that so small an instance allows.",
    note: "A pool is only as large as what stands behind it: two hundred were allowed, and the instance gives ninety.",
    changes: [{ path: "fleets.api.pool.size", value: 200 }],
    variants: [20, 30, 40, 50, 60, 100].map((perSecond) => atRate(perSecond)),
    chart: {
      title: "Nobody waits for a connection, up to the database's limit",
      metric: "latencyMean",
      axis: "requests a second",
    },
    charts: ["latency", "connections"],
    assumptions: [QUERIES],
    claims: [
      {
        id: "gone",
        status: "reported",
        text: "The wait for a connection is gone at 50 requests a second.",
        measured: { metric: "checkoutMean", of: "50" },
        atMost: 1,
      },
      {
        id: "serves",
        status: "derived",
        text: "All 50 requests a second are served.",
        measured: { metric: "throughput", of: "50" },
        atLeast: 48.5,
        atMost: 51.5,
      },
      {
        id: "database",
        status: "derived",
        text: "At 100 requests a second the database's processors are the limit: 2 ÷ 23.1 ms are 87.",
        measured: { metric: "throughput", of: "100" },
        atMost: 87.5,
        isSensitive: false,
      },
      {
        id: "refused",
        status: "derived",
        text: "The instance refuses what exceeds its 90 connections.",
        measured: { metric: "requestsFailed", of: "100", failure: "connection-refused" },
        atLeast: 1,
        isSensitive: false,
      },
    ],
  },
  {
    id: "E3",
    title: "A larger instance",
    text: "From db.t2.medium to **db.r4.xlarge**: twice the processors, and the 4,000 connections that the article names for its instance. Four processes of the application share the traffic now.",
    changes: [{ path: "database.plan", value: LARGE }, processes(4), rate(100)],
    variants: [
      ...[80, 100, 150, 200].map((perSecond) => atRate(perSecond, "r4.xlarge")),
      ...[80, 100, 150].map((perSecond) =>
        atRate(perSecond, "t2.medium", [{ path: "database.plan", value: SMALL }]),
      ),
    ],
    chart: { title: "Served, small and larger instance", metric: "throughput", axis: "requests a second" },
    charts: ["throughput", "connections"],
    assumptions: [
      {
        what: "Connections of the larger instance",
        value: "4,000",
        why: "The article's figure. It is the default of db.r4.4xlarge; db.r4.xlarge has 2,000 unless it is raised.",
        neighbours: around("database.plan.connectionLimit", 4000),
      },
    ],
    claims: [
      {
        id: "all-right",
        status: "derived",
        text: "150 requests a second are served, none fails.",
        measured: { metric: "failureRate", of: "r4.xlarge-150" },
        atMost: 0,
      },
      {
        id: "ceiling",
        status: "derived",
        text: "Twice the processors serve twice as much: 4 ÷ 23.1 ms are 173 requests a second.",
        measured: { metric: "throughput", of: "r4.xlarge-200" },
        atLeast: 164,
        atMost: 174,
      },
    ],
  },
  {
    id: "E3b",
    title: "A quarter of an hour without a database",
    text: "The larger instance type needed a new major version of Aurora, and so a new cluster from a snapshot: **15 minutes** without a database. Here it is a restart of 900 seconds under traffic, in which every request fails at once.",
    note: "Later changes of the instance type went without it; this one had to be paid once.",
    changes: [
      { path: "run.durationS", value: 1500 },
      { path: "run.replications", value: 1 },
      { path: "timeline", value: [{ atS: 300, do: "restartDatabase", downS: 900 }] },
    ],
    charts: ["throughput", "connections"],
    claims: [
      {
        id: "down",
        status: "reported",
        text: "15 minutes of downtime: requests fail for about 900 s.",
        measured: { metric: "secondsFailing" },
        atLeast: 890,
        atMost: 945,
      },
      {
        id: "all",
        status: "derived",
        text: "Nothing is served in the meantime.",
        measured: { metric: "successRate", fromS: 310, toS: 1190 },
        atMost: 0,
      },
      {
        id: "lost",
        status: "derived",
        text: "100 requests a second × 900 s: 90,000 requests are lost.",
        measured: { metric: "requestsFailed" },
        atLeast: 88_000,
        atMost: 92_000,
      },
      {
        id: "back",
        status: "derived",
        text: "Afterwards everything is served again.",
        measured: { metric: "failureRate", fromS: 1230, toS: 1500 },
        atMost: 0,
      },
    ],
  },
  ...SPREAD_STEPS,
];

/** Aurora MySQL on the way to five million requests a minute. */
export const FIVE_MILLION: Story = storyOf(
  {
    id: "five-million",
    title: "Five million requests a minute on Aurora MySQL",
    lesson:
      "Connections first, then the instance, then read replicas; writes stay with one writer, and only fewer and cheaper queries help there.",
    source: SOURCE,
  },
  {
    name: "Five million requests a minute on Aurora MySQL",
    notes: `After ${SOURCE}. Queries, processes and traffic are assumed; processor credits of the small instance are not simulated.`,
    run: { durationS: 300, warmupS: 30, seed: 1, replications: 2 },
    slo: { p95Ms: 500, failureRate: 0.001 },
    workloads: [{ name: "clients", kind: "open", requestsPerSecond: 50, mix: { fetch: 0.95, save: 0.05 } }],
    endpoints: [
      { name: "fetch", fleet: "api", safe: true, steps: [COMPUTING, SELECTS] },
      { name: "save", fleet: "api", safe: false, steps: [COMPUTING, INSERTS] },
    ],
    edge: { timeoutMs: 60_000 },
    fleets: [
      {
        name: "api",
        balancer: "round-robin",
        dynos: 1,
        dynoType: "fargate-1vcpu-2gb",
        processes: 1,
        threads: 1000,
        runtime: "event-loop",
        memory: { perProcessMb: 250, perThreadMb: 0.1 },
        pool: { size: 5, hold: "query", checkoutTimeoutMs: 60_000, idleTimeoutS: 10, reapEveryS: 1 },
      },
    ],
    database: { plan: SMALL, memoryPerConnectionMb: 1 },
  },
  STEPS,
);
