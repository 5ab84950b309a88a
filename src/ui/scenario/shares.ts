import type { Mix } from "../../scenario/types";

/** Shares are kept to a hundredth of a percent, so that they read well in links. */
const PRECISION = 1e4;

function rounded(share: number): number {
  return Math.round(share * PRECISION) / PRECISION;
}

/**
 * Shares with one of them changed: the others keep their proportions, and share what is left evenly where they had
 * nothing. All together are 1; who has nothing is left out.
 */
export function withShare(shares: Mix, names: readonly string[], name: string, value: number): Mix {
  const others = names.filter((other) => other !== name);
  const total = others.reduce((sum, other) => sum + (shares[other] ?? 0), 0);
  const left = 1 - rounded(value);
  const partOf = (other: string) => (total > 0 ? (shares[other] ?? 0) / total : 1 / others.length);
  const entries = others.map((other) => [other, rounded(left * partOf(other))] as const);
  // What rounding left over goes to the largest.
  const largest = entries.toSorted(([, one], [, other]) => other - one)[0];
  const rest = left - entries.reduce((sum, [, share]) => sum + share, 0);
  const changed = new Map<string, number>([...entries, [name, rounded(value)]]);
  if (largest !== undefined) changed.set(largest[0], rounded(largest[1] + rest));
  return Object.fromEntries(
    names.map((key) => [key, changed.get(key) ?? 0]).filter(([, share]) => share !== 0),
  );
}

/** What a journey sends, as shares: each endpoint as often as it comes. */
export function sharesOf(journey: readonly string[]): Mix {
  const counts = new Map<string, number>();
  for (const name of journey) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts.keys()];
  const [first = ""] = names;
  const exact = Object.fromEntries(names.map((name) => [name, (counts.get(name) ?? 0) / journey.length]));
  return withShare(exact, names, first, exact[first] ?? 1);
}
