import { parsePath } from "../../scenario/paths";
import type { ListName } from "./shown";

/** The groups of the controls column, in order. The first six are open at the start. */
export const GROUPS = [
  { id: "traffic", title: "Traffic", isAdvanced: false },
  { id: "dynos", title: "Dynos and threads", isAdvanced: false },
  { id: "pool", title: "Connection pool", isAdvanced: false },
  { id: "pooler", title: "Pooler", isAdvanced: false },
  { id: "database", title: "Database", isAdvanced: false },
  { id: "balancer", title: "Balancer", isAdvanced: false },
  { id: "request", title: "Request steps", isAdvanced: true },
  { id: "clients", title: "Client behaviour", isAdvanced: true },
  { id: "retries", title: "Retries", isAdvanced: true },
  { id: "edge", title: "Timeouts and queues", isAdvanced: true },
  { id: "autoscaler", title: "Autoscaler", isAdvanced: true },
  { id: "boot", title: "Boot and deploys", isAdvanced: true },
  { id: "connect", title: "Refused connects and checks", isAdvanced: true },
  { id: "memory", title: "Processor and memory", isAdvanced: true },
  { id: "pool-details", title: "Pool details", isAdvanced: true },
  { id: "pooler-details", title: "Pooler details", isAdvanced: true },
  { id: "database-details", title: "Database details", isAdvanced: true },
  { id: "replicas", title: "Replicas", isAdvanced: true },
  { id: "failover", title: "Failover", isAdvanced: true },
  { id: "run", title: "Run", isAdvanced: true },
  { id: "objective", title: "Objective", isAdvanced: true },
] as const;

export type GroupId = (typeof GROUPS)[number]["id"];

/**
 * Every control of the page: its group, and where its value stands in the document. `*` is the workload, endpoint or
 * fleet that is shown. A new control begins with a line here and a row of the same id in one of the tables of fields.
 * What changes no result (which requests may be sent twice) is in the document alone.
 */
const PLACES = {
  "workload-kind": ["traffic", "workloads.*.kind"],
  clients: ["traffic", "workloads.*.clients"],
  rate: ["traffic", "workloads.*.requestsPerSecond"],
  "burst-clients": ["traffic", "workloads.*.clients"],
  "burst-every": ["traffic", "workloads.*.everyMs"],
  profile: ["traffic", "workloads.*.profile"],
  replay: ["traffic", "workloads.*.requests"],
  dynos: ["dynos", "fleets.*.dynos"],
  threads: ["dynos", "fleets.*.threads"],
  processes: ["dynos", "fleets.*.processes"],
  "dyno-type": ["dynos", "fleets.*.dynoType"],
  "pool-size": ["pool", "fleets.*.pool.size"],
  "pooler-enabled": ["pooler", "pooler.enabled"],
  "pooler-connections": ["pooler", "pooler.connections"],
  plan: ["database", "database.plan"],
  balancer: ["balancer", "fleets.*.balancer"],

  steps: ["request", "endpoints.*.steps"],
  "endpoint-fleet": ["request", "endpoints.*.fleet"],
  sends: ["clients", "workloads.*.mix"],
  "think-time": ["clients", "workloads.*.thinkMs"],
  "after-failure": ["clients", "workloads.*.afterFailureMs"],
  "start-spread": ["clients", "workloads.*.startSpreadMs"],
  "burst-spread": ["clients", "workloads.*.spreadMs"],
  arrivals: ["clients", "workloads.*.arrivals"],
  trace: ["clients", "workloads.*.trace"],
  "give-up": ["clients", "workloads.*.giveUpAfterMs"],
  "retry-attempts": ["retries", "workloads.*.retries.attempts"],
  "retry-backoff": ["retries", "workloads.*.retries.backoffMs"],
  "retry-factor": ["retries", "workloads.*.retries.backoffFactor"],
  "retry-jitter": ["retries", "workloads.*.retries.jitter"],
  "edge-timeout": ["edge", "edge.timeoutMs"],
  "edge-connections": ["edge", "edge.maxConnections"],
  backlog: ["edge", "fleets.*.backlog"],
  "skips-abandoned": ["edge", "fleets.*.skipsAbandoned"],
  "max-outstanding": ["edge", "fleets.*.maxOutstandingPerDyno"],
  "queue-timeout": ["edge", "edge.queueTimeoutMs"],
  "fleet-autoscaler": ["autoscaler", "fleets.*.autoscaler"],
  "boot-time": ["boot", "fleets.*.boot.bootS"],
  preboot: ["boot", "fleets.*.boot.preboot"],
  "preboot-overlap": ["boot", "fleets.*.boot.prebootOverlapS"],
  "connect-attempts": ["connect", "fleets.*.connect.attempts"],
  redispatch: ["connect", "fleets.*.connect.redispatch"],
  "connect-delay": ["connect", "fleets.*.connect.retryDelayMs"],
  quarantine: ["connect", "fleets.*.connect.quarantineS"],
  "health-check": ["connect", "fleets.*.healthCheck"],
  runtime: ["memory", "fleets.*.runtime"],
  "memory-process": ["memory", "fleets.*.memory.perProcessMb"],
  "memory-thread": ["memory", "fleets.*.memory.perThreadMb"],
  hold: ["pool-details", "fleets.*.pool.hold"],
  "checkout-timeout": ["pool-details", "fleets.*.pool.checkoutTimeoutMs"],
  "connect-time": ["pool-details", "fleets.*.pool.connectMs"],
  "idle-timeout": ["pool-details", "fleets.*.pool.idleTimeoutS"],
  "reap-every": ["pool-details", "fleets.*.pool.reapEveryS"],
  "max-lifetime": ["pool-details", "fleets.*.pool.maxLifetimeS"],
  verify: ["pool-details", "fleets.*.pool.verify"],
  "pooler-mode": ["pooler-details", "pooler.mode"],
  "pooler-wait": ["pooler-details", "pooler.waitTimeoutMs"],
  "pooler-clients": ["pooler-details", "pooler.maxClients"],
  "pooler-overhead": ["pooler-details", "pooler.overheadMs"],
  "pooler-capacity": ["pooler-details", "pooler.capacityPerSecond"],
  "pooler-login-retry": ["pooler-details", "pooler.loginRetryS"],
  "reserved-connections": ["database-details", "database.reservedConnections"],
  "contention-alpha": ["database-details", "database.contention.alpha"],
  "contention-beta": ["database-details", "database.contention.beta"],
  "memory-connection": ["database-details", "database.memoryPerConnectionMb"],
  "crash-on-memory": ["database-details", "database.crashOnMemory"],
  recovery: ["database-details", "database.recoveryS"],
  "replica-count": ["replicas", "database.replicas.count"],
  reads: ["replicas", "fleets.*.reads"],
  "replica-routing": ["replicas", "database.replicas.routing"],
  "replica-dns-ttl": ["replicas", "database.replicas.dnsTtlS"],
  "replica-lag": ["replicas", "database.replicas.lagMs"],
  "replica-plan": ["replicas", "database.replicas.plan"],
  "replica-autoscaler": ["replicas", "database.replicas.autoscaler"],
  "failover-detect": ["failover", "database.failover.detectS"],
  "failover-promote": ["failover", "database.failover.promoteS"],
  "old-sessions": ["failover", "database.failover.oldSessions"],
  "tcp-timeout": ["failover", "database.failover.tcpTimeoutS"],
  duration: ["run", "run.durationS"],
  warmup: ["run", "run.warmupS"],
  replications: ["run", "run.replications"],
  seed: ["run", "run.seed"],
  "objective-p95": ["objective", "slo.p95Ms"],
  "objective-p99": ["objective", "slo.p99Ms"],
  "objective-queue": ["objective", "slo.queueP95Ms"],
  "objective-failures": ["objective", "slo.failureRate"],
} as const satisfies Readonly<Record<string, readonly [GroupId, string]>>;

export type FieldId = keyof typeof PLACES;

interface FieldPlace {
  readonly id: FieldId;
  readonly group: GroupId;
  /** With `*` for the item that is shown. */
  readonly path: string;
}

const PLACE_LIST: readonly FieldPlace[] = Object.entries(PLACES).map(([id, [group, path]]) => ({
  id: id as FieldId,
  group,
  path,
}));

/** A control's group and path. */
export function placeOf(id: FieldId): { readonly group: GroupId; readonly path: string } {
  const [group, path] = PLACES[id];
  return { group, path };
}

/** The ids of a group's controls, in order. */
export function placesIn(group: GroupId): readonly FieldPlace[] {
  return PLACE_LIST.filter((place) => place.group === group);
}

/** The list whose shown item a path is about; null for a path outside the lists. */
export function listOf(path: string): ListName | null {
  const [list, item] = path.split(".", 2);
  return item === "*" ? (list as ListName) : null;
}

const LISTS = /^(?:workloads|endpoints|fleets)$/;

/** Where a path of the document leads on this page. */
interface FoundPlace {
  /** Several where kinds of traffic share a field. */
  readonly ids: readonly FieldId[];
  /** The item's name or index as the path has it; null outside the lists. */
  readonly item: string | null;
}

/** The controls that show the value at a path such as `fleets.web.dynos`, or the value around it. */
export function placesForPath(path: string): FoundPlace {
  const segments = parsePath(path) ?? [];
  const [list = "", item = null] = segments;
  const isItem = item !== null && LISTS.test(list);
  // A workload that was changed as a whole became traffic of another kind, or got another recording.
  const inItem = list === "workloads" && segments.length === 2 ? ["kind"] : segments.slice(2);
  const general = isItem ? [list, "*", ...inItem].join(".") : path;
  const ids = PLACE_LIST.filter((place) => general === place.path || general.startsWith(`${place.path}.`));
  return { ids: ids.map(({ id }) => id), item: isItem ? item : null };
}
