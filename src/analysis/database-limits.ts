import { formatMs, formatPercent } from "../base/format";
import { resolveDatabasePlan } from "../scenario/catalogue";
import { formatSegment } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import type { Capacity } from "./capacity";
import { contentionFactor } from "./contention";
import type { Limit } from "./limit-types";
import { activeQueries } from "./loads";
import type { ResultFigures } from "./result-types";
import { moreDatabaseProcessors, moreReplicas } from "./suggestions-database";
import { fewerAtOnce } from "./suggestions-pooler";
import type { Suggestion } from "./verdict-types";
import { atMost, counted, exact } from "./words";

/** Repetitions of a query in one request from which they are worth a word. */
const MANY_QUERIES = 5;

/** The primary's processors. */
export function databaseProcessors(figures: ResultFigures, limits: Capacity): Limit {
  const { scenario, utilization } = figures;
  const { vcpus } = resolveDatabasePlan(scenario.database.plan);
  const repeated = repeatedQuery(scenario);
  return {
    limit: "database processors",
    waiting: (ms) =>
      `Queries take ${formatMs(ms)} longer than on an idle database: ${formatPercent(utilization.databaseCpu)} of its processors are busy.`,
    arithmetic: `${counted(vcpus, "database processor")} ÷ ${formatMs(limits.all.primaryCpuMs)} of computing = ${atMost(limits.databasePerSecond)}.${repeated === null ? "" : ` ${repeated.sentence}`}`,
    suggestion: moreDatabaseProcessors(scenario, limits) ?? repeated?.suggestion ?? null,
  };
}

/** The query that a request repeats most, where it does so often (N+1). */
function repeatedQuery({ endpoints }: Scenario): { sentence: string; suggestion: Suggestion } | null {
  const repeated = endpoints
    .flatMap(({ name, steps }) =>
      steps.flatMap((step, index) => (step.kind === "query" ? { name, index, count: step.count } : [])),
    )
    .reduce((most, query) => (query.count > most.count ? query : most), { name: "", index: 0, count: 0 });
  if (repeated.count < MANY_QUERIES) return null;
  const { name, index, count } = repeated;
  return {
    sentence: `${name} runs one query ${exact(count)} times (N+1).`,
    suggestion: {
      label: `Ask once in ${name} for what it asks ${exact(count)} times`,
      changes: [{ path: `endpoints.${formatSegment(name)}.steps.${index}.count`, value: 1 }],
    },
  };
}

/** How much slower the queries that run at once make each other. */
export function contentionNow(figures: ResultFigures): number {
  return contentionFactor(activeQueries(figures), figures.scenario.database.contention);
}

/** Too many queries at once. */
export function contention(figures: ResultFigures, limits: Capacity): Limit {
  const { scenario } = figures;
  const active = Math.max(1, Math.round(activeQueries(figures)));
  const { alpha, beta } = scenario.database.contention;
  const terms = [
    alpha > 0 ? ` + ${exact(alpha)} × ${exact(active - 1)}` : "",
    beta > 0 ? ` + ${String(beta)} × ${exact(active)} × ${exact(active - 1)}` : "",
  ].join("");
  return {
    limit: "contention",
    waiting: (ms) =>
      `Queries take ${formatMs(ms)} longer than on an idle database: with ${exact(active)} at once they slow each other down.`,
    arithmetic: `With ${counted(active, "query", "queries")} at once a processor takes 1${terms} = ${exact(Math.round(100 * contentionFactor(active, scenario.database.contention)) / 100)} times as long.`,
    suggestion: fewerAtOnce(scenario, limits, active),
  };
}

/** The replicas' processors. */
export function replicaProcessors(figures: ResultFigures, limits: Capacity): Limit {
  const { scenario, utilization } = figures;
  const { replicas, plan } = scenario.database;
  const { vcpus } = resolveDatabasePlan(replicas.plan ?? plan);
  const { replicaCpuMs, writeCpuMs } = limits.all;
  const each = replicaCpuMs / Math.max(1, replicas.count);
  const writes = writeCpuMs > 0 ? ` + ${formatMs(writeCpuMs)} for writes, which every replica repeats` : "";
  return {
    limit: "replicas",
    waiting: (ms) =>
      `Queries take ${formatMs(ms)} longer than on an idle database: ${formatPercent(utilization.replicaCpu)} of the replicas' processors are busy.`,
    arithmetic: `A request costs each of ${counted(replicas.count, "replica")} ${formatMs(each)} for reads${writes}: ${counted(vcpus, "processor")} ÷ ${formatMs(each + writeCpuMs)} = ${atMost(limits.replicasPerSecond)}.`,
    suggestion: moreReplicas(scenario, limits),
  };
}

/** One replica has the connections, and the others are idle. */
export function unevenReplicas(figures: ResultFigures): Limit {
  const { count, dnsTtlS } = figures.scenario.database.replicas;
  return {
    limit: "replicas",
    waiting: (ms) =>
      `Queries take ${formatMs(ms)} longer than on an idle database although only ${formatPercent(figures.utilization.replicaCpu)} of the replicas' processors are busy: one replica has most of the connections.`,
    arithmetic: `A connection stays with the replica that the name meant when it was opened; one answer holds for ${exact(dnsTtlS)} s, and the dynos open their connections together: ${counted(count, "replica")}, unevenly used.`,
    suggestion: {
      label: "Send each query to the replica with the fewest active",
      changes: [{ path: "database.replicas.routing", value: "per-query" }],
    },
  };
}
