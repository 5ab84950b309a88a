/*
 * What must hold, said in a few cheap words: a property of the engine asks millions of times, and a test runner's `expect` is made for
 * hundreds. Each throws an Error that says what was found.
 */

/** @param what is compared, in words */
export function same(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what} is ${found}, and should be ${expected}`);
}

export function sameList(what: string, found: readonly unknown[], expected: readonly unknown[]): void {
  same(`the number of ${what}`, found.length, expected.length);
  found.forEach((value, i) => {
    same(`${what}, number ${i},`, value, expected[i]);
  });
}

/** Also where one of the numbers is none. */
export function atMost(what: string, found = Number.NaN, limit = Number.NaN): void {
  if (!(found <= limit)) throw new Error(`${what} is ${found}, and should be at most ${limit}`);
}

export function atLeast(what: string, found = Number.NaN, limit = Number.NaN): void {
  if (!(found >= limit)) throw new Error(`${what} is ${found}, and should be at least ${limit}`);
}

/** The same but for rounding. */
export function close(what: string, found = Number.NaN, expected = Number.NaN, tolerance = 0): void {
  if (!(Math.abs(found - expected) <= tolerance))
    throw new Error(`${what} is ${found}, and should be ${expected} within ${tolerance}`);
}

export function holds(what: string, condition: boolean): void {
  if (!condition) throw new Error(`${what}: not so`);
}
