import { unreachable } from "../base/assert";
import { formatMs, formatPercent } from "../base/format";
import { formatSegment } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import { type Capacity, capacity, type FleetCapacity } from "./capacity";
import {
  checkoutTimeout,
  connectionRefused,
  databaseDown,
  poolerFull,
  poolerTimeout,
} from "./connection-failures";
import { dynoLost, dynoRefused, noDyno } from "./dyno-failures";
import { balancerSum, leavesThreadsIdle } from "./dyno-limits";
import { failingFleet, fullest } from "./loads";
import type { FailureKind, ResultFigures } from "./result-types";
import { fillThreads } from "./suggestions-dynos";
import type { Finding, Suggestion } from "./verdict-types";
import { overloadedPart } from "./waiting-finding";
import { counted, exact } from "./words";

/** Retries are worth a word from this share of all requests. */
const MANY_RETRIES = 0.05;

/** Why requests fail, after the kind that most of them fail with; null where none fails. */
export function failureFinding(figures: ResultFigures): Finding | null {
  const { failedByKind, failed } = figures.requests;
  const kinds = Object.entries(failedByKind) as [FailureKind, number][];
  const rate = figures.failureRate.mean;
  if (failed === 0 || kinds.length === 0 || rate === null) return null;
  const [kind] = fullest(kinds, ([, count]) => count);
  const limits = capacity(figures.scenario);
  return withRetries(
    explainKind(kind, `${formatPercent(rate)} of requests fail`, figures, limits),
    figures,
    limits,
  );
}

/** Why no dyno serves, where none ever did. @param share what becomes of the requests, as the beginning of a sentence */
export function noDynoFinding(share: string, { scenario }: ResultFigures): Finding {
  const { fleets } = capacity(scenario);
  return noDyno(
    share,
    scenario,
    fullest(fleets, (own) => own.demandPerSecond),
  );
}

function explainKind(kind: FailureKind, share: string, figures: ResultFigures, limits: Capacity): Finding {
  const { scenario } = figures;
  const own = failingFleet(figures, limits, kind);
  switch (kind) {
    case "connection-refused":
      return connectionRefused(share, figures, limits);
    case "database-down":
      return databaseDown(share, scenario, limits);
    case "checkout-timeout":
      return checkoutTimeout(share, figures, limits, own);
    case "pooler-timeout":
      return poolerTimeout(share, figures, limits);
    case "pooler-full":
      return poolerFull(share, scenario, limits);
    case "timeout":
      return impatient(`${share}: the router gives up`, scenario.edge.timeoutMs ?? 0, own, figures, limits);
    case "gave-up":
      return impatient(`${share}: clients give up`, leastPatience(scenario), own, figures, limits);
    case "backlog-full":
      return overload(
        `${share}: more than ${counted(own.fleet.backlog, "request")} wait at a dyno.`,
        figures,
        limits,
      );
    case "queue-timeout":
      return queueTimeout(share, figures, limits);
    case "edge-full":
      return edgeFull(share, figures, limits);
    case "no-dyno":
      return noDyno(share, scenario, own);
    case "dyno-refused":
      return dynoRefused(share, scenario, own);
    case "dyno-lost":
      return dynoLost(share, scenario, own);
    default:
      return unreachable(kind);
  }
}

/** Requests that wait too long: what they wait for is what is full. */
function overload(sentence: string, figures: ResultFigures, limits: Capacity): Finding {
  const { arithmetic, suggestion } = overloadedPart(figures, limits);
  return { sentence, arithmetic, suggestion };
}

/** Somebody does not wait for the answer. @param who whoever it is, as the beginning of the sentence */
function impatient(
  who: string,
  afterMs: number,
  { workMs }: FleetCapacity,
  figures: ResultFigures,
  limits: Capacity,
): Finding {
  if (workMs < afterMs)
    return overload(
      `${who} after ${formatMs(afterMs)}, while the dynos work on for nobody.`,
      figures,
      limits,
    );
  const enough = Math.min(1e9, Math.ceil((2 * workMs) / 1000) * 1000);
  const isRouter = figures.scenario.edge.timeoutMs === afterMs;
  return {
    sentence: `${who} after ${formatMs(afterMs)}, before the request's own work is done.`,
    arithmetic: `A request works for ${formatMs(workMs)} on average.`,
    suggestion: isRouter
      ? {
          label: `Let the router wait ${formatMs(enough)}`,
          changes: [{ path: "edge.timeoutMs", value: enough }],
        }
      : null,
  };
}

/** After how long the least patient clients give up, ms. */
function leastPatience({ workloads }: Scenario): number {
  return Math.min(...workloads.flatMap(({ giveUpAfterMs }) => giveUpAfterMs ?? []));
}

/** The balancer's own line is too slow: it leaves threads idle, or what stands behind it is full. */
function queueTimeout(share: string, figures: ResultFigures, limits: Capacity): Finding {
  const { scenario } = figures;
  const own = failingFleet(figures, limits, "queue-timeout");
  const sentence = `${share}: they wait more than ${formatMs(scenario.edge.queueTimeoutMs ?? 0)} in the balancer's own line.`;
  if (!leavesThreadsIdle(own)) return overload(sentence, figures, limits);
  return {
    sentence,
    arithmetic: `${balancerSum(scenario, own)}; a dyno has ${counted(own.threadsPerDyno, "thread")}.`,
    suggestion: fillThreads(scenario, limits, own) ?? overloadedPart(figures, limits).suggestion,
  };
}

function edgeFull(share: string, { scenario }: ResultFigures, limits: Capacity): Finding {
  const slots = scenario.edge.maxConnections ?? 0;
  const threads = limits.fleets.reduce((sum, own) => sum + own.threads, 0);
  const more = Math.min(1e6, 2 * slots);
  return {
    sentence: `${share}: the edge has no connection slot left.`,
    arithmetic: `The edge takes ${counted(slots, "request")} at once; behind it are ${counted(threads, "thread")}.`,
    suggestion:
      slots === 0
        ? { label: "Let the edge take any number", changes: [{ path: "edge.maxConnections", value: null }] }
        : {
            label: `Give the edge ${exact(more)} slots`,
            changes: [{ path: "edge.maxConnections", value: more }],
          },
  };
}

/** Says how many requests are retries; and where they alone keep the system overloaded, that they had better stop. */
function withRetries(finding: Finding, figures: ResultFigures, limits: Capacity): Finding {
  const { retries, requests, scenario } = figures;
  const share = requests.sent > 0 ? retries / requests.sent : 0;
  if (share < MANY_RETRIES) return finding;
  const most = Math.min(
    limits.databasePerSecond,
    limits.replicasPerSecond,
    scenario.pooler.enabled ? Math.min(limits.poolerPerSecond, limits.poolerPassesPerSecond) : Infinity,
    ...limits.fleets.map((own) => {
      const perSecond = Math.min(own.threadsPerSecond, own.processorsPerSecond);
      return (perSecond * limits.demandInAllPerSecond) / own.demandPerSecond;
    }),
  );
  const sentPerSecond = requests.sent / (figures.replications * figures.measuredS);
  const firstPerSecond = sentPerSecond * (1 - share);
  const isStorm = firstPerSecond < most && sentPerSecond > most;
  const sentence = ` ${formatPercent(share)} of requests are retries`;
  return {
    ...finding,
    arithmetic: isStorm
      ? `${finding.arithmetic}${sentence}: without them ${exact(Math.round(firstPerSecond))} a second would be sent, with them ${exact(Math.round(sentPerSecond))}.`
      : `${finding.arithmetic}${sentence}, which add to the load.`,
    suggestion: isStorm ? noRetries(figures) : finding.suggestion,
  };
}

function noRetries({ scenario }: ResultFigures): Suggestion {
  return {
    label: "Let clients not retry",
    changes: scenario.workloads
      .filter(({ retries }) => retries.attempts > 0)
      .map(({ name }) => ({ path: `workloads.${formatSegment(name)}.retries.attempts`, value: 0 })),
  };
}
