/**
 * Exact results of queueing theory, for tests that hold the engine against them. Times in any one unit, rates per that unit; a
 * utilization is the offered load per server. `Math.exp` and its kin are allowed here: nothing of this enters a result.
 */

/** Mean number in the line, mean wait in it, and the probability of waiting at all. */
export interface WaitingTime {
  /** P(wait > 0) of an arriving request. */
  readonly probability: number;
  readonly meanWait: number;
  /** The wait that a share of requests stays within: 0 where so many do not wait at all. @param share 0 < share < 1 */
  quantile(share: number): number;
}

/**
 * Erlang's loss formula B(c, a), by its recursion B(0) = 1, B(n) = a B(n−1) / (n + a B(n−1)): the share of Poisson arrivals that finds all c
 * servers busy where nobody can wait. Holds for any distribution of the service time (A. K. Erlang 1917).
 * @param load arrival rate × mean service time
 */
export function erlangB(servers: number, load: number): number {
  let blocking = 1;
  for (let n = 1; n <= servers; n += 1) blocking = (load * blocking) / (n + load * blocking);
  return blocking;
}

/** Erlang's delay formula C(c, a) = B / (1 − ρ (1 − B)): the probability that an arrival at M/M/c has to wait. */
export function erlangC(servers: number, load: number): number {
  const blocking = erlangB(servers, load);
  return blocking / (1 - (load / servers) * (1 - blocking));
}

/** M/M/c, first come first served: P(W > t) = C e^(−(cμ − λ) t). M/M/1 is c = 1. */
export function waitingTimeMMc(arrivalRate: number, serviceMean: number, servers: number): WaitingTime {
  const probability = erlangC(servers, arrivalRate * serviceMean);
  const spare = servers / serviceMean - arrivalRate;
  return {
    probability,
    meanWait: probability / spare,
    quantile: (share) => Math.max(0, Math.log(probability / (1 - share)) / spare),
  };
}

/** Quantile of an exponential distribution: −ln(1 − share) × mean. */
export function exponentialQuantile(mean: number, share: number): number {
  return -Math.log(1 - share) * mean;
}

/** What M/M/c/K gives in the long run: K is all that may be in the system, servers and places in line together. */
export interface FiniteCapacity {
  /** P(n in the system), n = 0 … K. */
  readonly probabilities: readonly number[];
  /** Share of arrivals turned away: P(K in the system), since Poisson arrivals see time averages. */
  readonly blocking: number;
  /** Of those let in. */
  readonly meanWait: number;
  readonly meanResponse: number;
  readonly meanNumber: number;
}

/** M/M/c/K from the balance equations of its birth and death process (L. Kleinrock, Queueing Systems I, 1975, ch. 3). */
export function finiteCapacityMMcK(
  arrivalRate: number,
  serviceMean: number,
  servers: number,
  capacity: number,
): FiniteCapacity {
  const probabilities = birthAndDeath(
    capacity,
    () => arrivalRate,
    (n) => Math.min(n, servers) / serviceMean,
  );
  const blocking = probabilities[capacity] ?? 0;
  const meanNumber = expectation(probabilities, (n) => n);
  const accepted = arrivalRate * (1 - blocking);
  return {
    probabilities,
    blocking,
    meanNumber,
    meanResponse: meanNumber / accepted,
    meanWait: meanNumber / accepted - serviceMean,
  };
}

/** Long-run probabilities of 0 … `last` from the rates up from n and down from n. */
function birthAndDeath(last: number, up: (n: number) => number, down: (n: number) => number): number[] {
  const weights = [1];
  for (let n = 1; n <= last; n += 1) weights.push(((weights[n - 1] ?? 0) * up(n - 1)) / down(n));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function expectation(probabilities: readonly number[], of: (n: number) => number): number {
  return probabilities.reduce((sum, probability, n) => sum + probability * of(n), 0);
}

/** M/G/1: mean wait λ E[S²] / (2 (1 − ρ)) with E[S²] = mean² (1 + cv²) (F. Pollaczek 1930, A. Khinchine 1932). */
export function meanWaitMG1(arrivalRate: number, serviceMean: number, cv: number): number {
  const utilization = arrivalRate * serviceMean;
  return (arrivalRate * serviceMean * serviceMean * (1 + cv * cv)) / (2 * (1 - utilization));
}

/**
 * M/D/1: P(W ≤ t) = (1 − ρ) Σ_{k ≤ t/D} (λ(kD − t))^k / k! · e^(−λ(kD − t)) (A. K. Erlang 1909).
 * The terms alternate, so it is good for t up to about 20 service times.
 */
export function waitWithinMD1(arrivalRate: number, service: number, t: number): number {
  let sum = 0;
  for (let k = 0; k * service <= t; k += 1) {
    const x = arrivalRate * (k * service - t);
    let term = Math.exp(-x);
    for (let i = 1; i <= k; i += 1) term *= x / i;
    sum += term;
  }
  return (1 - arrivalRate * service) * sum;
}

/** The t at which an increasing function reaches a value. */
export function inverse(increasing: (t: number) => number, value: number): number {
  let low = 0;
  let high = 1;
  while (increasing(high) < value) high *= 2;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (increasing(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * GI/M/1: with σ the root in (0, 1) of σ = A*(μ (1 − σ)), A* the Laplace transform of the time between arrivals, the response time is
 * exponential with mean 1/(μ(1 − σ)) (D. G. Kendall 1953; Kleinrock, ch. 6).
 * @returns that mean
 */
function meanResponseGIM1(transform: (s: number) => number, serviceMean: number): number {
  let sigma = 0.5;
  for (let i = 0; i < 10_000; i += 1) sigma = transform((1 - sigma) / serviceMean);
  return serviceMean / (1 - sigma);
}

/** E_n/M/1: what each of n servers sees when Poisson arrivals of the given total rate are dealt out in turn. Response exponential. */
export function meanResponseInTurn(totalRate: number, serviceMean: number, servers: number): number {
  return meanResponseGIM1((s) => (totalRate / (totalRate + s)) ** servers, serviceMean);
}

/** D/M/1: evenly spaced arrivals. The response time is exponential with this mean. */
export function meanResponseDM1(arrivalRate: number, serviceMean: number): number {
  return meanResponseGIM1((s) => Math.exp(-s / arrivalRate), serviceMean);
}

/**
 * M/M/c where who has waited for `patience` leaves (M/M/c+D): share of arrivals that leave, and of those who wait. From the density of the
 * virtual waiting time (D. Y. Barrer 1957; F. Baccelli and G. Hébuterne 1981): with J = ∫ e^(λ min(x, patience) − cμx) dx and
 * ε = 1/B(c − 1, λ/μ), P(leave) = (1 + (λ − cμ) J)/(ε + λJ).
 */
export function impatient(
  arrivalRate: number,
  serviceMean: number,
  servers: number,
  patience: number,
): { readonly leaving: number; readonly waiting: number } {
  const capacity = servers / serviceMean;
  const drift = arrivalRate - capacity;
  const integral = (Math.exp(drift * patience) - 1) / drift + Math.exp(drift * patience) / capacity;
  const epsilon = 1 / erlangB(servers - 1, arrivalRate * serviceMean);
  return {
    leaving: (1 + drift * integral) / (epsilon + arrivalRate * integral),
    waiting: (arrivalRate * integral) / (epsilon + arrivalRate * integral),
  };
}

/** A station of a closed network, by the time a customer needs there per round, all visits together. */
export interface Station {
  readonly demand: number;
  /** First come first served with exponential service; Infinity: a delay, with any distribution. */
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

/**
 * Closed product-form network of a fixed number of customers, exactly, by convolution (J. P. Buzen 1973): the sums G(n) over all ways of
 * spreading n customers give throughput G(N − 1)/G(N). Gives what exact mean value analysis gives, without its trouble with several servers.
 */
export function closedNetwork(stations: readonly Station[], customers: number): ClosedNetwork {
  const weights = stations.map((station) => stationWeights(station, customers));
  const all = weights.reduce(convolve);
  const total = all[customers] ?? 0;
  const throughput = (all[customers - 1] ?? 0) / total;
  const queueLengths = weights.map((own, index) => {
    const others = weights.filter((_, other) => other !== index);
    const rest = others.length === 0 ? [1, ...own.slice(1).fill(0)] : others.reduce(convolve);
    return own.reduce((sum, weight, n) => sum + (n * weight * (rest[customers - n] ?? 0)) / total, 0);
  });
  return { throughput, queueLengths, residences: queueLengths.map((length) => length / throughput) };
}

/** demand^n / Π min(k, servers): the weight of n customers at the station. */
function stationWeights({ demand, servers }: Station, customers: number): number[] {
  const weights = [1];
  for (let n = 1; n <= customers; n += 1)
    weights.push(((weights[n - 1] ?? 0) * demand) / Math.min(n, servers));
  return weights;
}

function convolve(one: readonly number[], other: readonly number[]): number[] {
  return one.map((_, n) => {
    let sum = 0;
    for (let k = 0; k <= n; k += 1) sum += (one[k] ?? 0) * (other[n - k] ?? 0);
    return sum;
  });
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

/**
 * Mean response of two exponential servers where each Poisson arrival joins the shorter line, from the Markov chain of the two lengths, cut off
 * where the probability is nothing. (J. F. C. Kingman 1961 has it as a series; there is no short formula.)
 * @param utilization of each server @param longest line that is represented
 * @returns in units of the mean service time
 */
export function meanResponseShorterOfTwo(utilization: number, longest = 120): number {
  const arrivals = 2 * utilization;
  const width = longest + 1;
  let probability = new Float64Array(width * width);
  probability[0] = 1;
  // Uniformized chain at rate λ + 2, iterated until it stands still. States (i, j), i the shorter or equal line.
  const rate = arrivals + 2;
  for (let round = 0; round < 100_000; round += 1) {
    const next = new Float64Array(width * width);
    const add = (i: number, j: number, share: number): void => {
      const at = i <= j ? i * width + j : j * width + i;
      next[at] = (next[at] ?? 0) + share;
    };
    for (let i = 0; i <= longest; i += 1) {
      for (let j = i; j <= longest; j += 1) {
        const share = (probability[i * width + j] ?? 0) / rate;
        if (share < 1e-18) continue;
        if (i < longest) add(i + 1, j, arrivals * share);
        add(Math.max(0, i - 1), j, share);
        add(i, Math.max(0, j - 1), share);
        if (i === longest) add(i, j, arrivals * share);
      }
    }
    let change = 0;
    for (let at = 0; at < next.length; at += 1) change += Math.abs((next[at] ?? 0) - (probability[at] ?? 0));
    probability = next;
    if (change < 1e-11) break;
  }
  let number = 0;
  for (let i = 0; i <= longest; i += 1) {
    for (let j = i; j <= longest; j += 1) number += (i + j) * (probability[i * width + j] ?? 0);
  }
  return number / arrivals;
}
