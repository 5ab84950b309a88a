import { describe, expect, it } from "vitest";
import { findPreset } from "../../../src/scenario/presets";
import { afterSuggestion, judged } from "../../support/judged";
import { tiny } from "../../support/tiny-scenarios";

const STEADY = {
  durationS: 25,
  slo: { failureRate: 0.01 },
  open: { requestsPerSecond: 20, arrivals: "paced" },
  steps: [{ kind: "query", ms: 50 }],
  fleet: { threads: 20 },
  pool: { size: 20, verify: true },
} as const;
const restart = [{ atS: 5, do: "restartDatabase", downS: 3 }];

describe("a run in which the database is taken down", () => {
  it("is explained by the restart, and by nothing else", () => {
    const { verdict } = judged(tiny({ ...STEADY, timeline: restart }));
    expect(verdict.tone).toBe("bad");
    expect(verdict.sentence).toMatch(/the database restarts and takes no connections meanwhile\.$/);
    expect(verdict.arithmetic).toBe("It is down for 3 s from 5 s on.");
    expect(verdict.suggestion).toBeNull();
  });

  it("behind a pooler is told to let it try again sooner, and then fewer requests fail", () => {
    const before = judged(tiny({ ...STEADY, pooler: { connections: 10 }, timeline: restart }));
    expect(before.verdict.arithmetic).toContain("The pooler tries it again only 15 s after losing it.");
    const after = afterSuggestion(before);
    expect(after.figures.failureRate.mean).toBeLessThan((before.figures.failureRate.mean ?? 0) / 2);
  });

  it("by a failover says how long sessions hang", () => {
    const failover = { detectS: 1, promoteS: 2, oldSessions: "hang", tcpTimeoutS: 900 };
    const { verdict } = judged(
      tiny({ ...STEADY, database: { failover }, timeline: [{ atS: 5, do: "failover" }] }),
    );
    expect(verdict.sentence).toContain("the database fails over");
    expect(verdict.arithmetic).toBe(
      "It is down for 3 s from 5 s on. Sessions to the lost server hang for 15 min.",
    );
  });
});

describe("a run in which health checks wait behind the requests", () => {
  it("is told to check beside the application, and then no dyno is marked down", () => {
    const before = judged(
      tiny({
        durationS: 20,
        slo: { failureRate: 0 },
        closed: { clients: 30, thinkMs: 0, afterFailureMs: 200 },
        steps: [{ kind: "wait", ms: 200 }],
        fleet: {
          dynos: 2,
          threads: 2,
          healthCheck: { everyMs: 500, fall: 2, rise: 2, throughApp: true, timeoutMs: 300 },
        },
      }),
    );
    expect(before.verdict.sentence).toContain("the health checks have marked every dyno down");
    expect(before.verdict.arithmetic).toContain("2 failures in a row");
    expect(afterSuggestion(before).figures.requests.failed).toBe(0);
  });
});

describe("threads that are idle on average, and yet waited for", () => {
  it("are all taken for a time where requests come at once: no routing would help", () => {
    const { verdict } = judged(
      tiny({
        durationS: 10,
        slo: { p95Ms: 1000 },
        workloads: [{ name: "spike", kind: "burst", clients: 300, everyMs: 600_000, spreadMs: 0 }],
        steps: [{ kind: "wait", ms: 500 }],
        fleet: { dynos: 4, threads: 10 },
      }),
    );
    expect(verdict.sentence).toMatch(
      /for a thread: all are taken for a time, though on average .* are busy\.$/,
    );
    expect(verdict.suggestion?.changes.map(({ path }) => path)).not.toContain("fleets.web.balancer");
  });

  it("belong to other dynos where one is slowed down", () => {
    const { verdict } = judged(
      tiny({
        durationS: 60,
        slo: { p95Ms: 300 },
        open: { requestsPerSecond: 100 },
        steps: [{ kind: "wait", ms: 100 }],
        fleet: { dynos: 4, threads: 5, balancer: "random" },
        timeline: [{ atS: 5, do: "slowDyno", fleet: "web", count: 1, factor: 4, forS: 50 }],
      }),
    );
    expect(verdict.sentence).toContain("a dyno is slowed down for a while");
  });
});

describe("a deploy with preboot at the limit of connections", () => {
  it("is explained by twice the connections while both run", () => {
    const scenario = findPreset("deploy-with-preboot")?.scenario;
    if (scenario === undefined) throw new Error("there is such a preset");
    expect(judged(scenario).verdict.arithmetic).toContain(
      "up to 140 connections, and twice that while a deploy with preboot runs both",
    );
  });
});
