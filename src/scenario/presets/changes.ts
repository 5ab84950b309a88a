import { exponential, type Mechanism, mechanism, visitors } from "./mechanisms";
import type { Preset } from "./preset";

/** Four times the traffic for 8 s, in a run of 45. */
const SPIKE = visitors(40, {
  profile: [
    [0, 1],
    [12, 1],
    [12, 4],
    [20, 4],
    [20, 1],
  ],
});
const SPIKE_RUN = { durationS: 45, warmupS: 3 };
const SPIKE_PAGE = {
  name: "page",
  steps: [
    { kind: "query", ms: 100 },
    { kind: "wait", ms: 100 },
  ],
};
const SPIKE_FLEET = { name: "web", dynos: 5, threads: 4, balancer: "round-robin", pool: { size: 4 } };

/** A page of one query. */
const queryPage = (ms: number, cpuMs = 0): object => ({
  name: "page",
  steps: [
    { kind: "query", ms: exponential(ms), cpuMs },
    { kind: "wait", ms: 50 },
  ],
});

const CHANGES: readonly Mechanism[] = [
  {
    id: "day-with-autoscaler",
    title: "A day with an autoscaler",
    description:
      "Traffic sleeps before dawn and peaks in the evening; target tracking keeps the processors near 60 %, adds tasks as the morning comes and takes them away late, and the day costs what its hours need.",
    run: { durationS: 86_400, warmupS: 600, replications: 1 },
    slo: { p95Ms: 1000, failureRate: 0.001 },
    workloads: [
      visitors(30, {
        profile: [
          [0, 0.4],
          [7200, 0.2],
          [14_400, 0.15],
          [21_600, 0.25],
          [28_800, 0.7],
          [36_000, 1],
          [50_400, 1],
          [61_200, 1.1],
          [72_000, 1.4],
          [79_200, 1],
          [86_400, 0.4],
        ],
      }),
    ],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "cpu", ms: exponential(80) },
          { kind: "query", ms: exponential(20), cpuMs: 2 },
        ],
      },
    ],
    fleets: [
      {
        name: "web",
        dynos: 3,
        dynoType: "fargate-1vcpu-2gb",
        threads: 16,
        balancer: "least-outstanding",
        pool: { size: 16 },
        autoscaler: {
          min: 2,
          max: 12,
          bootS: 90,
          policies: [{ kind: "target", name: "processor", metric: "cpu", target: 0.6 }],
        },
      },
    ],
    database: { plan: "standard-3" },
  },
  {
    id: "spike-router-timeout",
    title: "A spike and a router timeout",
    description:
      "Eight seconds of four times the traffic. At the router's timeout the client is gone, but the request keeps its place in the dyno's line: for seconds after the spike the dyno answers only those who have left.",
    run: SPIKE_RUN,
    slo: { failureRate: 0.1 },
    workloads: [SPIKE],
    endpoints: [SPIKE_PAGE],
    fleets: [SPIKE_FLEET],
    edge: { timeoutMs: 2000 },
  },
  {
    id: "spike-line-at-the-balancer",
    title: "The same spike, the line at the balancer",
    description:
      "A dyno gets no more than it has threads for, and who waits two seconds in the balancer's line is turned away before any work is done: the fleet answers at its full pace all the while.",
    run: SPIKE_RUN,
    slo: { failureRate: 0.15 },
    workloads: [SPIKE],
    endpoints: [SPIKE_PAGE],
    fleets: [{ ...SPIKE_FLEET, maxOutstandingPerDyno: 4 }],
    edge: { queueTimeoutMs: 2000 },
  },
  {
    id: "restart-behind-a-pooler",
    title: "A database restart behind a pooler",
    description:
      "The database is back after three seconds, yet requests fail for fifteen: the pooler keeps the error of its failed login for that long before it tries again.",
    slo: { failureRate: 0.01 },
    workloads: [visitors(60)],
    endpoints: [queryPage(40)],
    fleets: [{ name: "web", dynos: 4, threads: 5, balancer: "least-outstanding", pool: { size: 5 } }],
    pooler: { enabled: true, connections: 20 },
    timeline: [{ atS: 20, do: "restartDatabase", downS: 3 }],
  },
  {
    id: "deploy-with-preboot",
    title: "A deploy at the connection limit",
    description:
      "Fourteen dynos hold 140 of the 240 connections that the plan gives. Preboot starts fourteen more beside them, and until the old ones are gone some requests find no connection.",
    run: { durationS: 150 },
    slo: { failureRate: 0.001 },
    workloads: [visitors(150)],
    endpoints: [queryPage(200)],
    fleets: [
      {
        name: "web",
        dynos: 14,
        boot: { bootS: 20, preboot: true, prebootOverlapS: 40 },
      },
    ],
    timeline: [{ atS: 30, do: "deploy" }],
  },
  {
    id: "checks-under-overload",
    title: "Health checks under overload",
    description:
      "A fifth more traffic than the fleet can serve. The checks wait in the same lines as the requests, so they fail too: one dyno after the other is taken out, and the rest gets all of the traffic.",
    run: { durationS: 120 },
    slo: { failureRate: 0.01 },
    workloads: [visitors(120)],
    endpoints: [SPIKE_PAGE],
    fleets: [
      {
        ...SPIKE_FLEET,
        healthCheck: { everyMs: 2000, fall: 3, rise: 2, throughApp: true, timeoutMs: 2000 },
      },
    ],
    edge: { timeoutMs: 10_000 },
  },
  {
    id: "failover-with-hanging-sessions",
    title: "A failover that leaves sessions hanging",
    description:
      "The standby takes over after twenty seconds, but sessions to the lost primary get no answer at all: their threads wait until TCP gives up, long after the database is back.",
    run: { durationS: 180 },
    slo: { failureRate: 0.05 },
    workloads: [visitors(60)],
    endpoints: [queryPage(60)],
    fleets: [{ name: "web", dynos: 4, threads: 5, balancer: "least-outstanding", pool: { size: 5 } }],
    database: {
      plan: "standard-2",
      failover: { detectS: 5, promoteS: 15, oldSessions: "hang", tcpTimeoutS: 90 },
    },
    timeline: [{ atS: 30, do: "failover" }],
  },
  {
    id: "idle-new-replica",
    title: "A new replica that nobody talks to",
    description:
      "One replica is almost full, so a second one is added. Connections stay with the replica that they were opened to, and pools keep idle ones for five minutes: nobody talks to the new one. With an idle timeout of a few seconds they move.",
    run: { durationS: 240 },
    slo: { p95Ms: 200 },
    workloads: [visitors(90)],
    endpoints: [{ name: "page", steps: [{ kind: "query", ms: 40, cpuMs: 20 }] }],
    fleets: [
      {
        name: "web",
        dynos: 8,
        threads: 5,
        balancer: "least-outstanding",
        pool: { size: 5 },
        reads: "replicas",
      },
    ],
    database: { replicas: { count: 1, dnsTtlS: 5 } },
    timeline: [{ atS: 60, do: "set", path: "database.replicas.count", value: 2 }],
  },
];

/** One scenario for each thing that goes wrong, or right, when a system changes while it runs. */
export const CHANGE_PRESETS: readonly Preset[] = CHANGES.map(mechanism);
