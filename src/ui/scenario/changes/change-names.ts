import type { FieldId } from "../field-places";
import type { FieldDefinition } from "../field-types";

/**
 * What a field is called where its group's title does not stand above it: the label where it says enough by itself, else
 * this. `*` is the place of " of web".
 */
const NAMES: Partial<Record<FieldId, string>> = {
  "burst-every": "A burst* every",
  balancer: "Balancer*",
  "start-spread": "Start* spread over",
  "burst-spread": "A burst* is spread over",
  "give-up": "Clients* give up after",
  "max-outstanding": "Sent to a dyno* at once",
  hold: "A request* holds its connection",
  "reap-every": "Reaper* runs every",
  "pooler-connections": "Server connections of the pooler",
  "pooler-mode": "Pooler mode",
  "pooler-wait": "Wait timeout of the pooler",
  "pooler-clients": "Client connections of the pooler",
  "pooler-overhead": "Pooler overhead per query",
  "pooler-capacity": "Pooler capacity",
  "pooler-login-retry": "Pooler login retry",
  "retry-backoff": "First wait before a retry*",
  "retry-jitter": "Jitter of retries*",
  "connect-delay": "Wait between connect attempts*",
  "preboot-overlap": "Preboot takes over after*",
  "max-lifetime": "Maximum age of a connection*",
  verify: "Connections tested before use*",
  "endpoint-fleet": "Fleet*",
  reads: "Reads* go to",
  recovery: "Database recovery after a crash",
  "failover-detect": "Failover detected after",
  "failover-promote": "Replica promoted after",
  "old-sessions": "Open sessions at a failover",
  duration: "Length of the run",
  "objective-p95": "Objective: p95 latency at most",
  "objective-p99": "Objective: p99 latency at most",
  "objective-queue": "Objective: p95 queue time at most",
  "objective-failures": "Objective: failure rate at most",
};

/** A field's name in a line of its own, and whose it is: "Pool size of web". */
export function changeName({ id, label }: FieldDefinition, of: string): string {
  return (NAMES[id] ?? `${label}*`).replace("*", () => of);
}

const UNIT = /(?<=[a-z])(?:Ms|S|Mb|Usd)$/;

/** A place that no control shows, by its names in the document: "Safe of page". */
export function nameWithoutField(segments: readonly string[], of: string): string {
  const words = segments
    .map((segment) =>
      segment
        .replace(UNIT, "")
        .replaceAll(/(?<=[a-z])[A-Z]/g, " $&")
        .toLowerCase(),
    )
    .join(" ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${of}`;
}
