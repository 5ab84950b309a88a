import { describe, it } from "vitest";
import type { Duration } from "../../src/scenario/types";
import { once } from "../support/once";
import { of } from "../support/theory-measures";
import { closedNetwork, machineRepairman } from "../support/theory-networks";
import { expectExact, theoryRun } from "../support/theory-runs";
import { dynoOf, type TheoryScenario } from "../support/theory-scenario";

const DELAY = Number.POSITIVE_INFINITY;
const MVA = "exact mean value analysis";
const exponential = (mean: number): Duration => ({ dist: "exponential", mean });

interface Clients {
  readonly clients: number;
  readonly thinkMs: Duration;
  readonly durationS: number;
}

function closed(
  workload: Clients,
  parts: Pick<TheoryScenario, "steps" | "fleet" | "pool" | "pooler">,
  within: number,
) {
  const { clients, thinkMs, durationS } = workload;
  return theoryRun(
    {
      run: { durationS, warmupS: durationS / 20, replications: 12 },
      workload: { kind: "closed", clients, thinkMs },
      ...parts,
    },
    within,
  );
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
    const workload = { clients, thinkMs: exponential(5000), durationS: 6000 };
    const run = once(() => closed(workload, { steps: service, fleet: { threads } }, 0.03));
    const exact = machineRepairman(clients, 5000, 1000, threads);

    it("throughput and mean response", () => {
      expectExact(run(), of.throughput, exact.throughput * 1000, "birth and death process of N clients");
      expectExact(run(), of.meanLatency, exact.meanResponse, "birth and death process of N clients");
    });
  });

  it.each<[string, Duration]>([
    ["constant", 5000],
    ["lognormal", { dist: "lognormal", mean: 5000, cv: 2 }],
    ["uniform", { dist: "uniform", min: 0, max: 10_000 }],
  ])("the distribution of the thinking does not matter: %s", (_, thinkMs) => {
    const run = closed(
      { clients: 8, thinkMs, durationS: 6000 },
      { steps: service, fleet: { threads: 2 } },
      0.03,
    );
    const exact = machineRepairman(8, 5000, 1000, 2).meanResponse;
    expectExact(run, of.meanLatency, exact, "birth and death process of N clients");
  });

  it("4 clients, 2 threads, 1 s each (LQNS, 20-multiserver): 1.7 a second, 1.353 s", () => {
    const run = closed(
      { clients: 4, thinkMs: exponential(1000), durationS: 6000 },
      { steps: service, fleet: { threads: 2 } },
      0.02,
    );
    expectExact(run, of.throughput, 1.7, "published: X = 1.7");
    expectExact(run, of.meanLatency, 1352.941, "published: R = 1.352941", 1e-6);
  });
});

describe("closed network of a delay and the pooler's connections", () => {
  it.each([
    [10, 2],
    [20, 5],
    [40, 9],
  ])(
    "%i clients, as many threads, %i server connections; waiting and query of 500 ms each",
    (clients, connections) => {
      const run = closed(
        { clients, thinkMs: 0, durationS: 2000 },
        {
          steps: [
            { kind: "query", ms: exponential(500) },
            { kind: "wait", ms: exponential(500) },
          ],
          fleet: { threads: clients },
          pooler: { enabled: true, connections },
        },
        0.02,
      );
      const exact = closedNetwork(
        [
          { demand: 500, servers: DELAY },
          { demand: 500, servers: connections },
        ],
        clients,
      );
      expectExact(run, of.throughput, exact.throughput * 1000, MVA);
      expectExact(run, of.meanStage("pooler"), (exact.residences[1] ?? 0) - 500, MVA);
      expectExact(run, of.meanLatency, clients / exact.throughput, MVA);
    },
  );

  it("three queries, and constant waiting between them: a station visited thrice", () => {
    const run = closed(
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
      0.03,
    );
    const exact = closedNetwork(
      [
        { demand: 1300, servers: DELAY },
        { demand: 300, servers: 2 },
      ],
      12,
    );
    expectExact(run, of.throughput, exact.throughput * 1000, MVA);
    expectExact(run, of.meanStage("pooler"), (exact.residences[1] ?? 0) - 300, MVA);
  });

  it("one server connection for six clients: the machine repairman, who waits at the pooler and nowhere else", () => {
    const run = closed(
      { clients: 6, thinkMs: exponential(2000), durationS: 6000 },
      {
        steps: [{ kind: "query", ms: exponential(1000) }],
        fleet: { threads: 6 },
        pooler: { enabled: true, connections: 1 },
      },
      0.03,
    );
    const exact = machineRepairman(6, 2000, 1000, 1);
    expectExact(run, of.meanLatency, exact.meanResponse, MVA);
    expectExact(run, of.meanStage("pooler"), exact.meanWait, MVA);
    expectExact(run, of.meanStage("queue"), 0, "as many threads as clients");
    expectExact(run, of.meanStage("checkout"), 0, "as many slots as clients");
  });
});

describe("a process under a global lock, all threads busy: a closed network of the lock and the waiting", () => {
  describe.each([
    [50, 50, 2, 16, 25],
    [50, 50, 3, 18.75, 60],
    [50, 50, 5, 19.939, 150.8],
    [25, 75, 3, 26.154, 14.7],
    [25, 75, 8, 39.675, 101.6],
    [75, 25, 2, 12.8, 56.2],
    [75, 25, 5, 13.333, 275],
  ])("%i ms of computing, %i ms of waiting, %i threads", (cpu, wait, threads, published, publishedWait) => {
    const run = once(() =>
      closed(
        { clients: threads, thinkMs: 0, durationS: 400 },
        {
          steps: [
            { kind: "cpu", ms: exponential(cpu) },
            { kind: "wait", ms: exponential(wait) },
          ],
          // More processors than the lock lets it use.
          fleet: { threads, runtime: "gvl", ...dynoOf(4) },
        },
        0.025,
      ),
    );
    const exact = closedNetwork(
      [
        { demand: cpu, servers: 1 },
        { demand: wait, servers: DELAY },
      ],
      threads,
    );

    it(`${published} requests a second, ${publishedWait} ms of waiting for the lock`, () => {
      expectExact(run(), of.throughput, 1000 * exact.throughput, MVA);
      expectExact(run(), of.meanStage("cpuWait"), (exact.residences[0] ?? 0) - cpu, MVA);
    });
  });

  it("two processes of 3 threads on one processor contend for it beside their locks: six threads, one processor", () => {
    const run = closed(
      { clients: 6, thinkMs: 0, durationS: 400 },
      {
        steps: [
          { kind: "cpu", ms: exponential(50) },
          { kind: "wait", ms: exponential(150) },
        ],
        fleet: { processes: 2, threads: 3, runtime: "gvl" },
      },
      0.025,
    );
    const exact = closedNetwork(
      [
        { demand: 50, servers: 1 },
        { demand: 150, servers: DELAY },
      ],
      6,
    );
    expectExact(run, of.throughput, 1000 * exact.throughput, MVA);
    expectExact(run, of.meanStage("cpuWait"), (exact.residences[0] ?? 0) - 50, MVA);
  });
});
