import { around, type Claim, type StepDocument, type Story, storyOf, type Variant } from "./story";

const SOURCE = 'carwow, "Scaling Ruby on Rails on Heroku with Connection Pooling", February 6, 2021';

const clients = (value: number) => ({ path: "workloads.hey.clients", value });
const dynos = (value: number) => ({ path: "fleets.web.dynos", value });
const pooler = (value: boolean) => ({ path: "pooler.enabled", value });

/** The step's scenario with so many clients. */
const atClients = (count: number, line?: string, more: Variant["changes"] = []): Variant => ({
  id: `${line === undefined ? "" : `${line}-`}${count}`,
  label: `${count} clients${line === undefined ? "" : `, ${line}`}`,
  x: count,
  ...(line === undefined ? {} : { line }),
  changes: [clients(count), ...more],
});

const LEAST = [{ path: "fleets.web.balancer", value: "least-outstanding" }];

/** What follows from ten threads of one second each. */
const oneDyno = (count: number, perSecond: number, latencyMs: number, queueMs: number): Claim[] => [
  {
    id: `throughput-${count}`,
    status: "derived",
    text: `${count} clients: ${perSecond} requests a second.`,
    measured: { metric: "throughput", of: String(count) },
    atLeast: perSecond * 0.97,
    atMost: perSecond * 1.03,
  },
  {
    id: `latency-${count}`,
    status: "derived",
    text: `${count} clients: ${latencyMs / 1000} s from the request to its answer.`,
    measured: { metric: "latencyMean", of: String(count) },
    atLeast: latencyMs * 0.97,
    atMost: latencyMs * 1.03,
  },
  {
    id: `queue-${count}`,
    status: "derived",
    text: `${count} clients: ${queueMs === 0 ? "no wait" : `${queueMs / 1000} s`} for a thread.`,
    measured: { metric: "queueMean", of: String(count) },
    atLeast: queueMs * 0.97,
    atMost: Math.max(5, queueMs * 1.03),
  },
];

const CLIENTS_ASSUMED = {
  what: "Clients of the trials with 25, 50 and 75 dynos",
  value: "200",
  why: "Only the article's pictures have the number. Durations stay near one second while the pooler lets at most 180 requests a second through, so there can't have been many more than 200.",
  neighbours: around("workloads.hey.clients", 200),
};

const TRANSACTION_MODE =
  "In transaction mode a client has a server connection only for a transaction: session variables, advisory locks held over statements, LISTEN, and prepared statements of a session do not work as usual.";

/** Clients as many as threads, on so many dynos. */
const full = (count: number): Variant => ({
  id: `${count}-dynos`,
  label: `${count} dynos, ${10 * count} clients`,
  x: count,
  changes: [dynos(count), clients(10 * count)],
});

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

const STEPS: readonly StepDocument[] = [
  {
    id: "A1",
    title: "One dyno",
    text: "One process with ten threads, and a pool of ten connections. Each request asks the database for half a second and does something else for another half. As soon as more clients than threads send requests, the difference waits in line.",
    note: "Ten threads of one second each are ten requests a second. All that comes on top only makes the line longer.",
    changes: [dynos(1), clients(15)],
    variants: [5, 10, 15, 20].map((count) => atClients(count)),
    chart: {
      title: "Queue time grows once there are more clients than threads",
      metric: "queueMean",
      axis: "clients",
    },
    charts: ["queue", "throughput"],
    claims: [
      {
        id: "grows",
        status: "reported",
        text: "Queue time grows once clients exceed the ten threads.",
        measured: { metric: "queueMean", of: "15" },
        minus: { metric: "queueMean", of: "10" },
        atLeast: 400,
      },
      ...oneDyno(5, 5, 1000, 0),
      ...oneDyno(10, 10, 1000, 0),
      ...oneDyno(15, 10, 1500, 500),
      ...oneDyno(20, 10, 2000, 1000),
    ],
  },
  {
    id: "A2",
    title: "Five dynos, and routing luck",
    text: "Five times the threads, but the router draws the dyno of each request by lot. Some dynos are full while others are idle, and so requests wait although threads are free. A router that sends each request to the dyno with the **fewest outstanding** ones would not do that.",
    note: "The heat map of the dynos shows the luck: one is full, its neighbour has nothing to do.",
    changes: [dynos(5), clients(50)],
    variants: [30, 40, 50, 75].flatMap((count) => [
      atClients(count, "random"),
      atClients(count, "fewest outstanding", LEAST),
    ]),
    chart: {
      title: "Random routing makes requests wait before the threads are all busy",
      metric: "queueP95",
      axis: "clients",
    },
    charts: ["queue", "dynos-heat"],
    claims: [
      {
        id: "early",
        status: "reported",
        text: "Queue time spikes below 50 clients already, with threads to spare.",
        measured: { metric: "queueP95", of: "random-40" },
        atLeast: 50,
      },
      {
        id: "persistent",
        status: "reported",
        text: "Above 50 clients the wait is persistent.",
        measured: { metric: "queueMean", of: "random-75" },
        atLeast: 400,
      },
      {
        id: "routing",
        status: "derived",
        text: "With the fewest outstanding nobody waits up to 50 clients.",
        measured: { metric: "queueP95", of: "fewest outstanding-50" },
        atMost: 5,
      },
    ],
  },
  {
    id: "A3",
    title: "Fifteen dynos",
    text: "More dynos and more clients show the same pattern: a little queueing by chance first, and all of it once clients outnumber threads.",
    changes: [dynos(15), clients(150)],
    variants: [90, 120, 150, 225].map((count) => atClients(count)),
    chart: { title: "The same pattern with three times the dynos", metric: "queueMean", axis: "clients" },
    charts: ["queue", "throughput"],
    assumptions: [
      {
        what: "Clients of this trial",
        value: "90 to 225",
        why: "The article shows them in a picture only; these stand to 150 threads as 30 to 75 stand to 50.",
        neighbours: [],
      },
    ],
    claims: [
      {
        id: "chance",
        status: "reported",
        text: "Some requests wait before all threads are busy.",
        measured: { metric: "queueP95", of: "120" },
        atLeast: 50,
      },
      {
        id: "persistent",
        status: "reported",
        text: "Beyond 150 clients the wait is persistent.",
        measured: { metric: "queueMean", of: "225" },
        atLeast: 400,
      },
    ],
  },
  {
    id: "A4",
    title: "The database's connections run out",
    text: "Every thread wants a connection of its own. The plan advertises 120, which twelve dynos use; the database went on serving up to about 240, and began to refuse above that. With 25 dynos some requests fail with `PG::ConnectionBad`.",
    note: "24 dynos want 240 connections and get them. The 25th makes requests fail everywhere, not only its own.",
    changes: [dynos(25), clients(250)],
    variants: [12, 24, 25, 30].map(full),
    chart: { title: "Requests fail from the 25th dyno on", metric: "successRate", axis: "dynos" },
    charts: ["connections", "throughput"],
    claims: [
      {
        id: "advertised",
        status: "reported",
        text: "12 dynos reach the advertised limit of 120 connections.",
        measured: { metric: "connectionsMost", of: "12-dynos" },
        atLeast: 110,
        atMost: 120,
      },
      {
        id: "enforced",
        status: "reported",
        text: "Up to 24 dynos, 240 connections, nothing fails.",
        measured: { metric: "failureRate", of: "24-dynos" },
        atMost: 0,
      },
      {
        id: "fails-25",
        status: "reported",
        text: "From 25 dynos on requests fail with PG::ConnectionBad.",
        measured: { metric: "requestsFailed", of: "25-dynos", failure: "connection-refused" },
        atLeast: 1,
      },
      {
        id: "fails-more",
        status: "derived",
        text: "More dynos fail more.",
        measured: { metric: "failureRate", of: "30-dynos" },
        minus: { metric: "failureRate", of: "25-dynos" },
        atLeast: 0.001,
      },
    ],
  },
  {
    id: "A5",
    title: "A larger plan",
    text: "A larger database gives more connections: 400, then 500, and no plan gives more than that. Fifty dynos of ten threads use all of them up.",
    after: "A4",
    changes: [{ path: "database.plan", value: "standard-3" }, dynos(50), clients(500)],
    variants: [
      {
        id: "standard-2",
        label: "standard-2, 40 dynos",
        x: 40,
        changes: [{ path: "database.plan", value: "standard-2" }, dynos(40), clients(400)],
      },
      { id: "standard-3", label: "standard-3, 50 dynos", x: 50, changes: [] },
      { id: "beyond", label: "standard-3, 55 dynos", x: 55, changes: [dynos(55), clients(550)] },
    ],
    chart: { title: "Money moves the limit, up to 500 connections", metric: "successRate", axis: "dynos" },
    charts: ["connections", "throughput"],
    claims: [
      {
        id: "fifty",
        status: "reported",
        text: "About 50 dynos fit on standard-3.",
        measured: { metric: "failureRate", of: "standard-3" },
        atMost: 0,
      },
      {
        id: "most",
        status: "reported",
        text: "No plan gives more than 500 connections: 55 dynos fail.",
        measured: { metric: "failureRate", of: "beyond" },
        atLeast: 0.001,
      },
    ],
  },
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

/** Connection pooling on Heroku: from one dyno to a pooler. */
export const HEROKU_POOLING: Story = storyOf(
  {
    id: "heroku-pooling",
    title: "Connection pooling on Heroku",
    lesson:
      "Threads want connections, and the database refuses above a limit; a pooler turns failures into a short wait.",
    source: SOURCE,
  },
  {
    name: "Connection pooling on Heroku",
    notes: `After ${SOURCE}. The dyno type is assumed; nothing here needs its processor.`,
    run: { durationS: 45, warmupS: 5, seed: 1, replications: 4 },
    slo: { failureRate: 0.001 },
    workloads: [{ name: "hey", kind: "closed", clients: 15, thinkMs: 0, mix: { page: 1 } }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 500 },
          { kind: "wait", ms: 500 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 1, dynoType: "standard-2x", balancer: "random" }],
    pooler: { enabled: false, mode: "transaction", connections: 90 },
    database: { plan: "standard-0" },
  },
  STEPS,
);
