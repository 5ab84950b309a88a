/**
 * Closed queueing networks, exactly. Stations are delays (servers: Infinity; any distribution), processors shared equally (any distribution, demands may differ by class),
 * or lines with exponential service (the same for every class): F. Baskett, K. Chandy, R. Muntz and F. Palacios 1975.
 */

/** A station of a closed network, by the time a customer needs there per round, all visits together. */
export interface Station {
  readonly demand: number;
  readonly servers: number;
}

/** Long-run figures of a closed network. */
export interface ClosedNetwork {
  /** Rounds per unit of time. */
  readonly throughput: number;
  /** Mean number at each station. */
  readonly queueLengths: readonly number[];
  /** Mean time per round at each station, waiting included: queue length ÷ throughput (Little). */
  readonly residences: readonly number[];
}

/** Network of one class of customers, as `closedClasses`. */
export function closedNetwork(stations: readonly Station[], customers: number): ClosedNetwork {
  const { throughputs, queueLengths, residences } = closedClasses(
    stations.map(({ demand, servers }) => ({ demands: [demand], servers })),
    [customers],
  );
  const first = (row: readonly number[]): number => row[0] ?? 0;
  return {
    throughput: throughputs[0] ?? 0,
    queueLengths: queueLengths.map(first),
    residences: residences.map(first),
  };
}

/** A station that several classes of customers visit. */
export interface ClassStation {
  /** Of each class, per round. */
  readonly demands: readonly number[];
  readonly servers: number;
}

/** As `ClosedNetwork`, of each class. */
export interface ClosedClasses {
  readonly throughputs: readonly number[];
  /** [station][class] */
  readonly queueLengths: readonly (readonly number[])[];
  readonly residences: readonly (readonly number[])[];
}

/** Every way of taking 0 … n of each class, in an order in which a sum comes after its parts. */
class Populations {
  readonly vectors: readonly (readonly number[])[];
  private readonly strides: readonly number[];

  constructor(readonly whole: readonly number[]) {
    this.strides = whole.map((_, r) => whole.slice(0, r).reduce((product, n) => product * (n + 1), 1));
    const count = whole.reduce((product, n) => product * (n + 1), 1);
    this.vectors = Array.from({ length: count }, (_, at) =>
      whole.map((n, r) => Math.floor(at / (this.strides[r] ?? 1)) % (n + 1)),
    );
  }

  at(vector: readonly number[]): number {
    return vector.reduce((sum, n, r) => sum + n * (this.strides[r] ?? 0), 0);
  }

  convolve(one: readonly number[], other: readonly number[]): number[] {
    return this.vectors.map((all) => {
      let sum = 0;
      for (const part of this.vectors) {
        if (part.some((n, r) => n > (all[r] ?? 0))) continue;
        const rest = all.map((n, r) => n - (part[r] ?? 0));
        sum += (one[this.at(part)] ?? 0) * (other[this.at(rest)] ?? 0);
      }
      return sum;
    });
  }

  /** (|n|! / Π n_r!) Π demand_r^{n_r} / Π_{k ≤ |n|} min(k, servers): the weight of n customers at a station. */
  weights({ demands, servers }: ClassStation): number[] {
    return this.vectors.map((vector) => {
      let weight = 1;
      let all = 0;
      vector.forEach((n, r) => {
        for (let k = 1; k <= n; k += 1) {
          all += 1;
          weight *= ((demands[r] ?? 0) * all) / (k * Math.min(all, servers));
        }
      });
      return weight;
    });
  }
}

/**
 * By convolution (J. P. Buzen 1973; M. Reiser and H. Kobayashi 1975): the sums G(n) over all ways of spreading n customers give class r the throughput
 * G(N − 1_r)/G(N). Gives what exact mean value analysis gives, and takes stations of several servers as well.
 * @param customers of each class
 */
export function closedClasses(
  stations: readonly ClassStation[],
  customers: readonly number[],
): ClosedClasses {
  const populations = new Populations(customers);
  const weights = stations.map((station) => populations.weights(station));
  const nothing = populations.vectors.map((_, at) => (at === 0 ? 1 : 0));
  const convolve = (all: readonly number[], own: readonly number[]): readonly number[] =>
    populations.convolve(all, own);
  const sums = weights.reduce<readonly number[]>(convolve, nothing);
  const total = sums[populations.at(customers)] ?? 0;
  const throughputs = customers.map((_, r) => {
    const oneLess = customers.map((n, other) => (other === r ? n - 1 : n));
    return oneLess.some((n) => n < 0) ? 0 : (sums[populations.at(oneLess)] ?? 0) / total;
  });
  const queueLengths = weights.map((own, station) => {
    const others = weights
      .filter((_, other) => other !== station)
      .reduce<readonly number[]>(convolve, nothing);
    return customers.map((_, r) =>
      populations.vectors.reduce((sum, vector, at) => {
        const rest = customers.map((n, other) => n - (vector[other] ?? 0));
        return sum + ((vector[r] ?? 0) * (own[at] ?? 0) * (others[populations.at(rest)] ?? 0)) / total;
      }, 0),
    );
  });
  const residences = queueLengths.map((row) => row.map((length, r) => length / (throughputs[r] ?? 1)));
  return { throughputs, queueLengths, residences };
}

/**
 * The same by exact mean value analysis (M. Reiser and S. Lavenberg 1980), for stations of one server and delays: a customer who arrives sees
 * the network in equilibrium without itself.
 */
export function meanValueAnalysis(
  stations: readonly ClassStation[],
  customers: readonly number[],
): ClosedClasses {
  const populations = new Populations(customers);
  const lengths: number[][][] = [];
  let throughputs: number[] = [];
  let residences: number[][] = [];
  for (const vector of populations.vectors) {
    residences = stations.map(({ demands, servers }, station) =>
      vector.map((n, r) => {
        if (n === 0) return 0;
        const oneLess = populations.at(vector.map((m, other) => (other === r ? m - 1 : m)));
        const found = (lengths[oneLess]?.[station] ?? []).reduce((sum, length) => sum + length, 0);
        return (demands[r] ?? 0) * (servers === 1 ? 1 + found : 1);
      }),
    );
    throughputs = vector.map((n, r) => {
      const round = residences.reduce((sum, row) => sum + (row[r] ?? 0), 0);
      return n === 0 ? 0 : n / round;
    });
    lengths.push(residences.map((row) => row.map((residence, r) => residence * (throughputs[r] ?? 0))));
  }
  return { throughputs, queueLengths: lengths.at(-1) ?? [], residences };
}

/**
 * The machine repairman, M/M/c//N: N customers think (any distribution) and then need one of c servers. A closed network of a delay and a station.
 */
export function machineRepairman(
  customers: number,
  think: number,
  service: number,
  servers: number,
): { readonly throughput: number; readonly meanResponse: number; readonly meanWait: number } {
  const network = closedNetwork(
    [
      { demand: think, servers: Number.POSITIVE_INFINITY },
      { demand: service, servers },
    ],
    customers,
  );
  const meanResponse = customers / network.throughput - think;
  return { throughput: network.throughput, meanResponse, meanWait: meanResponse - service };
}
