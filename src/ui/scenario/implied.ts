import { flows } from "../../analysis/traffic";
import { resolveDynoType } from "../../scenario/catalogue";
import { dynoMemoryMb } from "../../scenario/dyno-memory";
import type { Fleet, Scenario } from "../../scenario/types";
import { memoryText, priceText } from "./catalogue-options";
import type { Facts } from "./facts";

/** A number as these lines say it: `1,234`, `2.5`. */
export function count(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** Milliseconds as seconds: `0.5 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString("en-US", { maximumSignificantDigits: 3 })} s`;
}

export function replicasText(replicas: number): string {
  return replicas === 1 ? "1 replica" : `${count(replicas)} replicas`;
}

/** "10", or "2 × 10" where a dyno has several processes. */
export function perDyno(each: number, { fleet }: Facts): string {
  return fleet.processes === 1 ? count(each) : `${count(fleet.processes)} × ${count(each)}`;
}

/** The threads of all fleets: what clients meet, whichever fleet is shown. */
function allThreads({ fleets }: Facts): number {
  return fleets.reduce((sum, { threads }) => sum + threads, 0);
}

export function clientsImply(facts: Facts): string | null {
  const { workload } = facts;
  return workload.kind === "closed"
    ? `${count(workload.clients)} clients for ${count(allThreads(facts))} threads`
    : null;
}

export function rateImplies({ workload, requestMs }: Facts): string | null {
  if (workload.kind !== "open") return null;
  const { requestsPerSecond, journey } = workload;
  const requests = journey?.length ?? 1;
  const visits = journey === undefined ? "/s" : ` visits/s × ${count(requests)} requests`;
  const underWay = (requestsPerSecond * requests * requestMs) / 1000;
  return `${count(requestsPerSecond)}${visits} × ${seconds(requestMs)} = ${count(underWay)} requests under way`;
}

export function burstImplies(facts: Facts): string | null {
  const { workload } = facts;
  if (workload.kind !== "burst") return null;
  const perSecond = (workload.clients * 1000) / workload.everyMs;
  return `${count(perSecond)} a second on average, but ${count(workload.clients)} at a time for ${count(allThreads(facts))} threads`;
}

export function dynosImply({ scenario, fleet }: Facts): string {
  const { monthlyUsd } = resolveDynoType(fleet.dynoType);
  const price = `${count(fleet.dynos)} × ${priceText(monthlyUsd)} = ${priceText(fleet.dynos * monthlyUsd)} a month`;
  const sum = fleet.autoscaler === null ? price : `${price}, to begin with`;
  return isServing(scenario, fleet) ? sum : `${sum}. No endpoint is served by ${fleet.name} yet`;
}

export function threadsImply(facts: Facts): string {
  const { fleet, threads } = facts;
  return `${count(fleet.dynos)} × ${perDyno(fleet.threads, facts)} threads = ${count(threads)} requests at once`;
}

export function memoryImplies({ fleet }: Facts): string {
  const { memoryMb } = resolveDynoType(fleet.dynoType);
  const needed = dynoMemoryMb(fleet);
  const sum = `${memoryText(needed)} of the dyno’s ${memoryText(memoryMb)}`;
  if (needed > 2 * memoryMb) return `${sum}: over twice its quota, so it is killed (R15)`;
  return needed > memoryMb ? `${sum}: over quota, so it swaps (R14)` : sum;
}

/** Why the shown fleet's pools open no connection, where they open none. */
export function noConnections({ scenario, fleet, queries, primaryQueries }: Facts): string {
  if (!isServing(scenario, fleet)) return "None: no endpoint is served by it";
  if (!flows(scenario).some((flow) => flow.fleet === fleet))
    return "None: no workload asks for its endpoints";
  if (queries === 0) return "None: its requests make no queries";
  return primaryQueries === 0 ? "None: its reads go to replicas" : "None: its queries all write";
}

/** Whether requests of any endpoint go to the fleet. */
function isServing({ endpoints }: Scenario, { name }: Fleet): boolean {
  return endpoints.some(({ fleet }) => (typeof fleet === "string" ? fleet === name : (fleet[name] ?? 0) > 0));
}

export function poolSizeImplies(facts: Facts): string {
  const { fleet, poolConnections, allPoolConnections, scenario, usableConnections } = facts;
  if (poolConnections === 0) return noConnections(facts);
  const each = perDyno(Math.min(fleet.pool.size, fleet.threads), facts);
  const own = `${count(fleet.dynos)} × ${each} = up to ${count(poolConnections)} connections`;
  const others =
    allPoolConnections === poolConnections
      ? ""
      : `, ${count(allPoolConnections)} together with the other fleets’`;
  if (scenario.pooler.enabled) return `${own} to the pooler${others}`;
  return `${own}${others}; the database takes ${count(usableConnections)}`;
}

export function poolerConnectionsImply({ scenario, all, poolerPerSecond }: Facts): string | null {
  const { pooler, database } = scenario;
  if (all.queryMs === 0) return null;
  if (pooler.mode === "session")
    return "In session mode each belongs to one client connection while that is open";
  // Each server has a pooler of its own: the scarcer limits, and is the one to name.
  const primary = (pooler.connections * 1000) / all.primaryQueryMs;
  const [servers, heldMs] =
    primary <= poolerPerSecond
      ? ["", all.primaryQueryMs]
      : [`${replicasText(database.replicas.count)} × `, all.replicaQueryMs];
  const sum = `${servers}${count(pooler.connections)} connections × 1 ÷ ${seconds(heldMs)} = at most ${count(poolerPerSecond)} requests a second`;
  return pooler.enabled ? sum : `When on: ${sum}`;
}
