import { around, type Variant } from "../story";
import { exponential, rate, startingPoint, visitors } from "./starting-point";

/** Thirty requests a second for each container. */
const grown = (containers: number): Variant["changes"] => [
  { path: "fleets.web.dynos", value: containers },
  rate(30 * containers),
];

const inMode = (mode: "session" | "transaction", containers: number): Variant => ({
  id: `${mode}-${containers}`,
  label: `${containers} containers, ${mode} mode`,
  x: containers,
  line: `${mode} mode`,
  changes: [...grown(containers), { path: "pooler.mode", value: mode }],
});

/** What a pooler lends, and for how long. */
export const POOLER_MODES = startingPoint(
  {
    id: "pooler-modes",
    title: "A pooler in session and in transaction mode",
    lesson:
      "In session mode a client keeps its server connection as long as it is connected, so clients that stay connected share nothing; transaction mode lends one for each transaction.",
  },
  {
    run: { durationS: 30, warmupS: 5, seed: 1, replications: 4 },
    slo: { p95Ms: 1000, failureRate: 0.001 },
    workloads: [visitors(60)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(50) },
          { kind: "wait", ms: exponential(150) },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 2, dynoType: "fargate-1vcpu-2gb", balancer: "least-outstanding" }],
    pooler: { enabled: true, mode: "session", connections: 20 },
    database: { plan: "db.t3.medium" },
  },
  [
    {
      id: "1",
      title: "PgBouncer as it comes",
      text: "Two containers of ten threads talk to a PgBouncer with its defaults: **session mode, 20 server connections**. Twenty threads open at most twenty connections, each keeps one server connection, and all is well. The pooler does nothing that a direct connection would not.",
      note: "This is how it is installed, tested, and found good. The number of clients just happens to fit.",
      changes: [],
      charts: ["latency", "connections"],
      claims: [
        {
          id: "threads",
          status: "derived",
          text: "60 a second × 0.2 s = 12 of 20 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.55,
          atMost: 0.65,
        },
        {
          id: "nothing-fails",
          status: "derived",
          text: "20 clients, 20 server connections: nothing fails.",
          measured: { metric: "failureRate" },
          atMost: 0,
        },
      ],
    },
    {
      id: "2",
      title: "Four times the containers",
      text: "Eight containers, four times the traffic. Now 80 threads want a connection, and **the first 20 keep theirs for good**: the application's pools never hang up. All others stand in the pooler's line for up to two minutes, each with a thread in its hand. The 20 that have one serve a page every 0.2 s, 100 a second of the 240 that come.",
      note: "The database is bored meanwhile: of its 20 connections each runs a query a quarter of the time. The wait is for connections that are lent, and idle.",
      changes: grown(8),
      charts: ["throughput", "latency", "connections"],
      claims: [
        {
          id: "ceiling",
          status: "derived",
          text: "20 connections kept for 0.2 s a page: at most 100 requests a second.",
          measured: { metric: "throughput" },
          atMost: 103,
        },
        {
          id: "not-served",
          status: "derived",
          text: "Of 240 a second that is less than half.",
          measured: { metric: "throughput" },
          per: { metric: "throughput", step: "3" },
          atMost: 0.5,
        },
      ],
    },
    {
      id: "3",
      title: "Transaction mode",
      text: "In transaction mode a server connection is lent **for a transaction**, here a query of 50 ms. 240 × 0.05 = 12 of the 20 are in use, and eighty threads share them without noticing.",
      note: "One word in a configuration file. What it asks for in return stands below the text: check the application for it first.",
      caution:
        "In transaction mode a client has a server connection only for a transaction: session variables, advisory locks held over statements, LISTEN, and prepared statements of a session do not work as usual.",
      changes: [{ path: "pooler.mode", value: "transaction" }],
      variants: [2, 4, 6, 8].flatMap((count) => [inMode("session", count), inMode("transaction", count)]),
      chart: {
        title: "Throughput against containers, 30 requests a second for each",
        metric: "throughput",
        axis: "containers",
      },
      charts: ["throughput", "latency", "connections"],
      assumptions: [
        {
          what: "Server connections",
          value: "20",
          why: "PgBouncer's default for a pool.",
          neighbours: around("pooler.connections", 20),
        },
      ],
      claims: [
        {
          id: "served",
          status: "derived",
          text: "20 connections ÷ 50 ms = 400 a second: all 240 are answered.",
          measured: { metric: "throughput", of: "transaction-8" },
          atLeast: 233,
          atMost: 247,
        },
        {
          id: "nothing-fails",
          status: "derived",
          text: "Nothing fails.",
          measured: { metric: "failureRate", of: "transaction-8" },
          atMost: 0,
        },
        {
          id: "more",
          status: "derived",
          text: "240 against the 100 of session mode: at least half as much again.",
          measured: { metric: "throughput", of: "transaction-8" },
          per: { metric: "throughput", of: "session-8" },
          atLeast: 1.5,
        },
      ],
    },
  ],
);
