import type { FailureKind } from "../../src/analysis/result-types";
import type { Scenario } from "../../src/scenario/types";
import type { Measured } from "./lab-types";

/** How long the lab waited for answers after the last arrival of an open loop, in seconds. */
export const DRAIN_S = 30;

/** The lab's words for failures, in the engine's; but its balancer's 503. */
const FAILURE_WORDS: Readonly<Record<string, FailureKind>> = {
  db_refused: "connection-refused",
  checkout_timeout: "checkout-timeout",
  pgb_query_wait_timeout: "pooler-timeout",
  lb_504: "timeout",
  conn_lost: "database-down",
  db_down: "database-down",
  db_starting: "database-down",
  pgb_server_login: "database-down",
  client_ECONNRESET: "dyno-lost",
};

/** Whether requests wait in the balancer's own line. */
export function hasOwnLine({ fleets }: Scenario): boolean {
  return fleets.some(({ maxOutstandingPerDyno }) => maxOutstandingPerDyno !== null);
}

/**
 * A 503 of the lab's balancer is a wait in its own line that took too long, or where it has no line, that no dyno was up.
 * @throws Error for a word that the lab's description does not have
 */
export function failureKind(word: string, scenario: Scenario): FailureKind {
  if (word === "lb_503") return hasOwnLine(scenario) ? "queue-timeout" : "no-dyno";
  const kind = FAILURE_WORDS[word];
  if (kind === undefined) throw new Error(`The lab has no failure called "${word}"`);
  return kind;
}

/** What failed of a trial's measured requests, by kind, as a share of them all. */
export function measuredFailures(
  { failed, requests }: Measured,
  scenario: Scenario,
): Readonly<Partial<Record<FailureKind, number>>> {
  const counts = new Map<FailureKind, number>();
  for (const [word, count] of Object.entries(failed)) {
    const kind = failureKind(word, scenario);
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return Object.fromEntries([...counts].map(([kind, count]) => [kind, count / requests]));
}

/** When a trial's requests count, in ms from its begin. */
export interface Window {
  /** "answered": by the time of the answer, as in closed loops; "sent": by the time of sending, as in open ones. */
  readonly by: "answered" | "sent";
  readonly fromMs: number;
  readonly toMs: number;
}

/** Whether a request counts among a trial's requests. */
export function counts({ by, fromMs, toMs }: Window, sentAtMs: number, answeredAtMs: number): boolean {
  const time = by === "sent" ? sentAtMs : answeredAtMs;
  return time >= fromMs && time < toMs;
}

/** The value that a share of the values lies below, by the nearest rank. @param sorted ascending @returns NaN of nothing */
export function percentileOf(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  return sorted[rank - 1] ?? Number.NaN;
}

/** @returns NaN of nothing */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum / values.length;
}
