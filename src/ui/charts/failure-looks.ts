import type { FailureKind } from "../../analysis/result-types";

interface FailureLook {
  readonly label: string;
  readonly color: string;
  readonly dash?: string;
}

/** How each kind of failure looks and is called in every chart. Kinds that often come together differ most. */
export const FAILURE_LOOKS: Readonly<Record<FailureKind, FailureLook>> = {
  "connection-refused": { label: "connection refused", color: "var(--failure-1)" },
  timeout: { label: "router timeout", color: "var(--failure-2)", dash: "6 3" },
  "checkout-timeout": { label: "pool checkout timeout", color: "var(--failure-3)", dash: "2 3" },
  "pooler-timeout": { label: "pooler timeout", color: "var(--failure-4)", dash: "8 3 2 3" },
  "backlog-full": { label: "backlog full", color: "var(--failure-5)", dash: "4 2" },
  "edge-full": { label: "edge full", color: "var(--failure-6)", dash: "10 3" },
  "queue-timeout": { label: "balancer timeout", color: "var(--failure-5)" },
  "dyno-refused": { label: "refused by dynos", color: "var(--failure-6)", dash: "2 2" },
  "no-dyno": { label: "no dyno up", color: "var(--failure-4)" },
  "dyno-lost": { label: "dyno lost", color: "var(--failure-3)" },
  "pooler-full": { label: "pooler full", color: "var(--failure-2)" },
  "database-down": { label: "database down", color: "var(--failure-6)" },
  "gave-up": { label: "client gave up", color: "var(--failure-1)", dash: "1 3" },
};
