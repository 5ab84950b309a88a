import { describe, expect, it } from "vitest";
import type { ResultFigures } from "../../../src/analysis/result-types";
import type { Scenario } from "../../../src/scenario/types";
import { afterSuggestion, judged } from "../../support/judged";
import { scenarioOf } from "../../support/tiny-scenarios";

const page = (...steps: readonly object[]): object => ({ endpoints: [{ name: "page", steps }] });
const open = (requestsPerSecond: number, more: object = {}): object => ({
  workloads: [{ name: "visitors", kind: "open", requestsPerSecond, ...more }],
});
const closed = (clients: number, more: object = {}): object => ({
  workloads: [{ name: "users", kind: "closed", clients, ...more }],
});
const web = (fleet: object): object => ({
  fleets: [{ name: "web", balancer: "least-outstanding", ...fleet }],
});
const wait = (ms: unknown): object => ({ kind: "wait", ms });
const query = (ms: number, cpuMs = 0): object => ({ kind: "query", ms, cpuMs });

function short(document: object): Scenario {
  return scenarioOf({ run: { durationS: 30, warmupS: 5, replications: 2 }, ...document });
}

const failureRate = ({ failureRate: rate }: ResultFigures): number => rate.mean ?? Number.NaN;
const meanMs = ({ latencyMs }: ResultFigures): number => latencyMs.mean.mean ?? Number.NaN;
const paths = (scenario: Scenario): string[] =>
  judged(scenario).verdict.suggestion?.changes.map(({ path }) => path) ?? [];

describe("a remedy looks at what is full behind", () => {
  it("when threads wait because one replica has all the connections", () => {
    const before = judged(
      short({
        ...open(100),
        ...web({ dynos: 5, threads: 5, reads: "replicas" }),
        ...page(query(40, 22)),
        database: { replicas: { count: 4, routing: "dns", dnsTtlS: 60 } },
      }),
    );
    expect(before.figures.stagesMs.queue).toBeGreaterThan(before.figures.stagesMs.queryWait ?? 0);
    expect(before.verdict.sentence).toMatch(/one replica has most of the connections\.$/);
    expect(meanMs(afterSuggestion(before).figures)).toBeLessThan(0.2 * meanMs(before.figures));
  });

  it("when the edge has no slot because its requests wait", () => {
    const before = judged(
      short({ ...open(30), ...web({ dynos: 2 }), ...page(wait(1000)), edge: { maxConnections: 60 } }),
    );
    expect(before.verdict.sentence).toMatch(/the edge has no connection slot left\.$/);
    expect(before.verdict.arithmetic).toBe(
      "The edge takes 60 requests at once; behind it are 20 threads. 20 threads ÷ 1.00 s of work = at most 20 requests a second.",
    );
    expect(before.verdict.suggestion?.changes.map(({ path }) => path)).toEqual(["fleets.web.dynos"]);
    expect(failureRate(afterSuggestion(before).figures)).toBeLessThan(0.01);
  });

  it("when the pooler takes no more clients of a database that is full", () => {
    const document = {
      ...open(150),
      ...web({ dynos: 20 }),
      ...page(query(100, 20)),
      pooler: { enabled: true, maxClients: 100 },
    };
    const { verdict } = judged(short(document));
    expect(verdict.sentence).toMatch(/the pooler takes no more client connections\.$/);
    expect(verdict.arithmetic).toMatch(/the pooler takes 100 clients\. 2 database processors ÷ 20 ms/);
    expect(paths(short(document))).toEqual(["database.plan"]);
  });

  it("when a pooler would serve much less than is asked for", () => {
    const before = judged(
      short({
        ...closed(60),
        ...web({ dynos: 6 }),
        ...page(query(500)),
        database: { plan: "essential-0" },
      }),
    );
    expect(before.verdict.sentence).toMatch(/more connections than the database gives\.$/);
    expect(before.verdict.suggestion?.changes.map(({ path }) => path)).toEqual(["database.plan"]);
    expect(failureRate(afterSuggestion(before).figures)).toBe(0);
  });

  it("when more requests at once would only wait for a processor", () => {
    const document = {
      ...open(11),
      ...web({ dynos: 2, maxOutstandingPerDyno: 1, dynoType: { vcpus: 1, memoryMb: 1e6, monthlyUsd: 0 } }),
      ...page({ kind: "cpu", ms: { dist: "exponential", mean: 170 } }),
    };
    expect(paths(short(document))).toEqual(["fleets.web.dynos"]);
  });
});

describe("a request's own work", () => {
  it("is what a few fail for that hardly wait, and the router could wait longer", () => {
    const before = judged(
      short({
        ...open(20),
        ...web({ dynos: 20 }),
        ...page(wait({ dist: "exponential", mean: 500 })),
        edge: { timeoutMs: 2000 },
      }),
    );
    expect(before.verdict.sentence).toMatch(
      /the router gives up after 2\.00 s, before the request's own work is done\.$/,
    );
    expect(before.verdict.arithmetic).toBe(
      "A request works for 500 ms on average, and these for longer; they hardly wait.",
    );
    expect(before.verdict.suggestion?.changes).toEqual([{ path: "edge.timeoutMs", value: 4000 }]);
    expect(failureRate(afterSuggestion(before).figures)).toBeLessThan(0.1 * failureRate(before.figures));
  });

  it("is what all fail for where it takes longer than the router waits, whatever ends them sooner", () => {
    const { verdict } = judged(
      short({
        ...closed(60),
        ...web({ dynos: 2, pool: { size: 1, checkoutTimeoutMs: 300 } }),
        ...page(query(4000)),
        edge: { timeoutMs: 3000 },
      }),
    );
    expect(verdict.sentence).toMatch(
      /^100 % .* gives up after 3\.00 s, before the request's own work is done\.$/,
    );
    expect(verdict.suggestion?.changes).toEqual([{ path: "edge.timeoutMs", value: 8000 }]);
  });

  it("is slow on a part of a processor, however many dynos there are", () => {
    const before = judged(
      short({
        ...open(60),
        ...web({ dynos: 12, dynoType: "standard-2x" }),
        ...page({ kind: "cpu", ms: { dist: "exponential", mean: 50 } }),
      }),
    );
    expect(before.verdict.arithmetic).toMatch(/On 0\.5 of a processor 50 ms of computing take 100 ms\.$/);
    expect(before.verdict.suggestion?.changes.map(({ path }) => path)).toEqual(["fleets.web.dynoType"]);
    expect(meanMs(afterSuggestion(before).figures)).toBeLessThan(0.6 * meanMs(before.figures));
  });
});
