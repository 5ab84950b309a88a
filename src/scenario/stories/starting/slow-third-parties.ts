import type { Variant } from "../story";
import { aroundMean, exponential, startingPoint, visitors } from "./starting-point";

const THIRD_PARTY = "endpoints.payment.steps.1.ms";
const takes = (ms: number) => ({ path: THIRD_PARTY, value: exponential(ms) });
const balancer = (value: string) => ({ path: "fleets.web.balancer", value });
const LEAST = "least-outstanding";

const at = (seconds: number, kind: string): Variant => ({
  id: `${kind}-${seconds}-s`,
  label: `${seconds} s, ${kind}`,
  x: seconds,
  line: kind,
  changes: [takes(1000 * seconds), balancer(kind)],
});

/** The step's own third party with one of the balancers. */
const only = (kind: string): Variant => ({
  id: kind,
  label: kind,
  line: kind,
  changes: [balancer(kind)],
});

/** Who sends in turn sends to servers that are held up, too. */
export const SLOW_THIRD_PARTIES = startingPoint(
  {
    id: "slow-third-parties",
    title: "Round-robin and slow third parties",
    lesson:
      "Round-robin gives every server the same number of requests, also one whose threads are held by slow calls; counting what is outstanding sends them where there is room.",
  },
  {
    run: { durationS: 120, warmupS: 20, seed: 1, replications: 8 },
    slo: { queueP95Ms: 100, failureRate: 0.001 },
    workloads: [visitors(40, { mix: { page: 0.9, payment: 0.1 } })],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(20) },
          { kind: "wait", ms: exponential(80) },
        ],
      },
      {
        name: "payment",
        safe: false,
        steps: [
          { kind: "query", ms: exponential(20), access: "write" },
          { kind: "wait", ms: exponential(300) },
        ],
      },
    ],
    edge: { timeoutMs: 60_000 },
    fleets: [
      {
        name: "web",
        dynos: 10,
        dynoType: "fargate-1vcpu-2gb",
        threads: 3,
        pool: { size: 3 },
        balancer: "round-robin",
      },
    ],
    database: { plan: "db.t3.medium" },
  },
  [
    {
      id: "1",
      title: "A third party that answers quickly",
      text: "Ten servers of three threads behind a load balancer that sends to each **in turn**, as most do by default. Nine requests in ten are pages of 100 ms. One in ten is a payment, which calls a third party and waits 0.3 s. Five of 30 threads are busy, and nobody waits.",
      note: "Round-robin is fair in the number of requests. It is fair in work only as long as all requests take about as long.",
      changes: [],
      charts: ["latency", "queue"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "36 × 0.1 s and 4 × 0.32 s: 4.9 of 30 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.155,
          atMost: 0.172,
        },
        {
          id: "queue",
          status: "derived",
          text: "At a sixth of the threads hardly anybody waits: p95 of queue time is 0.",
          measured: { metric: "queueP95" },
          atMost: 0.1,
        },
      ],
    },
    {
      id: "2",
      title: "The third party takes four seconds",
      text: "Now the third party takes 4 s. Payments hold 4 × 4 = 16 threads, and two thirds of all are busy. But they are **not evenly spread**: by chance one server has all three threads in payments while others have none, and round-robin sends it the next page all the same. Pages that call nobody wait behind payments.",
      note: "In the heat map a dark row is a server whose threads are all held. Its neighbours are free at the same moment.",
      changes: [takes(4000)],
      charts: ["queue", "dynos-heat", "latency"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "36 × 0.1 s and 4 × 4.02 s: 19.7 of 30 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.59,
          atMost: 0.725,
        },
        {
          id: "pages",
          status: "derived",
          text: "Pages call nobody, and yet their p95 at least doubles.",
          measured: { metric: "latencyP95", endpoint: "page" },
          per: { metric: "latencyP95", endpoint: "page", step: "1" },
          atLeast: 2,
        },
      ],
    },
    {
      id: "3",
      title: "To the server with the fewest outstanding",
      text: "A balancer that counts what each server has **outstanding** sends the next request where there is room. As long as one of the 30 threads is free, nobody waits, wherever the payments are. Same servers, same third party, one setting.",
      note: "It does not make the third party any quicker, and past some point all threads are held. Then only a timeout for the call, or threads of its own for it, helps.",
      changes: [balancer(LEAST)],
      variants: [
        ...[0.3, 1, 2, 3, 4].flatMap((seconds) => [at(seconds, "round-robin"), at(seconds, LEAST)]),
        only("round-robin"),
        only(LEAST),
      ],
      chart: {
        title: "Mean queue time against how long the third party takes",
        metric: "queueMean",
        axis: "seconds",
      },
      charts: ["queue", "dynos-heat", "latency"],
      assumptions: [
        {
          what: "How long the third party takes",
          value: "4 s on average",
          why: "Slow enough to hold half of the threads.",
          neighbours: aroundMean(THIRD_PARTY, 4000),
        },
      ],
      claims: [
        {
          id: "pages",
          status: "derived",
          text: "p95 of pages is at least halved, against round-robin.",
          measured: { metric: "latencyP95", endpoint: "page", of: LEAST },
          per: { metric: "latencyP95", endpoint: "page", of: "round-robin" },
          atMost: 0.5,
        },
        {
          id: "same-work",
          status: "derived",
          text: "The work is the same: as many threads are busy on average.",
          measured: { metric: "threadsBusy", of: LEAST },
          per: { metric: "threadsBusy", of: "round-robin" },
          atLeast: 0.95,
          atMost: 1.05,
        },
      ],
    },
  ],
);
