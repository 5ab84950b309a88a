import { type Assumption, around } from "./story";

export const users = (value: number) => ({ path: "workloads.users.clients", value });
export const duration = (value: number) => ({ path: "run.durationS", value });
export const profile = (value: readonly (readonly number[])[]) => ({
  path: "workloads.users.profile",
  value,
});

/** Users come one after the other: a tenth of them at the begin, all of them after ten minutes. */
export const RAMP = [
  [0, 0.1],
  [600, 1],
];
export const EVERYBODY = [[0, 1]];
/** All of them come within a quarter of an hour, stay for ten minutes, and nine of ten go. */
export const PEAK = [
  [0, 0.1],
  [900, 1],
  [1500, 1],
  [1800, 0.1],
];

export const APPLICATION_SCALING = {
  min: 3,
  max: 20,
  bootS: 90,
  policies: [{ kind: "target", name: "processor", metric: "cpu", target: 0.5 }],
};
/** No further reader is asked for while one is being made. */
export const READER_SCALING = {
  min: 1,
  max: 4,
  bootS: 420,
  policies: [{ kind: "target", name: "readers", metric: "cpu", target: 0.6, scaleOutCooldownS: 600 }],
};

/** Processor time of a request, with the endpoint that reads and the one that writes. */
const computing = (mean: number) =>
  ["browse", "change"].map((name) => ({
    path: `endpoints.${name}.steps.0.ms`,
    value: { dist: "exponential", mean },
  }));
export const COMPUTING: Assumption = {
  what: "Processor time of a request",
  value: "80 ms on average, exponential",
  why: "The article has neither the machines nor their number. Three of two processors each are assumed; that they answer 75 requests a second at most makes it 80 ms.",
  neighbours: [
    { label: "64 ms", changes: computing(64) },
    { label: "96 ms", changes: computing(96) },
  ],
};

const queryCpu = (value: number) =>
  ["browse", "change"].map((name) => ({ path: `endpoints.${name}.steps.1.cpuMs`, value }));
export const QUERY_CPU: Assumption = {
  what: "The database's part of a request",
  value: "four queries of 15 ms, 1.6 ms of each on the database's processor; nine of ten requests only read",
  why: "The article is silent. One reader is then four fifths busy at 2,500 users, above the 60 % at which another is asked for.",
  neighbours: [
    { label: "1.28 ms", changes: queryCpu(1.28) },
    { label: "1.92 ms", changes: queryCpu(1.92) },
  ],
};

export const THINKING: Assumption = {
  what: "How often a user asks for something",
  value: "10 s after the last answer, exponential",
  why: "The article counts users and requests a minute, but never both at once.",
  neighbours: [
    {
      label: "8 s",
      changes: [{ path: "workloads.users.thinkMs", value: { dist: "exponential", mean: 8000 } }],
    },
    {
      label: "12 s",
      changes: [{ path: "workloads.users.thinkMs", value: { dist: "exponential", mean: 12_000 } }],
    },
  ],
};

/** 2,500 users from the begin, on a fleet and readers that are already there. */
export const STEADY = [
  profile(EVERYBODY),
  { path: "fleets.web.dynos", value: 20 },
  { path: "database.replicas.count", value: 3 },
  duration(600),
  { path: "run.warmupS", value: 60 },
];

export const ABANDONED: Assumption = {
  what: "Requests whose client has been told of the time limit",
  value: "not begun",
  why: "Puma looks whether the connection is still open before it begins. Where it can't see that, the machines work for nobody, and answer less and less.",
  neighbours: [{ label: "begun", changes: [{ path: "fleets.web.skipsAbandoned", value: false }] }],
};

export const MEMORY: Assumption = {
  what: "Memory at which PostgreSQL's processes are killed",
  value: "4 GB (db.t3.medium), 40 MB for each connection: 102 connections",
  why: "The article has no size, only that the server crashed. 40 MB are some 25 MB of a connection's own, and its part of what PostgreSQL and the system share. With 8 GB and 20 MB for each, 200 connections would not reach the limit.",
  neighbours: around("database.memoryPerConnectionMb", 40),
};

export const SCALING: Assumption = {
  what: "When the fleet grows",
  value: "target of 50 % processor use, 3 to 20 machines, 90 s until one serves",
  why: "The article names only the metric. 50 % is the usual example; Rails on a fresh machine needs a minute or two.",
  neighbours: [
    ...[0.4, 0.6].map((target) => ({
      label: `target of ${target * 100} %`,
      changes: [{ path: "fleets.web.autoscaler.policies.processor.target", value: target }],
    })),
    ...around("fleets.web.autoscaler.bootS", 90),
  ],
};

export const READERS: Assumption = {
  what: "Readers",
  value: "db.r5.large, one to four, target of 60 % processor use, seven minutes until a new one serves",
  why: "The article names only the metrics. Minutes until a reader serves are what others tell; no further one is asked for while one is being made.",
  neighbours: around("database.replicas.autoscaler.bootS", 420),
};

export const FAILOVER: Assumption = {
  what: "How long a failover takes, and how long a session hangs",
  value: "10 s to notice, 20 s to promote; 900 s",
  why: "Aurora names 30 s as common; 15 minutes is about what Linux keeps on sending for.",
  neighbours: [...around("database.failover.promoteS", 20), ...around("database.failover.tcpTimeoutS", 900)],
};

/** The reader with the fewest connections beside the one with the most, in a part of the run. */
export const evenness = (fromS: number, toS: number) => ({
  measured: { metric: "readConnectionsLeast", fromS, toS } as const,
  per: { metric: "readConnectionsMost", fromS, toS } as const,
});
