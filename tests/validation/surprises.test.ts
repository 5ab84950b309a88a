import { describe, expect, it } from "vitest";
import { FAILURE_KINDS, type FailureKind } from "../../src/analysis/result-types";
import type { SystemLevels } from "../../src/engine/levels";
import { withSizes } from "../../src/scenario/sizes";
import { builtEngine } from "../support/built-engine.mjs";
import { scenarioWith } from "./hand-made";
import { meanOf } from "./lab-rules";
import { type Seconds, SecondsTally } from "./time-series";
import { isAllDown } from "./trial-runs";

/*
 * What surprised whoever measured the real stack, of systems that change: none of it is written anywhere in the engine as such, it has to come out of how the parts work together.
 */

const engine = await builtEngine();
const RUNS = 5;

interface Run {
  readonly seconds: Seconds;
  readonly failed: ReadonlyMap<FailureKind, number>;
  readonly ok: number;
  readonly sent: number;
  readonly end: SystemLevels;
}

/** Runs of a scenario, with a look at the system each second. Requests count that were sent between the two times, in s. */
function runs(fields: Readonly<Record<string, unknown>>, fromS = 0, toS = Infinity): Run[] {
  const scenario = scenarioWith(fields);
  const plan = engine.compile(withSizes(scenario));
  return Array.from({ length: RUNS }, (_, replication) => {
    const tally = new SecondsTally(scenario.run.durationS);
    const failed = new Map<FailureKind, number>();
    let sent = 0;
    const simulation = new engine.Simulation(plan, replication, {
      answered: ({ sentAtMs, latencyMs, failure }) => {
        const kind = FAILURE_KINDS[failure];
        tally.add(sentAtMs, latencyMs, kind !== undefined);
        if (sentAtMs < 1000 * fromS || sentAtMs >= 1000 * toS) return;
        sent += 1;
        if (kind !== undefined) failed.set(kind, (failed.get(kind) ?? 0) + 1);
      },
    });
    for (let second = 0; second < scenario.run.durationS; second += 1) {
      simulation.advance(1000 * (second + 1));
      if (isAllDown(simulation)) tally.allDownAtEndOf(second);
    }
    const failures = [...failed.values()].reduce((sum, count) => sum + count, 0);
    return { seconds: tally.seconds(), failed, sent, ok: sent - failures, end: simulation.levels() };
  });
}

function mean(all: readonly Run[], of: (run: Run) => number): number {
  return meanOf(all.map(of));
}

const count = (values: readonly number[], is: (value: number) => boolean): number => values.filter(is).length;

const PAGE = {
  name: "page",
  steps: [
    { kind: "query", ms: 100 },
    { kind: "wait", ms: 100 },
  ],
};

/** Five dynos of so many threads, behind a balancer that tries no other dyno. */
function fleet(threads: number, rest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    name: "web",
    balancer: "least-outstanding",
    dynos: 5,
    dynoType: { vcpus: 64, memoryMb: 1e6, monthlyUsd: 0 },
    threads,
    connect: { attempts: 1, redispatch: false },
    boot: { bootS: 0 },
    ...rest,
  };
}

const DATABASE = {
  plan: { vcpus: 64, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 120 },
  memoryPerConnectionMb: 0,
};

describe("a spike of four times the traffic for 8 s, with a timeout of 2 s at the balancer", () => {
  const spike = {
    run: { durationS: 60, warmupS: 0 },
    workloads: [
      {
        name: "load",
        kind: "open",
        requestsPerSecond: 40,
        profile: [
          [0, 1],
          [11.999, 1],
          [12, 4],
          [19.999, 4],
          [20, 1],
          [44.999, 1],
          [45, 0],
        ],
      },
    ],
    endpoints: [PAGE],
    database: DATABASE,
  };
  const server = runs({ ...spike, edge: { timeoutMs: 2000 }, fleets: [fleet(4, {})] });
  const line = runs({
    ...spike,
    edge: { timeoutMs: 60_000, queueTimeoutMs: 2000 },
    fleets: [fleet(4, { maxOutstandingPerDyno: 4 })],
  });
  const withoutSuccess = ({ seconds }: Run): number =>
    count(seconds.ok.slice(12, 45), (answers) => answers === 0);

  const puma = runs({ ...spike, edge: { timeoutMs: 2000 }, fleets: [fleet(4, { skipsAbandoned: true })] });

  it("leaves no success at all for five seconds, although every thread works all the time, where dynos pass over closed connections as Puma does", () => {
    expect(mean(puma, withoutSuccess)).toBeGreaterThan(4);
    expect(mean(puma, withoutSuccess)).toBeLessThan(6);
  });

  it("leaves none for nine where they do not", () => {
    expect(mean(server, withoutSuccess)).toBeGreaterThan(8);
    for (const { seconds } of server) expect(seconds.ok[19]).toBe(0);
  });

  it("does not cancel what it gives up: more than half of the timed-out requests are still run", () => {
    for (const { ok, sent, end } of [...puma, ...server]) {
      const executed = (end.fleets[0]?.taken ?? 0) - ok;
      expect(executed).toBeGreaterThan((sent - ok) / 2);
    }
  });

  it("is over when the spike is where the line stands at the balancer: who leaves it was never sent, and wastes nothing", () => {
    expect(mean(line, withoutSuccess)).toBe(0);
    for (const { ok, failed, end } of line) {
      expect([...failed.keys()]).toEqual(["queue-timeout"]);
      expect(end.fleets[0]?.taken).toBe(ok);
    }
  });
});

describe("three more dynos of ten threads, of which the database has connections for less than one", () => {
  function failureShare(balancer: string): number {
    const all = runs(
      {
        run: { durationS: 50, warmupS: 0 },
        workloads: [{ name: "load", kind: "open", requestsPerSecond: 45 }],
        endpoints: [
          {
            name: "page",
            steps: [
              { kind: "query", ms: 500 },
              { kind: "wait", ms: 500 },
            ],
          },
        ],
        fleets: [fleet(10, { balancer, pool: { size: 10 } })],
        database: { ...DATABASE, plan: { ...DATABASE.plan, connectionLimit: 57 } },
        timeline: [{ atS: 15, do: "set", path: "fleets.web.dynos", value: 8 }],
      },
      10,
      48,
    );
    return mean(all, ({ sent, ok }) => (sent - ok) / sent);
  }

  it("fail at once, so that they look idle: least-outstanding sends them half of all requests", () => {
    expect(failureShare("least-outstanding")).toBeGreaterThan(0.45);
    expect(failureShare("least-outstanding")).toBeLessThan(0.6);
  });

  it("get their share and no more of random routing", () => {
    expect(failureShare("random")).toBeGreaterThan(0.2);
    expect(failureShare("random")).toBeLessThan(0.3);
  });
});

describe("a database that is down for 3 s", () => {
  function failingSeconds(pooler: Readonly<Record<string, unknown>>, verify: boolean): number {
    const all = runs({
      run: { durationS: 50, warmupS: 0 },
      workloads: [{ name: "load", kind: "open", requestsPerSecond: 60 }],
      endpoints: [PAGE],
      fleets: [fleet(5, { pool: { size: 5, verify } })],
      pooler: { connections: 15, ...pooler },
      database: DATABASE,
      timeline: [{ atS: 20, do: "restartDatabase", downS: 3 }],
    });
    for (const { failed } of all) expect([...failed.keys()]).toEqual(["database-down"]);
    return mean(all, ({ seconds }) => count(seconds.failed, (failures) => failures > 0));
  }

  it.each([true, false])("fails direct clients for 3 s (connections verified: %s)", (verify) => {
    const seconds = failingSeconds({ enabled: false }, verify);
    expect(seconds).toBeGreaterThanOrEqual(3);
    expect(seconds).toBeLessThanOrEqual(4);
  });

  it("fails clients of a pooler for 15 s: it does not try again for so long", () => {
    const seconds = failingSeconds({ enabled: true, loginRetryS: 15 }, true);
    expect(seconds).toBeGreaterThanOrEqual(15);
    expect(seconds).toBeLessThanOrEqual(16);
  });

  it("fails them for 4 s where it tries again every second", () => {
    const seconds = failingSeconds({ enabled: true, loginRetryS: 1 }, true);
    expect(seconds).toBeGreaterThanOrEqual(3);
    expect(seconds).toBeLessThanOrEqual(5);
  });
});

describe("health checks through the application, at 1.2 times the load that it can serve", () => {
  const CHECK = { everyMs: 1000, fall: 2, rise: 2, timeoutMs: 1000 };
  const overload = (throughApp: boolean): Run[] =>
    runs({
      run: { durationS: 40, warmupS: 0 },
      workloads: [{ name: "load", kind: "open", requestsPerSecond: 150 }],
      endpoints: [PAGE],
      edge: { timeoutMs: 60_000 },
      fleets: [fleet(5, { healthCheck: { ...CHECK, throughApp } })],
      database: DATABASE,
    });

  it("wait behind the requests, until all dynos are marked down at once and requests find none", () => {
    for (const { seconds, failed } of overload(true)) {
      expect(seconds.isAllDown).toContain(true);
      expect([...failed.keys()]).toEqual(["no-dyno"]);
    }
  });

  it("take no dyno out, and fail nothing, where they only open a connection", () => {
    for (const { seconds, failed } of overload(false)) {
      expect(seconds.isAllDown).not.toContain(true);
      expect(failed.size).toBe(0);
    }
  });
});
