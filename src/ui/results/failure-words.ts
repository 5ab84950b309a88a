import type { FailureKind, RequestCounts } from "../../analysis/result-types";

/** What each kind of failure is in plain words, as it follows "mostly". */
const WORDS: Readonly<Record<FailureKind, string>> = {
  timeout: "router timeouts",
  "edge-full": "refused at the edge",
  "queue-timeout": "timed out in the balancer",
  "backlog-full": "backlog full",
  "dyno-refused": "refused by dynos",
  "no-dyno": "no dyno up",
  "dyno-lost": "dynos lost",
  "checkout-timeout": "waits for the pool",
  "connection-refused": "connections refused",
  "pooler-full": "refused by the pooler",
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
