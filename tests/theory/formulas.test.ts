import { describe, expect, it } from "vitest";
import { meanResponseShorterOfTwo } from "../support/theory-chains";
import {
  engset,
  erlangA,
  erlangB,
  erlangC,
  exponentialQuantile,
  finiteCapacityMMcK,
  impatient,
  inverse,
  meanResponseChoices,
  meanResponseDM1,
  meanResponseInTurn,
  meanWaitMG1,
  responseBeyondMMc,
  sharing,
  waitingTimeMMc,
  waitWithinMD1,
} from "../support/theory-formulas";

/** The formulas that the engine is held against are themselves held against published numbers here. */
describe("Erlang's formulas", () => {
  it.each([
    [5, 3, 0.110054],
    [10, 8, 0.121661],
    [20, 16, 0.064411],
    [25, 20, 0.050222],
    [50, 45, 0.054104],
    [100, 90, 0.026957],
  ])("B(%i servers, load %i) = %f", (servers, load, blocking) => {
    expect(erlangB(servers, load)).toBeCloseTo(blocking, 6);
  });

  it.each([
    [1, 0.8, 0.8, 4],
    [2, 0.9, 0.852632, 4.26316],
    [5, 0.5, 0.130371, 0.05215],
    [10, 0.95, 0.825586, 1.65117],
    [20, 0.8, 0.256078, 0.06402],
    [100, 0.99, 0.882768, 0.88277],
  ])(
    "C(%i servers, utilization %f) = %f, mean wait %f service times",
    (servers, utilization, waiting, wait) => {
      expect(erlangC(servers, servers * utilization)).toBeCloseTo(waiting, 5);
      expect(waitingTimeMMc(servers * utilization, 1, servers).meanWait).toBeCloseTo(wait, 4);
    },
  );

  it("agree with the tests of Octave's queueing package (qsmmm: λ = 9, μ = 5)", () => {
    expect(9 * waitingTimeMMc(9, 0.2, 2).meanWait).toBeCloseTo(7.67368, 5);
    expect(waitingTimeMMc(9, 0.2, 4).meanWait + 0.2).toBeCloseTo(0.21168, 5);
  });

  it("give waiting quantiles that invert the tail C e^(−(cμ − λ)t)", () => {
    const { probability, quantile } = waitingTimeMMc(1.6, 1, 2);
    expect(probability * Math.exp(-0.4 * quantile(0.99))).toBeCloseTo(0.01, 12);
    expect(quantile(0.2)).toBe(0);
  });
});

describe("M/M/c/K (Octave's queueing package, qsmmmk)", () => {
  it("λ = 40, μ = 30, c = 3, K = 7", () => {
    const { probabilities, meanResponse } = finiteCapacityMMcK(40, 1 / 30, 3, 7);
    expect(probabilities[0]).toBeCloseTo(0.255037, 6);
    expect(meanResponse).toBeCloseTo(0.036517, 6);
  });

  it("λ = 50, μ = 10, c = 4, K = 6", () => {
    expect(finiteCapacityMMcK(50, 0.1, 4, 6).blocking).toBeCloseTo(0.293543, 6);
  });

  it("λ = 3, μ = 2, c = 2, K = 5", () => {
    const { blocking, meanNumber, meanWait } = finiteCapacityMMcK(3, 0.5, 2, 5);
    expect(blocking).toBeCloseTo(0.085114, 6);
    expect(meanNumber).toBeCloseTo(2.00595, 5);
    expect(meanWait).toBeCloseTo(0.230858, 6);
  });
});

describe("M/G/1", () => {
  it.each([
    [0.8, 0, 2],
    [0.8, 1, 4],
    [0.8, 2, 10],
    [0.9, 0, 4.5],
    [0.9, 1, 9],
    [0.9, 2, 22.5],
  ])("utilization %f, cv %i: mean wait %f service times", (utilization, cv, wait) => {
    expect(meanWaitMG1(utilization, 1, cv)).toBeCloseTo(wait, 10);
  });

  it("with constant service: the distribution's mean is Pollaczek and Khinchine's", () => {
    let integral = 0;
    for (let t = 0.005; t < 20; t += 0.01) integral += 0.01 * (1 - waitWithinMD1(0.7, 1, t));
    expect(integral).toBeCloseTo(meanWaitMG1(0.7, 1, 0), 4);
    expect(waitWithinMD1(0.7, 1, 0)).toBeCloseTo(0.3, 12);
  });
});

describe("arrivals that are not Poisson", () => {
  it.each([
    [0.5, 2, 1.618],
    [0.7, 4, 2.2367],
    [0.8, 10, 2.9223],
    [0.9, 2, 7.5883],
    [0.95, 10, 11.1549],
  ])("utilization %f, dealt in turn to %i servers: mean response %f", (utilization, servers, response) => {
    expect(meanResponseInTurn(servers * utilization, 1, servers)).toBeCloseTo(response, 4);
  });

  it("dealt in turn to very many servers come evenly spaced", () => {
    expect(meanResponseInTurn(800_000, 1, 1_000_000)).toBeCloseTo(meanResponseDM1(0.8, 1), 4);
  });
});

describe("joining the shorter of two lines", () => {
  it.each([
    [0.5, 1.4263],
    [0.7, 2.1082],
    [0.8, 2.9557],
  ])("utilization %f: mean response %f", (utilization, response) => {
    expect(meanResponseShorterOfTwo(utilization)).toBeCloseTo(response, 4);
  });
});

describe("M/M/c with a limit to patience", () => {
  it("zero: nobody waits, which is Erlang's loss formula", () => {
    expect(impatient(8, 1, 10, 0).leaving).toBeCloseTo(erlangB(10, 8), 12);
  });

  it("without end: nobody leaves, which is Erlang's delay formula", () => {
    const { leaving, waiting } = impatient(8, 1, 10, 1000);
    expect(leaving).toBeCloseTo(0, 12);
    expect(waiting).toBeCloseTo(erlangC(10, 8), 12);
  });
});

describe("clients who leave the line", () => {
  it.each([
    [8, 0.5, 0.317434, 0.038821],
    [10, 0.5, 0.619655, 0.103913],
    [12, 0.5, 0.850385, 0.195656],
    [12, 0.1, 0.984075, 0.169752],
  ])("Erlang A: load %f, 10 servers, leaving rate %f: %f wait, %f leave", (load, rate, waiting, leaving) => {
    const exact = erlangA(load, 1, 10, rate);
    expect(exact.waiting).toBeCloseTo(waiting, 6);
    expect(exact.leaving).toBeCloseTo(leaving, 6);
  });

  it("the mean wait of those who are served: without a limit it is that of M/M/c", () => {
    expect(impatient(8, 1, 10, 1000).meanWait).toBeCloseTo(waitingTimeMMc(8, 1, 10).meanWait, 12);
  });

  it("the tail of the response: the exponential of M/M/1, and its mean is that of M/M/c", () => {
    expect(responseBeyondMMc(0.8, 1, 1, 3)).toBeCloseTo(Math.exp(-0.6), 12);
    let integral = 0;
    for (let t = 0.005; t < 60; t += 0.01) integral += 0.01 * responseBeyondMMc(4, 1, 5, t);
    expect(integral).toBeCloseTo(waitingTimeMMc(4, 1, 5).meanWait + 1, 4);
  });

  it("Engset's loss formula becomes Erlang's with many clients", () => {
    expect(engset(100_000, 12_500, 1, 10)).toBeCloseTo(erlangB(10, 8), 4);
  });
});

describe("processor sharing", () => {
  it("one processor: 1/(μ − λ) (Ciw's documentation: λ = 4, μ = 9)", () => {
    expect(sharing(4, 1 / 9, (n) => Math.min(n, 1)).meanResponse).toBeCloseTo(0.2, 12);
  });

  it("k processors have the mean of M/M/k", () => {
    expect(sharing(3.4, 1, (n) => Math.min(n, 4)).meanResponse).toBeCloseTo(
      waitingTimeMMc(3.4, 1, 4).meanWait + 1,
      10,
    );
  });
});

describe("the better of two servers drawn, of servers without number (Mitzenmacher)", () => {
  it.each([
    [0.5, 2, 1.2657],
    [0.7, 2, 1.6145],
    [0.9, 2, 2.6141],
    [0.99, 2, 5.432],
    [0.9, 3, 2.0279],
    [0.95, 5, 1.9888],
  ])("utilization %f, %i choices: mean response %f", (utilization, choices, response) => {
    expect(meanResponseChoices(utilization, choices)).toBeCloseTo(response, 4);
  });
});

describe("the means of turning a formula round", () => {
  it("finds the median of an exponential", () => {
    expect(inverse((t) => 1 - Math.exp(-t / 3), 0.5)).toBeCloseTo(exponentialQuantile(3, 0.5), 12);
  });
});
