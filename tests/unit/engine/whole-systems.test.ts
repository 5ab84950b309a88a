import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FAILURE, SUCCESS } from "../../../src/engine/record/replication-record";
import { runSlowly, type SlowRequest, type SlowSystem } from "../../support/slow-system";
import { answersOf, BOUNDLESS_PLAN, type TinyScenario } from "../../support/tiny-scenarios";

const orNull = (limit: number): number | null => (limit === Infinity ? null : limit);

/** The same system and requests as a scenario. */
function scenario(system: SlowSystem, requests: readonly SlowRequest[]): TinyScenario {
  const { edge, pool, pooler } = system;
  return {
    durationS: 60,
    workloads: [
      {
        name: "log",
        kind: "replay",
        endpoint: "page",
        giveUpAfterMs: orNull(system.giveUpAfterMs),
        retries: { ...system.retries, jitter: false },
        requests: requests.map(({ atMs, stepsMs }) => [atMs, stepsMs]),
      },
    ],
    steps: system.steps.map((kind) => ({ kind, ms: 0 })),
    edge: {
      maxConnections: orNull(edge.maxConnections),
      timeoutMs: orNull(edge.timeoutMs),
      queueTimeoutMs: orNull(edge.queueTimeoutMs),
    },
    fleet: {
      balancer: system.balancer,
      runtime: "event-loop",
      dynos: system.dynos,
      threads: system.threads,
      backlog: system.backlog,
      maxOutstandingPerDyno: orNull(system.maxOutstandingPerDyno),
    },
    pool: {
      size: pool.size,
      connectMs: pool.connectMs,
      checkoutTimeoutMs: pool.checkoutTimeoutMs,
      hold: pool.holdsForRequest ? "request" : "query",
    },
    ...(pooler === null ? {} : { pooler }),
    database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: system.connectionLimit } },
  };
}

const limit = (min: number, max: number): fc.Arbitrary<number> =>
  fc.oneof(fc.constant(Infinity), fc.integer({ min, max }));
const duration = fc.double({ min: 0.5, max: 90, noNaN: true });
const steps = fc.constantFrom<SlowSystem["steps"][]>(
  ["query"],
  ["wait", "query"],
  ["query", "wait"],
  ["query", "wait", "query"],
  ["cpu", "query", "cpu"],
);
const system: fc.Arbitrary<SlowSystem> = fc.record({
  giveUpAfterMs: fc.oneof(fc.constant(Infinity), fc.double({ min: 50, max: 600, noNaN: true })),
  retries: fc.record({
    attempts: fc.nat({ max: 2 }),
    backoffMs: fc.constantFrom(0, 0.3, 33.7),
    backoffFactor: fc.constantFrom(1, 2.3),
  }),
  steps,
  edge: fc.record({
    maxConnections: limit(3, 20),
    timeoutMs: fc.oneof(fc.constant(Infinity), fc.double({ min: 50, max: 400, noNaN: true })),
    queueTimeoutMs: fc.oneof(fc.constant(Infinity), fc.double({ min: 20, max: 200, noNaN: true })),
  }),
  balancer: fc.constantFrom("round-robin", "least-outstanding"),
  dynos: fc.integer({ min: 1, max: 3 }),
  maxOutstandingPerDyno: limit(1, 4),
  threads: fc.integer({ min: 1, max: 3 }),
  backlog: fc.oneof(fc.constant(1024), fc.nat({ max: 4 })),
  pool: fc.record({
    size: fc.integer({ min: 1, max: 3 }),
    connectMs: fc.constantFrom(3.7, 21.3),
    checkoutTimeoutMs: fc.double({ min: 20, max: 300, noNaN: true }),
    holdsForRequest: fc.boolean(),
  }),
  pooler: fc.option(
    fc.record({
      connections: fc.integer({ min: 1, max: 3 }),
      waitTimeoutMs: fc.double({ min: 20, max: 300, noNaN: true }),
      maxClients: fc.integer({ min: 1, max: 9 }),
    }),
    { freq: 2 },
  ),
  connectionLimit: fc.constantFrom(3, 6, 1000),
});
const request: fc.Arbitrary<SlowRequest> = fc.record({
  atMs: fc.double({ min: 0, max: 1000, noNaN: true }),
  stepsMs: fc.array(duration, { minLength: 3, maxLength: 3 }),
});

describe("a whole small system beside one written as tasks that wait for each other", () => {
  it("gives every request the same end, at the same moment", () => {
    const kinds = new Set<string>();
    const requests = fc.array(request, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(system, requests, (slow, drawn) => {
        const logged = drawn.map(({ atMs, stepsMs }) => ({
          atMs,
          stepsMs: stepsMs.slice(0, slow.steps.length),
        }));
        const expected = runSlowly(slow, logged);
        const answers = answersOf(scenario(slow, logged));
        expect(answers).toHaveLength(expected.length);
        for (const { number, attempt, failure, sentAtMs, latencyMs } of answers) {
          const twin = expected.find((answer) => answer.number === number && answer.attempt === attempt);
          const outcome = failure === SUCCESS ? "ok" : Object.keys(FAILURE)[failure];
          expect(`${number} ${outcome}`).toBe(`${number} ${twin?.outcome}`);
          expect(sentAtMs + latencyMs).toBeCloseTo(twin?.atMs ?? Number.NaN, 3);
          kinds.add(outcome ?? "");
        }
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
    expect([...kinds].sort()).toEqual([
      "backlog-full",
      "checkout-timeout",
      "connection-refused",
      "edge-full",
      "gave-up",
      "ok",
      "pooler-full",
      "pooler-timeout",
      "queue-timeout",
      "timeout",
    ]);
  });
});
