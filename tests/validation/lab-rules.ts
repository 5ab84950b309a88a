import type { FailureKind } from "../../src/analysis/result-types";

/** How long the lab waited for answers after the last arrival of an open loop, in seconds. */
export const DRAIN_S = 30;

/** The lab's words for failures, in the engine's. A 503 of its balancer was always a wait in the balancer's own line that took too long. */
const FAILURE_WORDS: Readonly<Record<string, FailureKind>> = {
  db_refused: "connection-refused",
  checkout_timeout: "checkout-timeout",
  pgb_query_wait_timeout: "pooler-timeout",
  lb_504: "timeout",
  lb_503: "queue-timeout",
  conn_lost: "database-down",
  db_down: "database-down",
  db_starting: "database-down",
  pgb_server_login: "database-down",
  client_ECONNRESET: "dyno-lost",
};

/** @throws Error for a word that the lab's description does not have */
export function failureKind(word: string): FailureKind {
  const kind = FAILURE_WORDS[word];
  if (kind === undefined) throw new Error(`The lab has no failure called "${word}"`);
  return kind;
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
