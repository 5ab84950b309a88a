import { describe, expect, it } from "vitest";
import { RandomStream } from "../../../../src/engine/kernel/random-stream";
import { nextExponential, nextNormal } from "../../../../src/engine/kernel/ziggurat";
import { kolmogorovSmirnov, momentsOf, normalDistribution } from "../../../support/statistics";

const DRAWS = 400_000;
/** Where the layers end and the tail begins: the rare paths lie beyond. */
const EXPONENTIAL_TAIL = 7.697117470131487;
const NORMAL_TAIL = 3.6541528853610088;

function sample(next: (stream: RandomStream) => number, key: number): Float64Array {
  const stream = new RandomStream();
  stream.rekey(key, 17, 1);
  return Float64Array.from({ length: DRAWS }, () => next(stream));
}

/** First draws of many streams, as a request's durations are drawn. */
function sampleStreams(next: (stream: RandomStream) => number): Float64Array {
  const stream = new RandomStream();
  return Float64Array.from({ length: DRAWS }, (_, key) => {
    stream.rekey(key, 17, 1);
    return next(stream);
  });
}

/** Whether a mean of `count` values with this standard deviation is where it should be, within 4.5 standard errors. */
function expectMean(mean: number, expected: number, deviation: number, count = DRAWS): void {
  expect(Math.abs(mean - expected)).toBeLessThan((4.5 * deviation) / Math.sqrt(count));
}

describe.each([
  ["along one stream", sample(nextExponential, 1)],
  ["over many streams", sampleStreams(nextExponential)],
])("exponential variates %s", (_name, values) => {
  it("have the moments of the exponential distribution", () => {
    const { mean, variance, skewness, kurtosis } = momentsOf(values);
    expectMean(mean, 1, 1);
    expectMean(variance, 1, Math.sqrt(8));
    expect(skewness).toBeCloseTo(2, 1);
    expect(Math.abs(kurtosis - 9)).toBeLessThan(0.6);
  });

  it("follow its distribution", () => {
    expect(kolmogorovSmirnov(values, (x) => 1 - Math.exp(-x))).toBeLessThan(1.95);
  });

  it("are as often in the tail as they should be, and go on exponentially there", () => {
    const tail = values.filter((x) => x > EXPONENTIAL_TAIL);
    const expected = DRAWS * Math.exp(-EXPONENTIAL_TAIL);
    expect(Math.abs(tail.length - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
    expectMean(momentsOf(tail).mean - EXPONENTIAL_TAIL, 1, 1, tail.length);
  });

  it("are above 0", () => {
    expect(values.every((x) => x > 0)).toBe(true);
  });
});

describe.each([
  ["along one stream", sample(nextNormal, 2)],
  ["over many streams", sampleStreams(nextNormal)],
])("normal variates %s", (_name, values) => {
  it("have the moments of the normal distribution", () => {
    const { mean, variance, skewness, kurtosis } = momentsOf(values);
    expectMean(mean, 0, 1);
    expectMean(variance, 1, Math.SQRT2);
    expectMean(skewness, 0, Math.sqrt(6));
    expectMean(kurtosis, 3, Math.sqrt(24));
  });

  it("follow its distribution", () => {
    expect(kolmogorovSmirnov(values, normalDistribution)).toBeLessThan(1.95);
  });

  it("are as often in the tails as they should be, on both sides alike", () => {
    const above = values.filter((x) => x > NORMAL_TAIL).length;
    const below = values.filter((x) => x < -NORMAL_TAIL).length;
    const expected = DRAWS * normalDistribution(-NORMAL_TAIL);
    for (const count of [above, below])
      expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
  });
});
