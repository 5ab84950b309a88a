import { unreachable } from "../base/assert";
import { formatMs, formatPercent } from "../base/format";
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
import { noRetries, retryNote, retryStorm } from "./retries";
import { fillThreads } from "./suggestions-dynos";
import type { Finding } from "./verdict-types";
import { overloadedPart } from "./waiting-finding";
import { counted, exact } from "./words";

/** The most slots that an edge may have. */
const MOST_SLOTS = 1e6;

/** Why requests fail, after the kind that most of them fail with; null where none fails. */
export function failureFinding(figures: ResultFigures): Finding | null {
  const { failedByKind, failed } = figures.requests;
  const kinds = Object.entries(failedByKind) as [FailureKind, number][];
  const rate = figures.failureRate.mean;
  if (failed === 0 || kinds.length === 0 || rate === null) return null;
  const [kind] = fullest(kinds, ([, count]) => count);
  const limits = capacity(figures.scenario);
  const finding = explainKind(kind, `${formatPercent(rate)} of requests fail`, figures, limits);
  return { ...finding, arithmetic: finding.arithmetic + retryNote(figures, limits) };
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
  const isStorm = retryStorm(figures, limits) !== null;
  return { sentence, arithmetic, suggestion: isStorm ? noRetries(figures) : suggestion };
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
    suggestion:
      isRouter && enough > afterMs
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
  return {
    sentence: `${share}: the edge has no connection slot left.`,
    arithmetic: `The edge takes ${counted(slots, "request")} at once; behind it are ${counted(threads, "thread")}.`,
    suggestion:
      slots === 0 || 2 * slots > MOST_SLOTS
        ? { label: "Let the edge take any number", changes: [{ path: "edge.maxConnections", value: null }] }
        : {
            label: `Give the edge ${exact(2 * slots)} slots`,
            changes: [{ path: "edge.maxConnections", value: 2 * slots }],
          },
  };
}
