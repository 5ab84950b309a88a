import { resolveDynoType } from "../../scenario/catalogue";
import { dynoMemoryMb } from "../../scenario/dyno-memory";
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

/** "10", or "2 × 10" where a dyno has several processes. */
export function perDyno(each: number, { fleet }: Facts): string {
  return fleet.processes === 1 ? count(each) : `${count(fleet.processes)} × ${count(each)}`;
}

export function clientsImply({ workload, threads }: Facts): string | null {
  return workload.kind === "closed"
    ? `${count(workload.clients)} clients for ${count(threads)} threads`
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

export function burstImplies({ workload, threads }: Facts): string | null {
  if (workload.kind !== "burst") return null;
  const perSecond = (workload.clients * 1000) / workload.everyMs;
  return `${count(perSecond)} a second on average, but ${count(workload.clients)} at a time for ${count(threads)} threads`;
}

export function dynosImply({ fleet }: Facts): string {
  const { monthlyUsd } = resolveDynoType(fleet.dynoType);
  return `${count(fleet.dynos)} × ${priceText(monthlyUsd)} = ${priceText(fleet.dynos * monthlyUsd)} a month`;
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

export function poolSizeImplies(facts: Facts): string {
  const { fleet, poolConnections, scenario, usableConnections } = facts;
  const each = perDyno(Math.min(fleet.pool.size, fleet.threads), facts);
  const sum = `${count(fleet.dynos)} × ${each} = up to ${count(poolConnections)} connections`;
  if (scenario.pooler.enabled) return `${sum} to the pooler`;
  return `${sum}; the database takes ${count(usableConnections)}`;
}

export function poolerConnectionsImply({ scenario, queryMs, poolerPerSecond }: Facts): string | null {
  const { pooler } = scenario;
  if (queryMs === 0) return null;
  if (pooler.mode === "session")
    return "In session mode each belongs to one client connection while that is open";
  const sum = `${count(pooler.connections)} connections × 1 ÷ ${seconds(queryMs)} = at most ${count(poolerPerSecond)} requests a second`;
  return pooler.enabled ? sum : `When on: ${sum}`;
}
