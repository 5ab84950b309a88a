import { DAY, LINES, REQUESTS, RHYTHM, SLOW } from "./fewer-servers-assumptions";
import {
  CURVE,
  DAY_S,
  down,
  ENDPOINTS,
  FALL_S,
  linePerProcess,
  MORNING_END_S,
  PEAK,
  RISE_S,
  SPELLS,
  slowSpells,
  upByLatency,
  upByProcessor,
} from "./fewer-servers-day";
import { BABBEL, BEFORE, policies, smallest, THREAD_STEPS } from "./fewer-servers-threads";
import { around, type StepDocument, type Story, storyOf, type Variant } from "./story";

const FIRST = [upByProcessor("max", 0.6), ...upByLatency("p99", 1000, 3000, 1), down(0.15, 300)];
const SECOND = [upByProcessor("max", 0.6), ...upByLatency("p99", 1000, 3000, 3), down(0.2, 120)];
const THIRD = [upByProcessor("max", 0.6), ...upByLatency("p95", 700, 2000, 3), down(0.25, 120)];

const perProcess = (changes: Variant["changes"]): readonly Variant[] => [
  { id: "tasks", label: "tasks with one line each", changes: [] },
  { id: "lines", label: "a line for each of six processes", changes },
];

const STEPS: readonly StepDocument[] = [
  {
    id: "B0",
    title: "A day with nervous alarms",
    text: "An account service in tasks of one vCPU, **six processes of one thread** each, behind a load balancer that takes turns. One minute with a slow p99 adds up to three tasks; one goes only after ten minutes below 15 % of the processors. So the fleet climbs quickly in the morning, stays at its maximum, and shrinks only at night.",
    note: "The processors are busy for a sixth of the time. What drives the fleet is the slowness of somebody else's service.",
    changes: [],
    variants: [...perProcess(linePerProcess(15, FIRST)), BEFORE],
    charts: ["instances", "latency"],
    assumptions: [DAY, REQUESTS, SLOW, LINES],
    claims: [
      {
        id: "maximum",
        status: "reported",
        text: "At the maximum of 32 tasks for most of the day, from the end of the morning to the evening. (The traffic was chosen for it.)",
        measured: { metric: "atMaximum", fromS: MORNING_END_S, toS: FALL_S },
        atLeast: 0.9,
        isSensitive: false,
      },
      {
        id: "minimum",
        status: "reported",
        text: "At 15 tasks when there is least to do.",
        measured: { metric: "dynosLeast" },
        atLeast: 15,
        atMost: 16,
      },
      {
        id: "morning",
        status: "reported",
        text: "A fast rise in the morning: at least ten tasks more within its two and a half hours.",
        measured: { metric: "dynosMost", fromS: RISE_S, toS: MORNING_END_S },
        minus: { metric: "dynosLeast", fromS: 0, toS: RISE_S },
        atLeast: 10,
      },
      {
        id: "night",
        status: "reported",
        text: "Scaled down only at night: not once from the end of the morning to the evening.",
        measured: { metric: "scaledDown", fromS: MORNING_END_S, toS: FALL_S },
        atMost: 0,
        isSensitive: false,
      },
      {
        id: "idle",
        status: "reported",
        text: "15 to 20 % of the processors are in use. (The traffic was chosen for it.)",
        measured: { metric: "cpu" },
        atLeast: 0.15,
        atMost: 0.2,
        isSensitive: false,
      },
      {
        id: "p95",
        status: "reported",
        text: "p95 at the load balancer 513 ms; within a fifth.",
        measured: { metric: "latencyP95" },
        atLeast: 410,
        atMost: 616,
        differs:
          "A task with one line and six processes, a quarter of them busy, hardly ever lets a request wait. With a line for each process, as connections that are kept open make it, it comes out: see the next.",
      },
      {
        id: "p95-lines",
        status: "reported",
        text: "The same with a line for each process.",
        measured: { metric: "latencyP95", of: "lines" },
        atLeast: 410,
        atMost: 616,
      },
      {
        id: "p99-lines",
        status: "reported",
        text: "p99 at the load balancer 823 ms; within a fifth, with a line for each process.",
        measured: { metric: "latencyP99", of: "lines" },
        atLeast: 658,
        atMost: 988,
        differs:
          "Too many requests call a third party. With 1 % of them in place of the assumed 3 % p99 would be 1.0 s, but p95 0.3 s: the article's percentiles lie between the two.",
      },
    ],
  },
  {
    id: "B1",
    title: "Patience: three checks in a row",
    text: "An alarm now has to ring for **three minutes in a row** before a task is added, so that a single slow minute means nothing. One is removed below 20 % of the processors, in two checks of two minutes.",
    changes: [policies(SECOND)],
    charts: ["instances", "latency"],
    assumptions: [SLOW],
    claims: [
      {
        id: "morning",
        status: "reported",
        text: "Not at 32 tasks at the beginning of the day.",
        measured: { metric: "dynosMost", toS: MORNING_END_S },
        atMost: 31,
      },
      {
        id: "down-early",
        status: "reported",
        text: "Scaled down at least once in the first half of the day.",
        measured: { metric: "scaledDown", toS: DAY_S / 2 },
        atLeast: 1,
      },
      {
        id: "down",
        status: "reported",
        text: "Sooner smaller when the traffic goes.",
        measured: { metric: "dynosMean", fromS: FALL_S, toS: DAY_S },
        per: { metric: "dynosMean", step: "B0", fromS: FALL_S, toS: DAY_S },
        atMost: 0.95,
      },
      {
        id: "p95",
        status: "reported",
        text: "p95 did not visibly change; within a tenth.",
        measured: { metric: "latencyP95" },
        per: { metric: "latencyP95", step: "B0" },
        atLeast: 0.9,
        atMost: 1.1,
      },
    ],
  },
  {
    id: "B2",
    title: "A calmer number: p95",
    text: "One request in a hundred is often a call to somebody else, and nothing that more tasks could cure. The alarms now watch **p95**, with 0.7 s and 2 s; a task goes below 25 % of the processors, and eight may be enough.",
    note: "An alarm should ring for what its action can change.",
    changes: [policies(THIRD), ...smallest(8)],
    variants: perProcess(linePerProcess(8, THIRD)),
    charts: ["instances", "latency"],
    assumptions: [SLOW, LINES],
    claims: [
      {
        id: "least",
        status: "reported",
        text: "As few as 8 tasks.",
        measured: { metric: "dynosLeast" },
        atLeast: 8,
        atMost: 9,
      },
      {
        id: "most",
        status: "reported",
        text: "Up to 26 tasks; within a fifth.",
        measured: { metric: "dynosMost" },
        atLeast: 21,
        atMost: 31,
        differs:
          "With one line for each task requests wait later, and fewer tasks are enough to keep p95 below 0.7 s. With a line for each process it comes out: see the next.",
      },
      {
        id: "most-lines",
        status: "reported",
        text: "Up to 26 tasks, with a line for each process: 156 processes; within a fifth.",
        measured: { metric: "dynosMost", of: "lines" },
        atLeast: 125,
        atMost: 187,
      },
      {
        id: "fewer",
        status: "reported",
        text: "Fewer tasks than before.",
        measured: { metric: "dynosMean" },
        per: { metric: "dynosMean", step: "B1" },
        atMost: 0.95,
      },
      {
        id: "slower",
        status: "reported",
        text: "Slightly slower: p95 up by no more than a third.",
        measured: { metric: "latencyP95" },
        per: { metric: "latencyP95", step: "B1" },
        atLeast: 1,
        atMost: 1.33,
        differs:
          "How slight it is depends on how slow third parties are: with calls a fifth slower than assumed p95 rises 1.84 times, since eight to twenty tasks of six processes then run out of free ones.",
      },
    ],
  },
  {
    id: "B3",
    title: "To the task with the fewest requests",
    text: "A balancer that takes turns goes on sending requests to a task that is held up by slow calls. With **least outstanding requests** it sends them to the others. The processors' alarm now watches their average, 40 %, in place of the busiest task's, and ten tasks are the least.",
    note: "The article gives the old bound of the busiest task once as 60 % and once as 50 %; here it is 60 %.",
    changes: [
      policies([upByProcessor("average", 0.4), ...upByLatency("p95", 700, 2000, 3), down(0.25, 120)]),
      ...smallest(10),
      { path: "fleets.web.balancer", value: "least-outstanding" },
    ],
    charts: ["instances", "latency", "dynos-heat"],
    assumptions: [
      RHYTHM,
      {
        what: "How long a new task takes",
        value: "75 s",
        why: "About 30 s until a Fargate task runs, then Rails starts and the first check passes.",
        neighbours: around("fleets.web.autoscaler.bootS", 75),
      },
    ],
    claims: [
      {
        id: "p95",
        status: "reported",
        text: "p95 is a little better than before.",
        measured: { metric: "latencyP95" },
        per: { metric: "latencyP95", step: "B2" },
        atMost: 1,
      },
      {
        id: "fewer",
        status: "reported",
        text: "Fewer tasks than before.",
        measured: { metric: "dynosMean" },
        per: { metric: "dynosMean", step: "B2" },
        atMost: 0.98,
        differs:
          "With one line for each task B2 got along with very few, and now ten are the least at night in place of eight. Against B2 with a line for each process it comes out: see the next.",
      },
      {
        id: "fewer-lines",
        status: "reported",
        text: "Fewer than before, where that had a line for each process (compared by price).",
        measured: { metric: "runUsd" },
        per: { metric: "runUsd", step: "B2", of: "lines" },
        atMost: 0.98,
      },
    ],
  },
  ...THREAD_STEPS,
];

/** Fewer servers by alarms that watch the right number, and by threads. */
export const FEWER_SERVERS: Story = storyOf(
  {
    id: "fewer-servers",
    title: "Fewer servers with threads and calmer alarms",
    lesson:
      "Alarms on a number that more servers cannot change keep a fleet at its maximum; what mostly waits needs threads, not servers.",
    source: BABBEL,
  },
  {
    name: "Fewer servers with threads and calmer alarms",
    notes: `After ${BABBEL}. The run begins at four in the morning. Traffic and service times are assumed; the database is left out of the price.`,
    run: { durationS: DAY_S, warmupS: 0, seed: 1, replications: 1 },
    slo: { p95Ms: 700, failureRate: 0.001 },
    workloads: [
      {
        name: "clients",
        kind: "open",
        requestsPerSecond: PEAK,
        profile: CURVE,
        mix: { hot: 0.6, normal: 0.37, oauth: 0.03 },
      },
    ],
    endpoints: ENDPOINTS,
    fleets: [
      {
        name: "web",
        balancer: "round-robin",
        dynos: 15,
        dynoType: "fargate-1vcpu-2gb",
        processes: 6,
        threads: 1,
        autoscaler: { min: 15, max: 32, bootS: 75, policies: FIRST },
      },
    ],
    database: { plan: { vcpus: 2, memoryMb: 4096, monthlyUsd: 0, connectionLimit: 1000 } },
    timeline: slowSpells(SPELLS).value,
  },
  STEPS,
);
