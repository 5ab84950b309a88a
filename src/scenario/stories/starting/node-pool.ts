import { around, type Variant } from "../story";
import { exponential, rate, startingPoint, visitors } from "./starting-point";

const pool = (value: number): Variant => ({
  id: `pool-${value}`,
  label: `a pool of ${value}`,
  x: value,
  changes: [{ path: "fleets.web.pool.size", value }],
});

const atRate = (perSecond: number): Variant => ({
  id: `${perSecond}-a-second`,
  label: `${perSecond} requests a second`,
  x: perSecond,
  changes: [rate(perSecond)],
});

/** A process that takes any number of requests, and lets five of them at a time to the database. */
export const NODE_POOL = startingPoint(
  {
    id: "node-pool",
    title: "Node with a pool of 5",
    lesson:
      "A Node process takes any number of requests, but its pool lets five at a time to the database: everything looks idle, and answers are slow.",
  },
  {
    run: { durationS: 30, warmupS: 5, seed: 1, replications: 4 },
    slo: { p95Ms: 500, failureRate: 0.001 },
    workloads: [visitors(100)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "cpu", ms: exponential(2) },
          { kind: "query", ms: exponential(40), cpuMs: 1 },
          { kind: "wait", ms: exponential(100) },
        ],
      },
    ],
    edge: { timeoutMs: 60_000 },
    fleets: [
      {
        name: "web",
        dynos: 2,
        dynoType: "fargate-1vcpu-2gb",
        runtime: "event-loop",
        // What is under way in a process has no limit of its own, and takes next to no memory.
        threads: 10_000,
        memory: { perProcessMb: 150, perThreadMb: 0 },
        pool: { size: 5, checkoutTimeoutMs: 60_000, hold: "query" },
        balancer: "round-robin",
      },
    ],
    database: { plan: "db.t3.medium" },
  },
  [
    {
      id: "1",
      title: "Two processes, five connections each",
      text: "Two Node processes, each with a pool of **five connections**, the default of Sequelize. A request computes for 2 ms, queries the database for 40 ms and waits 100 ms for others. It has a connection only while it queries, so 100 requests a second need 100 × 0.04 = **four of the ten**. A Node process has no threads to run out of; what the controls call threads is how many requests it takes at once.",
      note: "There is no setting for threads that anybody forgot. The only small number in this picture is the pool.",
      changes: [],
      charts: ["latency", "connections"],
      claims: [
        {
          id: "connections",
          status: "derived",
          text: "100 a second × 40 ms = 4 of 10 connections in use.",
          measured: { metric: "poolsBusy" },
          atLeast: 0.38,
          atMost: 0.42,
        },
        {
          id: "processors",
          status: "derived",
          text: "100 a second × 2 ms on two processors: 10 % busy.",
          measured: { metric: "cpu" },
          atLeast: 0.095,
          atMost: 0.105,
        },
      ],
    },
    {
      id: "2",
      title: "Slow, and nothing is busy",
      text: "At 350 requests a second the processors of the application and of the database are **almost two thirds idle, or more**, nothing is full, and the database has hundreds of connections left. Yet answers take seconds: ten connections of 40 ms each make 250 queries a second, and everything above that waits inside the process, where no graph of the machine shows it.",
      note: "Ask the room what to scale. More processors would do nothing. More containers would help, but only because each brings five more connections.",
      changes: [rate(350)],
      variants: [100, 150, 200, 250, 300, 350].map(atRate),
      chart: {
        title: "Throughput stops at 250 a second",
        metric: "throughput",
        axis: "requests a second",
      },
      charts: ["throughput", "latency", "stages"],
      claims: [
        {
          id: "ceiling",
          status: "derived",
          text: "10 connections ÷ 40 ms: 250 requests a second, and no more.",
          measured: { metric: "throughput" },
          atLeast: 242.5,
          atMost: 257.5,
        },
        {
          id: "processors",
          status: "derived",
          text: "350 a second × 2 ms on two processors: 35 % busy.",
          measured: { metric: "cpu" },
          atLeast: 0.33,
          atMost: 0.37,
        },
        {
          id: "database",
          status: "derived",
          text: "250 queries a second × 1 ms on two processors: the database is 12.5 % busy.",
          measured: { metric: "databaseCpu" },
          atLeast: 0.12,
          atMost: 0.13,
        },
      ],
    },
    {
      id: "3",
      title: "A pool of twenty",
      text: "350 × 0.04 = **14 connections** are in use on average. Forty in all are enough for that and for the moments when more come at once. The plan has 417, so nothing else has to change, and nothing costs more.",
      note: "From seven per process on the pool can keep up, and a few more take the wait away. Beyond that it changes nothing here; elsewhere a pool that is far too large moves the line into the database.",
      changes: [{ path: "fleets.web.pool.size", value: 20 }],
      variants: [5, 6, 8, 10, 15, 20].map(pool),
      chart: {
        title: "p95 against pool size, 350 requests a second",
        metric: "latencyP95",
        axis: "connections a process",
      },
      charts: ["latency", "connections", "stages"],
      assumptions: [
        {
          what: "Traffic",
          value: "350 requests a second",
          why: "More than ten connections can serve, less than forty.",
          neighbours: around("workloads.visitors.requestsPerSecond", 350),
        },
      ],
      claims: [
        {
          id: "quick",
          status: "derived",
          text: "p95 is at least halved, against a pool of five.",
          measured: { metric: "latencyP95", of: "pool-20" },
          per: { metric: "latencyP95", of: "pool-5" },
          atMost: 0.5,
        },
        {
          id: "connections",
          status: "derived",
          text: "350 a second × 40 ms = 14 of 40 connections in use.",
          measured: { metric: "poolsBusy" },
          atLeast: 0.33,
          atMost: 0.37,
          isSensitive: false,
        },
        {
          id: "no-wait",
          status: "derived",
          text: "By Erlang's formula one request in a thousand or fewer waits when 14 of 40 are in use: the mean wait is below 1 ms.",
          measured: { metric: "checkoutMean" },
          atMost: 1,
        },
      ],
    },
  ],
);
