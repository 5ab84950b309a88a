import { describe, expect, it } from "vitest";
import {
  answersOf,
  begin,
  endMoments,
  failureMoments,
  failures,
  recordOf,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

/** Requests of one query of 100 ms, ten a second. */
const steady: TinyScenario = {
  durationS: 8,
  open: { requestsPerSecond: 10, arrivals: "paced" },
  steps: [{ kind: "query", ms: 100 }],
  fleet: { threads: 50 },
  pool: { size: 50, verify: true },
};
const restart = (atS: number, downS: number): object => ({ atS, do: "restartDatabase", downS });

/** When the first and the last request failed because the database was down, in ms. */
function downSpan(parts: TinyScenario): [first: number, last: number] {
  const moments = failureMoments(recordOf(parts), "database-down");
  return [moments[0] ?? Number.NaN, moments.at(-1) ?? Number.NaN];
}

describe("a database that is restarted", () => {
  it("fails its clients for as long as it is down", () => {
    const [first, last] = downSpan({ ...steady, timeline: [restart(2.05, 3)] });
    expect(first).toBeCloseTo(2050, -1.5);
    expect(last).toBeGreaterThan(4900);
    expect(last).toBeLessThan(5050);
  });

  it("leaves dead connections behind, which fail one request each without a test, and none with it", () => {
    const idle = { ...steady, durationS: 6, closed: { clients: 0 } };
    const failed = (verify: boolean) =>
      failures(
        recordOf({
          ...idle,
          open: { requestsPerSecond: 2, arrivals: "paced" },
          pool: { size: 50, verify },
          // Between two requests, and over before the next.
          timeline: [restart(2.2, 0.1)],
        }),
      );
    expect(failed(false)).toEqual({ "database-down": 1 });
    expect(failed(true)).toEqual({});
  });

  it.each([
    [15, 15],
    [1, 3],
  ])("behind a pooler that retries every %d s fails for %d s", (loginRetryS, downForS) => {
    const [first, last] = downSpan({
      ...steady,
      durationS: 25,
      pooler: { connections: 20, loginRetryS },
      timeline: [restart(2.05, 3)],
    });
    expect((last - first) / 1000).toBeGreaterThan(downForS - 0.3);
    expect((last - first) / 1000).toBeLessThan(downForS + 1.1);
  });
});

describe("a failover", () => {
  const failover = { detectS: 0.5, promoteS: 1.5, tcpTimeoutS: 4 };
  const lost = (oldSessions: string, more: object = {}): TinyScenario => ({
    ...steady,
    durationS: 10,
    database: { failover: { ...failover, oldSessions }, ...more },
    timeline: [{ atS: 2.05, do: "failover" }],
  });

  it("with sessions that are reset fails for as long as it takes to detect and to promote", () => {
    const [first, last] = downSpan(lost("reset"));
    expect(first).toBeLessThan(2100);
    expect(last).toBeGreaterThan(3900);
    expect(last).toBeLessThan(4060);
  });

  it("with sessions that hang keeps threads and connections until the operating system gives up", () => {
    const simulation = begin(lost("hang"));
    simulation.advance(2040);
    expect(simulation.books().checkedOut).toBe(1);
    simulation.advance(5900);
    // The one that ran at 2.05 s.
    expect(simulation.books().checkedOut).toBeGreaterThanOrEqual(1);
    const ends = endMoments(answersOf(lost("hang")).filter(({ failure }) => failure >= 0));
    expect(ends[0]).toBeGreaterThan(2090);
    expect(ends).toContainEqual(6050);
  });

  it("leaves requests that hang even where connections are tested: the test hangs as well", () => {
    const hanging = lost("hang");
    const simulation = begin(hanging);
    // The idle connection of the pool is taken at 2.1 s, and its session is lost.
    simulation.advance(4000);
    expect(simulation.books().busyThreadsOfDynos[0]).toBeGreaterThanOrEqual(1);
  });

  it("behind a proxy that splits reads per query is noticed at the switch: what hung fails at once", () => {
    const ends = endMoments(
      answersOf(lost("hang", { replicas: { count: 1, routing: "per-query" } })).filter(
        ({ failure }) => failure >= 0,
      ),
    );
    expect(Math.max(...ends)).toBeLessThanOrEqual(4050);
  });

  it("costs the readers of the promoted replica their sessions", () => {
    const simulation = begin({
      ...lost("reset", { replicas: { count: 1, lagMs: 0 } }),
      fleet: { threads: 50, reads: "replicas" },
    });
    simulation.advance(4040);
    expect(simulation.books().replicasOpen[0]).toBeGreaterThan(0);
    simulation.advance(4051);
    expect(simulation.books().replicasOpen).toEqual([0]);
  });

  it("keeps a pooler's server connections hanging with the queries that they run", () => {
    const simulation = begin({ ...lost("hang"), pooler: { connections: 3 } });
    simulation.advance(5000);
    expect(simulation.books().poolerOpen).toBe(simulation.books().poolerBusy);
    simulation.advance(10_000);
    expect(simulation.books().databaseOpen).toBe(simulation.books().poolerOpen);
  });
});

describe("replicas that come and go", () => {
  const readers: TinyScenario = {
    ...steady,
    durationS: 20,
    open: { requestsPerSecond: 50, arrivals: "paced" },
    fleet: { threads: 50, reads: "replicas" },
    database: { replicas: { count: 1, routing: "dns", dnsTtlS: 0.1, lagMs: 0 } },
    timeline: [{ atS: 5, do: "set", path: "database.replicas.count", value: 2 }],
  };

  it("are recorded as up from then on", () => {
    const up = recordOf(readers).upPerReplicaOverTime;
    const second = up.subarray(up.length / 2);
    expect(second[0]).toBe(0);
    expect(second.at(-1)).toBeGreaterThan(0);
  });

  it("get no traffic behind a name while the connections of the others are kept", () => {
    const simulation = begin(readers);
    simulation.advance(20_000);
    expect(simulation.books().replicasOpen[1]).toBe(0);
  });

  it("get their part when connections are renewed every now and then", () => {
    const simulation = begin({ ...readers, pool: { size: 50, verify: true, maxLifetimeS: 2 } });
    simulation.advance(20_000);
    const [first = 0, second = 0] = simulation.books().replicasOpen;
    expect(second).toBeGreaterThan(0);
    expect(Math.abs(first - second)).toBeLessThan(6);
  });

  it("get it at once behind a proxy that chooses for each query", () => {
    const simulation = begin({
      ...readers,
      database: { replicas: { count: 1, routing: "per-query", lagMs: 0 } },
    });
    simulation.advance(6000);
    expect(simulation.books().replicasOpen[1]).toBeGreaterThan(0);
  });

  it("take their sessions with them when they go", () => {
    const simulation = begin({
      ...readers,
      pool: { size: 50, verify: false },
      database: { replicas: { count: 2, routing: "dns", dnsTtlS: 0, lagMs: 0 } },
      timeline: [{ atS: 5.01, do: "set", path: "database.replicas.count", value: 1 }],
    });
    simulation.advance(20_000);
    expect(failures(simulation.record())["database-down"]).toBeGreaterThan(0);
    expect(simulation.books().replicasOpen[1]).toBe(0);
  });
});
