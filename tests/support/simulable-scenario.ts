import fc from "fast-check";
import { readScenario } from "../../src/scenario/read-scenario";
import type { Scenario } from "../../src/scenario/types";
import { distributions, durations, shares, sometimes } from "./small-arbitraries";

/*
 * Scenarios of everything that the engine simulates, small enough to run by the thousand: seconds of simulated time, a few hundred
 * requests, and limits so low that they are reached.
 */

const ENDPOINTS = ["page", "search", "beat"];
const FLEETS = ["web", "jobs"];

const waiting = durations(150);
/** Processors are shared: what all ask for at once has to be less. */
const computing = durations(40);

const retries = fc.record({
  attempts: fc.constantFrom(0, 0, 1, 3),
  backoffMs: fc.constantFrom(0, 5, 100),
  backoffFactor: fc.constantFrom(0, 1, 2),
  jitter: fc.boolean(),
});

/** What the requests of a workload are for: the first endpoint, a mix, or a visit. */
function demand(endpoints: readonly string[]): fc.Arbitrary<object> {
  return fc.oneof(
    fc.constant({}),
    shares(endpoints).map((mix) => ({ mix })),
    fc.array(fc.constantFrom(...endpoints), { minLength: 1, maxLength: 4 }).map((journey) => ({ journey })),
  );
}

const giveUpAfterMs = fc.constantFrom(null, null, null, null, 60, 400, 1500);
const startSpreadMs = fc.constantFrom(0, 500);

/** Few who never pause, or more who do: instant refusals of many without a pause would be thousands of requests. */
const closed = fc.oneof(
  fc.record({
    kind: fc.constant("closed"),
    clients: fc.integer({ min: 0, max: 4 }),
    thinkMs: fc.oneof(fc.constant(0), waiting),
    afterFailureMs: fc.option(waiting),
    startSpreadMs,
  }),
  fc.record({
    kind: fc.constant("closed"),
    clients: fc.integer({ min: 5, max: 50 }),
    thinkMs: fc.oneof(fc.integer({ min: 100, max: 400 }), distributions(400)),
    afterFailureMs: fc.option(fc.integer({ min: 50, max: 300 })),
    startSpreadMs,
  }),
);

const rate = fc.constantFrom(0, 2, 20, 60, 120);
const moment = fc.oneof(fc.constantFrom(0, 0.5, 1, 2), fc.double({ min: 0, max: 3, noNaN: true }));
const trace = fc
  .array(fc.tuple(moment, rate), { minLength: 1, maxLength: 4 })
  .map((points) => points.sort(([a], [b]) => a - b));

const open = fc
  .tuple(
    fc.record({
      kind: fc.constant("open"),
      requestsPerSecond: fc.oneof(rate, fc.integer({ min: 0, max: 100 })),
      arrivals: fc.constantFrom("poisson", "paced"),
      thinkMs: waiting,
    }),
    fc.option(trace, { freq: 4 }),
  )
  .map(([fields, curve]) => (curve === null ? fields : { ...fields, trace: curve }));

const burst = fc.record({
  kind: fc.constant("burst"),
  clients: fc.integer({ min: 0, max: 30 }),
  everyMs: fc.constantFrom(400, 1000, 1500.5),
  // Longer than a round too: rounds overlap.
  spreadMs: fc.constantFrom(0, 100, 1200),
});

const recorded = fc.tuple(
  fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.double({ min: 0, max: 3000, noNaN: true })),
  fc.array(fc.oneof(fc.constantFrom(0, 20, 100), fc.double({ min: 0, max: 150, noNaN: true })), {
    minLength: 4,
    maxLength: 4,
  }),
);

/** How many durations each recorded request has is up to the endpoint. */
interface Replay {
  readonly kind: "replay";
  readonly endpoint: string;
  readonly requests: readonly (readonly [number, readonly number[]])[];
}

function workload(endpoints: readonly string[], name: string): fc.Arbitrary<object> {
  const common = fc.record({ name: fc.constant(name), retries, giveUpAfterMs });
  const drawn = fc
    .tuple(common, fc.oneof(closed, open, burst), demand(endpoints))
    .map((parts) => Object.assign({}, ...parts) as object);
  const replay = fc.record({
    name: fc.constant(name),
    kind: fc.constant("replay" as const),
    endpoint: fc.constantFrom(...endpoints),
    requests: fc.array(recorded, { maxLength: 40 }),
    retries,
    giveUpAfterMs,
  });
  return fc.oneof({ arbitrary: drawn, weight: 5 }, { arbitrary: replay, weight: 1 });
}

const query = fc.record({
  kind: fc.constant("query"),
  ms: waiting,
  cpuMs: fc.oneof(fc.constant(0), computing),
  count: fc.integer({ min: 1, max: 3 }),
  access: fc.constantFrom("read", "write"),
});

const step = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant("wait"), ms: waiting }), weight: 1 },
  { arbitrary: fc.record({ kind: fc.constant("cpu"), ms: computing }), weight: 1 },
  { arbitrary: query, weight: 2 },
);

function isReplay(workload: object): workload is Replay {
  return "kind" in workload && workload.kind === "replay";
}

/** The workload with as many durations for each recorded request as its endpoint has steps. */
function fitted(workload: object, endpoints: readonly { name: string; steps: readonly object[] }[]): object {
  if (!isReplay(workload)) return workload;
  const steps = endpoints.find(({ name }) => name === workload.endpoint)?.steps.length ?? 0;
  const requests = workload.requests.map(([atMs, durationsMs]) => [atMs, durationsMs.slice(0, steps)]);
  return { ...workload, requests };
}

function endpoint(
  fleets: readonly string[],
  name: string,
): fc.Arbitrary<{ name: string; steps: readonly object[] }> {
  return fc.record({
    name: fc.constant(name),
    fleet: fc.oneof(fc.constantFrom(...fleets), shares(fleets)),
    steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  });
}

/** Dynos that are enough for their processes, mostly; some swap, and a few are killed. */
const dynoSize = fc.record({
  dynoType: fc.record({
    vcpus: fc.constantFrom(0.25, 0.5, 1, 1.5, 2, 4),
    memoryMb: fc.constantFrom(0, 512, 512, 1024, 1024, 1024, 4096, 4096, 4096, 4096, 4096, 4096),
    monthlyUsd: fc.constant(50),
  }),
  memory: fc.record({
    perProcessMb: fc.constantFrom(0, 100, 300),
    perThreadMb: fc.constantFrom(0, 10),
  }),
});

function fleet(name: string): fc.Arbitrary<object> {
  const rest = fc.record({
    name: fc.constant(name),
    balancer: fc.constantFrom("random", "round-robin", "least-outstanding", "power-of-two"),
    dynos: fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 6 }), weight: 40 },
      { arbitrary: fc.constant(0), weight: 1 },
    ),
    processes: fc.integer({ min: 1, max: 3 }),
    threads: fc.integer({ min: 1, max: 6 }),
    runtime: fc.constantFrom("gvl", "event-loop", "parallel"),
    backlog: fc.constantFrom(0, 2, 10, 1024, 1024, 1024),
    maxOutstandingPerDyno: fc.constantFrom(null, null, null, null, 1, 2, 6),
    reads: fc.constantFrom("primary", "replicas"),
    pool: fc.record({
      size: fc.integer({ min: 1, max: 6 }),
      checkoutTimeoutMs: fc.constantFrom(0, 50, 50, 500, 500, 5000, 5000),
      hold: fc.constantFrom("request", "query"),
      idleTimeoutS: fc.constantFrom(0, 0.5, 2, 300),
      reapEveryS: fc.constantFrom(0, 0.5, 60),
      connectMs: fc.constantFrom(0, 5, 100),
      verify: fc.boolean(),
      maxLifetimeS: sometimes(fc.constantFrom(0, 0.3, 2)),
    }),
  });
  return fc.tuple(rest, dynoSize).map((parts) => Object.assign({}, ...parts) as object);
}

const pooler = fc.oneof(
  fc.record({ enabled: fc.constant(false) }),
  fc.record({
    enabled: fc.constant(true),
    mode: fc.constantFrom("transaction", "session"),
    connections: fc.integer({ min: 1, max: 10 }),
    maxClients: fc.constantFrom(2, 8, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000),
    waitTimeoutMs: fc.constantFrom(0, 100, 500, 2000, 120_000),
    overheadMs: fc.constantFrom(0, 0.1, 3),
    capacityPerSecond: fc.constantFrom(100, 1000, 20_000, 20_000),
    loginRetryS: fc.constantFrom(0, 0.01, 1, 15),
  }),
);

const vcpus = fc.constantFrom(0.5, 1, 2, 4);
const plan = fc.oneof(
  fc.constant("standard-0"),
  fc.record({
    vcpus,
    memoryMb: fc.constantFrom(50, 100, 4096),
    monthlyUsd: fc.constantFrom(0, 50),
    connectionLimit: fc.integer({ min: 0, max: 30 }),
  }),
  fc.record({
    vcpus,
    memoryMb: fc.constantFrom(50, 4096),
    monthlyUsd: fc.constant(50),
    connectionLimit: fc.integer({ min: 1, max: 10 }),
    enforcedConnectionLimit: fc.integer({ min: 1, max: 30 }),
  }),
);

const replicas = fc.record({
  count: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 })),
  plan: sometimes(plan),
  routing: fc.constantFrom("dns", "per-query"),
  dnsTtlS: fc.constantFrom(0, 0.3, 5),
  lagMs: fc.constantFrom(0, 20, 1000),
});

const database = fc.record({
  plan,
  reservedConnections: fc.constantFrom(0, 0, 3),
  contention: fc.record({
    alpha: fc.constantFrom(0, 0, 0.02),
    beta: fc.constantFrom(0, 0, 0.001),
  }),
  memoryPerConnectionMb: fc.constantFrom(0, 5, 10, 20),
  crashOnMemory: fc.constantFrom(true, true, false),
  recoveryS: fc.constantFrom(0, 0.5, 2),
  replicas,
});

function forAll<T>(names: readonly string[], of: (name: string) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.tuple(...names.map(of));
}

const anySimulable: fc.Arbitrary<Scenario> = fc
  .record({
    workloads: fc.constantFrom(1, 1, 2, 3),
    endpoints: fc.constantFrom(1, 2, 3),
    fleets: fc.constantFrom(1, 1, 2),
  })
  .chain((counts) => {
    const endpoints = ENDPOINTS.slice(0, counts.endpoints);
    const fleets = FLEETS.slice(0, counts.fleets);
    return fc.record({
      schema: fc.constant(1),
      run: fc.record({
        durationS: fc.integer({ min: 2, max: 6 }),
        warmupS: fc.constantFrom(0, 0.25, 0.5),
        seed: fc.maxSafeNat(),
        replications: fc.integer({ min: 1, max: 2 }),
      }),
      workloads: forAll(["hey", "site", "log"].slice(0, counts.workloads), (name) =>
        workload(endpoints, name),
      ),
      endpoints: forAll(endpoints, (name) => endpoint(fleets, name)),
      edge: fc.record({
        maxConnections: fc.constantFrom(null, null, null, null, null, 3, 20, 60),
        timeoutMs: fc.constantFrom(null, null, 300, 1000, 2000, 30_000, 30_000),
        queueTimeoutMs: fc.constantFrom(null, null, 0, 50, 500),
      }),
      fleets: forAll(fleets, fleet),
      pooler,
      database,
    });
  })
  .map((document) => {
    const workloads = document.workloads.map((item) => fitted(item, document.endpoints));
    const result = readScenario({ ...document, workloads });
    if (!result.ok)
      throw new Error(`The generated scenario is not whole: ${JSON.stringify(result.problems)}`);
    return result.scenario;
  });

/**
 * Valid scenarios of all that the engine simulates: nothing in them is left out. Extreme values are among those to choose from; without a further
 * bias towards them, most scenarios have something to do.
 */
export const simulableScenario: fc.Arbitrary<Scenario> = fc.noBias(anySimulable);
