import { describe, expect, it } from "vitest";
import { explain } from "../../../src/analysis/verdict";
import { estimate, figuresFixture } from "../../support/summary-fixture";

const none = estimate(null);
const NOTHING = { mean: none, p50: none, p75: none, p90: none, p95: none, p99: none, max: none };

describe("the verdict of a run that has just begun", () => {
  const empty = { sent: 0, ok: 0, failed: 0, inFlight: 0, failedByKind: {} };

  it("is open during the warm-up, and until the first request that counts has ended", () => {
    const begun = figuresFixture({ requests: empty, measuredS: 0, slo: { met: true, misses: [] } });
    expect(explain(begun)).toMatchObject({
      tone: "open",
      sentence: "Figures begin after the warm-up of 5 s.",
      suggestion: null,
    });
    expect(explain({ ...begun, measuredS: 0.1 })).toMatchObject({
      tone: "open",
      sentence: "No request that counts has ended yet.",
    });
  });

  it("is of what there is from then on", () => {
    expect(explain(figuresFixture({ measuredS: 0.1 })).tone).not.toBe("open");
  });
});

describe("the verdict of a run that was broken off", () => {
  it("begins with when and why, and then says what the run shows until there", () => {
    const whole = explain(figuresFixture());
    const { tone, sentence, arithmetic } = explain(figuresFixture({ stoppedAtS: 12.5 }));
    expect(tone).toBe("bad");
    expect(sentence).toBe(
      `The run was broken off at 12.5 s, because more than 2,000,000 requests were in the system at once. ${whole.sentence}`,
    );
    expect(arithmetic).toBe(whole.arithmetic);
  });

  it("does not suggest a longer run", () => {
    const unanswered = figuresFixture({
      requests: { sent: 100, ok: 0, failed: 0, inFlight: 100, failedByKind: {} },
      queueMs: NOTHING,
      latencyMs: NOTHING,
    });
    expect(explain(unanswered).suggestion?.label).toBe("Run for 90 s");
    expect(explain({ ...unanswered, stoppedAtS: 3.0004 }).suggestion).toBeNull();
    expect(explain({ ...unanswered, stoppedAtS: 3.0004 }).sentence).toMatch(
      /^The run was broken off at 3 s,/,
    );
  });

  it("is bad even where all that was measured is in order", () => {
    const fine = figuresFixture({
      slo: { met: true, misses: [] },
      requests: { sent: 100, ok: 100, failed: 0, inFlight: 0, failedByKind: {} },
    });
    expect(explain(fine).tone).not.toBe("bad");
    expect(explain({ ...fine, stoppedAtS: 3 }).tone).toBe("bad");
  });
});
