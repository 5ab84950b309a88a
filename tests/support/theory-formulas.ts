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

/** What M/M/c gives where customers leave the line. */
export interface Impatience {
  /** Share of arrivals that leave. */
  readonly leaving: number;
  /** Share of arrivals that do not find a free server. */
  readonly waiting: number;
}

/**
 * M/M/c where who has waited for `patience` leaves (M/M/c+D). From the density of the virtual waiting time (D. Y. Barrer 1957; F. Baccelli and
 * G. Hébuterne 1981): with J = ∫ e^(λ min(x, patience) − cμx) dx and ε = 1/B(c − 1, λ/μ), P(leave) = (1 + (λ − cμ) J)/(ε + λJ).
 */
export function impatient(
  arrivalRate: number,
  serviceMean: number,
  servers: number,
  patience: number,
): Impatience & {
  /** Of those who are served. */ readonly meanWait: number;
} {
  const capacity = servers / serviceMean;
  const drift = arrivalRate - capacity;
  const integral = (Math.exp(drift * patience) - 1) / drift + Math.exp(drift * patience) / capacity;
  const found = impatience(arrivalRate, serviceMean, servers, integral);
  // Who finds all servers busy and waits x < patience: density λ e^((λ − cμ) x) / (ε + λJ).
  const moment = (Math.exp(drift * patience) * (drift * patience - 1) + 1) / (drift * drift);
  return { ...found, meanWait: ((found.waiting / integral) * moment) / (1 - found.leaving) };
}

/**
 * Erlang A, M/M/c+M: patience is exponential (C. Palm 1946; as M/M/c+G after Baccelli and Hébuterne, and S. Zeltyn and A. Mandelbaum 2005), with
 * J = ∫ e^((λ/θ)(1 − e^(−θx)) − cμx) dx by Simpson's rule.
 * @param leavingRate θ, 1 ÷ mean patience
 */
export function erlangA(
  arrivalRate: number,
  serviceMean: number,
  servers: number,
  leavingRate: number,
): Impatience {
  const capacity = servers / serviceMean;
  const density = (x: number): number =>
    Math.exp((arrivalRate / leavingRate) * (1 - Math.exp(-leavingRate * x)) - capacity * x);
  const steps = 200_000;
  const width = 60 / leavingRate / steps;
  let integral = density(0) + density(steps * width);
  for (let i = 1; i < steps; i += 1) integral += (i % 2 === 1 ? 4 : 2) * density(i * width);
  return impatience(arrivalRate, serviceMean, servers, (integral * width) / 3);
}

/** M/M/c+G from J, the integral over the virtual waiting time of its density relative to that at 0. */
function impatience(arrivalRate: number, serviceMean: number, servers: number, integral: number): Impatience {
  const drift = arrivalRate - servers / serviceMean;
  const epsilon = 1 / erlangB(servers - 1, arrivalRate * serviceMean);
  return {
    leaving: (1 + drift * integral) / (epsilon + arrivalRate * integral),
    waiting: (arrivalRate * integral) / (epsilon + arrivalRate * integral),
  };
}

/**
 * M/M/c: P(response > t) = e^(−μt) (1 + C (1 − e^(−μt (c − 1 − a))) / (c − 1 − a)), a the offered load (D. Gross and C. Harris, Fundamentals of Queueing
 * Theory, 1974, ch. 2); for a = c − 1 its limit, e^(−μt) (1 + C μt).
 */
export function responseBeyondMMc(
  arrivalRate: number,
  serviceMean: number,
  servers: number,
  t: number,
): number {
  const load = arrivalRate * serviceMean;
  const spare = servers - 1 - load;
  const x = t / serviceMean;
  const longer = Math.abs(spare) < 1e-9 ? x : (1 - Math.exp(-x * spare)) / spare;
  return Math.exp(-x) * (1 + erlangC(servers, load) * longer);
}

/** What a processor shared by all that are there gives in the long run. */
export interface Sharing {
  readonly meanNumber: number;
  readonly meanResponse: number;
}

/**
 * Poisson arrivals to servers shared equally by all requests in service, of which there are at most `places`; n in service are served at `speed(n)` times the rate of one
 * alone. Without a limit of places it holds for any distribution of the service time (J. W. Cohen 1979, generalized processor sharing); with one, for
 * exponential ones. M/G/k-PS is speed(n) = min(n, k), and has the means of M/M/k.
 */
export function sharing(
  arrivalRate: number,
  serviceMean: number,
  speed: (n: number) => number,
  places = Number.POSITIVE_INFINITY,
): Sharing & { /** For a place. */ readonly meanWait: number } {
  const probabilities = birthAndDeath(
    2000,
    () => arrivalRate,
    (n) => speed(Math.min(n, places)) / serviceMean,
  );
  const meanNumber = expectation(probabilities, (n) => n);
  return {
    meanNumber,
    meanResponse: meanNumber / arrivalRate,
    meanWait: expectation(probabilities, (n) => Math.max(0, n - places)) / arrivalRate,
  };
}

/** M/M/1-PS: squared coefficient of variation of the response, (2 + ρ)/(2 − ρ) (E. Coffman, R. Muntz and H. Trotter 1970). First come first served it would be 1. */
export function squaredVariationSharing(utilization: number): number {
  return (2 + utilization) / (2 - utilization);
}

/**
 * Servers without number where each arrival joins the shortest of d lines drawn at random: mean response Σ_i ρ^((d^i − d)/(d − 1)) service times
 * (N. Vvedenskaya, R. Dobrushin and F. Karpelevich 1996; M. Mitzenmacher 1996).
 */
export function meanResponseChoices(utilization: number, choices: number): number {
  let sum = 0;
  for (let i = 1; i <= 60; i += 1) {
    const exponent = (choices ** i - choices) / (choices - 1);
    if (exponent > 1e6) break;
    sum += utilization ** exponent;
  }
  return sum;
}

/** Engset's loss formula, for any distributions: share of what N clients send that finds all c servers busy (T. O. Engset 1918). */
export function engset(clients: number, think: number, service: number, servers: number): number {
  const weights = [1];
  for (let n = 1; n <= servers; n += 1)
    weights.push((((weights[n - 1] ?? 0) * (clients - n)) / n) * (service / think));
  return (weights[servers] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0);
}
