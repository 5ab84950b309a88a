import { type Preset, presetOf } from "./preset";

/** Numbers made up to show one mechanism each: nobody measured them. */
const MADE_UP = "Made up to show one mechanism; nobody measured these numbers.";

/** One mechanism: what differs from the defaults, and how long a run shows it. */
export interface Mechanism {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly slo: object;
  readonly run?: object;
  readonly workloads: readonly object[];
  readonly endpoints: readonly object[];
  readonly fleets: readonly object[];
  readonly edge?: object;
  readonly pooler?: object;
  readonly database?: object;
  readonly timeline?: readonly object[];
}

/** A scenario with made-up numbers, named and explained by what it shows. */
export function mechanism({ id, title, description, run, ...parts }: Mechanism): Preset {
  return presetOf(id, title, description, {
    name: title,
    notes: `${description} ${MADE_UP}`,
    run: { durationS: 60, warmupS: 10, seed: 1, replications: 8, ...run },
    ...parts,
  });
}

export const exponential = (mean: number): object => ({ dist: "exponential", mean });
export const visitors = (requestsPerSecond: number, more: object = {}): object => ({
  name: "visitors",
  kind: "open",
  requestsPerSecond,
  ...more,
});

/** One scenario for each thing that takes a system down besides connections. */
export const MECHANISM_PRESETS: readonly Preset[] = [
  mechanism({
    id: "interpreter-lock",
    title: "Ten threads under one lock",
    description:
      "Each request computes for 40 ms, and of a process's threads one computes at a time: more threads wait longer, more processes do not.",
    slo: { p95Ms: 500 },
    workloads: [visitors(90)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "cpu", ms: exponential(40) },
          { kind: "query", ms: 60, cpuMs: 5 },
        ],
      },
    ],
    fleets: [
      { name: "web", dynos: 4, dynoType: "performance-m", threads: 10, balancer: "least-outstanding" },
    ],
    database: { plan: "standard-3" },
  }),
  mechanism({
    id: "many-small-queries",
    title: "A hundred small queries",
    description:
      "A page asks the database a hundred times for 2 ms instead of once (N+1): the database's processors, not its connections, are what runs out.",
    slo: { p95Ms: 800 },
    workloads: [visitors(22)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 2, cpuMs: 0.8, count: 100 },
          { kind: "wait", ms: 50 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 8, balancer: "least-outstanding" }],
    database: { plan: "standard-0" },
  }),
  mechanism({
    id: "sticky-replicas",
    title: "Replicas behind a name",
    description:
      "Four replicas share the reads, but a connection stays with the one that the name gave when it was opened, and all were opened at once: one works for all.",
    slo: { p95Ms: 400 },
    workloads: [visitors(110)],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 40, cpuMs: 20 },
          { kind: "wait", ms: 50 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 10, threads: 5, pool: { size: 5 }, reads: "replicas" }],
    database: { plan: "standard-0", replicas: { count: 4, routing: "dns", dnsTtlS: 5 } },
  }),
  mechanism({
    id: "retry-storm",
    title: "Retries keep a system down",
    description:
      "A burst at the start fills the lines, requests time out at the router, their clients try again, and the dynos work for those who have left: the load would fit, but it never recovers.",
    slo: { failureRate: 0.01 },
    run: { durationS: 120 },
    workloads: [
      visitors(70, { retries: { attempts: 3, backoffMs: 200 } }),
      { name: "burst", kind: "burst", clients: 1500, everyMs: 1e9, spreadMs: 5000, retries: { attempts: 3 } },
    ],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: exponential(500) }] }],
    fleets: [{ name: "web", dynos: 10, threads: 5, balancer: "round-robin" }],
    edge: { timeoutMs: 2000 },
  }),
  mechanism({
    id: "line-at-the-balancer",
    title: "The line stands at the balancer",
    description:
      "A dyno gets no more requests than it has threads, and all others wait in one line: it behaves like one large server, and who waits too long is turned away before any work is done.",
    slo: { p95Ms: 2500, failureRate: 0.05 },
    workloads: [visitors(100)],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: exponential(500) }] }],
    fleets: [{ name: "web", dynos: 10, threads: 5, balancer: "round-robin", maxOutstandingPerDyno: 5 }],
    edge: { timeoutMs: 10_000, queueTimeoutMs: 1000 },
  }),
  mechanism({
    id: "slow-endpoint",
    title: "A slow endpoint among quick ones",
    description:
      "One request in twenty is a report of three seconds. On the same dynos it holds the threads that pages wait for; a fleet of its own keeps the pages quick.",
    slo: { p95Ms: 4000, queueP95Ms: 50 },
    workloads: [visitors(60, { mix: { page: 0.95, report: 0.05 } })],
    endpoints: [
      { name: "page", fleet: "web", steps: [{ kind: "wait", ms: exponential(150) }] },
      { name: "report", fleet: "web", steps: [{ kind: "query", ms: exponential(3000), cpuMs: 20 }] },
    ],
    fleets: [
      { name: "web", dynos: 8, threads: 5, balancer: "random" },
      { name: "reports", dynos: 3, threads: 5, balancer: "random" },
    ],
    database: { plan: "standard-0" },
  }),
];
