import { describe, expect, it } from "vitest";
import type { Duration } from "../../src/scenario/types";
import { once } from "../support/once";
import { closedNetwork, machineRepairman } from "../support/theory-formulas";
import { expectMean, of, replications, type TheoryScenario, theoryScenario } from "../support/theory-runs";

const DELAY = Number.POSITIVE_INFINITY;
const exponential = (mean: number): Duration => ({ dist: "exponential", mean });

interface Clients {
  readonly clients: number;
  readonly thinkMs: Duration;
  readonly durationS: number;
}

function closed(workload: Clients, parts: Pick<TheoryScenario, "steps" | "fleet" | "pool" | "pooler">) {
  const { clients, thinkMs, durationS } = workload;
  const scenario = theoryScenario({
    run: { durationS, warmupS: durationS / 20, replications: 16 },
    workload: { kind: "closed", clients, thinkMs },
    ...parts,
  });
  return { scenario, records: replications(scenario) };
}

describe("machine repairman, M/M/c//N: clients who think, one dyno of c threads", () => {
  const service = [{ kind: "wait", ms: exponential(1000) }];

  describe.each([
    [2, 1],
    [5, 2],
    [8, 3],
    [10, 1],
    [10, 4],
  ])("%i clients who think for 5 s, %i threads, 1 s of service", (clients, threads) => {
    const workload = { clients, thinkMs: exponential(5000), durationS: 12_000 };
    const run = once(() => closed(workload, { steps: service, fleet: { threads } }));
    const exact = machineRepairman(clients, 5000, 1000, threads);

    it("throughput", () => {
      const { scenario, records } = run();
      expectMean(records, of.throughput(scenario), exact.throughput * 1000, 0.02);
    });

    it("mean response", () => {
      expectMean(run().records, of.meanLatency, exact.meanResponse, 0.03);
    });
  });

  it.each<[string, Duration]>([
    ["constant", 5000],
    ["lognormal", { dist: "lognormal", mean: 5000, cv: 2 }],
    ["uniform", { dist: "uniform", min: 0, max: 10_000 }],
  ])("the distribution of the thinking does not matter: %s", (_, thinkMs) => {
    const { records } = closed(
      { clients: 8, thinkMs, durationS: 12_000 },
      { steps: service, fleet: { threads: 2 } },
    );
    expectMean(records, of.meanLatency, machineRepairman(8, 5000, 1000, 2).meanResponse, 0.03);
  });
});

describe("closed network of a delay and the pooler's connections (product form: Buzen's convolution)", () => {
  it.each([
    [10, 2],
    [20, 5],
    [40, 9],
  ])(
    "%i clients without thinking, as many threads, %i server connections; waiting and query of 500 ms each",
    (clients, connections) => {
      const { scenario, records } = closed(
        { clients, thinkMs: 0, durationS: 4000 },
        {
          steps: [
            { kind: "query", ms: exponential(500) },
            { kind: "wait", ms: exponential(500) },
          ],
          fleet: { threads: clients },
          pooler: { enabled: true, connections },
        },
      );
      const exact = closedNetwork(
        [
          { demand: 500, servers: DELAY },
          { demand: 500, servers: connections },
        ],
        clients,
      );
      expectMean(records, of.throughput(scenario), exact.throughput * 1000, 0.01);
      expectMean(records, of.meanStage("pooler"), (exact.residences[1] ?? 0) - 500, 0.02);
      expectMean(records, of.meanLatency, clients / exact.throughput, 0.01);
    },
  );

  it("three queries, and constant waiting between them: a station visited thrice", () => {
    const { scenario, records } = closed(
      { clients: 12, thinkMs: exponential(1000), durationS: 2000 },
      {
        steps: [
          { kind: "query", ms: exponential(100), count: 2 },
          { kind: "wait", ms: 300 },
          { kind: "query", ms: exponential(100) },
        ],
        fleet: { threads: 12 },
        pool: { hold: "query" },
        pooler: { enabled: true, connections: 2 },
      },
    );
    const exact = closedNetwork(
      [
        { demand: 1300, servers: DELAY },
        { demand: 300, servers: 2 },
      ],
      12,
    );
    expectMean(records, of.throughput(scenario), exact.throughput * 1000, 0.01);
    expectMean(records, of.meanStage("pooler"), (exact.residences[1] ?? 0) - 300, 0.03);
  });

  it("one server connection for six clients: the machine repairman again, who waits at the pooler and nowhere else", () => {
    const { records } = closed(
      { clients: 6, thinkMs: exponential(2000), durationS: 12_000 },
      {
        steps: [{ kind: "query", ms: exponential(1000) }],
        fleet: { threads: 6 },
        pooler: { enabled: true, connections: 1 },
      },
    );
    const exact = machineRepairman(6, 2000, 1000, 1);
    expectMean(records, of.meanLatency, exact.meanResponse, 0.02);
    expectMean(records, of.meanStage("pooler"), exact.meanWait, 0.03);
    expect(records.map(of.meanStage("queue")).every((wait) => wait === 0)).toBe(true);
    expect(records.map(of.meanStage("checkout")).every((wait) => wait === 0)).toBe(true);
  });
});
