import { around, type Variant } from "../story";
import { exponential, startingPoint, visitors } from "./starting-point";

const spread = (seconds: number) => ({ path: "workloads.heartbeats.spreadMs", value: 1000 * seconds });

const within = (seconds: number): Variant => ({
  id: `${seconds}-s`,
  label: seconds === 0 ? "all at once" : `within ${seconds} s`,
  x: seconds,
  changes: [spread(seconds)],
});

/** Averages say nothing about what comes at one moment. */
export const HEARTBEATS = startingPoint(
  {
    id: "heartbeats",
    title: "A thundering herd of heartbeats",
    lesson:
      "Clients that all send at the same moment fill a system that is idle on average; spreading them over a few seconds mends it without a server more.",
  },
  {
    // Two whole rounds are measured, so that averages of all steps are of the same requests.
    run: { durationS: 75, warmupS: 15, seed: 1, replications: 4 },
    slo: { p95Ms: 500, failureRate: 0.001 },
    workloads: [
      visitors(20, { mix: { page: 1 } }),
      {
        name: "heartbeats",
        kind: "burst",
        clients: 1500,
        everyMs: 30_000,
        spreadMs: 30_000,
        mix: { beat: 1 },
      },
    ],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(50) },
          { kind: "wait", ms: exponential(50) },
        ],
      },
      {
        name: "beat",
        steps: [
          { kind: "query", ms: 10 },
          { kind: "wait", ms: 30 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 2, dynoType: "fargate-1vcpu-2gb", balancer: "round-robin" }],
    database: { plan: "db.t3.medium" },
  },
  [
    {
      id: "1",
      title: "Every client beats in its own time",
      text: "Every client of an application reports **every 30 seconds** that it is still there. 1,500 of them are 50 beats a second, and a beat takes 40 ms; 20 pages a second take 100 ms each. Together they keep 4 of 20 threads busy. Clients were started one by one, so their beats come one by one.",
      note: "Look at the queue's chart: flat at nothing. The next step changes one number, and not the amount of work.",
      changes: [],
      charts: ["queue", "throughput"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "50 × 40 ms and 20 × 100 ms a second: 4 of 20 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.19,
          atMost: 0.21,
        },
        {
          id: "pages",
          status: "derived",
          text: "A page waits for next to nothing: 100 ms on average, and 5 ms for a connection now and then.",
          measured: { metric: "latencyMean", endpoint: "page" },
          atLeast: 95,
          atMost: 106,
        },
      ],
    },
    {
      id: "2",
      title: "All at the same moment",
      text: "After an outage all clients connect again within the same moment, and from then on **their beats come together**. 1,500 beats of 40 ms on 20 threads are three seconds of work: for three seconds of every thirty nothing else gets through, and visitors wait behind machines. The average is still 20 %.",
      note: "Anything with a round number does this: timers at the full minute, caches that expire together, clients that reconnect after a deploy.",
      changes: [spread(0)],
      variants: [within(0), within(30)],
      charts: ["queue", "latency", "throughput"],
      claims: [
        {
          id: "last",
          status: "derived",
          text: "1,500 × 40 ms ÷ 20 threads = 3 s: the last to get a thread waits for nearly that long, or longer for pages in between.",
          measured: { metric: "queueMax" },
          atLeast: 2900,
        },
        {
          id: "average",
          status: "derived",
          text: "The threads are as busy on average as before.",
          measured: { metric: "threadsBusy" },
          per: { metric: "threadsBusy", step: "1" },
          atLeast: 0.95,
          atMost: 1.05,
        },
        {
          id: "pages",
          status: "derived",
          text: "One page in ten comes while the herd is there: their p95 at least doubles.",
          measured: { metric: "latencyP95", endpoint: "page", of: "0-s" },
          per: { metric: "latencyP95", endpoint: "page", of: "30-s" },
          atLeast: 2,
        },
      ],
    },
    {
      id: "3",
      title: "Spread over ten seconds",
      text: "Each client adds a random pause of up to ten seconds. The same beats are now 150 a second for a third of the time, which takes **6 of the 20 threads**. The spread has to be longer than the three seconds that the herd's work takes on all threads, and some more for everybody else.",
      note: "The curve falls in a straight line: a second of spread takes a second off the longest wait, until there is no wait left.",
      changes: [spread(10)],
      variants: [0, 1, 2, 3, 5, 10, 20].map(within),
      chart: {
        title: "Longest wait against the spread of the beats",
        metric: "queueMax",
        axis: "seconds of spread",
      },
      charts: ["queue", "latency", "throughput"],
      assumptions: [
        {
          what: "Clients",
          value: "1,500",
          why: "Three seconds of work for all threads, and a tenth of them on average.",
          neighbours: around("workloads.heartbeats.clients", 1500),
        },
      ],
      claims: [
        {
          id: "wait",
          status: "derived",
          text: "6 threads for beats and 2 for pages leave 12 free: the longest wait is at most a tenth of the herd's.",
          measured: { metric: "queueMax", of: "10-s" },
          per: { metric: "queueMax", of: "0-s" },
          atMost: 0.1,
        },
        {
          id: "pages",
          status: "derived",
          text: "p95 of pages is at least halved, against all at once.",
          measured: { metric: "latencyP95", endpoint: "page", of: "10-s" },
          per: { metric: "latencyP95", endpoint: "page", of: "0-s" },
          atMost: 0.5,
        },
        {
          id: "one-second",
          status: "derived",
          text: "One second of spread is less than three seconds of work: there still is a wait of at least a second.",
          measured: { metric: "queueMax", of: "1-s" },
          atLeast: 1000,
        },
      ],
    },
  ],
);
