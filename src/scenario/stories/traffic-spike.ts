import { type Assumption, around, type StepDocument, type Story, storyOf, type Variant } from "./story";

const SOURCE =
  "the story of scaling Kastio, a Rails application, for the night of September 25 (year not stated)";

const machines = (value: number) => ({ path: "fleets.web.dynos", value });
const edge = (value: number | null) => ({ path: "edge.maxConnections", value });
const duration = (value: number) => ({ path: "run.durationS", value });
const mix = (value: object) => ({ path: "workloads.visitors.mix", value });
const visitors = (value: number) => ({ path: "workloads.visitors.clients", value });

const SHARING: Assumption = {
  what: "How nginx shares requests over the machines",
  value: "in turn",
  why: "nginx's default. The article divides evenly.",
  neighbours: [
    {
      label: "to the machine with the fewest",
      changes: [{ path: "fleets.web.balancer", value: "least-outstanding" }],
    },
  ],
};

/** So many requests at once, with one of the two readings of nginx's limit. */
const atOnce = (count: number, line: string, limit: number): Variant => ({
  id: `${line}-${count}`,
  label: `${count} at once, limit ${limit}`,
  x: count,
  line: line === "article" ? "limit 1,536 (the article's reading)" : "limit 768 (nginx's documentation)",
  changes: [{ path: "workloads.spike.clients", value: count }, edge(limit)],
});

/** Three thousand visitors come within two minutes, and each asks for a page every few seconds. */
const VISITORS = {
  name: "visitors",
  kind: "closed",
  clients: 3000,
  thinkMs: { dist: "exponential", mean: 5000 },
  startSpreadMs: 120_000,
  giveUpAfterMs: 30_000,
  mix: { page: 1 },
};
/** Half a second, as before, but now it says for what: the connection is held from the first query on. */
const PAGE = {
  name: "page",
  steps: [
    { kind: "query", ms: 20, cpuMs: 0.7, count: 3 },
    { kind: "wait", ms: 425 },
    { kind: "cpu", ms: { dist: "exponential", mean: 15 } },
  ],
};
/** The endpoint that asks once for a list, and once more for each of its items. */
const list = (queries: number, cpuMs = 1) => ({
  name: "list",
  steps: [
    { kind: "query", ms: 4, cpuMs, count: queries },
    { kind: "wait", ms: 245 },
    { kind: "cpu", ms: { dist: "exponential", mean: 15 } },
  ],
});
const heartbeat = (fleet: string) => ({
  name: "beat",
  fleet,
  steps: [
    { kind: "cpu", ms: 8 },
    { kind: "query", ms: 3, cpuMs: 0.5 },
  ],
});
const HEARTBEATS = {
  name: "heartbeats",
  kind: "burst",
  clients: 3000,
  everyMs: 30_000,
  spreadMs: 500,
  mix: { beat: 1 },
};

const WEB = {
  name: "web",
  balancer: "round-robin",
  dynos: 10,
  dynoType: "m5.large",
  processes: 2,
  threads: 15,
  pool: { size: 15 },
};
/** Heartbeats have machines of their own, and an edge of their own: its places are added, for the model has one edge. */
const APART = [
  { path: "fleets", value: [WEB, { ...WEB, name: "beats", dynos: 2 }] },
  { path: "endpoints", value: [PAGE, heartbeat("beats")] },
  edge(1536 + 3072),
];

const THINKING: Assumption = {
  what: "How often a visitor asks for a page",
  value: "5 s after the last answer, exponential; all come within two minutes",
  why: "The article counts visitors, not requests. Five seconds keep ten machines busy, and are more than five can serve.",
  neighbours: [
    {
      label: "4.5 s",
      changes: [{ path: "workloads.visitors.thinkMs", value: { dist: "exponential", mean: 4500 } }],
    },
    {
      label: "6 s",
      changes: [{ path: "workloads.visitors.thinkMs", value: { dist: "exponential", mean: 6000 } }],
    },
  ],
};
const MEMORY: Assumption = {
  what: "Memory that a connection takes",
  value: "20 MB, of the 4 GB that the server has: 204 connections",
  why: "The article says that connections choked the server until it crashed. MySQL's page cache takes three quarters of the memory, so that some 5 MB for each connection's own buffers come to the same.",
  neighbours: around("database.memoryPerConnectionMb", 20),
};
const PROXY: Assumption = {
  what: "The proxy's connections, and the time it takes",
  value: "150, less than half of the limit; 1 ms for a query",
  why: "Amazon advises against giving a proxy all of a small instance's connections. How long it takes for a query is not published.",
  neighbours: [...around("pooler.connections", 150), ...around("pooler.overheadMs", 1)],
};
const BEATS: Assumption = {
  what: "Heartbeats",
  value: "every 30 s within half a second of each other; 8 ms of processor and 3 ms of database each",
  why: "The article says that they fall into step, not how often they come and what they cost.",
  neighbours: [
    ...around("workloads.heartbeats.spreadMs", 500),
    ...around("workloads.heartbeats.everyMs", 30_000),
    ...around("endpoints.beat.steps.0.ms", 8),
  ],
};

/** A quiet half hour with a peak of five minutes, which is known in advance. */
const PEAK = [
  [0, 0.05],
  [600, 0.05],
  [660, 1],
  [960, 1],
  [1020, 0.05],
];
/** One machine, and so many for the peak. */
const forThePeak = (count: number) => [
  machines(1),
  {
    path: "timeline",
    value: [
      { atS: 550, do: "set", path: "fleets.web.dynos", value: count },
      { atS: 1050, do: "set", path: "fleets.web.dynos", value: 1 },
    ],
  },
];

const PINNING =
  "RDS Proxy lends a connection for a transaction. A client that uses prepared statements of a session, sets session variables or takes locks is pinned: it keeps its connection until it leaves, and the pooling is gone. Rails must then do without prepared statements.";

const STEPS: readonly StepDocument[] = [
  {
    id: "D1",
    title: "1,500 requests at once",
    text: "Five machines of two workers with fifteen threads each answer **150 requests at a time**, in half a second. Of 1,500 that come at once the first 150 are answered after half a second, and nine more batches wait in line: the last one 4.5 s, and its answers come after five.",
    note: "Plain arithmetic, and the simulation does nothing else here. It holds as long as nginx, the database and equal response times play along.",
    changes: [],
    variants: [
      { id: "turn", label: "in turn", changes: [] },
      {
        id: "random",
        label: "at random",
        changes: [{ path: "fleets.web.balancer", value: "random" }],
      },
    ],
    charts: ["latency", "queue", "distribution"],
    assumptions: [SHARING],
    claims: [
      {
        id: "at-a-time",
        status: "reported",
        text: "150 at a time: 150 answers in the first second, before the second batch's at its end.",
        measured: { metric: "throughput", fromS: 0, toS: 1 },
        atLeast: 150,
        atMost: 150,
      },
      {
        id: "batches",
        status: "reported",
        text: "Ten batches, nine of which wait: the last waits 4.5 s.",
        measured: { metric: "queueMax" },
        atLeast: 4490,
        atMost: 4510,
      },
      {
        id: "p90",
        status: "derived",
        text: "p90 of latency is 4.5 s: nine of ten batches are answered then.",
        measured: { metric: "latencyP90" },
        atLeast: 4480,
        atMost: 4520,
      },
      {
        id: "max",
        status: "derived",
        text: "The last answer comes after 5 s.",
        measured: { metric: "latencyMax" },
        atLeast: 4990,
        atMost: 5010,
      },
      {
        id: "chance",
        status: "derived",
        text: "Shared at random, some machine gets more than its part, and the last waits longer.",
        measured: { metric: "latencyMax", of: "random" },
        minus: { metric: "latencyMax" },
        atLeast: 100,
        isSensitive: false,
      },
    ],
  },
  {
    id: "D2",
    title: "Twice the workers",
    text: "Ten machines in place of five are 300 threads and five batches: the last answer comes after **two and a half seconds**.",
    changes: [machines(10)],
    charts: ["latency", "queue", "distribution"],
    assumptions: [SHARING],
    claims: [
      {
        id: "max",
        status: "derived",
        text: "The last answer comes after 2.5 s.",
        measured: { metric: "latencyMax" },
        atLeast: 2490,
        atMost: 2510,
      },
      {
        id: "half",
        status: "derived",
        text: "Half of what five machines take.",
        measured: { metric: "latencyMax" },
        per: { metric: "latencyMax", step: "D1" },
        atLeast: 0.49,
        atMost: 0.51,
      },
    ],
  },
  {
    id: "D3",
    title: "nginx gives up first",
    text: "In front of all machines stands one nginx with two workers of 768 connections. The article reads this as **1,536 requests** at once. By nginx's documentation connections to the machines behind count too, so that each request takes two, and the limit is **768 requests**. Slow requests pile up; what comes above the limit is turned away.",
    note: "Both readings are drawn. With the article's own 1,500 visitors the difference is between nobody and every second one.",
    changes: [
      { path: "workloads.spike.clients", value: 1600 },
      { path: "endpoints.page.steps.0.ms", value: 2000 },
      edge(1536),
      duration(20),
    ],
    variants: [
      ...[700, 800, 1500, 1600].map((count) => atOnce(count, "article", 1536)),
      ...[700, 800, 1500, 1600].map((count) => atOnce(count, "documented", 768)),
    ],
    chart: {
      title: "Requests turned away, with both readings of the limit",
      metric: "requestsFailed",
      axis: "requests at once",
    },
    charts: ["throughput", "queue"],
    assumptions: [
      {
        what: "How slow the slow endpoints are",
        value: "2 s",
        why: "The article says only that they are slow. The limit counts requests under way, whatever they wait for.",
        neighbours: around("endpoints.page.steps.0.ms", 2000),
      },
    ],
    claims: [
      {
        id: "gives-up",
        status: "reported",
        text: "With 1,600 requests under way nginx gives up (limit 1,536: 64 are turned away).",
        measured: { metric: "requestsFailed", of: "article-1600", failure: "edge-full" },
        atLeast: 1,
        atMost: 64,
      },
      {
        id: "holds",
        status: "reported",
        text: "With fewer it holds: 1,500 are let in (limit 1,536).",
        measured: { metric: "requestsFailed", of: "article-1500" },
        atMost: 0,
      },
      {
        id: "documented",
        status: "derived",
        text: "By the documentation 1,500 are too many already: 732 are turned away (limit 768).",
        measured: { metric: "requestsFailed", of: "documented-1500", failure: "edge-full" },
        atLeast: 732,
        atMost: 732,
      },
      {
        id: "documented-800",
        status: "derived",
        text: "And 800 as well: 32 are turned away.",
        measured: { metric: "requestsFailed", of: "documented-800", failure: "edge-full" },
        atLeast: 32,
        atMost: 32,
      },
    ],
  },
  {
    id: "D4",
    title: "More machines choke the database",
    text: "Three thousand visitors come within two minutes; five machines are slow, so there are ten. But each thread has **a connection of its own**, and nothing limits their number but the database: 341 with 4 GB. Its memory is gone before that. It crashes, comes back, gets all the connections again, and crashes again: the site is down.",
    note: "Each machine that is added brings thirty connections. Six still hold, with 180; seven do not.",
    after: "D2",
    changes: [
      { path: "workloads", value: [VISITORS] },
      { path: "endpoints", value: [PAGE] },
      edge(null),
      duration(300),
    ],
    variants: [
      ...[4, 5, 6, 7, 10].map(
        (count): Variant => ({
          id: String(count),
          label: `${count} machines`,
          x: count,
          changes: [machines(count)],
        }),
      ),
      {
        id: "limit-only",
        label: "12 machines, 4,000 visitors, memory enough",
        changes: [machines(12), visitors(4000), { path: "database.crashOnMemory", value: false }],
      },
      {
        id: "limit-11",
        label: "11 machines, 4,000 visitors, memory enough",
        changes: [machines(11), visitors(4000), { path: "database.crashOnMemory", value: false }],
      },
    ],
    chart: { title: "More machines, fewer answers", metric: "successRate", axis: "machines" },
    charts: ["connections", "throughput"],
    assumptions: [MEMORY, THINKING],
    claims: [
      {
        id: "five-hold",
        status: "derived",
        text: "Five machines have 150 connections, and the database holds.",
        measured: { metric: "requestsFailed", of: "5", failure: "database-down" },
        atMost: 0,
      },
      {
        id: "crash",
        status: "reported",
        text: "With more machines the connections choke the database, and it crashes.",
        measured: { metric: "requestsFailed", failure: "database-down" },
        atLeast: 1000,
      },
      {
        id: "down",
        status: "reported",
        text: "The site is down: at least a third of all requests fail.",
        measured: { metric: "failureRate" },
        atLeast: 0.33,
      },
      {
        id: "worse-than-five",
        status: "derived",
        text: "Ten machines answer less than five.",
        measured: { metric: "throughput" },
        per: { metric: "throughput", of: "5" },
        atMost: 0.95,
      },
      {
        id: "limit",
        status: "derived",
        text: "With memory enough and all threads busy the limit itself is next: 24 workers of 15 threads ask for 360 connections of 341.",
        measured: { metric: "requestsFailed", of: "limit-only", failure: "connection-refused" },
        atLeast: 1,
      },
      {
        id: "below-limit",
        status: "derived",
        text: "22 workers stay below it, with 330.",
        measured: { metric: "requestsFailed", of: "limit-11", failure: "connection-refused" },
        atMost: 0,
      },
    ],
  },
  {
    id: "D5",
    title: "One pool for all, or a larger database",
    text: "A proxy in front of the database shares **150 connections** among all threads, and lends one only for a query: with that, ten machines serve everybody. A database of twice the size holds as well, at twice the price, until the next machines are added.",
    caution: PINNING,
    changes: [
      { path: "pooler.enabled", value: true },
      { path: "pooler.connections", value: 150 },
      { path: "pooler.overheadMs", value: 1 },
    ],
    variants: [
      { id: "proxy", label: "proxy", changes: [] },
      {
        id: "larger",
        label: "8 GB (db.m5.large), no proxy",
        changes: [
          { path: "pooler.enabled", value: false },
          { path: "database.plan", value: "mysql.db.m5.large" },
        ],
      },
    ],
    charts: ["connections", "latency"],
    assumptions: [PROXY, MEMORY, THINKING],
    claims: [
      {
        id: "proxy",
        status: "reported",
        text: "A proxy as a pool for all machines ends it: nothing fails.",
        measured: { metric: "failureRate" },
        atMost: 0,
      },
      {
        id: "larger",
        status: "reported",
        text: "So does a larger instance.",
        measured: { metric: "failureRate", of: "larger" },
        atMost: 0,
      },
      {
        id: "fewer",
        status: "derived",
        text: "The proxy needs far fewer connections than there are threads: at most 150 of 300.",
        measured: { metric: "connectionsMost" },
        atMost: 150,
        isSensitive: false,
      },
      {
        id: "price",
        status: "reported",
        text: "Scaling the database up is expensive: the larger instance costs more (the proxy's own price is not counted).",
        measured: { metric: "monthlyUsd", of: "larger" },
        minus: { metric: "monthlyUsd" },
        atLeast: 50,
      },
    ],
  },
  {
    id: "D6",
    title: "One query for each item of a list",
    text: "One of the most frequent endpoints asks for a list, and then once more **for each of its sixty items**. Every query is short. Together they are more than the database's two processors can do, and everybody waits.",
    note: "A larger pool or more machines make it worse: the database is what is short. With two queries in place of sixty the same machines have time to spare.",
    caution: PINNING,
    changes: [{ path: "endpoints", value: [PAGE, list(60)] }, mix({ page: 0.85, list: 0.15 })],
    variants: [
      { id: "each", label: "60 queries", changes: [] },
      {
        id: "two",
        label: "2 queries",
        changes: [{ path: "endpoints.list.steps.0.count", value: 2 }],
      },
    ],
    charts: ["stages", "latency", "throughput"],
    assumptions: [
      {
        what: "The endpoint",
        value: "15 % of the requests, 60 queries of 4 ms, 1 ms of it on the database's processor",
        why: "The article says that it was frequent, and that it drowned the database.",
        neighbours: [
          { label: "12 % of the requests", changes: [mix({ page: 0.88, list: 0.12 })] },
          { label: "18 % of the requests", changes: [mix({ page: 0.82, list: 0.18 })] },
          ...around("endpoints.list.steps.0.cpuMs", 1),
        ],
      },
      PROXY,
    ],
    claims: [
      {
        id: "drowns",
        status: "reported",
        text: "It drowns the database: its processors are busy all of the time.",
        measured: { metric: "databaseCpu", fromS: 120, toS: 300 },
        atLeast: 0.95,
      },
      {
        id: "everybody",
        status: "reported",
        text: "Everybody suffers, not only who asks for the list: half of the other pages take more than twice as long.",
        measured: { metric: "latencyP50", endpoint: "page" },
        per: { metric: "latencyP50", of: "two", endpoint: "page" },
        atLeast: 2,
      },
      {
        id: "remedy",
        status: "derived",
        text: "With two queries in place of sixty the database is at ease again.",
        measured: { metric: "databaseCpu", of: "two" },
        atMost: 0.75,
      },
    ],
  },
  {
    id: "D7",
    title: "Three thousand heartbeats in step",
    text: "Each open page sends a heartbeat every half minute. They cost little, but they have fallen **into step**: 3,000 within half a second fill nginx, and pages are turned away with them. On machines of their own, from the DNS name on, they harm nobody; then the database is the only thing left to be short.",
    note: "Load that is of another kind, and of many times the number, wants a place of its own, where it can only fail alone.",
    caution: PINNING,
    after: "D5",
    changes: [
      { path: "workloads", value: [VISITORS, HEARTBEATS] },
      { path: "endpoints", value: [PAGE, heartbeat("web")] },
      edge(1536),
    ],
    variants: [
      { id: "together", label: "on the same machines", changes: [] },
      { id: "apart", label: "on machines of their own", changes: APART },
      {
        id: "calm",
        label: "no heartbeats",
        changes: [{ path: "workloads.heartbeats.clients", value: 0 }],
      },
      {
        id: "twice",
        label: "of their own, twice the visitors and machines",
        changes: [...APART, machines(20), visitors(6000)],
      },
    ],
    charts: ["throughput", "queue", "latency-heat"],
    assumptions: [
      BEATS,
      THINKING,
      {
        what: "The edge of the heartbeats' own machines",
        value: "3,072 connections, added to the 1,536 of the other",
        why: "The model has one edge. 3,072 let all heartbeats in, so that none takes a page's place.",
        neighbours: [],
      },
    ],
    claims: [
      {
        id: "choke",
        status: "reported",
        text: "They choke the edge: nginx turns requests away.",
        measured: { metric: "requestsFailed", failure: "edge-full" },
        atLeast: 1,
      },
      {
        id: "pages",
        status: "reported",
        text: "Pages are turned away too.",
        measured: { metric: "requestsFailed", endpoint: "page", failure: "edge-full" },
        atLeast: 1,
      },
      {
        id: "alone",
        status: "reported",
        text: "With machines of their own no page fails.",
        measured: { metric: "requestsFailed", of: "apart", endpoint: "page" },
        atMost: 0,
      },
      {
        id: "unharmed",
        status: "reported",
        text: "And pages are as fast as without heartbeats.",
        measured: { metric: "latencyP95", of: "apart", endpoint: "page" },
        per: { metric: "latencyP95", of: "calm", endpoint: "page" },
        atMost: 1.1,
      },
      {
        id: "database-left",
        status: "reported",
        text: "Then only the database is left as bottleneck: with twice the visitors and machines it is busy all of the time.",
        measured: { metric: "databaseCpu", of: "twice", fromS: 150, toS: 300 },
        atLeast: 0.95,
      },
      {
        id: "not-twice",
        status: "derived",
        text: "So twice the machines do not serve twice the visitors as fast: pages take longer.",
        measured: { metric: "latencyP50", of: "twice", endpoint: "page" },
        per: { metric: "latencyP50", of: "apart", endpoint: "page" },
        atLeast: 1.3,
      },
    ],
  },
  {
    id: "D8",
    title: "What the peak costs",
    text: "A quiet half hour with a peak of five minutes that is known in advance. Ten machines for the peak and one for the rest, or **one large machine** that can hold the peak and stands idle before and after. Five machines for half of the visitors: the cost rises no faster than what it serves.",
    note: "Machines and database only. A larger machine also takes a restart to get.",
    caution: PINNING,
    after: "D5",
    changes: [
      { path: "workloads.visitors.profile", value: PEAK },
      { path: "workloads.visitors.startSpreadMs", value: 10_000 },
      duration(1800),
      ...forThePeak(10),
    ],
    variants: [
      { id: "ten", label: "ten machines for the peak", x: 10, changes: [] },
      {
        id: "five",
        label: "five for half of the visitors",
        x: 5,
        changes: [visitors(1500), ...forThePeak(5)],
      },
      {
        id: "large",
        label: "one large machine (m5.8xlarge)",
        x: 1,
        changes: [
          machines(1),
          { path: "timeline", value: [] },
          { path: "fleets.web.dynoType", value: "m5.8xlarge" },
          { path: "fleets.web.processes", value: 20 },
        ],
      },
    ],
    chart: { title: "What the half hour costs", metric: "runUsd", axis: "machines" },
    charts: ["instances", "throughput", "latency"],
    assumptions: [
      {
        what: "The peak",
        value: "five minutes of half an hour, a twentieth of the visitors before and after",
        why: "The article calls its peaks occasional and predictable, without numbers. The rarer they are, the larger the difference.",
        neighbours: [
          {
            label: "four minutes",
            changes: [
              {
                path: "workloads.visitors.profile",
                value: PEAK.map(([at = 0, factor = 0]) => [at > 900 ? at - 60 : at, factor]),
              },
            ],
          },
          {
            label: "a tenth of the visitors before and after",
            changes: [
              {
                path: "workloads.visitors.profile",
                value: PEAK.map(([at = 0, factor = 0]) => [at, Math.max(0.1, factor)]),
              },
            ],
          },
        ],
      },
    ],
    claims: [
      {
        id: "served",
        status: "derived",
        text: "Ten machines serve the peak: nothing fails.",
        measured: { metric: "failureRate", of: "ten" },
        atMost: 0.0001,
      },
      {
        id: "large-serves",
        status: "derived",
        text: "So does the large machine.",
        measured: { metric: "failureRate", of: "large" },
        atMost: 0.0001,
      },
      {
        id: "vertical",
        status: "reported",
        text: "Sizing one machine for the peak is expensive: the half hour costs at least twice as much.",
        measured: { metric: "runUsd", of: "large" },
        per: { metric: "runUsd", of: "ten" },
        atLeast: 2,
      },
      {
        id: "twice-served",
        status: "derived",
        text: "Ten machines serve twice as many as five.",
        measured: { metric: "throughputMost", of: "ten" },
        per: { metric: "throughputMost", of: "five" },
        atLeast: 1.9,
        atMost: 2.1,
      },
      {
        id: "in-proportion",
        status: "reported",
        text: "The cost must rise at most in proportion: it less than doubles.",
        measured: { metric: "runUsd", of: "ten" },
        per: { metric: "runUsd", of: "five" },
        atMost: 2,
      },
    ],
  },
];

/** A traffic spike on one machine's architecture: what gives way, one part after the other. */
export const TRAFFIC_SPIKE: Story = storyOf(
  {
    id: "traffic-spike",
    title: "A spike of visitors",
    lesson:
      "The arithmetic of threads is only the first limit: the edge, the database's connections and memory, and one kind of request that outnumbers all others come next.",
    source: SOURCE,
  },
  {
    name: "A spike of visitors",
    notes: `After ${SOURCE}. Machines, queries and the visitors' pace are assumed.`,
    run: { durationS: 10, warmupS: 0, seed: 1, replications: 1 },
    slo: { p99Ms: 5000, failureRate: 0.001 },
    workloads: [
      { name: "spike", kind: "burst", clients: 1500, everyMs: 600_000, spreadMs: 0, mix: { page: 1 } },
    ],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 500 }] }],
    edge: { timeoutMs: 60_000 },
    fleets: [{ ...WEB, dynos: 5 }],
    database: { plan: "mysql.db.t3.medium", memoryPerConnectionMb: 20 },
  },
  STEPS,
);
