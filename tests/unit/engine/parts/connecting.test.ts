import { describe, expect, it } from "vitest";
import { DYNO_STATUS } from "../../../../src/engine/levels";
import { begin, failures, type TinyScenario } from "../../../support/tiny-scenarios";

const { dead, unlisted, up } = DYNO_STATUS;

/** Ten requests a second of 20 ms each on three dynos, the first of which dies at 1 s for good. */
const dying: TinyScenario = {
  durationS: 5,
  open: { requestsPerSecond: 10, arrivals: "paced" },
  steps: [{ kind: "wait", ms: 20 }],
  fleet: { dynos: 3, threads: 5 },
  timeline: [{ atS: 1.05, do: "killDyno", fleet: "web", count: 1, backAfterS: null }],
};
const withConnect = (connect: object, more: object = {}): TinyScenario => ({
  ...dying,
  fleet: {
    ...dying.fleet,
    connect: { attempts: 3, redispatch: true, retryDelayMs: 0, quarantineS: 0, ...connect },
    ...more,
  },
});

function end(parts: TinyScenario) {
  const simulation = begin(parts);
  simulation.advance(Number.POSITIVE_INFINITY);
  return simulation;
}

describe("a dyno that refuses", () => {
  it("costs nobody anything where the balancer goes to another dyno", () => {
    const simulation = end(withConnect({}));
    expect(failures(simulation.record())).toEqual({});
    expect(simulation.record().latency.largest).toBeCloseTo(20, 6);
  });

  it("fails the request where there is one attempt alone", () => {
    // Every third of those sent after 1.05 s: 39 of them.
    expect(failures(end(withConnect({ attempts: 1 })).record())).toEqual({ "dyno-refused": 13 });
  });

  it("is asked again after a while where the balancer stays with it, until it has refused often enough", () => {
    const simulation = end(withConnect({ redispatch: false, retryDelayMs: 100 }));
    // The last of them still waits at the end.
    expect(failures(simulation.record())).toEqual({ "dyno-refused": 12 });
    // Three attempts: two delays.
    expect(simulation.record().failedLatency.largest).toBeCloseTo(200, 6);
  });

  it("serves whoever is waiting for it when it is back", () => {
    const simulation = end({
      ...withConnect({ redispatch: false, retryDelayMs: 300, attempts: 10 }),
      timeline: [{ atS: 1.05, do: "killDyno", fleet: "web", count: 1, backAfterS: 1 }],
    });
    expect(failures(simulation.record())).toEqual({});
    expect(simulation.record().latency.largest).toBeGreaterThan(500);
  });

  it("is left alone in quarantine: off the list for a while, then asked again", () => {
    const simulation = begin(withConnect({ attempts: 1, quarantineS: 1 }));
    simulation.advance(1500);
    expect(simulation.levels().fleets[0]?.status[0]).toBe(dead);
    simulation.advance(5000);
    // One request a second finds out, instead of three.
    expect(failures(simulation.record())).toEqual({ "dyno-refused": 4 });
  });

  it("makes no-dyno of everything when it was the only one, and is in quarantine", () => {
    const simulation = end(withConnect({ quarantineS: 100 }, { dynos: 1 }));
    const failed = failures(simulation.record());
    expect(failed).toEqual({ "dyno-refused": 1, "no-dyno": 38 });
  });

  it("lets requests wait at the edge while one that is dead is on its way back", () => {
    const simulation = end({
      ...withConnect({ quarantineS: 1.5 }, { dynos: 1 }),
      timeline: [{ atS: 1.05, do: "killDyno", fleet: "web", count: 1, backAfterS: 2 }],
    });
    expect(failures(simulation.record())).toEqual({});
  });
});

describe("a health check beside the application", () => {
  const checked = (check: object): TinyScenario =>
    withConnect(
      { attempts: 1 },
      { healthCheck: { everyMs: 200, fall: 2, rise: 3, timeoutMs: 100, ...check } },
    );

  it("takes a dead dyno off the list after so many failures", () => {
    const simulation = begin(checked({}));
    simulation.advance(1800);
    const failed = failures(simulation.record())["dyno-refused"] ?? 0;
    expect(failed).toBeGreaterThan(0);
    expect(failed).toBeLessThan(3);
    simulation.advance(5000);
    expect(failures(simulation.record())["dyno-refused"]).toBe(failed);
  });

  it("puts it back after so many successes", () => {
    const simulation = begin({
      ...checked({}),
      timeline: [{ atS: 1.05, do: "killDyno", fleet: "web", count: 1, backAfterS: 1.5 }],
    });
    simulation.advance(2650);
    expect(simulation.levels().fleets[0]?.status[0]).toBe(unlisted);
    simulation.advance(3300);
    expect(simulation.levels().fleets[0]?.status[0]).toBe(up);
  });
});

describe("a health check through the application", () => {
  /** One thread that is always busy with requests of 300 ms, three of them in line. */
  const overloaded: TinyScenario = {
    durationS: 6,
    closed: { clients: 4, thinkMs: 0 },
    steps: [{ kind: "wait", ms: 300 }],
    fleet: {
      dynos: 1,
      threads: 1,
      healthCheck: { everyMs: 500, fall: 2, rise: 1, throughApp: true, timeoutMs: 400 },
    },
  };

  it("waits behind the requests, and takes a dyno out that is merely slow to answer", () => {
    const simulation = begin(overloaded);
    simulation.advance(6000);
    expect(failures(simulation.record())["no-dyno"]).toBeGreaterThan(0);
  });

  it("is answered in time where nobody waits", () => {
    const simulation = end({ ...overloaded, closed: { clients: 1, thinkMs: 0 } });
    expect(failures(simulation.record())).toEqual({});
  });

  it("is no request: nobody counts it as waiting, and it takes no thread", () => {
    const simulation = begin({ ...overloaded, durationS: 1 });
    simulation.advance(950);
    const books = simulation.books();
    expect(books.inFlight).toBe((books.busyThreadsOfDynos[0] ?? 0) + (books.waitingAtDynos[0] ?? 0));
  });
});
