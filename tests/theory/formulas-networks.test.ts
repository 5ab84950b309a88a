import { describe, expect, it } from "vitest";
import {
  layered,
  layeredClosed,
  limitedSharing,
  longRunMean,
  refusedClients,
  stationary,
} from "../support/theory-chains";
import { engset, finiteCapacityMMcK, meanWaitMG1, waitingTimeMMc } from "../support/theory-formulas";
import {
  type ClassStation,
  closedClasses,
  closedNetwork,
  machineRepairman,
  meanValueAnalysis,
} from "../support/theory-networks";

const DELAY = Number.POSITIVE_INFINITY;

/** As `formulas.test.ts`: the exact results for networks, and what solves Markov chains, held against published numbers and known special cases. */
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

  it("Bolch et al. (1998), example 8.3: four servers", () => {
    const demands = [0.02, 0.08, 0.08, 0.06];
    const exact = closedNetwork(
      demands.map((demand) => ({ demand, servers: 1 })),
      6,
    );
    expect(exact.throughput).toBeCloseTo(9.92, 3);
    const bolch = [0.244, 2.261, 2.261, 1.234];
    expect(exact.queueLengths.map((length) => Number(length.toFixed(3)))).toEqual(bolch);
  });

  it("PDQ's examples ebiz and httpd", () => {
    const servers = (demands: readonly number[]) => demands.map((demand) => ({ demand, servers: 1 }));
    expect(closedNetwork(servers([9.8, 2.5, 0.72, 9.8]), 10).throughput * 1000).toBeCloseTo(92.39, 2);
    const httpd = servers([10.9, ...Array.from({ length: 16 }, () => 0.275)]);
    expect(closedNetwork(httpd, 5).throughput * 1000).toBeCloseTo(91.73, 2);
  });

  it.each([
    [2, 8, [0.8712, 1.1982, 5.9306]],
    [1, 2, [4.712, 1.2297, 2.0582]],
  ])(
    "Suri et al.: stations of 1, 2 and 4 servers, 8 customers, demands 1, %f, %f",
    (second, third, lengths) => {
      const { queueLengths } = closedNetwork(
        [
          { demand: 1, servers: 1 },
          { demand: second, servers: 2 },
          { demand: third, servers: 4 },
        ],
        8,
      );
      expect(queueLengths.map((length) => Number(length.toFixed(4)))).toEqual(lengths);
    },
  );

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

describe("closed networks of several classes", () => {
  const rounded = (rows: readonly (readonly number[])[], digits: number): number[][] =>
    rows.map((row) => row.map((value) => Number(value.toFixed(digits))));

  it.each<[string, readonly ClassStation[], readonly number[], number, number[][]]>([
    [
      "Lazowska et al. (1984), p. 131: batch and interactive work",
      [
        { demands: [0, 30], servers: DELAY },
        { demands: [1, 0.1], servers: 1 },
        { demands: [0.09, 0.9], servers: 1 },
      ],
      [10, 25],
      3,
      [
        [9.717, 0.85],
        [0.283, 2.09],
      ],
    ],
    [
      "Chandy and Neuse (1982)",
      [
        { demands: [8, 0], servers: DELAY },
        { demands: [1, 1], servers: 1 },
      ],
      [8, 1],
      3,
      [[2.773, 1]],
    ],
    [
      "Lazowska et al. (1984), p. 138, one customer of each class",
      [
        { demands: [1, 2], servers: 1 },
        { demands: [3, 4], servers: 1 },
      ],
      [1, 1],
      6,
      [
        [0.210526, 0.263158],
        [0.789474, 0.736842],
      ],
    ],
    [
      "Octave's queueing package, qncmmva",
      [
        { demands: [1, 0], servers: DELAY },
        { demands: [0, 15], servers: DELAY },
        { demands: [0.025, 0.5], servers: 1 },
      ],
      [15, 5],
      3,
      [[0.677, 0.293]],
    ],
  ])("%s", (_, stations, customers, digits, lengths) => {
    const byConvolution = closedClasses(stations, customers);
    const byMeanValues = meanValueAnalysis(stations, customers);
    const atServers = byConvolution.queueLengths.filter((_, k) => stations[k]?.servers === 1);
    expect(rounded(atServers, digits)).toEqual(lengths);
    expect(rounded(byMeanValues.queueLengths, 9)).toEqual(rounded(byConvolution.queueLengths, 9));
    expect(rounded([byMeanValues.throughputs], 9)).toEqual(rounded([byConvolution.throughputs], 9));
  });
});

describe("two classes at a station of two servers (Conway; de Souza e Silva and Muntz)", () => {
  it.each([
    [1, [4.1407, 1.429, 0.8593, 0.571]],
    [2, [4.0648, 1.0895, 0.9352, 0.9105]],
    [5, [3.9468, 0.6209, 1.0532, 1.3791]],
    [11, [3.8653, 0.3286, 1.1347, 1.6714]],
    [20, [3.8247, 0.1917, 1.1753, 1.8083]],
  ])("5 and 2 customers, delays 6 and 3, service 1 and %f", (service, lengths) => {
    const exact = closedClasses(
      [
        { demands: [6, 3], servers: DELAY },
        { demands: [1, service], servers: 2 },
      ],
      [5, 2],
    );
    expect(exact.queueLengths.flat().map((length) => Number(length.toFixed(4)))).toEqual(lengths);
  });
});

describe("Markov chains solved numerically", () => {
  it("a birth and death process: M/M/2/6", () => {
    const chain = stationary([0], ([n = 0]) => [
      [[n + 1], n < 6 ? 1.5 : 0],
      [[n - 1], Math.min(n, 2)],
    ]);
    expect(longRunMean(chain, ([n = 0]) => n)).toBeCloseTo(finiteCapacityMMcK(1.5, 1, 2, 6).meanNumber, 9);
  });

  it("limited processor sharing: one place is first come first served, many are without limit", () => {
    expect(limitedSharing(0.7, 1, 2, 1).meanWait).toBeCloseTo(meanWaitMG1(0.7, 1, 2), 4);
    expect(limitedSharing(0.5, 1, 2, 30).meanResponse).toBeCloseTo(2, 6);
  });

  it("a thread that is held for a connection: with as many connections as threads, or next to no work before the query, it is a line like any other", () => {
    expect(layered(0.7, 0.5, 0.5, 1, 1).meanWait).toBeCloseTo(meanWaitMG1(0.7, 1, Math.SQRT1_2), 6);
    const thin = layered(1.4, 1e-6, 1, 5, 2);
    expect(thin.meanWait + thin.meanCheckout).toBeCloseTo(waitingTimeMMc(1.4, 1, 2).meanWait, 4);
    const exact = closedNetwork(
      [
        { demand: 7, servers: DELAY },
        { demand: 1, servers: 2 },
      ],
      8,
    );
    const free = layeredClosed(8, 5, 2, 1, 8, 2);
    expect(free.throughput).toBeCloseTo(exact.throughput, 9);
    expect(free.meanCheckout).toBeCloseTo((exact.residences[1] ?? 0) - 1, 8);
  });

  it("refused clients who think as always: Engset's formula", () => {
    expect(refusedClients(12, 5, 5, 1, 2)).toBeCloseTo(engset(12, 5, 1, 2), 10);
  });
});
