import { describe, expect, it } from "vitest";
import {
  closedNetwork,
  erlangB,
  erlangC,
  exponentialQuantile,
  finiteCapacityMMcK,
  impatient,
  inverse,
  machineRepairman,
  meanResponseDM1,
  meanResponseInTurn,
  meanResponseShorterOfTwo,
  meanWaitMG1,
  waitingTimeMMc,
  waitWithinMD1,
} from "../support/theory-formulas";

const DELAY = Number.POSITIVE_INFINITY;

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
    expect(meanResponseShorterOfTwo(utilization, 60)).toBeCloseTo(response, 4);
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

describe("closed networks", () => {
  it("Lazowska et al., Quantitative System Performance (1984), p. 117", () => {
    const { throughput, queueLengths } = closedNetwork(
      [
        { demand: 15, servers: DELAY },
        { demand: 0.605, servers: 1 },
        { demand: 2.1, servers: 1 },
        { demand: 1.35, servers: 1 },
      ],
      3,
    );
    expect(throughput).toBeCloseTo(0.15152, 5);
    expect(queueLengths.slice(1).map((length) => Number(length.toFixed(4)))).toEqual([0.0976, 0.3947, 0.235]);
  });

  it("Jain, The Art of Computer Systems Performance Analysis (1991), example 34.2", () => {
    const { throughput, residences } = closedNetwork(
      [
        { demand: 4, servers: DELAY },
        { demand: 16 * 0.125, servers: 1 },
        { demand: 10 * 0.3, servers: 1 },
        { demand: 5 * 0.2, servers: 1 },
      ],
      20,
    );
    expect(throughput).toBeCloseTo(0.33325, 5);
    expect(residences.slice(1).reduce((sum, residence) => sum + residence, 0)).toBeCloseTo(56.0156, 4);
  });

  it("Bolch et al., Queueing Networks and Markov Chains (1998), example 8.4: with two servers and a delay", () => {
    const { throughput, queueLengths } = closedNetwork(
      [
        { demand: 0.5, servers: 2 },
        { demand: 0.3, servers: 1 },
        { demand: 0.4, servers: 1 },
        { demand: 1, servers: DELAY },
      ],
      3,
    );
    // The book rounds on its way, so the last of its three digits is not to be relied on.
    expect(throughput).toBeCloseTo(1.218, 2);
    const bolch = [0.624, 0.473, 0.686, 1.217];
    queueLengths.forEach((length, i) => {
      expect(length).toBeCloseTo(bolch[i] ?? 0, 2);
    });
  });

  it.each([
    [2, 1, 0.324324, 1.16667],
    [5, 1, 0.715134, 1.99172],
    [5, 2, 0.821869, 1.08372],
    [8, 3, 1.32351, 1.04456],
    [10, 1, 0.981618, 5.18735],
    [10, 2, 1.51927, 1.58218],
    [10, 4, 1.66213, 1.0164],
  ])(
    "%i customers who think for 5, %i servers of 1 (Petri net solutions): %f per unit, response %f",
    (customers, servers, throughput, response) => {
      const exact = machineRepairman(customers, 5, 1, servers);
      expect(exact.throughput).toBeCloseTo(throughput, 4);
      expect(exact.meanResponse).toBeCloseTo(response, 3);
    },
  );
});

describe("the means of turning a formula round", () => {
  it("finds the median of an exponential", () => {
    expect(inverse((t) => 1 - Math.exp(-t / 3), 0.5)).toBeCloseTo(exponentialQuantile(3, 0.5), 12);
  });
});
