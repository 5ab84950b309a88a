import type { PathValue } from "../path-text";
import type { StepPolicy } from "../types";
import { down, PEAK, upByLatency, upByProcessor } from "./fewer-servers-day";
import type { Assumption, Claim, Metric, StepDocument } from "./story";

export const BABBEL = 'Babbel, "How to do more with fewer servers", 2020';

export const policies = (value: readonly StepPolicy[]): PathValue => ({
  path: "fleets.web.autoscaler.policies",
  value,
});

/** The fewest tasks, with which the day begins. */
export const smallest = (count: number, atFirst = count): readonly PathValue[] => [
  { path: "fleets.web.autoscaler.min", value: count },
  { path: "fleets.web.dynos", value: atFirst },
];

const puma = (processes: number, threads: number): readonly PathValue[] => [
  { path: "fleets.web.processes", value: processes },
  { path: "fleets.web.threads", value: threads },
];

const LATENCIES: readonly (readonly [string, Metric])[] = [
  ["p75", "latencyP75"],
  ["p90", "latencyP90"],
  ["p95", "latencyP95"],
  ["p99", "latencyP99"],
];

/** Each percentile falls by a fifth at least, against the step before and against lines of processes. */
const DROPS: readonly Claim[] = LATENCIES.flatMap(([name, metric]): Claim[] => [
  {
    id: name,
    status: "reported",
    text: `${name} drops by far, here a fifth at least.`,
    measured: { metric },
    per: { metric, step: "B3" },
    atMost: 0.8,
    differs:
      "Before it, too, hardly anybody waited: a task with six processes and one line lends any idle process to the next request. In Puma a connection that is kept open belongs to one process, busy or not; the article does not name that as the cause, but with it the drop comes out: see the next.",
  },
  {
    id: `${name}-lines`,
    status: "reported",
    text: `${name} drops by as much against six processes with a line each (B2, whose balancer did not look at them yet).`,
    measured: { metric },
    per: { metric, step: "B2", of: "lines" },
    atMost: 0.8,
  },
]);

const COMPUTING: Assumption = {
  what: "How computing times differ",
  value: "gamma, cv 0.5",
  why: "The article gives none. Threads of one process wait for each other while they compute, and the more so the more these times differ.",
  neighbours: [0.4, 0.6].map((cv) => ({
    label: `cv ${cv}`,
    changes: [
      { path: "endpoints.hot.steps.0.ms", value: { dist: "gamma", mean: 15, cv } },
      { path: "endpoints.normal.steps.0.ms", value: { dist: "gamma", mean: 40, cv } },
    ],
  })),
};

const NO_GAIN: readonly Claim[] = LATENCIES.map(
  ([name, metric]): Claim => ({
    id: name,
    status: "reported",
    text: `${name} is no better than with one process of 16 threads.`,
    measured: { metric },
    per: { metric, step: "B4" },
    atLeast: 0.97,
  }),
);

const TRAFFIC_BEFORE = 1.9;

/** A figure within a fifth of what the article reports. */
const near = (claim: Pick<Claim, "id" | "text" | "measured" | "per" | "minus" | "differs">, value: number) =>
  ({
    ...claim,
    status: "reported",
    atLeast: value * 0.8,
    atMost: value * 1.2,
  }) as const;

const RESULTS: readonly Claim[] = [
  near({ id: "least", text: "As few as 4 tasks; within a fifth.", measured: { metric: "dynosLeast" } }, 4),
  near({ id: "most", text: "Up to 11 tasks; within a fifth.", measured: { metric: "dynosMost" } }, 11),
  near(
    {
      id: "three-times",
      text: "About three times fewer tasks than at the beginning; within a fifth.",
      measured: { metric: "dynosMean", step: "B0" },
      per: { metric: "dynosMean" },
    },
    3,
  ),
  near(
    {
      id: "processors",
      text: "25 points more of the processors in use; within a fifth.",
      measured: { metric: "cpu" },
      minus: { metric: "cpu", step: "B0" },
      differs:
        "30 points, at the edge of it: the alarms keep the processors between 35 and 50 %, and they were at 15 %. The article does not say whether it means points or a quarter more than before.",
    },
    0.25,
  ),
  near(
    {
      id: "cost",
      text: "Four times cheaper than before the work; within a fifth.",
      measured: { metric: "runUsd", step: "B0" },
      per: { metric: "runUsd" },
      differs:
        "Three times fewer tasks of one size cost a third. The article compares bills of different months, and its traffic had fallen again by then; by how much it does not say.",
    },
    4,
  ),
  near(
    {
      id: "cost-before",
      text: "2.4 times cheaper than before the traffic had nearly doubled; within a fifth.",
      measured: { metric: "runUsd", step: "B0", of: "before" },
      per: { metric: "runUsd" },
    },
    2.4,
  ),
  near(
    {
      id: "p95",
      text: "p95 at the load balancer 259 ms; within a fifth.",
      measured: { metric: "latencyP95" },
    },
    259,
  ),
  near(
    {
      id: "p95-ratio",
      text: "p95 is half of what it was (513 to 259 ms); within a fifth, against six processes with a line each.",
      measured: { metric: "latencyP95" },
      per: { metric: "latencyP95", step: "B0", of: "lines" },
    },
    259 / 513,
  ),
  near(
    {
      id: "p99",
      text: "p99 at the load balancer 416 ms; within a fifth.",
      measured: { metric: "latencyP99" },
      differs:
        "The assumed 3 % of calls to third parties are longer than that in themselves; by this figure fewer than 1 % of the article's requests were.",
    },
    416,
  ),
  near(
    {
      id: "p99-ratio",
      text: "p99 is half of what it was (823 to 416 ms); within a fifth, against six processes with a line each.",
      measured: { metric: "latencyP99" },
      per: { metric: "latencyP99", step: "B0", of: "lines" },
      differs:
        "It falls by more, 0.39 times: slow third parties block whole processes of the baseline, and how slow they are is assumed.",
    },
    416 / 823,
  ),
  {
    id: "application",
    status: "reported",
    text: "p95 inside the application is 32 % longer; within a fifth of that.",
    measured: { metric: "appP95" },
    per: { metric: "appP95", step: "B0" },
    atLeast: 1.256,
    atMost: 1.384,
    differs:
      "1.19 times: threads that share a processor wait for it, but less than in the article. Its computing times may differ more, or come in several parts, between which other threads hold Ruby's lock for 100 ms at a time.",
  },
  {
    id: "application-ms",
    status: "reported",
    text: "That is 60 ms more; within a fifth.",
    measured: { metric: "appP95" },
    minus: { metric: "appP95", step: "B0" },
    atLeast: 48,
    atMost: 72,
    differs: "40 ms, for the same reason.",
  },
];

/** From processes to threads, and what the alarms can be set to then. */
export const THREAD_STEPS: readonly StepDocument[] = [
  {
    id: "B4",
    title: "Sixteen threads",
    text: "The service mostly waits for others, and a thread that waits needs no processor. One process with **16 threads** in place of six processes with one: any of sixteen takes the next request, and slow calls block fewer of what is left.",
    note: "The task's one processor stays as busy as it was. What goes is the waiting in line beside it.",
    changes: puma(1, 16),
    charts: ["instances", "latency", "stages"],
    assumptions: [COMPUTING],
    claims: [
      ...DROPS,
      {
        id: "fewer",
        status: "reported",
        text: "Slightly fewer tasks.",
        measured: { metric: "dynosMean" },
        per: { metric: "dynosMean", step: "B3" },
        atMost: 0.98,
        differs: "The processors decide how many there are, before and after, and they have the same to do.",
      },
      {
        id: "processors",
        status: "reported",
        text: "The processors' average stays the same; within a tenth.",
        measured: { metric: "cpu" },
        per: { metric: "cpu", step: "B3" },
        atLeast: 0.9,
        atMost: 1.1,
      },
    ],
  },
  {
    id: "B4b",
    title: "Three processes of eight threads",
    text: "Processes and threads together, 24 at once in a task in place of 16. There is one processor, and sixteen were never all in use: nothing is gained.",
    changes: puma(3, 8),
    charts: ["instances", "latency"],
    assumptions: [COMPUTING],
    claims: NO_GAIN,
  },
  {
    id: "B5",
    title: "Alarms on the processor",
    text: "With threads the processor is what a task runs out of, and the alarms can say so: one more above **50 %**, one fewer below **35 %**, two at least. (First they were set to 55 and 40 %, and p95 rose.) The day now needs a third of the tasks, and answers come faster than at the beginning, although each takes longer inside the application.",
    note: "More requests share a processor now, which costs some milliseconds in the application. The line in front of it was the greater part.",
    after: "B4",
    changes: [
      policies([upByProcessor("average", 0.5), ...upByLatency("p95", 700, 2000, 3), down(0.35, 120)]),
      ...smallest(2, 5),
    ],
    variants: [
      { id: "final", label: "50 and 35 %", changes: [] },
      {
        id: "first-try",
        label: "55 and 40 %, 5 tasks at least",
        changes: [
          policies([upByProcessor("average", 0.55), ...upByLatency("p95", 700, 2000, 3), down(0.4, 120)]),
          { path: "fleets.web.autoscaler.min", value: 5 },
        ],
      },
    ],
    charts: ["instances", "latency", "stages"],
    assumptions: [
      COMPUTING,
      {
        what: "Traffic before it rose",
        value: `${Math.round(PEAK / TRAFFIC_BEFORE)} requests a second at most`,
        why: "It has almost doubled since: here by 1.9.",
        neighbours: [],
      },
    ],
    claims: [
      ...RESULTS,
      {
        id: "first-try",
        status: "reported",
        text: "With 55 and 40 % p95 was higher.",
        measured: { metric: "latencyP95", of: "first-try" },
        per: { metric: "latencyP95" },
        atLeast: 1.01,
      },
    ],
  },
];

/** Before the traffic rose: for the first step. */
export const BEFORE = {
  id: "before",
  label: "before the traffic rose",
  changes: [{ path: "workloads.clients.requestsPerSecond", value: Math.round(PEAK / TRAFFIC_BEFORE) }],
};
