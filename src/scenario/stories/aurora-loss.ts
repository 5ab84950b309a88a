import {
  COMPUTING,
  duration,
  evenness,
  FAILOVER,
  PEAK,
  profile,
  QUERY_CPU,
  READERS,
  SCALING,
  STEADY,
} from "./aurora-system";
import type { StepDocument } from "./story";

/** A server is lost, and what that takes; then the whole. */
export const LOSS_STEPS: readonly StepDocument[] = [
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
        text: "They fill the pools, so that clients keep timing out (here: any failure from a minute after the switch on).",
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
    text: "Users come within a quarter of an hour, stay for ten minutes, and most of them leave. Machines and readers come and go with them. **Next to nobody fails**, and the hour costs what its load needs, well below what the peak's size costs all the time.",
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
