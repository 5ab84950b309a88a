import fc from "fast-check";

/** A failing case is printed with the seed and the path that lead to it. */
const SEED = 20_210_206;
/** Thousands of runs, on a machine that does other things too: a test may take its time. */
export const TRIES_TIMEOUT_MS = 3_600_000;
/** So many cases are tried without giving the event loop a turn: the test runner must be heard from. */
const TURN_AFTER = 50;

/**
 * Holds a property of the engine against random scenarios: against a number of them that is quick, or against as many as HEADROOM_TRIES says
 * (`npm run tries`).
 * @param holds throws, or expects in vain, where the property does not hold
 * @param quick how many are enough where everything else is tested as well
 */
export async function expectAlways<Cases extends [unknown, ...unknown[]]>(
  cases: { [place in keyof Cases]: fc.Arbitrary<Cases[place]> },
  quick: number,
  holds: (...one: Cases) => void,
): Promise<void> {
  const { HEADROOM_TRIES, HEADROOM_SEED } = process.env;
  let tried = 0;
  const property = fc.asyncProperty(...cases, async (...one: Cases) => {
    tried += 1;
    if (tried % TURN_AFTER === 0) await new Promise((resolve) => setImmediate(resolve));
    holds(...one);
  });
  await fc.assert(property, {
    seed: HEADROOM_SEED === undefined ? SEED : Number(HEADROOM_SEED),
    numRuns: HEADROOM_TRIES === undefined ? quick : Number(HEADROOM_TRIES),
  });
}
