import { type Assumption, around, type StepDocument, type Story, storyOf } from "./story";

const SOURCE = 'Netguru, "Responsive System With AWS Aurora and a Ruby Application", about 2020';

const users = (value: number) => ({ path: "workloads.users.clients", value });
const duration = (value: number) => ({ path: "run.durationS", value });
const profile = (value: readonly (readonly number[])[]) => ({ path: "workloads.users.profile", value });

/** Users come one after the other: a tenth of them at the begin, all of them after ten minutes. */
const RAMP = [
  [0, 0.1],
  [600, 1],
];
const EVERYBODY = [[0, 1]];
/** All of them come within a quarter of an hour, stay for ten minutes, and nine of ten go. */
const PEAK = [
  [0, 0.1],
  [900, 1],
  [1500, 1],
  [1800, 0.1],
];

const APPLICATION_SCALING = {
  min: 3,
  max: 20,
  bootS: 90,
  policies: [{ kind: "target", name: "processor", metric: "cpu", target: 0.5 }],
};
/** No further reader is asked for while one is being made. */
const READER_SCALING = {
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
const COMPUTING: Assumption = {
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
const QUERY_CPU: Assumption = {
  what: "The database's part of a request",
  value: "four queries of 15 ms, 1.6 ms of each on the database's processor; nine of ten requests only read",
  why: "The article is silent. One reader is then four fifths busy at 2,500 users, above the 60 % at which another is asked for.",
  neighbours: [
    { label: "1.28 ms", changes: queryCpu(1.28) },
    { label: "1.92 ms", changes: queryCpu(1.92) },
  ],
};

const THINKING: Assumption = {
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
const STEADY = [
  profile(EVERYBODY),
  { path: "fleets.web.dynos", value: 20 },
  { path: "database.replicas.count", value: 3 },
  duration(600),
  { path: "run.warmupS", value: 60 },
];

const ABANDONED: Assumption = {
  what: "Requests whose client has been told of the time limit",
  value: "not begun",
  why: "Puma looks whether the connection is still open before it begins. Where it can't see that, the machines work for nobody, and answer less and less.",
  neighbours: [{ label: "begun", changes: [{ path: "fleets.web.skipsAbandoned", value: false }] }],
};

const MEMORY: Assumption = {
  what: "Memory at which PostgreSQL's processes are killed",
  value: "4 GB (db.t3.medium), 40 MB for each connection: 102 connections",
  why: "The article has no size, only that the server crashed. 40 MB are some 25 MB of a connection's own, and its part of what PostgreSQL and the system share. With 8 GB and 20 MB for each, 200 connections would not reach the limit.",
  neighbours: around("database.memoryPerConnectionMb", 40),
};

const SCALING: Assumption = {
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

const READERS: Assumption = {
  what: "Readers",
  value: "db.r5.large, one to four, target of 60 % processor use, seven minutes until a new one serves",
  why: "The article names only the metrics. Minutes until a reader serves are what others tell; no further one is asked for while one is being made.",
  neighbours: around("database.replicas.autoscaler.bootS", 420),
};

const FAILOVER: Assumption = {
  what: "How long a failover takes, and how long a session hangs",
  value: "10 s to notice, 20 s to promote; 900 s",
  why: "Aurora names 30 s as common; 15 minutes is about what Linux keeps on sending for.",
  neighbours: [...around("database.failover.promoteS", 20), ...around("database.failover.tcpTimeoutS", 900)],
};

/** The reader with the fewest connections beside the one with the most, in a part of the run. */
const evenness = (fromS: number, toS: number) => ({
  measured: { metric: "readConnectionsLeast", fromS, toS } as const,
  per: { metric: "readConnectionsMost", fromS, toS } as const,
});

const STEPS: readonly StepDocument[] = [
  {
    id: "C1",
    title: "A fixed fleet",
    text: "A Rails application on a few fixed machines behind a load balancer that waits **ten seconds** for an answer, and one PostgreSQL server. Users are added for ten minutes. Some 75 requests a second (4,500 a minute) are the most that the machines answer; every further user makes the line longer, until answers take more than ten seconds and the load balancer says 504.",
    note: "The processors are busy all of the time, the database is bored. More machines are the obvious next step.",
    changes: [],
    variants: [500, 750, 1000, 1500, 2000, 2500].map((count) => ({
      id: String(count),
      label: `${count} users`,
      x: count,
      changes: [users(count), duration(600), profile(EVERYBODY), { path: "run.warmupS", value: 120 }],
    })),
    chart: { title: "More users, not more answers", metric: "throughput", axis: "users" },
    charts: ["throughput", "queue", "latency"],
    assumptions: [COMPUTING, THINKING, ABANDONED],
    claims: [
      {
        id: "most",
        status: "reported",
        text: "4,500 requests a minute (75 a second) are the most. (Not tried with neighbours: the processor time was chosen by it.)",
        measured: { metric: "throughputMost" },
        atLeast: 67,
        atMost: 83,
        isSensitive: false,
      },
      {
        id: "timeouts",
        status: "reported",
        text: "Then the load balancer's time limit ends requests (504).",
        measured: { metric: "requestsFailed", failure: "timeout" },
        atLeast: 100,
      },
      {
        id: "after-minutes",
        status: "reported",
        text: "Only after a few minutes: none in the first two.",
        measured: { metric: "requestsFailed", fromS: 0, toS: 120 },
        atMost: 0,
      },
      {
        id: "machines",
        status: "reported",
        text: "The machines are what is short, not the database: its processors are not half busy.",
        measured: { metric: "databaseCpu" },
        atMost: 0.5,
      },
      {
        id: "far-away",
        status: "derived",
        text: "2,500 users at once are out of reach: at least every tenth of their requests fails.",
        measured: { metric: "failureRate", of: "2500" },
        atLeast: 0.1,
      },
    ],
  },
  {
    id: "C2",
    title: "Machines that come with the load",
    text: "The fleet now follows its processors' use, and answers far more. With more machines come more connections, and more queries at once: PostgreSQL needs more memory than the server has, one of its processes is killed, and **every session is dropped**. It comes back after half a minute, the connections come back too, and it crashes again.",
    note: "Look at the connections: each time they reach the same number, the server is gone. A larger server would hold, and cost the same by night as by day.",
    changes: [{ path: "fleets.web.autoscaler", value: APPLICATION_SCALING }, duration(1200)],
    variants: [
      { id: "small", label: "4 GB", changes: [] },
      {
        id: "large",
        label: "16 GB (db.m5.xlarge)",
        changes: [{ path: "database.plan", value: "db.m5.xlarge" }],
      },
    ],
    charts: ["throughput", "instances", "connections"],
    assumptions: [MEMORY, SCALING, COMPUTING, QUERY_CPU, THINKING],
    claims: [
      {
        id: "far-more",
        status: "reported",
        text: "Far more requests are answered: the busiest minute has at least one and a half times those of the fixed fleet.",
        measured: { metric: "throughputMost" },
        per: { metric: "throughputMost", step: "C1" },
        atLeast: 1.5,
      },
      {
        id: "crash",
        status: "reported",
        text: "The database crashes under the load and drops every session.",
        measured: { metric: "requestsFailed", failure: "database-down" },
        atLeast: 1000,
      },
      {
        id: "still-timeouts",
        status: "reported",
        text: "There are still timeouts at the load balancer.",
        measured: { metric: "requestsFailed", failure: "timeout" },
        atLeast: 1,
        differs:
          "Here a lost session, and a connection that is refused while the server starts again, fails its request at once (a 500, not a 504). Requests that wait for the server's return until the time limit would need connects that hang.",
      },
      {
        id: "larger",
        status: "derived",
        text: "A larger server would have held, which the article does not want to pay for all day.",
        measured: { metric: "requestsFailed", of: "large", failure: "database-down" },
        atMost: 0,
      },
    ],
  },
  {
    id: "C3",
    title: "Aurora, with readers that come with the load",
    text: "With Aurora the application sends reads to a name that stands for all readers, and writes to another. The one reader gets busy, and a second one is started. **Nobody talks to it**: connections stay open in the pools, and each was opened to the first reader.",
    note: "Only machines that start later, or a connection that was really idle for five minutes, look the name up again.",
    changes: [
      { path: "database.plan", value: "aurora-postgresql.db.r5.large" },
      { path: "database.replicas.count", value: 1 },
      { path: "database.replicas.autoscaler", value: READER_SCALING },
      { path: "fleets.web.reads", value: "replicas" },
      duration(1500),
    ],
    charts: ["replicas", "instances", "throughput"],
    assumptions: [READERS, SCALING, COMPUTING, QUERY_CPU],
    claims: [
      {
        id: "grows",
        status: "reported",
        text: "Readers are added under the load.",
        measured: { metric: "replicasMost" },
        atLeast: 2,
      },
      {
        id: "unused",
        status: "reported",
        text: "The new reader stays nearly without connections: minutes later not a tenth of the first one's.",
        ...evenness(1200, 1500),
        atMost: 0.1,
      },
      {
        id: "no-crash",
        status: "derived",
        text: "The database does not crash any more.",
        measured: { metric: "requestsFailed", failure: "database-down" },
        atMost: 0,
      },
    ],
  },
  {
    id: "C4",
    title: "Idle connections are closed after five seconds",
    text: "The pools now close what was idle for **five seconds**, and look every five seconds, in place of 300 and 60. Connections that are opened again look the name up again, and so they move to the new readers within minutes.",
    note: "A pool lends the connection that came back last, so the surplus grows old and goes. A pool whose connections are all busy would never close one.",
    changes: [
      { path: "fleets.web.pool.idleTimeoutS", value: 5 },
      { path: "fleets.web.pool.reapEveryS", value: 5 },
      duration(1800),
    ],
    charts: ["replicas", "connections"],
    assumptions: [READERS, SCALING, COMPUTING, QUERY_CPU],
    claims: [
      {
        id: "spread",
        status: "reported",
        text: "Connections spread over the readers: the one with the fewest has at least half as many as the one with the most.",
        ...evenness(1500, 1800),
        atLeast: 0.5,
      },
      {
        id: "better",
        status: "reported",
        text: "They are spread far better than before.",
        measured: { metric: "readConnectionsLeast", fromS: 1200, toS: 1500 },
        minus: { metric: "readConnectionsLeast", step: "C3", fromS: 1200, toS: 1500 },
        atLeast: 5,
      },
    ],
  },
  {
    id: "C4b",
    title: "Or connections that live ten minutes",
    text: "The same can be had with a maximum age. Here a second reader is added after a quarter of an hour, and no connection lives longer than **ten minutes**: ten minutes later each has been opened anew, every other one to the new reader.",
    after: "C3",
    changes: [
      { path: "fleets.web.pool.maxLifetimeS", value: 600 },
      { path: "database.replicas.autoscaler", value: null },
      { path: "timeline", value: [{ atS: 900, do: "set", path: "database.replicas.count", value: 2 }] },
      duration(1800),
    ],
    charts: ["replicas", "connections"],
    assumptions: [COMPUTING, QUERY_CPU, THINKING],
    claims: [
      {
        id: "not-yet",
        status: "derived",
        text: "Two minutes after the second reader came, most connections are still the first one's.",
        ...evenness(960, 1080),
        atMost: 0.4,
      },
      {
        id: "balanced",
        status: "reported",
        text: "About ten minutes after it came the load is balanced again.",
        ...evenness(1500, 1800),
        atLeast: 0.75,
      },
    ],
  },
  {
    id: "C5",
    title: "A server is lost",
    text: "With 2,500 users and three readers the writing server is lost; after half a minute a reader takes its place. But sessions to the lost server get no answer and no error: in the pools they stay **open, in use, and useless**, each with a thread, until the operating system gives up after a quarter of an hour.",
    note: "Closing idle connections does not help: these are in use, as far as the pool can tell.",
    after: "C4",
    changes: [
      ...STEADY,
      { path: "database.failover.oldSessions", value: "hang" },
      { path: "timeline", value: [{ atS: 120, do: "failover" }] },
    ],
    variants: [
      { id: "five", label: "pools of five", changes: [] },
      {
        id: "one",
        label: "pools of one",
        changes: [{ path: "fleets.web.pool.size", value: 1 }],
      },
      {
        id: "reset",
        label: "sessions end at once",
        changes: [{ path: "database.failover.oldSessions", value: "reset" }],
      },
    ],
    charts: ["throughput", "replicas"],
    assumptions: [FAILOVER, COMPUTING, QUERY_CPU],
    claims: [
      {
        id: "stay-open",
        status: "reported",
        text: "Sessions to the lost server stay open and take the pools' places: twice as many are in use as where sessions end.",
        measured: { metric: "poolsBusy" },
        per: { metric: "poolsBusy", of: "reset" },
        atLeast: 2,
      },
      {
        id: "timeouts",
        status: "reported",
        text: "Clients time out.",
        measured: { metric: "requestsFailed", failure: "timeout" },
        minus: { metric: "requestsFailed", of: "reset", failure: "timeout" },
        atLeast: 1,
      },
      {
        id: "go-on",
        status: "reported",
        text: "The pools are full, so clients keep timing out: still a minute after the new server has taken over.",
        measured: { metric: "requestsFailed", fromS: 210, toS: 600 },
        atLeast: 1,
        differs:
          "A pool of five had one or two sessions at the lost server, so that three places are left; new connections go to the new server. In the article connects hung as well, or the library kept more sessions than queries need (one to each server for each thread).",
      },
      {
        id: "full",
        status: "derived",
        text: "Where a pool has only as many places as hang, it stays full: clients fail minutes after the switch.",
        measured: { metric: "secondsFailing", of: "one", fromS: 210, toS: 600 },
        atLeast: 300,
      },
    ],
  },
  {
    id: "C6",
    title: "A proxy that tells reads from writes",
    text: "The pools move out of the application: a proxy (Pgpool-II) stands between, sends **each query** to the reader that is least busy and writes to the writer, and closes sessions to a server that is gone. Connections are even over the readers, and a lost server costs the time of the switch, no more.",
    note: "The proxy itself is not counted here: neither its price nor the time it needs for a query.",
    caution:
      "A proxy that splits by query must read the SQL: writes inside functions, temporary tables, session variables and locks of a session may go to the wrong server, and a read right after a write may not see it.",
    changes: [{ path: "database.replicas.routing", value: "per-query" }],
    variants: [
      { id: "five", label: "pools of five", changes: [] },
      {
        id: "one",
        label: "pools of one",
        changes: [{ path: "fleets.web.pool.size", value: 1 }],
      },
    ],
    charts: ["throughput", "replicas"],
    assumptions: [FAILOVER, COMPUTING, QUERY_CPU],
    claims: [
      {
        id: "even",
        status: "reported",
        text: "Connections are even over the readers.",
        ...evenness(60, 120),
        atLeast: 0.8,
      },
      {
        id: "released",
        status: "reported",
        text: "Sessions to the lost server are released at once: after the switch no request fails.",
        measured: { metric: "requestsFailed", fromS: 160, toS: 600 },
        atMost: 0,
      },
      {
        id: "released-small",
        status: "derived",
        text: "Not with pools of one either, which were full before.",
        measured: { metric: "requestsFailed", of: "one", fromS: 180, toS: 600 },
        atMost: 0,
      },
      {
        id: "reads-unharmed",
        status: "reported",
        text: "They go to the other readers: hardly a read fails.",
        measured: { metric: "failureRate", endpoint: "browse" },
        atMost: 0.0005,
      },
      {
        id: "pools-free",
        status: "reported",
        text: "The pools stay free.",
        measured: { metric: "poolsBusy" },
        per: { metric: "poolsBusy", step: "C5" },
        atMost: 0.6,
      },
    ],
  },
  {
    id: "C7",
    title: "The whole, with 2,500 users",
    text: "Users come within a quarter of an hour, stay for ten minutes, and most of them leave. Machines and readers come and go with them. **Nobody fails**, and the hour costs what its load needs, well below what the peak's size costs all the time.",
    note: "Cost here is that of machines and database instances; storage, the load balancer and the proxy are extra.",
    changes: [
      profile(PEAK),
      { path: "fleets.web.dynos", value: 3 },
      { path: "database.replicas.count", value: 1 },
      { path: "timeline", value: [] },
      { path: "run.warmupS", value: 0 },
      duration(3600),
    ],
    variants: [
      { id: "scaled", label: "with the load", changes: [] },
      {
        id: "fixed",
        label: "the peak's size all the time",
        changes: [
          { path: "fleets.web.autoscaler", value: null },
          { path: "database.replicas.autoscaler", value: null },
          { path: "fleets.web.dynos", value: 20 },
          { path: "database.replicas.count", value: 3 },
        ],
      },
    ],
    charts: ["instances", "replicas", "latency", "throughput"],
    assumptions: [
      SCALING,
      READERS,
      COMPUTING,
      QUERY_CPU,
      {
        what: "How fast users come",
        value: "within 15 minutes",
        why: "The article is silent. Machines need a minute or two, a reader seven.",
        neighbours: [
          {
            label: "12 minutes",
            changes: [
              profile([
                [0, 0.1],
                [720, 1],
                [1500, 1],
                [1800, 0.1],
              ]),
            ],
          },
          {
            label: "18 minutes",
            changes: [
              profile([
                [0, 0.1],
                [1080, 1],
                [1500, 1],
                [1800, 0.1],
              ]),
            ],
          },
        ],
      },
    ],
    claims: [
      {
        id: "undisturbed",
        status: "reported",
        text: "2,500 users at once without disruption: not one request in a thousand fails.",
        measured: { metric: "failureRate" },
        atMost: 0.001,
      },
      {
        id: "served",
        status: "derived",
        text: "All of them are served: 2,500 users every ten seconds and a little are 240 requests a second.",
        measured: { metric: "throughputMost" },
        atLeast: 225,
      },
      {
        id: "cost",
        status: "reported",
        text: "The cost follows the load: the hour costs clearly less than with the peak's size all the time.",
        measured: { metric: "runUsd" },
        per: { metric: "runUsd", of: "fixed" },
        atMost: 0.85,
      },
    ],
  },
];

/** Aurora, read replicas and failover: from a fixed fleet to 2,500 users without disruption. */
export const AURORA_FAILOVER: Story = storyOf(
  {
    id: "aurora-failover",
    title: "Aurora, readers and failover",
    lesson:
      "Each part that grows by itself moves the bottleneck to the next, and connections that live long keep traffic where it no longer belongs.",
    source: SOURCE,
  },
  {
    name: "Aurora, readers and failover",
    notes: `After ${SOURCE}. Machines, queries and sizes are assumed: the article names none.`,
    run: { durationS: 900, warmupS: 0, seed: 1, replications: 1 },
    slo: { failureRate: 0.001 },
    workloads: [
      {
        name: "users",
        kind: "closed",
        clients: 2500,
        thinkMs: { dist: "exponential", mean: 10_000 },
        startSpreadMs: 10_000,
        profile: RAMP,
        mix: { browse: 0.9, change: 0.1 },
      },
    ],
    endpoints: [
      {
        name: "browse",
        safe: true,
        steps: [
          { kind: "cpu", ms: { dist: "exponential", mean: 80 } },
          { kind: "query", ms: 15, cpuMs: 1.6, count: 4, access: "read" },
        ],
      },
      {
        name: "change",
        steps: [
          { kind: "cpu", ms: { dist: "exponential", mean: 80 } },
          { kind: "query", ms: 15, cpuMs: 1.6, count: 4, access: "write" },
        ],
      },
    ],
    edge: { timeoutMs: 10_000 },
    fleets: [
      {
        name: "web",
        balancer: "round-robin",
        dynos: 3,
        dynoType: "m5.large",
        processes: 2,
        threads: 5,
        skipsAbandoned: true,
        pool: { size: 5 },
      },
    ],
    database: {
      plan: "db.t3.medium",
      memoryPerConnectionMb: 40,
      replicas: { dnsTtlS: 5, lagMs: 20 },
      failover: { detectS: 10, promoteS: 20, tcpTimeoutS: 900 },
    },
  },
  STEPS,
);
