import { describe, expect, it } from "vitest";
import { explain } from "../../../src/analysis/verdict";
import { figuresFixture } from "../../support/summary-fixture";

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

  it("is bad even where all that was measured is in order", () => {
    const fine = figuresFixture({
      slo: { met: true, misses: [] },
      requests: { sent: 100, ok: 100, failed: 0, inFlight: 0, failedByKind: {} },
    });
    expect(explain(fine).tone).not.toBe("bad");
    expect(explain({ ...fine, stoppedAtS: 3 }).tone).toBe("bad");
  });
});
