import { around, type Variant } from "../story";
import { exponential, rate, startingPoint, visitors } from "./starting-point";

const pool = (value: number): Variant => ({
  id: `pool-${value}`,
  label: `a pool of ${value}`,
  x: value,
  changes: [{ path: "fleets.web.pool.size", value }],
});

/** Threads that have no connection to work with. */
export const POOL_BELOW_THREADS = startingPoint(
  {
    id: "pool-below-threads",
    title: "A pool smaller than its threads",
    lesson:
      "Threads without a connection only wait: a pool needs as many connections as the process has threads.",
  },
  {
    run: { durationS: 30, warmupS: 5, seed: 1, replications: 8 },
    slo: { p95Ms: 800, failureRate: 0.001 },
    workloads: [visitors(20)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(100) },
          { kind: "wait", ms: exponential(100) },
        ],
      },
    ],
    fleets: [
      { name: "web", dynos: 2, dynoType: "standard-2x", threads: 5, pool: { size: 5 }, balancer: "random" },
    ],
    database: { plan: "standard-0" },
  },
  [
    {
      id: "1",
      title: "Five threads, a pool of five",
      text: "Two processes of five threads, each with a pool of **five connections**, Rails' default. A page takes 200 ms, and its thread keeps the connection from the first query to the end. 20 requests a second keep 4 of the 10 threads busy.",
      note: "Threads and pool are two settings in two files, and here they happen to be the same.",
      changes: [],
      charts: ["latency", "connections"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "20 a second × 0.2 s = 4 of 10 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.36,
          atMost: 0.44,
        },
        {
          id: "connections",
          status: "derived",
          text: "2 × 5 threads open at most 10 connections.",
          measured: { metric: "connectionsMost" },
          atMost: 10,
        },
      ],
    },
    {
      id: "2",
      title: "Fifteen threads, still a pool of five",
      text: "Traffic grows to 75 a second, and somebody raises the threads to **fifteen**, but not the pool. Five threads of each process work, and **ten wait for a connection** that one of the five has to give back. The fleet serves what ten threads would, 50 a second, and looks fully busy doing it.",
      note: "All threads are taken, so the obvious next step is more threads. The breakdown says what they do: they stand in line for the pool.",
      changes: [rate(75), { path: "fleets.web.threads", value: 15 }],
      charts: ["throughput", "stages", "queue"],
      claims: [
        {
          id: "ceiling",
          status: "derived",
          text: "2 × 5 connections ÷ 0.2 s: 50 requests a second, and no more.",
          measured: { metric: "throughput" },
          atLeast: 48.5,
          atMost: 51.5,
        },
        {
          id: "checkout",
          status: "derived",
          text: "Ten that wait, served at 25 a second: each waits 10 ÷ 25 = 0.4 s for its connection.",
          measured: { metric: "checkoutMean" },
          atLeast: 380,
          atMost: 420,
        },
        {
          id: "busy",
          status: "derived",
          text: "Threads that wait are busy too: all are taken.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.97,
        },
      ],
    },
    {
      id: "3",
      title: "A connection for each thread",
      text: "With a pool of **fifteen** no thread waits for a connection: 75 × 0.2 = 15 of 30 threads work. The database sees 30 connections at most, of the 120 that its plan advertises. A pool of twenty would be the same: there is nobody to use the other five.",
      note: "Let the pool's size follow the threads' number in the configuration. And count: dynos times processes times pool has to stay below what the plan allows.",
      changes: [{ path: "fleets.web.pool.size", value: 15 }],
      variants: [5, 7, 8, 10, 12, 15, 20].map(pool),
      chart: {
        title: "p95 against pool size, fifteen threads",
        metric: "latencyP95",
        axis: "connections a process",
      },
      charts: ["latency", "connections", "stages"],
      assumptions: [
        {
          what: "Traffic",
          value: "75 requests a second",
          why: "More than ten connections can serve, half of what thirty threads can.",
          neighbours: around("workloads.visitors.requestsPerSecond", 75),
        },
      ],
      claims: [
        {
          id: "quick",
          status: "derived",
          text: "p95 is at least halved, against a pool of five.",
          measured: { metric: "latencyP95", of: "pool-15" },
          per: { metric: "latencyP95", of: "pool-5" },
          atMost: 0.5,
        },
        {
          id: "connections",
          status: "derived",
          text: "2 × 15 threads open at most 30 connections.",
          measured: { metric: "connectionsMost" },
          atMost: 30,
        },
        {
          id: "no-more",
          status: "derived",
          text: "A pool of 20 brings nothing more: the mean latency stays.",
          measured: { metric: "latencyMean", of: "pool-20" },
          per: { metric: "latencyMean", of: "pool-15" },
          atLeast: 0.99,
          atMost: 1.01,
        },
      ],
    },
  ],
);
