import { formatPercent, formatRate } from "../base/format";
import { formatSegment } from "../scenario/paths";
import type { Capacity } from "./capacity";
import type { ResultFigures } from "./result-types";
import type { Suggestion } from "./verdict-types";

/** Retries are worth a word from this share of all requests. */
const MANY_RETRIES = 0.05;

function retryShare({ retries, requests }: ResultFigures): number {
  return requests.sent > 0 ? retries / requests.sent : 0;
}

/** What was sent per second with retries, and what would have been without, where retries alone make it more than is served at most; else null. */
export function retryStorm(
  figures: ResultFigures,
  limits: Capacity,
): { readonly withThem: number; readonly without: number } | null {
  const { pooler } = figures.scenario;
  // A fleet that serves a part of the requests limits all of them, in that proportion.
  const ofFleets = limits.fleets
    .filter((own) => own.demandPerSecond > 0)
    .map(
      (own) =>
        (Math.min(own.threadsPerSecond, own.processorsPerSecond) * limits.demandInAllPerSecond) /
        own.demandPerSecond,
    );
  const most = Math.min(
    limits.databasePerSecond,
    limits.replicasPerSecond,
    pooler.enabled ? Math.min(limits.poolerPerSecond, limits.poolerPassesPerSecond) : Infinity,
    ...ofFleets,
  );
  const withThem = figures.requests.sent / (figures.replications * figures.measuredS);
  const without = withThem * (1 - retryShare(figures));
  return without < most && withThem > most && retryShare(figures) >= MANY_RETRIES
    ? { withThem, without }
    : null;
}

/** A sentence about retries to be added to another, where there are many; else nothing. */
export function retryNote(figures: ResultFigures, limits: Capacity): string {
  const share = retryShare(figures);
  if (share < MANY_RETRIES) return "";
  const storm = retryStorm(figures, limits);
  const what =
    storm === null
      ? ", which add to the load"
      : `: without them ${formatRate(storm.without)} would be sent, with them ${formatRate(storm.withThem)}`;
  return ` ${formatPercent(share)} of requests are retries${what}.`;
}

/** Clients that take a failure for an answer; null where none retries. */
export function noRetries({ scenario }: ResultFigures): Suggestion | null {
  const changes = scenario.workloads
    .filter(({ retries }) => retries.attempts > 0)
    .map(({ name }) => ({ path: `workloads.${formatSegment(name)}.retries.attempts`, value: 0 }));
  return changes.length === 0 ? null : { label: "Let clients not retry", changes };
}
