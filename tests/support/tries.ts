import fc from "fast-check";

/** A failing case is printed with the seed and the path that lead to it. */
const SEED = 20_210_206;
/** Thousands of runs, on a machine that does other things too: a test may take its time. */
export const TRIES_TIMEOUT_MS = 3_600_000;
/** So many cases are tried without giving the event loop a turn: the test runner must be heard from. */
const CHUNK = 50;

/**
 * Holds a property of the engine against random scenarios: against a number of them that is quick, or against as many as HEADROOM_TRIES says
 * (`npm run tries`).
 * @param quick how many are enough where everything else is tested as well
 */
export async function expectAlways<Case>(
  property: fc.IPropertyWithHooks<Case>,
  quick: number,
): Promise<void> {
  const { HEADROOM_TRIES, HEADROOM_SEED } = process.env;
  const tries = HEADROOM_TRIES === undefined ? quick : Number(HEADROOM_TRIES);
  const seed = HEADROOM_SEED === undefined ? SEED : Number(HEADROOM_SEED);
  for (let tried = 0; tried < tries; tried += CHUNK) {
    fc.assert(property, { seed: seed + tried, numRuns: Math.min(CHUNK, tries - tried) });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
