/**
 * What holds requests up, by the part that is full first. `gvl`: one thread of a process computes at a time; `routing`: threads are idle, but not where the
 * request was sent; `balancer`: it sends a dyno fewer requests than it has threads; `contention`: queries that slow each other down; `retries`: without them nothing would
 * be full; `bursts`: all come at the same moment.
 */
export type LimitName =
  | "threads"
  | "gvl"
  | "dyno processors"
  | "memory"
  | "routing"
  | "balancer"
  | "bursts"
  | "pool"
  | "pooler"
  | "connection slots"
  | "database processors"
  | "contention"
  | "replicas"
  | "edge slots"
  | "retries";

/** What the page says first about a run: is it all right, why not, and what to try. */
export interface Verdict {
  /** `good`: the objective is met with room; `tight`: met, but a limit is near; `bad`: missed; `open`: the run has not come so far yet. */
  readonly tone: "good" | "tight" | "bad" | "open";
  /** One sentence: what limits, in plain words. */
  readonly sentence: string;
  /** The arithmetic behind it, e.g. "25 × 10 threads hold up to 250 connections; standard-0 refuses above 240." */
  readonly arithmetic: string;
  /** Where a slow request spends its time, as a sentence; "" where that says nothing. */
  readonly slowest: string;
  /** What is full first, or nearest to being full; null where nothing is: the work itself, something that happens, or no run to judge. */
  readonly limit: LimitName | null;
  /** The next move, null where there is nothing to change. */
  readonly suggestion: Suggestion | null;
}

export interface Suggestion {
  /** What to try, as an imperative: "Turn the pooler on". */
  readonly label: string;
  /** Changes to the scenario, by path as in a link. */
  readonly changes: readonly { readonly path: string; readonly value: unknown }[];
}

/** What an analysis found to be the matter. */
export interface Finding {
  readonly sentence: string;
  readonly arithmetic: string;
  readonly limit: LimitName | null;
  readonly suggestion: Suggestion | null;
}
