import type { FailureKind, RequestCounts } from "../../analysis/result-types";

/** What each kind of failure is in plain words, short enough for the narrowest figure. */
const WORDS: Readonly<Record<FailureKind, string>> = {
  timeout: "router timeouts",
  "edge-full": "edge full",
  "queue-timeout": "balancer timeouts",
  "backlog-full": "backlog full",
  "dyno-refused": "dynos refused",
  "no-dyno": "no dyno up",
  "dyno-lost": "dynos lost",
  "checkout-timeout": "pool timeouts",
  "connection-refused": "database refused",
  "pooler-full": "pooler full",
  "pooler-timeout": "pooler timeouts",
  "database-down": "database down",
  "gave-up": "clients gave up",
};

/** The commonest kind of failure in words; null where nothing failed. */
export function commonestFailure({ failedByKind }: RequestCounts): string | null {
  let commonest: FailureKind | null = null;
  let most = 0;
  for (const kind of Object.keys(WORDS) as FailureKind[]) {
    const count = failedByKind[kind] ?? 0;
    if (count > most) {
      most = count;
      commonest = kind;
    }
  }
  return commonest === null ? null : WORDS[commonest];
}
