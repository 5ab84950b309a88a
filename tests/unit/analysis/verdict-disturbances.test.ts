import { describe, expect, it } from "vitest";
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
