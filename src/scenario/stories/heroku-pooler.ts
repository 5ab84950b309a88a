import { atClients, clients, dynos, full } from "./heroku-system";
import { around, type Claim, type StepDocument, type Variant } from "./story";

const pooler = (value: boolean) => ({ path: "pooler.enabled", value });
const CLIENTS_ASSUMED = {
  what: "Clients of the trials with 25, 50 and 75 dynos",
  value: "200",
  why: "Only the article's pictures have the number. Durations stay near one second while the pooler lets at most 180 requests a second through, so there can't have been many more than 200.",
  neighbours: around("workloads.hey.clients", 200),
};

const TRANSACTION_MODE =
  "In transaction mode a client has a server connection only for a transaction: session variables, advisory locks held over statements, LISTEN, and prepared statements of a session do not work as usual.";

const pooled = (count: number, isOn: boolean): Variant => ({
  id: `${count}-${isOn ? "on" : "off"}`,
  label: `${count} dynos, pooler ${isOn ? "on" : "off"}`,
  x: count,
  line: `pooler ${isOn ? "on" : "off"}`,
  changes: [dynos(count), pooler(isOn)],
});

const twinFleets = [
  {
    name: "web",
    dynos: 10,
    dynoType: "standard-2x",
    balancer: "random",
  },
  {
    name: "readers",
    dynos: 10,
    dynoType: "standard-2x",
    balancer: "random",
    reads: "replicas",
  },
];

/** Half of the requests go to the twin fleet. */
const twinEndpoints = [
  {
    name: "page",
    fleet: "web",
    steps: [
      { kind: "query", ms: 500, access: "write" },
      { kind: "wait", ms: 500 },
    ],
  },
  {
    name: "safe",
    fleet: "readers",
    safe: true,
    steps: [
      { kind: "query", ms: 500 },
      { kind: "wait", ms: 500 },
    ],
  },
];

/** The pooler, what it changes, and what there was before it; computing, and noisy neighbours. */
export const POOLER_STEPS: readonly StepDocument[] = [
  {
    id: "A6",
    title: "A pooler between dynos and database",
    text: "With Heroku's connection pooling the dynos talk to a pooler, and that shares **90 connections** (75 % of 120) among all of them: a connection is lent for a query, not held for a whole request. Without it the success rate falls with every dyno; with it nothing fails.",
    note: "Watch the price: from 50 dynos on answers take a little over a second. The pooler turns failures into a short wait.",
    caution: TRANSACTION_MODE,
    after: "A4",
    changes: [dynos(50), clients(200), pooler(true)],
    variants: [25, 50, 75].flatMap((count) => [pooled(count, false), pooled(count, true)]),
    chart: { title: "Success rate against dynos, pooler off and on", metric: "successRate", axis: "dynos" },
    charts: ["connections", "latency"],
    assumptions: [CLIENTS_ASSUMED],
    claims: [
      {
        id: "off-25",
        status: "reported",
        text: "Off, 25 dynos: below 100 % success.",
        measured: { metric: "successRate", of: "25-off" },
        atMost: 0.9999,
      },
      {
        id: "off-falls",
        status: "reported",
        text: "Off, the success rate falls with the dynos.",
        measured: { metric: "successRate", of: "25-off" },
        minus: { metric: "successRate", of: "75-off" },
        atLeast: 0.01,
      },
      ...[25, 50, 75].map(
        (count): Claim => ({
          id: `on-${count}`,
          status: "reported",
          text: `On, ${count} dynos: 100 % success.`,
          measured: { metric: "successRate", of: `${count}-on` },
          atLeast: 1,
        }),
      ),
      {
        id: "creeps",
        status: "reported",
        text: "On, at 50 and 75 dynos latency creeps over one second.",
        measured: { metric: "latencyMean", of: "75-on" },
        atLeast: 1005,
        atMost: 1600,
        isSensitive: false,
      },
    ],
  },
  {
    id: "A7",
    title: "Failure becomes slowness",
    text: "90 connections, each lent for half a second, serve **180 requests a second** and no more. Up to 180 clients that is enough and answers take one second. With more clients throughput stays where it is, and everybody waits: C clients wait C ÷ 180 seconds.",
    caution: TRANSACTION_MODE,
    changes: [dynos(75), clients(300)],
    variants: [100, 150, 180, 200, 300, 500].map((count) => atClients(count)),
    chart: { title: "Latency stays flat until 180 clients", metric: "latencyMean", axis: "clients" },
    charts: ["throughput", "latency"],
    claims: [
      {
        id: "ceiling",
        status: "derived",
        text: "90 connections ÷ 0.5 s: not more than 180 requests a second.",
        measured: { metric: "throughput", of: "500" },
        atLeast: 174,
        atMost: 180.5,
      },
      {
        id: "flat",
        status: "derived",
        text: "150 clients: latency near one second.",
        measured: { metric: "latencyMean", of: "150" },
        atLeast: 990,
        atMost: 1060,
      },
      {
        id: "c300",
        status: "derived",
        text: "300 clients ÷ 180 a second: 1.67 s.",
        measured: { metric: "latencyMean", of: "300" },
        atLeast: 1617,
        atMost: 1717,
      },
      {
        id: "c500",
        status: "derived",
        text: "500 clients ÷ 180 a second: 2.78 s.",
        measured: { metric: "latencyMean", of: "500" },
        atLeast: 2695,
        atMost: 2861,
      },
    ],
  },
  {
    id: "A8",
    title: "A deploy with preboot doubles the connections",
    text: "With preboot the new dynos start beside the old ones, and for some minutes both hold their connections. Six dynos stay within the advertised 120 even then. Twelve reach 240 while both run; thirteen ask for more than there is.",
    after: "A4",
    changes: [
      dynos(12),
      clients(120),
      { path: "run.durationS", value: 240 },
      { path: "fleets.web.boot.preboot", value: true },
      { path: "timeline", value: [{ atS: 20, do: "deploy", fleet: "web" }] },
    ],
    variants: [6, 12, 13].map(full),
    chart: {
      title: "Most connections during a deploy, against dynos",
      metric: "connectionsMost",
      axis: "dynos",
    },
    charts: ["connections", "instances"],
    assumptions: [
      {
        what: "How long both run",
        value: "180 s",
        why: "Heroku switches to the new dynos about three minutes after they have been started.",
        neighbours: around("fleets.web.boot.prebootOverlapS", 180, [{ path: "run.durationS", value: 300 }]),
      },
    ],
    claims: [
      {
        id: "six",
        status: "reported",
        text: "6 dynos stay within 120 connections during a deploy.",
        measured: { metric: "connectionsMost", of: "6-dynos" },
        atLeast: 100,
        atMost: 120,
      },
      {
        id: "twelve",
        status: "derived",
        text: "12 dynos reach 240 while both run.",
        measured: { metric: "connectionsMost", of: "12-dynos" },
        atLeast: 216,
        atMost: 240,
      },
      {
        id: "twelve-ok",
        status: "derived",
        text: "12 dynos lose no request by it.",
        measured: { metric: "requestsFailed", of: "12-dynos" },
        atMost: 0,
      },
      {
        id: "thirteen",
        status: "derived",
        text: "13 dynos want 260 while both run: the database refuses.",
        measured: { metric: "requestsFailed", of: "13-dynos", failure: "connection-refused" },
        atLeast: 1,
      },
      {
        id: "four-times",
        status: "reported",
        text: "The pooler gives over four times the capacity: 25 dynos in place of 6, and on to 75.",
        measured: { metric: "throughput", step: "A6", of: "25-on" },
        per: { metric: "throughput", of: "6-dynos" },
        differs:
          "With the article's own requests the pooler's 90 connections cap throughput at 180 a second, three to four times what six dynos serve; the fourfold gain counts dynos, not requests a second.",
        atLeast: 4,
        isSensitive: false,
      },
    ],
  },
  {
    id: "A9",
    title: "Before pooling: readers on a follower",
    text: "Before there was a pooler, half of the requests were known to be safe (they only read), and a twin of the application served them from a **follower** of the database. The primary then has half of the connections.",
    after: "A4",
    changes: [
      { path: "fleets", value: twinFleets },
      { path: "endpoints", value: twinEndpoints },
      {
        path: "workloads",
        value: [{ name: "hey", kind: "closed", clients: 150, thinkMs: 0, mix: { page: 0.5, safe: 0.5 } }],
      },
      { path: "database.replicas.count", value: 1 },
    ],
    variants: [
      { id: "twin", label: "10 dynos and 10 readers", changes: [] },
      {
        id: "one",
        label: "20 dynos, no follower",
        changes: [
          { path: "fleets", value: [{ ...twinFleets[0], dynos: 20 }] },
          { path: "endpoints", value: twinEndpoints.map((endpoint) => ({ ...endpoint, fleet: "web" })) },
          { path: "database.replicas.count", value: 0 },
        ],
      },
    ],
    charts: ["connections", "replicas"],
    assumptions: [
      {
        what: "Sizes of the two fleets, and clients",
        value: "10 and 10 dynos, 150 clients",
        why: "The article names only the share of safe requests, about half.",
        neighbours: around("workloads.hey.clients", 150),
      },
    ],
    claims: [
      {
        id: "halves",
        status: "reported",
        text: "The primary's connections halve.",
        measured: { metric: "connectionsMost", of: "twin" },
        per: { metric: "connectionsMost", of: "one" },
        atLeast: 0.45,
        atMost: 0.55,
      },
      {
        id: "all-right",
        status: "derived",
        text: "Nothing fails.",
        measured: { metric: "failureRate", of: "twin" },
        atMost: 0,
      },
    ],
  },
  {
    id: "A10",
    title: "If the other half is computing",
    text: "In production about half of that other time is computing, and Ruby computes in one thread of a process at a time. With the whole half second as processor time **one process serves two requests a second**, however many threads it has.",
    after: "A1",
    changes: [
      {
        path: "endpoints.page.steps",
        value: [
          { kind: "query", ms: 500 },
          { kind: "cpu", ms: { dist: "exponential", mean: 500 } },
        ],
      },
      { path: "run.durationS", value: 300 },
      { path: "fleets.web.dynoType", value: { vcpus: 1, memoryMb: 1024, monthlyUsd: 50 } },
    ],
    variants: [2, 5, 10, 20].map(
      (threads): Variant => ({
        id: `${threads}-threads`,
        label: `${threads} threads`,
        x: threads,
        changes: [
          { path: "fleets.web.threads", value: threads },
          { path: "fleets.web.pool.size", value: threads },
        ],
      }),
    ),
    assumptions: [
      {
        what: "How the computing times differ",
        value: "exponential",
        why: "Equal times would keep all threads in step. The mean is what bounds the throughput.",
        neighbours: [
          {
            label: "gamma with cv 0.5",
            changes: [{ path: "endpoints.page.steps.1.ms", value: { dist: "gamma", mean: 500, cv: 0.5 } }],
          },
        ],
      },
    ],
    chart: { title: "Threads do not help what computes", metric: "throughput", axis: "threads" },
    charts: ["stages", "throughput"],
    claims: [
      {
        id: "two",
        status: "derived",
        text: "20 threads: not more than 2 requests a second.",
        measured: { metric: "throughput", of: "20-threads" },
        atLeast: 1.9,
        atMost: 2.02,
      },
      {
        id: "no-gain",
        status: "derived",
        text: "20 threads bring no more than 5.",
        measured: { metric: "throughput", of: "20-threads" },
        per: { metric: "throughput", of: "5-threads" },
        atLeast: 0.97,
        atMost: 1.03,
      },
    ],
  },
  {
    id: "A11",
    title: "A noisy neighbour",
    text: "Some spikes of queue time have another cause: a dyno shares its machine with strangers, and for a while everything on it takes three times as long. A restart moves it to another machine, and ends it.",
    note: "Footnote 3 of the article. The heat map of the dynos shows one dark row that ends with the restart.",
    after: "A2",
    changes: [
      clients(30),
      { path: "run.durationS", value: 120 },
      {
        path: "timeline",
        value: [
          { atS: 30, do: "slowDyno", fleet: "web", count: 1, factor: 3, forS: 600 },
          { atS: 80, do: "killDyno", fleet: "web", count: 1, graceful: true, backAfterS: 10 },
        ],
      },
    ],
    variants: [
      { id: "restarted", label: "restarted at 80 s", changes: [] },
      { id: "calm", label: "no neighbour", changes: [{ path: "timeline", value: [] }] },
    ],
    charts: ["queue", "dynos-heat"],
    assumptions: [
      {
        what: "Clients",
        value: "30",
        why: "Below the threads, so that what waits waits because of the neighbour.",
        neighbours: around("workloads.hey.clients", 30),
      },
    ],
    claims: [
      {
        id: "spikes",
        status: "reported",
        text: "The dyno's requests take longer: p95 at least doubles.",
        measured: { metric: "latencyP95", of: "restarted", fromS: 40, toS: 80 },
        per: { metric: "latencyP95", of: "calm", fromS: 40, toS: 80 },
        atLeast: 2,
      },
      {
        id: "queues",
        status: "reported",
        text: "Queue time spikes with it.",
        measured: { metric: "queueP95", of: "restarted", fromS: 40, toS: 80 },
        minus: { metric: "queueP95", of: "calm", fromS: 40, toS: 80 },
        atLeast: 200,
      },
      {
        id: "restart-ends-it",
        status: "reported",
        text: "A restart ends it.",
        measured: { metric: "latencyP95", of: "restarted", fromS: 100, toS: 120 },
        per: { metric: "latencyP95", of: "calm", fromS: 100, toS: 120 },
        atMost: 1.2,
      },
    ],
  },
];
