import { compile } from "../../src/engine";
import type { Plan } from "../../src/engine/plan";
import { findPreset, OPENING_PRESET_ID } from "../../src/scenario/presets";
import { readScenario } from "../../src/scenario/read-scenario";
import { type SizedScenario, withSizes } from "../../src/scenario/sizes";

/** Compiles a document as a run of the page does. Throws where it is no scenario. */
function planOf(document: object): Plan {
  const result = readScenario({ schema: 1, ...document });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return compile(withSizes(result.scenario));
}

const exponential = (mean: number): object => ({ dist: "exponential", mean });
const run = (durationS: number): object => ({ durationS, warmupS: 5, replications: 1 });

/** The numbers of the closed loop, for the minimal loop as well. */
export const CLOSED_LOOP = { clients: 750, dynos: 75, threads: 10, connections: 375 } as const;

/** Users who wait for their answer: half of it a query through a pooler that has a connection for every second of them. */
export function closedLoop(durationS: number): Plan {
  const { clients, dynos, threads, connections } = CLOSED_LOOP;
  return planOf({
    run: run(durationS),
    workloads: [{ name: "users", kind: "closed", clients }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(500) },
          { kind: "wait", ms: exponential(500) },
        ],
      },
    ],
    fleets: [{ name: "web", dynos, threads, balancer: "random", pool: { size: threads } }],
    pooler: { enabled: true, connections },
    database: { plan: { vcpus: 64, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 5000 } },
  });
}

/** Arrivals that do not wait, and one dyno of many threads: M/M/c. */
export function openLoop(durationS: number): Plan {
  return planOf({
    run: run(durationS),
    workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 800 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: exponential(100) }] }],
    fleets: [{ name: "web", dynos: 1, threads: 100, backlog: 1e6 }],
  });
}

/** A balancer that looks for the least busy of two hundred dynos, for every request. */
export function manyDynos(durationS: number): Plan {
  return planOf({
    run: run(durationS),
    workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 1500 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: exponential(1000) }] }],
    fleets: [{ name: "web", dynos: 200, threads: 10, balancer: "least-outstanding" }],
  });
}

/** Processor time in the dynos and in the database: two processes under one interpreter lock each, and queries that share the server's processors. */
export function processors(durationS: number): Plan {
  return planOf({
    run: run(durationS),
    workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 800 }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "cpu", ms: exponential(20) },
          { kind: "query", ms: 20, cpuMs: exponential(5) },
        ],
      },
    ],
    fleets: [
      {
        name: "web",
        dynos: 12,
        processes: 2,
        threads: 10,
        dynoType: { vcpus: 2, memoryMb: 1e6, monthlyUsd: 0 },
        balancer: "least-outstanding",
        pool: { size: 10 },
      },
    ],
    database: { plan: { vcpus: 8, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 5000 } },
  });
}

const TWO_ENDPOINTS = [
  {
    name: "read",
    fleet: { web: 0.5, api: 0.5 },
    steps: [
      { kind: "query", ms: exponential(20) },
      { kind: "wait", ms: exponential(50) },
    ],
  },
  { name: "write", fleet: "api", steps: [{ kind: "query", ms: exponential(20), cpuMs: 2, access: "write" }] },
];

/** Two workloads, two endpoints and two fleets that read from replicas. */
export function replicas(durationS: number): Plan {
  const fleet = { dynos: 10, threads: 10, reads: "replicas", pool: { size: 10 } };
  return planOf({
    run: run(durationS),
    workloads: [
      { name: "visitors", kind: "open", requestsPerSecond: 800, mix: { read: 0.9, write: 0.1 } },
      { name: "users", kind: "closed", clients: 50, thinkMs: exponential(500), mix: { read: 1 } },
    ],
    endpoints: TWO_ENDPOINTS,
    fleets: [
      { ...fleet, name: "web", balancer: "round-robin" },
      { ...fleet, name: "api", balancer: "power-of-two" },
    ],
    database: {
      plan: { vcpus: 8, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 5000 },
      replicas: { count: 3, routing: "per-query" },
    },
  });
}

/** Whatever there is, all at once: retries, clients that give up, journeys, bursts, the balancer's own line, processors, a pooler, replicas. */
export function everything(durationS: number): Plan {
  const fleet = {
    dynos: 10,
    threads: 5,
    processes: 2,
    dynoType: { vcpus: 2, memoryMb: 1e6, monthlyUsd: 0 },
    balancer: "least-outstanding",
    maxOutstandingPerDyno: 10,
    reads: "replicas",
    pool: { size: 4, hold: "query", maxLifetimeS: 60, idleTimeoutS: 10, reapEveryS: 5, verify: true },
  };
  const retries = { attempts: 2, backoffMs: 100 };
  return planOf({
    run: run(durationS),
    workloads: [
      {
        name: "visitors",
        kind: "open",
        requestsPerSecond: 500,
        mix: { read: 0.8, write: 0.2 },
        retries,
        giveUpAfterMs: 2000,
      },
      {
        name: "users",
        kind: "closed",
        clients: 100,
        thinkMs: exponential(300),
        journey: ["read", "read", "write"],
        retries,
      },
      {
        name: "heartbeat",
        kind: "burst",
        clients: 300,
        everyMs: 5000,
        spreadMs: 500,
        mix: { write: 1 },
        retries,
      },
    ],
    endpoints: TWO_ENDPOINTS.map((endpoint) => ({
      ...endpoint,
      steps: [{ kind: "cpu", ms: exponential(5) }, ...endpoint.steps],
    })),
    edge: { timeoutMs: 5000, queueTimeoutMs: 1000 },
    fleets: [
      { ...fleet, name: "web" },
      { ...fleet, name: "api", runtime: "parallel" },
    ],
    pooler: { enabled: true, connections: 20 },
    database: {
      plan: { vcpus: 8, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 5000 },
      contention: { alpha: 0.01 },
      replicas: { count: 2 },
    },
  });
}

/** What the page opens on. */
export function opening(): SizedScenario {
  const preset = findPreset(OPENING_PRESET_ID);
  if (preset === undefined) throw new Error("Defect: no opening preset");
  return withSizes(preset.scenario);
}
