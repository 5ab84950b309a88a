import { describe, expect, it } from "vitest";
import type { Configuration } from "../../../src/study/configuration";
import { difference } from "../../../src/study/difference";

/** What is known of a configuration's p95: over all its replications together, and of each. */
function known(pooled: number, own: readonly number[]): Configuration {
  const part = { own: () => own, measures: { p95: { mean: pooled, ci95: null } } };
  return part as unknown as Configuration;
}

const verdictOf = (of: Configuration, from: Configuration) => difference("p95", of, from).verdict;

describe("a difference is shown", () => {
  it("where the pooled figures and the pairs agree on it", () => {
    expect(verdictOf(known(90, [89, 91, 90]), known(100, [100, 101, 99]))).toBe("lower");
    expect(verdictOf(known(100, [100, 101, 99]), known(90, [89, 91, 90]))).toBe("higher");
  });

  it("by neither alone: where all pairs are alike although the pooled figures are not", () => {
    expect(verdictOf(known(101, [100, 102]), known(100, [100, 102]))).toBe("unknown");
  });

  it("by neither alone: where pairs differ the other way, or within their spread", () => {
    expect(verdictOf(known(90, [103, 104, 102]), known(100, [100, 101, 99]))).toBe("unknown");
    expect(verdictOf(known(90, [99, 101, 99]), known(100, [100, 101, 99]))).toBe("unknown");
  });
});
