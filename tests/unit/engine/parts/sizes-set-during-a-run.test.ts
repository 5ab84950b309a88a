import { describe, expect, it } from "vitest";
import { DYNO_STATUS } from "../../../../src/engine/levels";
import { begin, failureMoments, recordOf, type TinyScenario } from "../../../support/tiny-scenarios";

const { booting, dead, up } = DYNO_STATUS;

/** Requests of 100 ms, ten a second, on four dynos that boot within a second. */
const four: TinyScenario = {
  durationS: 60,
  open: { requestsPerSecond: 10, arrivals: "paced" },
  steps: [{ kind: "query", ms: 100 }],
  fleet: { dynos: 4, threads: 5, boot: { bootS: 1 } },
  pool: { size: 5 },
};

/** How many dynos are up after the run. */
function upAtEnd(parts: TinyScenario): number {
  const simulation = begin(parts);
  simulation.advance(Number.POSITIVE_INFINITY);
  return [...(simulation.levels().fleets[0]?.status ?? [])].filter((status) => status === up).length;
}

/** How many replicas there are after the run. */
function replicasAtEnd(parts: TinyScenario): number {
  const simulation = begin(parts);
  simulation.advance(Number.POSITIVE_INFINITY);
  return simulation.levels().replicas.filter(({ isUp }) => isUp).length;
}

/** Adds three at 5 s, and then nothing for a long time. */
const growing = {
  kind: "step",
  name: "up",
  metric: "databaseConnections",
  statistic: "average",
  below: 1e6,
  periodS: 5,
  datapoints: 1,
  outOf: 1,
  change: 3,
  cooldownS: 1e6,
};

describe("a size that is set during a run", () => {
  it("is the size from then on, also where it is the number that the run began with", () => {
    const killed = { atS: 10, do: "killDyno", fleet: "web", count: 2, backAfterS: null };
    expect(upAtEnd({ ...four, timeline: [killed] })).toBe(2);
    const set = { atS: 20, do: "set", path: "fleets.web.dynos", value: 4 };
    expect(upAtEnd({ ...four, timeline: [killed, set] })).toBe(4);
  });

  it("takes back what an autoscaler did, once that is switched off", () => {
    const autoscaler = { min: 1, max: 10, bootS: 1, policies: [growing] };
    const scaled = { ...four, fleet: { ...four.fleet, autoscaler } };
    expect(upAtEnd(scaled)).toBe(7);
    const off = { atS: 20, do: "set", path: "fleets.web.autoscaler", value: null };
    const set = { atS: 30, do: "set", path: "fleets.web.dynos", value: 4 };
    expect(upAtEnd({ ...scaled, timeline: [off] })).toBe(7);
    expect(upAtEnd({ ...scaled, timeline: [off, set] })).toBe(4);
  });

  it("is a size of replicas, too", () => {
    const replicas = { count: 1, autoscaler: { min: 1, max: 4, bootS: 1, policies: [growing] } };
    const scaled: TinyScenario = {
      ...four,
      fleet: { ...four.fleet, reads: "replicas" },
      database: { replicas },
    };
    expect(replicasAtEnd(scaled)).toBe(4);
    const off = { atS: 20, do: "set", path: "database.replicas.autoscaler", value: null };
    const set = { atS: 30, do: "set", path: "database.replicas.count", value: 1 };
    expect(replicasAtEnd({ ...scaled, timeline: [off, set] })).toBe(1);
  });

  it("stays what it has become when something else is set", () => {
    const killed = { atS: 10, do: "killDyno", fleet: "web", count: 2, backAfterS: null };
    const other = { atS: 20, do: "set", path: "fleets.web.threads", value: 7 };
    expect(upAtEnd({ ...four, timeline: [killed, other] })).toBe(2);
  });
});

describe("a dyno that is killed and does not come back", () => {
  const kept: TinyScenario = {
    ...four,
    fleet: { ...four.fleet, connect: { attempts: 1, redispatch: false, quarantineS: 0 } },
  };
  const killed = { atS: 10, do: "killDyno", fleet: "web", count: 1, backAfterS: null };
  const lastRefusedMs = (timeline: readonly object[]): number =>
    failureMoments(recordOf({ ...kept, timeline }), "dyno-refused").at(-1) ?? 0;

  it("refuses until the end of a run in which nobody looks after it", () => {
    expect(lastRefusedMs([killed])).toBeGreaterThan(59_000);
  });

  it.each<[string, object]>([
    ["the next deploy", { do: "deploy", fleet: "web" }],
    ["the next change of the fleet's size", { do: "set", path: "fleets.web.dynos", value: 6 }],
  ])("is off the list after %s", (_, event) => {
    expect(lastRefusedMs([killed, { atS: 30, ...event }])).toBeLessThan(30_001);
  });
});

describe("dynos over twice their memory", () => {
  const heavy = (atS: number): object => ({
    atS,
    do: "set",
    path: "fleets.web.memory.perProcessMb",
    value: 100_000,
  });
  const small: TinyScenario = {
    ...four,
    fleet: {
      ...four.fleet,
      dynos: 2,
      dynoType: { vcpus: 1, memoryMb: 1000, monthlyUsd: 0 },
      memory: { perProcessMb: 100, perThreadMb: 1 },
      boot: { bootS: 20 },
    },
  };
  const statusAt = (timeline: readonly object[], ms: number): number[] => {
    const simulation = begin({ ...small, timeline });
    simulation.advance(ms);
    return [...(simulation.levels().fleets[0]?.status ?? [])];
  };

  it("do not come up, though they began to boot before", () => {
    const more = { atS: 10, do: "set", path: "fleets.web.dynos", value: 4 };
    expect(statusAt([more, heavy(15)], 35_000)).toEqual([booting, booting, booting, booting]);
  });

  it("do not come back, though they were killed before", () => {
    const killed = { atS: 10, do: "killDyno", fleet: "web", count: 1, backAfterS: 15 };
    expect(statusAt([killed, heavy(15)], 20_000)).toEqual([dead, booting]);
    expect(statusAt([killed, heavy(15)], 35_000)).toEqual([booting, booting]);
  });

  it("serve again after their boot, when they need less", () => {
    const light = { atS: 30, do: "set", path: "fleets.web.memory.perProcessMb", value: 100 };
    expect(statusAt([heavy(15), light], 55_000).filter((status) => status === up)).toHaveLength(2);
  });
});

describe("a database whose connections come to need more memory than it has", () => {
  it("crashes, and recovers", () => {
    const plan = { vcpus: 1, memoryMb: 2000, monthlyUsd: 0, connectionLimit: 1000 };
    const simulation = begin({
      ...four,
      open: { requestsPerSecond: 100, arrivals: "paced" },
      database: { plan, memoryPerConnectionMb: 1, crashOnMemory: true, recoveryS: 5 },
      timeline: [{ atS: 20, do: "set", path: "database.memoryPerConnectionMb", value: 1000 }],
    });
    simulation.advance(19_990);
    expect(simulation.books().databaseOpen).toBeGreaterThan(2);
    simulation.advance(20_010);
    expect(simulation.books().databaseOpen).toBe(0);
    expect(simulation.levels().primary.isUp).toBe(false);
  });
});
