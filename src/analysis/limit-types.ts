import type { LimitName, Suggestion } from "./verdict-types";

/** A part of the system that makes requests wait: what is said of it, and what helps. */
export interface Limit {
  readonly limit: LimitName;
  /** The sentence for requests that wait so long for it on average, ms. */
  readonly waiting: (ms: number) => string;
  /** How much it serves at most. */
  readonly arithmetic: string;
  readonly suggestion: Suggestion | null;
}
