/* What the fields of an entry accept. */

/** Times and durations. */
export const SECONDS = { unit: "seconds", minimum: 0, maximum: 1e6, integer: false } as const;

/** How many dynos something happens to. */
export const DYNOS = { unit: "count", minimum: 1, maximum: 10_000, integer: true } as const;

/** How many times as slow. */
export const FACTOR = { unit: "ratio", minimum: 0.001, maximum: 1e6, integer: false } as const;
