import { type Assumption, around, type Variant } from "./story";

export const machines = (value: number) => ({ path: "fleets.web.dynos", value });
export const edge = (value: number | null) => ({ path: "edge.maxConnections", value });
export const duration = (value: number) => ({ path: "run.durationS", value });
export const mix = (value: object) => ({ path: "workloads.visitors.mix", value });
export const visitors = (value: number) => ({ path: "workloads.visitors.clients", value });

export const SHARING: Assumption = {
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
export const atOnce = (count: number, line: string, limit: number): Variant => ({
  id: `${line}-${count}`,
  label: `${count} at once, limit ${limit}`,
  x: count,
  line: line === "article" ? "limit 1,536 (the article's reading)" : "limit 768 (nginx's documentation)",
  changes: [{ path: "workloads.spike.clients", value: count }, edge(limit)],
});

/** Three thousand visitors come within two minutes, and each asks for a page every few seconds. */
export const VISITORS = {
  name: "visitors",
  kind: "closed",
  clients: 3000,
  thinkMs: { dist: "exponential", mean: 5000 },
  startSpreadMs: 120_000,
  giveUpAfterMs: 30_000,
  mix: { page: 1 },
};
/** Half a second, as before, but now it says for what: the connection is held from the first query on. */
export const PAGE = {
  name: "page",
  steps: [
    { kind: "query", ms: 20, cpuMs: 0.7, count: 3 },
    { kind: "wait", ms: 425 },
    { kind: "cpu", ms: { dist: "exponential", mean: 15 } },
  ],
};
/** The endpoint that asks once for a list, and once more for each of its items. */
export const list = (queries: number, cpuMs = 1) => ({
  name: "list",
  steps: [
    { kind: "query", ms: 4, cpuMs, count: queries },
    { kind: "wait", ms: 245 },
    { kind: "cpu", ms: { dist: "exponential", mean: 15 } },
  ],
});
export const heartbeat = (fleet: string) => ({
  name: "beat",
  fleet,
  steps: [
    { kind: "cpu", ms: 8 },
    { kind: "query", ms: 3, cpuMs: 0.5 },
  ],
});
export const HEARTBEATS = {
  name: "heartbeats",
  kind: "burst",
  clients: 3000,
  everyMs: 30_000,
  spreadMs: 500,
  mix: { beat: 1 },
};

export const WEB = {
  name: "web",
  balancer: "round-robin",
  dynos: 10,
  dynoType: "m5.large",
  processes: 2,
  threads: 15,
  pool: { size: 15 },
};
/** Heartbeats have machines of their own. */
const OWN_MACHINES = [
  { path: "fleets", value: [WEB, { ...WEB, name: "beats", dynos: 2 }] },
  { path: "endpoints", value: [PAGE, heartbeat("beats")] },
];
/** And an edge of their own: its places are added, for the model has one edge. */
export const APART = [...OWN_MACHINES, edge(1536 + 3072)];
/** Three times as many of everything that is not a heartbeat's; nothing is turned away. */
export const THREE_TIMES = [...OWN_MACHINES, edge(null), machines(30), visitors(9000)];

export const THINKING: Assumption = {
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
export const MEMORY: Assumption = {
  what: "Memory that a connection takes",
  value: "20 MB, of the 4 GB that the server has: 204 connections",
  why: "The article says that connections choked the server until it crashed. MySQL's page cache takes three quarters of the memory, so that some 5 MB for each connection's own buffers come to the same.",
  neighbours: around("database.memoryPerConnectionMb", 20),
};
export const PROXY: Assumption = {
  what: "The proxy's connections, and the time it takes",
  value: "150, less than half of the limit; 1 ms for a query",
  why: "Amazon advises against giving a proxy all of a small instance's connections. How long it takes for a query is not published.",
  neighbours: [...around("pooler.connections", 150), ...around("pooler.overheadMs", 1)],
};
export const BEATS: Assumption = {
  what: "Heartbeats",
  value: "every 30 s within half a second of each other; 8 ms of processor and 3 ms of database each",
  why: "The article says that they fall into step, not how many, how often they come and what they cost. That all do is the worst case: with some 2,000 in step nginx begins to turn requests away, with 1,500 it holds.",
  neighbours: [
    ...around("workloads.heartbeats.clients", 3000),
    ...around("workloads.heartbeats.spreadMs", 500),
    ...around("workloads.heartbeats.everyMs", 30_000),
    ...around("endpoints.beat.steps.0.ms", 8),
  ],
};

/** A quiet half hour with a peak of five minutes, which is known in advance. */
export const PEAK = [
  [0, 0.05],
  [600, 0.05],
  [660, 1],
  [960, 1],
  [1020, 0.05],
];
/** One machine, and so many for the peak. */
export const forThePeak = (count: number) => [
  machines(1),
  {
    path: "timeline",
    value: [
      { atS: 550, do: "set", path: "fleets.web.dynos", value: count },
      { atS: 1050, do: "set", path: "fleets.web.dynos", value: 1 },
    ],
  },
];

export const PINNING =
  "RDS Proxy lends a connection for a transaction. A client that uses prepared statements of a session, sets session variables or takes locks is pinned: it keeps its connection until it leaves, and the pooling is gone. Rails must then do without prepared statements.";
