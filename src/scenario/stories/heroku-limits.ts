import { atClients, clients, dynos, full } from "./heroku-system";
import type { Claim, StepDocument } from "./story";

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

/** From one dyno to as many as the largest plan has connections for. */
export const LIMIT_STEPS: readonly StepDocument[] = [
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
    assumptions: [
      {
        what: "The dyno type, here and in all later steps",
        value: "standard-2x",
        why: "The article does not name it. A request computes next to nothing, so only its memory counts, and a process of ten threads fits into any.",
        neighbours: ["standard-1x", "performance-m"].map((dynoType) => ({
          label: dynoType,
          changes: [{ path: "fleets.web.dynoType", value: dynoType }],
        })),
      },
    ],
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
];
