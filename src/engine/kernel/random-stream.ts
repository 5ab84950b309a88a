/**
 * Counter-based pseudo-random numbers: the n-th draw of a stream is a function of the stream's key and n, and of nothing else.
 * So what one request draws never depends on what other requests drew before (common random numbers), and a draw costs one
 * mixing of 32 bits. Only 32-bit integer operations are used, which every engine computes alike.
 *
 * A bijective mixing function of the multiply-xorshift family with the constants found by exhaustive search in C. Wellons' "hash prospector";
 * the second key word enters between the rounds, so that streams with equal first words still differ.
 */

const COUNTER_STEP = 0x9e3779b9; // 2^32 ÷ golden ratio, odd: successive counters are far apart
const PURPOSE_STEP = 0x632be5ab;

/** Mixes 32 bits: every input bit changes every output bit with probability near ½. */
export function mix(value: number): number {
  let x = value ^ (value >>> 16);
  x = Math.imul(x, 0x21f0aaad);
  x ^= x >>> 15;
  x = Math.imul(x, 0x735a2d97);
  return x ^ (x >>> 15);
}

/** Joins a key word with one more number into a new key word. */
export function joinKey(key: number, value: number): number {
  return mix(Math.imul(key ^ 0x5bd1e995, COUNTER_STEP) + mix(value + 0x2545f491));
}

/**
 * The purposes a request's draws are for: each a stream of its own. Durations of step s, repetition r follow `stepPurpose`, and processor parts of
 * queries `processorPurpose`; what is drawn anew for each retry follows `attemptPurpose`.
 */
export const PURPOSE = {
  routing: 1,
  think: 2,
  arrivals: 3,
  endpoint: 4,
  fleet: 5,
  backoff: 6,
  firstStep: 16,
} as const;

/** The purpose number of the r-th repetition of step s, both from 0. */
export function stepPurpose(step: number, repetition: number): number {
  return PURPOSE.firstStep + step + Math.imul(repetition, 0x10001);
}

/** The same for the part of a query that needs the database's processor. */
export function processorPurpose(step: number, repetition: number): number {
  return ~stepPurpose(step, repetition);
}

/** The purpose number of a purpose in the n-th retry (0: the first try). */
export function attemptPurpose(purpose: number, attempt: number): number {
  return purpose + Math.imul(attempt, 0x01000100);
}

/** A stream of draws (the second word of a key must be well mixed already): set its key with `rekey`, then draw. One instance is used over and over, so that drawing allocates nothing. */
export class RandomStream {
  /** [first key word, second key word, counter] */
  private readonly state = new Int32Array(3);

  /** Points the stream at the first draw of (key, purpose). */
  rekey(keyLow: number, keyHigh: number, purpose: number): void {
    this.state[0] = keyLow + Math.imul(purpose, PURPOSE_STEP);
    this.state[1] = keyHigh;
    this.state[2] = 0;
  }

  /** The next 32 random bits, as a signed integer. */
  nextBits(): number {
    const state = this.state;
    const counter = (state[2]! + COUNTER_STEP) | 0;
    state[2] = counter;
    let x = (state[0]! + counter) | 0;
    x ^= x >>> 16;
    x = Math.imul(x, 0x21f0aaad) ^ state[1]!;
    x ^= x >>> 15;
    x = Math.imul(x, 0x735a2d97);
    return x ^ (x >>> 15);
  }

  /** Uniform on (0, 1): never 0, never 1. */
  nextUniform(): number {
    return ((this.nextBits() >>> 0) + 0.5) * 2.3283064365386963e-10;
  }

  /** Uniform on 0 … count − 1. */
  nextBelow(count: number): number {
    return Math.floor((this.nextBits() >>> 0) * 2.3283064365386963e-10 * count);
  }
}
