import { formatCount, formatMs, formatPercent } from "../base/format";
import { resolveDatabasePlan, resolveDynoType } from "../scenario/catalogue";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import { formatSegment } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import { type Capacity, capacity } from "./capacity";
import type { FailureKind, ResultFigures } from "./result-types";
import { fitMemory, largerPooler, moreDynos, poolForEveryThread, turnPoolerOn } from "./suggestions";
import type { Finding } from "./verdict-types";

/** Why requests fail, after the kind that most of them fail with; null where none fails. */
export function failureFinding(figures: ResultFigures): Finding | null {
  const { failedByKind, failed } = figures.requests;
  const kinds = Object.entries(failedByKind) as [FailureKind, number][];
  const most = kinds.reduce<[FailureKind, number] | null>(
    (largest, kind) => (largest === null || kind[1] > largest[1] ? kind : largest),
    null,
  );
  const rate = figures.failureRate.mean;
  if (failed === 0 || most === null || rate === null) return null;
  return explainKind(most[0], `${formatPercent(rate)} of requests fail`, figures);
}

/** Why no dyno serves, where none ever did. @param share what becomes of the requests, as the beginning of a sentence */
export function noDynoFinding(share: string, figures: ResultFigures): Finding {
  return noDyno(share, capacity(figures.scenario));
}

function explainKind(kind: FailureKind, share: string, figures: ResultFigures): Finding {
  const { scenario } = figures;
  const limits = capacity(scenario);
  switch (kind) {
    case "connection-refused":
      return connectionRefused(share, scenario, limits);
    case "database-down":
      return databaseDown(share, scenario, limits);
    case "checkout-timeout":
      return checkoutTimeout(share, scenario, limits);
    case "pooler-timeout":
    case "pooler-full":
      return poolerOverrun(kind, share, scenario, limits);
    case "timeout":
    case "backlog-full":
      return overload(kind, share, figures, limits);
    case "edge-full":
      return edgeFull(share, scenario);
    case "no-dyno":
      return noDyno(share, limits);
    default:
      return { sentence: `${share} (${kind}).`, arithmetic: "", suggestion: null };
  }
}

function poolSlotsText({ fleet, poolConnections }: Capacity): string {
  const processes = fleet.processes === 1 ? "" : ` × ${fleet.processes} processes`;
  const held = Math.min(fleet.pool.size, fleet.threads);
  return `${fleet.dynos} dynos${processes} × ${held} connections = up to ${poolConnections} connections`;
}

function limitText(scenario: Scenario, { usableConnections }: Capacity): string {
  const plan = resolveDatabasePlan(scenario.database.plan);
  const advertised = plan.usableLimit === plan.connectionLimit ? "" : ` (${plan.connectionLimit} advertised)`;
  return `${plan.title} gives ${usableConnections}${advertised}`;
}

function connectionRefused(share: string, scenario: Scenario, limits: Capacity): Finding {
  const served = Math.floor(limits.poolerPerSecond);
  return {
    sentence: `${share}: the dynos want more connections than the database gives.`,
    arithmetic: `${poolSlotsText(limits)}; ${limitText(scenario, limits)}. A pooler would share ${scenario.pooler.connections} connections: ${scenario.pooler.connections} ÷ ${formatMs(limits.queryMs)} = at most ${served} requests a second.`,
    suggestion:
      limits.usableConnections === 0 && scenario.database.reservedConnections > 0
        ? { label: "Reserve no connections", changes: [{ path: "database.reservedConnections", value: 0 }] }
        : turnPoolerOn(scenario, limits.usableConnections),
  };
}

function databaseDown(share: string, scenario: Scenario, limits: Capacity): Finding {
  const { memoryMb } = resolveDatabasePlan(scenario.database.plan);
  const perConnection = scenario.database.memoryPerConnectionMb;
  const wanted = scenario.pooler.enabled ? scenario.pooler.connections : limits.poolConnections;
  if (perConnection > 0 && wanted * perConnection > memoryMb) {
    const fitting = Math.floor(memoryMb / perConnection);
    return {
      sentence: `${share}: connections take more memory than the database has, so it crashes and drops every session.`,
      arithmetic: `Up to ${wanted} connections × ${perConnection} MB = ${formatCount(wanted * perConnection)} MB; the plan has ${formatCount(memoryMb)} MB, enough for ${fitting} connections.`,
      suggestion: turnPoolerOn(scenario, Math.min(fitting, limits.usableConnections)),
    };
  }
  return {
    sentence: `${share}: the database gives no connection at all, so clients get the pooler's error.`,
    arithmetic: `${limitText(scenario, limits)} connections.`,
    suggestion: null,
  };
}

function checkoutTimeout(share: string, scenario: Scenario, limits: Capacity): Finding {
  const { fleet } = limits;
  return {
    sentence: `${share}: they wait more than ${formatMs(fleet.pool.checkoutTimeoutMs)} for a connection of their process's pool.`,
    arithmetic: `${fleet.threads} threads share ${fleet.pool.size} connections in each process${scenario.pooler.enabled ? ", in front of the pooler" : ""}.`,
    suggestion: poolForEveryThread(scenario, limits),
  };
}

function poolerOverrun(kind: FailureKind, share: string, scenario: Scenario, limits: Capacity): Finding {
  const { pooler } = scenario;
  if (kind === "pooler-full") {
    return {
      sentence: `${share}: the pooler takes no more client connections.`,
      arithmetic: `${poolSlotsText(limits)}; the pooler takes ${pooler.maxClients} clients.`,
      suggestion: {
        label: `Let the pooler take ${limits.poolConnections} clients`,
        changes: [{ path: "pooler.maxClients", value: limits.poolConnections }],
      },
    };
  }
  return {
    sentence: `${share}: they wait more than ${formatMs(pooler.waitTimeoutMs)} for one of the pooler's ${pooler.connections} server connections.`,
    arithmetic: `${pooler.connections} connections ÷ ${formatMs(limits.queryMs)} = at most ${Math.floor(limits.poolerPerSecond)} requests a second.`,
    suggestion: largerPooler(scenario),
  };
}

function overload(kind: FailureKind, share: string, figures: ResultFigures, limits: Capacity): Finding {
  const { scenario } = figures;
  const reason =
    kind === "timeout"
      ? `the router gives up after ${formatMs(scenario.edge.timeoutMs ?? 0)}, while the dynos work on for nobody`
      : `more than ${formatCount(limits.fleet.backlog)} requests wait at a dyno`;
  const { timeoutMs } = scenario.edge;
  if (kind === "timeout" && timeoutMs !== null && limits.workMs >= timeoutMs) {
    const enough = Math.min(1e9, Math.ceil((2 * limits.workMs) / 1000) * 1000);
    return {
      sentence: `${share}: the router gives up after ${formatMs(timeoutMs)}, before the request's own work is done.`,
      arithmetic: `A request works for ${formatMs(limits.workMs)} on average.`,
      suggestion: {
        label: `Let the router wait ${formatMs(enough)}`,
        changes: [{ path: "edge.timeoutMs", value: enough }],
      },
    };
  }
  const poolerIsFull = figures.utilization.pooler > 0.95 && limits.poolerPerSecond < limits.threadsPerSecond;
  return {
    sentence: `${share}: ${reason}.`,
    arithmetic: poolerIsFull
      ? `${scenario.pooler.connections} pooler connections ÷ ${formatMs(limits.queryMs)} = at most ${Math.floor(limits.poolerPerSecond)} requests a second.`
      : `${limits.threads} threads ÷ ${formatMs(limits.workMs)} of work = at most ${Math.floor(limits.threadsPerSecond)} requests a second.`,
    suggestion: poolerIsFull ? largerPooler(scenario) : moreDynos(scenario, limits),
  };
}

function edgeFull(share: string, scenario: Scenario): Finding {
  const slots = scenario.edge.maxConnections ?? 0;
  return {
    sentence: `${share}: the edge has no connection slot left.`,
    arithmetic: `The edge takes ${formatCount(slots)} requests at once, however many threads are free behind it.`,
    suggestion:
      slots === 0
        ? { label: "Let the edge take any number", changes: [{ path: "edge.maxConnections", value: null }] }
        : {
            label: `Give the edge ${2 * slots} slots`,
            changes: [{ path: "edge.maxConnections", value: Math.min(1e6, 2 * slots) }],
          },
  };
}

function noDyno(share: string, limits: Capacity): Finding {
  const { fleet } = limits;
  const at = `fleets.${formatSegment(fleet.name)}`;
  if (fleet.dynos === 0) {
    return {
      sentence: `${share}: there is no dyno.`,
      arithmetic: `Fleet ${fleet.name} has 0 dynos.`,
      suggestion: { label: "Run one dyno", changes: [{ path: `${at}.dynos`, value: 1 }] },
    };
  }
  const { memoryMb, title } = resolveDynoType(fleet.dynoType);
  return {
    sentence: `${share}: no dyno stays up, since each needs over twice its memory and is killed.`,
    arithmetic: `${fleet.processes} × ${fleet.memory.perProcessMb} MB + ${fleet.threads} × ${fleet.memory.perThreadMb} MB = ${formatCount(dynoMemoryMb(fleet))} MB; ${title} has ${formatCount(memoryMb)} MB.`,
    suggestion: fitMemory(limits, memoryMb),
  };
}
