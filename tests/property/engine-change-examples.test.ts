import { describe, expect, it } from "vitest";
import { compile, Simulation } from "../../src/engine";
import { readScenario } from "../../src/scenario/read-scenario";
import { withSizes } from "../../src/scenario/sizes";

/** A simulation of 60 s, from the parts of a scenario that matter to a test. */
function begin(document: object): Simulation {
  const result = readScenario({ schema: 1, run: { durationS: 60, warmupS: 0 }, ...document });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.sentence).join("\n"));
  return new Simulation(compile(withSizes(result.scenario)), 0);
}

describe("a limit that is lowered under load", () => {
  const LONGEST_MS = 100;

  /** Far more clients than anything here can serve; every request is one query of 100 ms. */
  function overloaded(processes: number, pooler: boolean) {
    const simulation = begin({
      workloads: [{ name: "hey", kind: "closed", clients: 200 }],
      endpoints: [{ name: "page", steps: [{ kind: "query", ms: LONGEST_MS }] }],
      fleets: [
        {
          name: "web",
          balancer: "round-robin",
          dynos: 3,
          processes,
          threads: 8,
          pool: { size: 8, connectMs: 0 },
        },
      ],
      pooler: { enabled: pooler, connections: 12 },
    });
    simulation.advance(5025);
    return simulation;
  }

  it.each([1, 2])(
    "threads of %i processes: reached as soon as every request under way has ended",
    (processes) => {
      const simulation = overloaded(processes, false);
      const everywhere = (busy: number): number[] => Array.from({ length: 3 * processes }, () => busy);
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(8));
      simulation.apply({ kind: "threads", threads: 3 });
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(8));
      simulation.advance(5026 + LONGEST_MS);
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(3));
      simulation.apply({ kind: "threads", threads: 5 });
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(5));
    },
  );

  it("connections of a pool", () => {
    const simulation = overloaded(1, false);
    expect(simulation.books().checkedOut).toBe(24);
    simulation.apply({ kind: "poolSize", size: 2 });
    expect(simulation.books().checkedOut).toBe(24);
    simulation.advance(5026 + LONGEST_MS);
    expect(simulation.books()).toMatchObject({ checkedOut: 6, idle: 0, databaseOpen: 6 });
    simulation.apply({ kind: "poolSize", size: 4 });
    simulation.advance(5027 + LONGEST_MS);
    expect(simulation.books()).toMatchObject({ checkedOut: 12, idle: 0, databaseOpen: 12 });
  });

  it("connections of the pooler", () => {
    const simulation = overloaded(1, true);
    expect(simulation.books()).toMatchObject({ poolerBusy: 12, databaseOpen: 12, poolerWaiting: 12 });
    simulation.apply({ kind: "poolerConnections", connections: 5 });
    expect(simulation.books()).toMatchObject({ poolerBusy: 12, databaseOpen: 12, poolerWaiting: 12 });
    simulation.advance(5026 + LONGEST_MS);
    expect(simulation.books()).toMatchObject({ poolerBusy: 5, databaseOpen: 5, poolerWaiting: 19 });
    simulation.apply({ kind: "poolerConnections", connections: 9 });
    expect(simulation.books()).toMatchObject({ poolerBusy: 9, databaseOpen: 9, poolerWaiting: 15 });
  });

  it("clients: who has to go waits for the last answer", () => {
    const simulation = overloaded(1, false);
    simulation.apply({ kind: "clients", clients: 4 });
    expect(simulation.books().inFlight).toBe(200);
    simulation.advance(7000);
    expect(simulation.books().inFlight).toBe(4);
  });

  it("dynos: those retired finish what they have, in line too, and then hold no connection", () => {
    const simulation = overloaded(1, false);
    simulation.apply({ kind: "dynos", dynos: 1 });
    expect(simulation.books().busyThreadsOfDynos).toEqual([8, 8, 8]);
    simulation.advance(8000);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [8, 0, 0], idle: 0, databaseOpen: 8 });
  });
});

describe("a rate that changes", () => {
  function open(requestsPerSecond: number, arrivals: "paced" | "poisson") {
    return begin({
      workloads: [{ name: "site", kind: "open", requestsPerSecond, arrivals }],
      endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 10 }] }],
    });
  }

  it("keeps an even pace even: what is left of a gap is stretched as the gaps to come are", () => {
    const simulation = open(10, "paced");
    simulation.advance(150);
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 5 });
    // Sent at 0 and 100; half of the gap to 200 is left, which is 100 ms at the new rate; then every 200 ms.
    for (const [untilMs, sent] of [
      [249, 2],
      [251, 3],
      [449, 3],
      [451, 4],
    ] as const) {
      simulation.advance(untilMs);
      expect(simulation.books().sent).toBe(sent);
    }
  });

  it("gives Poisson arrivals of the new rate from then on, the same as if it had been so from the start", () => {
    const changed = open(40, "poisson");
    changed.apply({ kind: "requestsPerSecond", requestsPerSecond: 80 });
    changed.advance(Number.POSITIVE_INFINITY);
    const constant = open(80, "poisson");
    constant.advance(Number.POSITIVE_INFINITY);
    expect(changed.record().sentOverTime).toEqual(constant.record().sentOverTime);
  });

  it("may be zero for a while", () => {
    const simulation = open(10, "paced");
    simulation.advance(1050);
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 0 });
    simulation.advance(30_000);
    expect(simulation.books().sent).toBe(11);
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 10 });
    simulation.advance(30_950);
    expect(simulation.books().sent).toBe(21);
  });
});

describe("a balancer that is switched to least-outstanding", () => {
  it("knows what each dyno has had to do meanwhile", () => {
    const simulation = begin({
      workloads: [{ name: "site", kind: "open", requestsPerSecond: 100, arrivals: "paced" }],
      endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 1000 }] }],
      fleets: [{ name: "web", balancer: "least-outstanding", dynos: 2, threads: 50 }],
    });
    simulation.advance(10_000);
    expect(simulation.books().outstandingAtDynos).toEqual([50, 50]);
    // Under another balancer all of it drains; twenty requests of a second are then ten for each dyno.
    simulation.apply({ kind: "balancer", balancer: "random" });
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 0 });
    simulation.advance(20_000);
    simulation.apply({ kind: "balancer", balancer: "least-outstanding" });
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 20 });
    simulation.advance(25_000);
    expect(simulation.books().outstandingAtDynos).toEqual([10, 10]);
  });
});
