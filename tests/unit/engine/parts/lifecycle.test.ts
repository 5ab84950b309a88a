import { describe, expect, it } from "vitest";
import { DYNO_STATUS } from "../../../../src/engine/levels";
import { GAUGE } from "../../../../src/engine/record/replication-record";
import { begin, failureMoments, failures, type TinyScenario } from "../../../support/tiny-scenarios";

const { gone, booting, up, retiring, dead, slow } = DYNO_STATUS;

/** Requests of 400 ms every 100 ms: four threads' worth. */
const busy: TinyScenario = {
  durationS: 20,
  open: { requestsPerSecond: 10, arrivals: "paced" },
  steps: [{ kind: "query", ms: 400 }],
  fleet: { dynos: 2, threads: 5, boot: { bootS: 1 } },
  pool: { size: 5 },
};

function statusAt(simulation: ReturnType<typeof begin>, ms: number): number[] {
  simulation.advance(ms);
  return [...(simulation.levels().fleets[0]?.status ?? [])];
}

describe("a deploy", () => {
  it("without preboot stops the old dynos at once; requests wait at the edge until the new ones have booted", () => {
    const simulation = begin({ ...busy, timeline: [{ atS: 2, do: "deploy", fleet: "web" }] });
    expect(statusAt(simulation, 2100)).toEqual([retiring, retiring, booting, booting]);
    expect(simulation.levels().fleets[0]?.balancerQueued).toBe(1);
    expect(statusAt(simulation, 2600)).toEqual([gone, gone, booting, booting]);
    expect(statusAt(simulation, 3100)).toEqual([gone, gone, up, up]);
    simulation.advance(20_000);
    expect(failures(simulation.record())).toEqual({});
    // Those who came just after it waited for the boot and worked 400 ms.
    expect(simulation.record().latency.largest).toBeCloseTo(1400, 6);
  });

  it("gives numbers that are free to the dynos of the next one", () => {
    const simulation = begin({
      ...busy,
      timeline: [2, 6, 10].map((atS) => ({ atS, do: "deploy", fleet: "web" })),
    });
    simulation.advance(20_000);
    expect(simulation.levels().fleets[0]?.status).toHaveLength(4);
  });

  it("with preboot lets both hold connections, and switches at once after the overlap", () => {
    const simulation = begin({
      ...busy,
      fleet: { ...busy.fleet, boot: { bootS: 1, preboot: true, prebootOverlapS: 3 } },
      timeline: [{ atS: 2, do: "deploy", fleet: "web" }],
    });
    simulation.advance(2000);
    const before = simulation.books().databaseOpen;
    expect(statusAt(simulation, 4000)).toEqual([up, up, booting, booting]);
    // The new processes have opened all their connections.
    expect(simulation.books().databaseOpen).toBe(before + 10);
    expect(statusAt(simulation, 5100)).toEqual([retiring, retiring, up, up]);
    expect(simulation.books().databaseOpen).toBe(before + 10);
    simulation.advance(20_000);
    expect(failures(simulation.record())).toEqual({});
    expect(simulation.record().latency.largest).toBeCloseTo(400, 6);
  });

  it("with preboot keeps the old dynos' connections until 30 s after their last answer", () => {
    const simulation = begin({
      ...busy,
      durationS: 60,
      fleet: { ...busy.fleet, boot: { bootS: 1, preboot: true, prebootOverlapS: 3 } },
      timeline: [{ atS: 2, do: "deploy", fleet: "web" }],
    });
    simulation.advance(34_000);
    const both = simulation.books().databaseOpen;
    // The last old request was sent at 4.9 s and ends at 5.3 s.
    simulation.advance(35_200);
    expect(simulation.books().databaseOpen).toBe(both);
    simulation.advance(35_400);
    expect(simulation.books().databaseOpen).toBe(10);
  });

  it("with preboot does without the connections that the database refuses", () => {
    const simulation = begin({
      ...busy,
      fleet: { ...busy.fleet, boot: { bootS: 1, preboot: true, prebootOverlapS: 3 } },
      database: { plan: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 8 } },
      timeline: [{ atS: 2, do: "deploy", fleet: "web" }],
    });
    simulation.advance(4500);
    expect(simulation.books().databaseOpen).toBe(8);
  });
});

describe("a dyno that is killed", () => {
  it("loses what it was doing, and comes back after its time", () => {
    const simulation = begin({
      ...busy,
      fleet: { ...busy.fleet, connect: { quarantineS: 0 } },
      timeline: [{ atS: 2, do: "killDyno", fleet: "web", count: 1, backAfterS: 3 }],
    });
    simulation.advance(1999);
    const lost = simulation.levels().fleets[0]?.busyThreads[0];
    expect(lost).toBeGreaterThan(0);
    expect(statusAt(simulation, 2500)[0]).toBe(dead);
    expect(statusAt(simulation, 5001)[0]).toBe(up);
    simulation.advance(20_000);
    expect(failures(simulation.record())).toEqual({ "dyno-lost": lost });
  });

  it("leaves a query running to its end, which holds its session until then", () => {
    const simulation = begin({
      ...busy,
      open: { requestsPerSecond: 0.1, arrivals: "paced" },
      fleet: { dynos: 1, threads: 1 },
      timeline: [{ atS: 0.1, do: "killDyno", fleet: "web", count: 1, backAfterS: null }],
    });
    simulation.advance(200);
    expect(simulation.books()).toMatchObject({
      databaseActive: 1,
      databaseOpen: 1,
      checkedOut: 0,
      inFlight: 0,
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ databaseActive: 0, databaseOpen: 0 });
  });

  it("gracefully, finishes what it has, and nobody notices", () => {
    const simulation = begin({
      ...busy,
      timeline: [{ atS: 2, do: "killDyno", fleet: "web", count: 1, graceful: true, backAfterS: 3 }],
    });
    expect(statusAt(simulation, 2050)).toEqual([retiring, up, booting]);
    expect(statusAt(simulation, 5050)).toEqual([gone, up, up]);
    simulation.advance(20_000);
    expect(failures(simulation.record())).toEqual({});
  });

  it("never comes back where nobody says when", () => {
    const simulation = begin({
      ...busy,
      timeline: [{ atS: 2, do: "killDyno", fleet: "web", count: 1, backAfterS: null }],
    });
    expect(statusAt(simulation, 20_000)[0]).toBe(dead);
  });
});

describe("a dyno that is slowed down", () => {
  it("takes so many times as long for what begins meanwhile, also for what it computes", () => {
    const latencies = [
      [{ kind: "wait", ms: 100 }],
      [{ kind: "query", ms: 100 }],
      [{ kind: "cpu", ms: 100 }],
    ].map((steps) => {
      const simulation = begin({
        durationS: 4,
        closed: { clients: 1 },
        steps,
        timeline: [{ atS: 1, do: "slowDyno", fleet: "web", count: 1, factor: 3, forS: 1 }],
      });
      expect(statusAt(simulation, 1500)).toEqual([slow]);
      simulation.advance(4000);
      return Math.round(simulation.record().latency.largest);
    });
    expect(latencies).toEqual([300, 300, 300]);
  });
});

describe("what dynos cost", () => {
  it("is paid from the begin of their boot to their end", () => {
    const simulation = begin({
      durationS: 10,
      closed: { clients: 0 },
      fleet: { dynos: 2, dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 30 }, boot: { bootS: 2 } },
      timeline: [
        { atS: 2, do: "set", path: "fleets.web.dynos", value: 5 },
        { atS: 6, do: "set", path: "fleets.web.dynos", value: 1 },
      ],
    });
    simulation.advance(10_000);
    const { gaugesOverTime, buckets } = simulation.record();
    const paid = gaugesOverTime
      .subarray(GAUGE.monthlyUsd * buckets, (GAUGE.monthlyUsd + 1) * buckets)
      .reduce((sum, part) => sum + part, 0);
    expect(paid).toBeCloseTo(30 * (2 * 2000 + 5 * 4000 + 1 * 4000), 6);
  });
});

describe("a dyno that is slowed down twice at once", () => {
  const slowed = (
    ...slowings: readonly (readonly [atS: number, factor: number, forS: number])[]
  ): TinyScenario => ({
    durationS: 60,
    closed: { clients: 1, thinkMs: 0 },
    steps: [{ kind: "wait", ms: 100 }],
    timeline: slowings.map(([atS, factor, forS]) => ({ atS, do: "slowDyno", fleet: "web", factor, forS })),
  });
  /** How many are answered from one second to another. */
  const answered = (parts: TinyScenario, fromS: number, toS: number): number => {
    const simulation = begin(parts);
    simulation.advance(fromS * 1000);
    const before = simulation.books().ok;
    simulation.advance(toS * 1000);
    return simulation.books().ok - before;
  };

  it("is slow until both are over, also where both are equal", () => {
    const both = slowed([5, 2, 10], [12, 2, 20]);
    expect(answered(both, 20, 30)).toBe(50);
    expect(answered(both, 40, 50)).toBe(100);
  });

  it("is as slow as the worse one makes it", () => {
    const both = slowed([5, 2, 40], [12, 5, 10]);
    expect(answered(both, 13, 21)).toBe(16);
    expect(answered(both, 30, 40)).toBe(50);
  });
});

describe("a dyno in quarantine", () => {
  it("stays there for its whole time, though it was there before and taken out early", () => {
    const { durationS: _, ...rest } = busy;
    const simulation = begin({
      ...rest,
      durationS: 30,
      fleet: {
        ...busy.fleet,
        balancer: "round-robin",
        connect: { attempts: 1, redispatch: false, quarantineS: 5 },
      },
      timeline: [
        { atS: 1, do: "killDyno", fleet: "web", count: 1, backAfterS: 2 },
        { atS: 4, do: "killDyno", fleet: "web", count: 1, backAfterS: null },
      ],
    });
    simulation.advance(30_000);
    const refused = failureMoments(simulation.record(), "dyno-refused").map((ms) => Math.floor(ms / 1000));
    expect(refused).toEqual([1, 4, 9, 14, 19, 24, 29]);
  });
});
