import { flows } from "../../analysis/traffic";
import { resolveDatabasePlan, resolveDynoType } from "../../scenario/catalogue";
import { meanMs } from "../../scenario/duration-mean";
import { usableConnections } from "../../scenario/usable-connections";
import { memoryText, priceText } from "./catalogue-options";
import { endpointMs, type Facts, stepMs } from "./facts";
import { count, noConnections, perDyno, replicasText, seconds } from "./implied";

/** A number with three digits that count: `0.975`, `12.4`, `1,230`. */
function three(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

export function stepsImply({ scenario, endpoint, fleet }: Facts): string | null {
  const queries = endpoint.steps.reduce((sum, step) => sum + (step.kind === "query" ? step.count : 0), 0);
  const cpuMs = endpoint.steps.reduce((sum, step) => sum + (step.kind === "cpu" ? meanMs(step.ms) : 0), 0);
  const parts = [`${seconds(endpointMs(endpoint))} together, on idle machines`];
  if (queries > 1) parts.push(`${count(queries)} queries`);
  if (cpuMs > 0) {
    const processors = computing(fleet.processes, fleet);
    parts.push(`a dyno can compute ${three((processors * 1000) / cpuMs)} of them a second`);
  }
  const sum = parts.join("; ");
  return flows(scenario).some((flow) => flow.endpoint === endpoint)
    ? sum
    : `${sum}. No workload asks for this yet: give it a share under Client behaviour`;
}

/** How many processors the processes of a dyno can keep busy. */
function computing(processes: number, fleet: Facts["fleet"]): number {
  const { vcpus } = resolveDynoType(fleet.dynoType);
  return Math.min(vcpus, fleet.runtime === "parallel" ? processes * fleet.threads : processes);
}

export function giveUpImplies({ workload, requestMs, scenario }: Facts): string | null {
  const { giveUpAfterMs } = workload;
  if (giveUpAfterMs === null) return null;
  if (giveUpAfterMs < requestMs)
    return `Sooner than a request takes (${seconds(requestMs)}): nobody waits for it`;
  const { timeoutMs } = scenario.edge;
  return timeoutMs !== null && giveUpAfterMs >= timeoutMs
    ? `The router’s timeout of ${seconds(timeoutMs)} comes first`
    : null;
}

export function attemptsImply({ workload: { retries } }: Facts): string | null {
  if (retries.attempts === 0) return null;
  return `A system that fails everything gets ${count(retries.attempts + 1)} × its traffic`;
}

export function backoffImplies({ workload: { retries } }: Facts): string | null {
  const { attempts, backoffMs, backoffFactor } = retries;
  if (attempts === 0) return "Not in use without retries";
  let total = 0;
  for (let retry = 0; retry < Math.min(attempts, 100); retry++) total += backoffMs * backoffFactor ** retry;
  const waits = attempts === 1 ? "One wait" : `${count(attempts)} waits`;
  return `${waits} of ${seconds(total)} together at most${retries.jitter ? ", half of it on average" : ""}`;
}

export function ownLineImplies({ fleet }: Facts): string | null {
  const { maxOutstandingPerDyno: limit, dynos, processes, threads } = fleet;
  if (limit === null) return null;
  const idle = processes * threads - limit;
  const sum = `${count(dynos)} × ${count(limit)} = ${count(dynos * limit)} requests at the dynos, the rest in one line`;
  return idle > 0 ? `${sum}; ${count(idle)} threads of each dyno stay idle` : sum;
}

export function queueTimeoutImplies({ fleet }: Facts): string | null {
  return fleet.maxOutstandingPerDyno === null ? "Not in use while a dyno gets any number at once" : null;
}

export function runtimeImplies({ fleet }: Facts): string {
  const { vcpus } = resolveDynoType(fleet.dynoType);
  const { processes, threads, runtime } = fleet;
  const what = processes === 1 ? "1 process" : `${count(processes)} processes`;
  const on = `${what} on ${three(vcpus)} ${vcpus === 1 ? "vCPU" : "vCPUs"}`;
  if (runtime === "parallel") {
    const busy = Math.min(vcpus, processes * threads);
    return `${on}: up to ${three(busy)} at work`;
  }
  if (processes > vcpus)
    return `${on}: they share, so computing takes up to ${three(processes / vcpus)} × as long`;
  return vcpus > processes
    ? `${on}: each computes alone, ${three(vcpus - processes)} stay idle`
    : `${on}: each computes alone`;
}

export function holdImplies({ fleet, endpoint, queryMs, workMs }: Facts): string {
  const { steps } = endpoint;
  const first = steps.findIndex((step) => step.kind === "query");
  const rest = first === -1 ? 0 : steps.slice(first).reduce((sum, step) => sum + stepMs(step), 0);
  const heldMs = fleet.pool.hold === "query" ? queryMs : rest;
  return `Held for about ${seconds(heldMs)} of a request of ${seconds(workMs)}`;
}

export function modeImplies({ scenario: { pooler }, allPoolConnections }: Facts): string | null {
  if (pooler.mode === "transaction") return null;
  const waiting = allPoolConnections - pooler.connections;
  const sum = `${count(allPoolConnections)} clients for ${count(pooler.connections)} server connections`;
  return waiting > 0
    ? `${sum}: ${count(waiting)} of them wait until they time out`
    : `${sum}: enough for all`;
}

export function poolerCapacityImplies({ all: { queries }, poolerPassesPerSecond }: Facts): string | null {
  if (queries === 0) return null;
  const each = queries === 1 ? "one query each" : `${count(queries)} queries each`;
  return `At most ${count(poolerPassesPerSecond)} requests a second of ${each}`;
}

export function contentionImplies({
  scenario: { database, pooler },
  usableConnections: most,
}: Facts): string | null {
  const { alpha, beta } = database.contention;
  if (alpha === 0 && beta === 0) return null;
  const active = pooler.enabled ? Math.min(pooler.connections, most) : most;
  const slower = 1 + alpha * (active - 1) + beta * active * (active - 1);
  return `With ${count(active)} active connections each processor is ${three(slower)} × slower`;
}

export function memoryPerConnectionImplies({
  scenario: { database },
  usableConnections: most,
}: Facts): string {
  const plan = resolveDatabasePlan(database.plan);
  const all = most * database.memoryPerConnectionMb;
  return `${count(most)} connections would take ${memoryText(all)} of ${memoryText(plan.memoryMb)}`;
}

export function replicasImply({ scenario: { database, fleets } }: Facts): string | null {
  const { count: replicas, plan } = database.replicas;
  if (replicas === 0) return null;
  const resolved = resolveDatabasePlan(plan ?? database.plan);
  const { reservedConnections } = database;
  const each = usableConnections({ plan: plan ?? database.plan, reservedConnections });
  const sum = `${replicasText(replicas)} × ${count(each)} connections, ${priceText(replicas * resolved.monthlyUsd)} a month`;
  return fleets.some(({ reads }) => reads === "replicas") ? sum : `${sum}; no fleet reads from them yet`;
}

export function readsImply(facts: Facts): string | null {
  const { fleet, scenario, readConnections } = facts;
  if (fleet.reads === "primary") return null;
  const { count: replicas } = scenario.database.replicas;
  if (replicas === 0) return "There are no replicas, so reads go to the primary";
  if (readConnections === 0) return noConnections(facts);
  const each = perDyno(Math.min(fleet.pool.size, fleet.threads), facts);
  return `${count(fleet.dynos)} × ${each} = up to ${count(readConnections)} further connections, over ${replicasText(replicas)}`;
}
