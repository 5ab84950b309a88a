import { type Capacity, capacity } from "../../analysis/capacity";
import { resolveDatabasePlan, resolveDynoType } from "../../scenario/catalogue";
import { meanMs } from "../../scenario/duration-mean";
import { dynoMemoryMb } from "../../scenario/dyno-memory";
import type { Scenario, Step } from "../../scenario/types";
import { memoryText, priceText } from "./catalogue-options";
import type { FieldId } from "./fields";

/** What a setting means together with the others, in one line; null where it implies nothing. */
type Implication = (scenario: Scenario, capacity: Capacity) => string | null;

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString("en-US", { maximumSignificantDigits: 3 })} s`;
}

/** "10", or "2 × 10" where a dyno has several processes. */
function perDyno(each: number, { fleet }: Capacity): string {
  return fleet.processes === 1 ? count(each) : `${count(fleet.processes)} × ${count(each)}`;
}

function timeOf(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + (step.kind === "query" ? step.count : 1) * meanMs(step.ms), 0);
}

/** How long a request keeps its connection: held to its end, all that follows the first query counts. */
function heldMs(steps: readonly Step[], { fleet, queryMs }: Capacity): number {
  if (fleet.pool.hold === "query") return queryMs;
  const first = steps.findIndex((step) => step.kind === "query");
  return first === -1 ? 0 : timeOf(steps.slice(first));
}

const clients: Implication = ({ workloads }, { threads }) => {
  const [workload] = workloads;
  return workload?.kind === "closed"
    ? `${count(workload.clients)} clients for ${count(threads)} threads`
    : null;
};

const rate: Implication = ({ workloads }, { workMs }) => {
  const [workload] = workloads;
  if (workload?.kind !== "open") return null;
  const { requestsPerSecond } = workload;
  const underWay = (requestsPerSecond * workMs) / 1000;
  return `${count(requestsPerSecond)}/s × ${seconds(workMs)} = ${count(underWay)} requests under way`;
};

const dynos: Implication = (_scenario, { fleet }) => {
  const { monthlyUsd } = resolveDynoType(fleet.dynoType);
  return `${count(fleet.dynos)} × ${priceText(monthlyUsd)} = ${priceText(fleet.dynos * monthlyUsd)} a month`;
};

const threads: Implication = (_scenario, parts) =>
  `${count(parts.fleet.dynos)} × ${perDyno(parts.fleet.threads, parts)} threads = ${count(parts.threads)} requests at once`;

const memory: Implication = (_scenario, { fleet }) => {
  const { memoryMb } = resolveDynoType(fleet.dynoType);
  const needed = dynoMemoryMb(fleet);
  const sum = `${memoryText(needed)} of the dyno’s ${memoryText(memoryMb)}`;
  if (needed > 2 * memoryMb) return `${sum}: over twice its quota, so it is killed (R15)`;
  return needed > memoryMb ? `${sum}: over quota, so it swaps (R14)` : sum;
};

const poolSize: Implication = ({ pooler }, parts) => {
  const { fleet, poolConnections, usableConnections } = parts;
  const each = perDyno(Math.min(fleet.pool.size, fleet.threads), parts);
  const sum = `${count(fleet.dynos)} × ${each} = up to ${count(poolConnections)} connections`;
  return pooler.enabled ? `${sum} to the pooler` : `${sum}; the database takes ${count(usableConnections)}`;
};

const poolerConnections: Implication = ({ pooler }, { queryMs, poolerPerSecond }) => {
  if (queryMs === 0) return null;
  const sum = `${count(pooler.connections)} connections × 1 ÷ ${seconds(queryMs)} = at most ${count(poolerPerSecond)} requests a second`;
  return pooler.enabled ? sum : `When on: ${sum}`;
};

const hold: Implication = ({ endpoints }, parts) => {
  const steps = endpoints[0]?.steps ?? [];
  return `Held for about ${seconds(heldMs(steps, parts))} of a request of ${seconds(parts.workMs)}`;
};

const memoryPerConnection: Implication = ({ database }, { usableConnections }) => {
  const plan = resolveDatabasePlan(database.plan);
  const all = usableConnections * database.memoryPerConnectionMb;
  return `${count(usableConnections)} connections would take ${memoryText(all)} of ${memoryText(plan.memoryMb)}`;
};

const IMPLICATIONS: Readonly<Partial<Record<FieldId, Implication>>> = {
  clients,
  rate,
  dynos,
  threads,
  processes: memory,
  "memory-process": memory,
  "memory-thread": memory,
  "pool-size": poolSize,
  "pooler-connections": poolerConnections,
  hold,
  "memory-connection": memoryPerConnection,
};

/** The line beside a control that says what its value comes to; null where there is nothing to say. */
export function impliedFact(id: string, scenario: Scenario): string | null {
  const implication = (IMPLICATIONS as Readonly<Record<string, Implication | undefined>>)[id];
  return implication === undefined ? null : implication(scenario, capacity(scenario));
}
