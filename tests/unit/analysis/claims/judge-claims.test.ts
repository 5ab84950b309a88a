import { describe, expect, it } from "vitest";
import { boundText, valueText } from "../../../../src/analysis/claims/claim-text";
import { judgeClaim } from "../../../../src/analysis/claims/judge-claims";
import type { RunSummary } from "../../../../src/analysis/result-types";
import type { Claim } from "../../../../src/scenario/stories/story";
import { estimate, figuresFixture, summaryFixture } from "../../../support/summary-fixture";

const run = (perSecond: number, half: number): RunSummary =>
  summaryFixture(
    figuresFixture({
      throughputPerSecond: { ...estimate(perSecond), ci95: [perSecond - half, perSecond + half] },
    }),
  );
const RUNS: Readonly<Record<string, RunSummary>> = { slow: run(100, 3), fast: run(200, 8) };

const claim = (rest: Partial<Claim>): Claim => ({
  id: "one",
  status: "reported",
  text: "It is fast.",
  measured: { metric: "throughput", of: "fast" },
  ...rest,
});
const judge = (rest: Partial<Claim>) => judgeClaim(claim(rest), ({ of = "" }) => RUNS[of]);

describe("a claim", () => {
  it("agrees within its bounds, which belong to it", () => {
    expect(judge({ atLeast: 200, atMost: 200 })).toMatchObject({ verdict: "agrees", value: 200, half: 8 });
    expect(judge({ atLeast: 201 }).verdict).toBe("fails");
    expect(judge({ atMost: 199 }).verdict).toBe("fails");
  });

  it("can be about how many times one run has what another has", () => {
    const times = judge({ per: { metric: "throughput", of: "slow" }, atLeast: 2 });
    expect(times).toMatchObject({ verdict: "agrees", value: 2, unit: "ratio" });
    expect(times.half).toBeCloseTo(2 * Math.hypot(0.03, 0.04), 9);
    expect(valueText(times)).toBe("2 times ± 0.1 times");
  });

  it("can be about a difference", () => {
    const more = judge({ minus: { metric: "throughput", of: "slow" }, atLeast: 100, atMost: 120 });
    expect(more).toMatchObject({ verdict: "agrees", value: 100, unit: "perSecond" });
    expect(more.half).toBeCloseTo(Math.hypot(3, 8), 9);
    expect(boundText(more)).toBe("100/s to 120/s");
  });

  it("agrees with nothing where a run is missing", () => {
    expect(judge({ measured: { metric: "throughput", of: "none" }, atLeast: 0 })).toMatchObject({
      verdict: "fails",
      value: null,
    });
    expect(judge({ per: { metric: "throughput", of: "none" }, atLeast: 0 }).value).toBeNull();
  });

  it("that is known to come out otherwise differs, and agrees if it comes out after all", () => {
    expect(judge({ atLeast: 300, differs: "The pool is smaller." }).verdict).toBe("differs");
    expect(judge({ atLeast: 150, differs: "The pool is smaller." }).verdict).toBe("agrees");
  });

  it("that nothing can be held against is not comparable, and has no number", () => {
    expect(judge({ notComparable: "The article gives no number." })).toMatchObject({
      verdict: "not-comparable",
      value: null,
    });
  });
});
