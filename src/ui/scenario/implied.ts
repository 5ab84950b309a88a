import { resolveDatabasePlan, resolveDynoType } from "../../scenario/catalogue";
import type { Endpoint, Fleet, Scenario } from "../../scenario/types";
import { meanOf } from "./duration";
import type { FieldId } from "./fields";

/** What a setting means together with the others, in one line; null where it implies nothing. */
type Implication = (scenario: Scenario, fleet: Fleet, endpoint: Endpoint) => string | null;

function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString("en-US", { maximumSignificantDigits: 3 })} s`;
}

function dollars(value: number): string {
  return `$${value.toLocaleString("en-US", { maximumFractionDigits: 0 })}`;
}

/** Time on the database per request, on an idle one. */
function queryMs({ steps }: Endpoint): number {
  return steps.reduce((sum, step) => sum + (step.kind === "query" ? step.count * meanOf(step.ms) : 0), 0);
}

function requestMs({ steps }: Endpoint): number {
  return steps.reduce((sum, step) => sum + (step.kind === "query" ? step.count : 1) * meanOf(step.ms), 0);
}

/** How long a request keeps its connection: with `hold: "request"` all that follows the first query counts. */
function heldMs(endpoint: Endpoint, hold: Fleet["pool"]["hold"]): number {
  if (hold === "query") return queryMs(endpoint);
  const first = endpoint.steps.findIndex((step) => step.kind === "query");
  return first === -1 ? 0 : requestMs({ ...endpoint, steps: endpoint.steps.slice(first) });
}

function perDyno(count: number, { processes }: Fleet): string {
  return processes === 1 ? `${count}` : `${processes} × ${count}`;
}

const threads: Implication = (_scenario, fleet) => {
  const total = fleet.dynos * fleet.processes * fleet.threads;
  return `${count(fleet.dynos)} × ${perDyno(fleet.threads, fleet)} threads = ${count(total)} requests at once`;
};

const poolSize: Implication = ({ pooler, database }, fleet) => {
  const usable = Math.min(fleet.pool.size, fleet.threads);
  const total = fleet.dynos * fleet.processes * usable;
  const sum = `${count(fleet.dynos)} × ${perDyno(usable, fleet)} = up to ${count(total)} connections`;
  if (pooler.enabled) return `${sum} to the pooler`;
  return `${sum}; the database takes ${count(resolveDatabasePlan(database.plan).usableLimit)}`;
};

const poolerConnections: Implication = ({ pooler }, _fleet, endpoint) => {
  const busyMs = queryMs(endpoint);
  if (busyMs === 0) return null;
  const most = Math.min((pooler.connections / busyMs) * 1000, pooler.capacityPerSecond);
  const { connections } = pooler;
  const sum = `${count(connections)} connections × 1 ÷ ${seconds(busyMs)} = at most ${count(most)} requests a second`;
  return pooler.enabled ? sum : `When on: ${sum}`;
};

const hold: Implication = (_scenario, { pool }, endpoint) =>
  `Held for about ${seconds(heldMs(endpoint, pool.hold))} of a request of ${seconds(requestMs(endpoint))}`;

const IMPLICATIONS: Readonly<Partial<Record<FieldId, Implication>>> = {
  clients: ({ workloads }, fleet) => {
    const workload = workloads[0];
    if (workload?.kind !== "closed") return null;
    const total = fleet.dynos * fleet.processes * fleet.threads;
    return `${count(workload.clients)} clients for ${count(total)} threads`;
  },
  rate: ({ workloads }, _fleet, endpoint) => {
    const workload = workloads[0];
    if (workload?.kind !== "open") return null;
    const underWay = (workload.requestsPerSecond * requestMs(endpoint)) / 1000;
    const each = seconds(requestMs(endpoint));
    return `${count(workload.requestsPerSecond)}/s × ${each} = ${count(underWay)} requests under way`;
  },
  dynos: (_scenario, fleet) => {
    const { monthlyUsd } = resolveDynoType(fleet.dynoType);
    return `${count(fleet.dynos)} × ${dollars(monthlyUsd)} = ${dollars(fleet.dynos * monthlyUsd)} a month`;
  },
  threads,
  "pool-size": poolSize,
  "pooler-connections": poolerConnections,
  hold,
};

/** The line beside a control that says what its value comes to; null where there is nothing to say. */
export function impliedFact(id: string, scenario: Scenario): string | null {
  const fleet = scenario.fleets[0];
  const endpoint = scenario.endpoints[0];
  if (fleet === undefined || endpoint === undefined) return null;
  const implication = (IMPLICATIONS as Readonly<Record<string, Implication | undefined>>)[id];
  return implication?.(scenario, fleet, endpoint) ?? null;
}
