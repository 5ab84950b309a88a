/*
 * Pieces of a verdict's sentences and arithmetic: exact numbers, with separators, and nouns that agree with them.
 */

/** An exact number: "10,000", "0.5"; what is too small to be told from nothing in three digits is "less than 0.001". */
export function exact(value: number): string {
  if (value > 0 && value < 0.0005) return "less than 0.001";
  return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
}

/** A number with its noun: "1 dyno", "10,000 dynos". */
export function counted(count: number, noun: string, many = `${noun}s`): string {
  return `${exact(count)} ${count === 1 ? noun : many}`;
}

/** What a second brings at most: "at most 180 requests a second"; "any number of requests a second" where nothing limits it. */
export function atMost(perSecond: number): string {
  if (perSecond === Infinity) return "any number of requests a second";
  // A hair is added, so that 0.3 ÷ 0.03 is not 9.
  const rate =
    perSecond < 10 ? exact(Math.floor(perSecond * 100 + 1e-9) / 100) : exact(Math.floor(perSecond + 1e-9));
  return `at most ${rate} requests a second`;
}
