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
import { requestsAtOnce } from "./traffic";
import type { Finding } from "./verdict-types";
import { nothingIsFull, overloadedPart, requestsWait } from "./waiting-finding";
import { counted, exact } from "./words";

/** Failures of requests that waited for others which took too long. */
const WAITED: ReadonlySet<FailureKind> = new Set([
  "backlog-full",
  "queue-timeout",
  "checkout-timeout",
  "pooler-timeout",
]);
/** The longest that a router may wait, ms. */
const MOST_MS = 1e9;
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
  const { timeoutMs } = scenario.edge;
  // Whatever ends most of them sooner: none could ever be answered.
  if (WAITED.has(kind) && figures.requests.ok === 0 && timeoutMs !== null && own.workMs >= timeoutMs)
    return routerTimeout(share, own, figures, limits);
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
      return poolerFull(share, figures, limits, own);
    case "timeout":
      return routerTimeout(share, own, figures, limits);
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
  const { limit, arithmetic, suggestion } = overloadedPart(figures, limits);
  if (retryStorm(figures, limits) === null) return { limit, sentence, arithmetic, suggestion };
  return { limit: "retries", sentence, arithmetic, suggestion: noRetries(figures) };
}

/** Somebody does not wait for the answer. @param who whoever it is, as the beginning of the sentence */
function impatient(
  who: string,
  afterMs: number,
  own: FleetCapacity,
  figures: ResultFigures,
  limits: Capacity,
): Finding {
  const { workMs } = own;
  if (!takesItsTime(own, afterMs, figures, limits))
    return overload(
      `${who} after ${formatMs(afterMs)}, while the dynos work on for nobody.`,
      figures,
      limits,
    );
  const rest = workMs >= afterMs ? "" : ", and these for longer; they hardly wait";
  return {
    limit: null,
    sentence: `${who} after ${formatMs(afterMs)}, before the request's own work is done.`,
    arithmetic: `A request works for ${formatMs(workMs)} on average${rest}.`,
    suggestion: null,
  };
}

/** The router does not wait for the answer; where nothing but the request's own work keeps it, it could wait longer. */
function routerTimeout(share: string, own: FleetCapacity, figures: ResultFigures, limits: Capacity): Finding {
  const timeoutMs = figures.scenario.edge.timeoutMs ?? 0;
  const finding = impatient(`${share}: the router gives up`, timeoutMs, own, figures, limits);
  const enough = Math.min(MOST_MS, Math.ceil((2 * Math.max(own.workMs, timeoutMs)) / 1000) * 1000);
  if (!takesItsTime(own, timeoutMs, figures, limits) || enough <= timeoutMs) return finding;
  return {
    ...finding,
    suggestion: {
      label: `Let the router wait ${formatMs(enough)}`,
      changes: [{ path: "edge.timeoutMs", value: enough }],
    },
  };
}

/** Whether it is their own work, and no waiting, for which requests take too long. */
function takesItsTime(
  { workMs }: FleetCapacity,
  afterMs: number,
  figures: ResultFigures,
  limits: Capacity,
): boolean {
  return workMs >= afterMs || nothingIsFull(figures, limits);
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
    limit: "balancer",
    sentence,
    arithmetic: `${balancerSum(scenario, own)}; a dyno has ${counted(own.threadsPerDyno, "thread")}.`,
    suggestion: fillThreads(scenario, limits, own) ?? overloadedPart(figures, limits).suggestion,
  };
}

/** The edge has too few slots, or what stands behind it is full and makes requests keep theirs. */
function edgeFull(share: string, figures: ResultFigures, limits: Capacity): Finding {
  const { scenario } = figures;
  const sentence = `${share}: the edge has no connection slot left.`;
  const slots = scenario.edge.maxConnections ?? 0;
  const threads = limits.fleets.reduce((sum, own) => sum + own.threads, 0);
  const room = `The edge takes ${counted(slots, "request")} at once; behind it are ${counted(threads, "thread")}.`;
  if (requestsWait(figures)) {
    const { limit, arithmetic, suggestion } = overloadedPart(figures, limits);
    return { limit, sentence, arithmetic: `${room} ${arithmetic}`, suggestion };
  }
  const enough = Math.max(2 * slots, Math.ceil(requestsAtOnce(scenario) - 1e-9));
  return {
    limit: "edge slots",
    sentence,
    arithmetic: room,
    suggestion:
      slots === 0 || enough > MOST_SLOTS
        ? { label: "Let the edge take any number", changes: [{ path: "edge.maxConnections", value: null }] }
        : {
            label: `Give the edge ${exact(enough)} slots`,
            changes: [{ path: "edge.maxConnections", value: enough }],
          },
  };
}
