import type { PathValue } from "../../path-text";
import { around, type Variant } from "../story";
import { startingPoint, visitors } from "./starting-point";

const retries = (value: number) => ({ path: "workloads.visitors.retries.attempts", value });
const CALM = { path: "timeline", value: [] };
/** What is measured of a variant is only what comes a minute after the trouble. */
const AFTERWARDS = { path: "run.warmupS", value: 90 };

/** Who finds no thread waits at a server; or at the balancer, for half a second at most. */
const lines = (isShort: boolean): readonly PathValue[] => [
  { path: "fleets.web.maxOutstandingPerDyno", value: isShort ? 5 : null },
  { path: "edge.queueTimeoutMs", value: isShort ? 500 : null },
];

const afterwards = (attempts: number, isShort: boolean): Variant => {
  const line = isShort ? "turned away after half a second" : "waiting at the servers";
  return {
    id: `${attempts}-${isShort ? "short" : "long"}`,
    label: `${attempts} retries, ${line}`,
    x: attempts,
    line,
    changes: [retries(attempts), AFTERWARDS, ...lines(isShort)],
  };
};

const LAST = { fromS: 120, toS: 150 };

/** A state that keeps itself up after its cause has gone. */
export const RETRY_STORM_TRAP = startingPoint(
  {
    id: "retry-storm-trap",
    title: "A retry storm that does not end",
    lesson:
      "Retries multiply the load just when there is too much of it: a short slowdown becomes an outage that stays after its cause has gone.",
  },
  {
    run: { durationS: 150, warmupS: 5, seed: 1, replications: 4 },
    slo: { failureRate: 0.3 },
    workloads: [visitors(24, { retries: { attempts: 3, backoffMs: 200 } })],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 50 },
          { kind: "wait", ms: { dist: "gamma", mean: 250, cv: 0.5 } },
        ],
      },
    ],
    edge: { timeoutMs: 2000 },
    fleets: [
      {
        name: "web",
        dynos: 4,
        dynoType: "fargate-1vcpu-2gb",
        threads: 5,
        pool: { size: 5 },
        balancer: "round-robin",
      },
    ],
    database: { plan: "db.t3.medium" },
  },
  [
    {
      id: "1",
      title: "A third of what it could serve",
      text: "Four servers of five threads, and a page takes 0.3 s: the system could serve 20 ÷ 0.3 = **67 requests a second**, and 24 come. Who gets no answer within two seconds tries again, up to **three times**. On a normal day nobody ever does.",
      note: "Everything here is sensible: room to spare, a timeout, retries with growing pauses and jitter. That is the point.",
      changes: [],
      charts: ["throughput", "latency"],
      claims: [
        {
          id: "busy",
          status: "derived",
          text: "24 a second × 0.3 s = 7.2 of 20 threads busy.",
          measured: { metric: "threadsBusy" },
          atLeast: 0.345,
          atMost: 0.375,
        },
        {
          id: "nothing-fails",
          status: "derived",
          text: "Fewer than one request in a thousand is retried.",
          measured: { metric: "failureRate" },
          atMost: 0.001,
        },
      ],
    },
    {
      id: "2",
      title: "Ten slow seconds, and it stays down",
      text: "For **ten seconds** everything takes five times as long. Then it is over, the servers are as quick as before, and the traffic is what it was. But every request now comes four times: 24 × 4 = **96 a second** on a system that can do 67. The servers work at full speed for people who have left, each of whom sends the next try.",
      note: "Let it run to the end. The cause was over at 30 s, and nothing that could be repaired is broken. This is what is called a metastable failure.",
      changes: [
        {
          path: "timeline",
          value: [{ atS: 20, do: "slowDyno", fleet: "web", count: 4, factor: 5, forS: 10 }],
        },
      ],
      variants: [
        { id: "slow", label: "with ten slow seconds", changes: [] },
        { id: "calm", label: "without them", changes: [CALM] },
      ],
      charts: ["throughput", "latency", "queue"],
      claims: [
        {
          id: "stays",
          status: "derived",
          text: "24 × 4 = 96 a second are more than 67: a minute and a half after the cause at least half of all tries still fail.",
          measured: { metric: "failureRate", of: "slow", ...LAST },
          atLeast: 0.5,
        },
        {
          id: "without",
          status: "derived",
          text: "The same traffic without the ten seconds: nothing fails.",
          measured: { metric: "failureRate", of: "calm", ...LAST },
          atMost: 0.001,
        },
      ],
    },
    {
      id: "3",
      title: "One retry in place of three",
      text: "With one retry each request comes at most twice: 24 × 2 = **48 a second are less than 67**. The line gets shorter from the moment the cause is over, and the system comes back by itself; what fails now fails in the ten seconds and shortly after. The rule: the traffic times one more than the retries has to be less than what the system can serve.",
      note: "Retries are good against one lost packet, and bad against overload. A budget of retries for all clients together does the same as fewer of them.",
      changes: [retries(1)],
      variants: [0, 1, 2, 3].map((attempts) => afterwards(attempts, false)),
      chart: {
        title: "Failures a minute after the cause has gone",
        metric: "failureRate",
        axis: "retries",
      },
      charts: ["throughput", "latency", "queue"],
      assumptions: [
        {
          what: "Traffic",
          value: "24 requests a second",
          why: "Between a quarter and a half of what the system can serve, so that four times as much is too much, and twice as much is not.",
          neighbours: around("workloads.visitors.requestsPerSecond", 24),
        },
      ],
      claims: [
        {
          id: "recovers",
          status: "derived",
          text: "One retry: 48 a second are less than 67, and in the end nothing fails.",
          measured: { metric: "failureRate", of: "1-long", ...LAST },
          atMost: 0.001,
        },
        {
          id: "trap",
          status: "derived",
          text: "Three retries: it is still down, and at least half of all tries fail.",
          measured: { metric: "failureRate", of: "3-long", ...LAST },
          atLeast: 0.5,
        },
      ],
    },
    {
      id: "4",
      title: "Three retries, but short lines",
      text: "The other cure is to **turn away early what cannot be served in time**. A server gets no more than it has threads for, and who waits half a second for a place is told so. No server works for anybody who has left, so it does 67 useful pages a second, and 24 come.",
      note: "Failing quickly looks worse for ten seconds, and is what ends it.",
      after: "2",
      changes: lines(true),
      variants: [0, 1, 2, 3].flatMap((attempts) => [afterwards(attempts, false), afterwards(attempts, true)]),
      chart: {
        title: "Failures a minute after the cause has gone",
        metric: "failureRate",
        axis: "retries",
      },
      charts: ["throughput", "latency", "queue"],
      claims: [
        {
          id: "recovers",
          status: "derived",
          text: "Three retries and short lines: in the end nothing fails.",
          measured: { metric: "failureRate", ...LAST },
          atMost: 0.001,
        },
        {
          id: "answers",
          status: "derived",
          text: "All 24 a second are answered again.",
          measured: { metric: "throughput", ...LAST },
          atLeast: 21.6,
          atMost: 26.4,
        },
      ],
    },
  ],
);
