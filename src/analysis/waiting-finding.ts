import { formatMs, formatPercent, formatRate } from "../base/format";
import { formatSegment } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import { type Capacity, capacity } from "./capacity";
import type { ResultFigures } from "./result-types";
import { largerPooler, moreDynos, poolForEveryThread } from "./suggestions";
import type { Finding, Suggestion } from "./verdict-types";

/** Waiting below this share of a request's latency is not worth a sentence. */
const NOTICEABLE_SHARE = 0.05;
/** A resource busier than this is full. */
const FULL = 0.95;
/** Threads less busy than this should not make anybody wait, were the requests spread well. */
const IDLE_ENOUGH = 0.9;

/** What successful requests wait for most, where that is noticeable; else null. */
export function waitingFinding(figures: ResultFigures): Finding | null {
  const { stagesMs, latencyMs, scenario } = figures;
  const total = latencyMs.mean.mean;
  if (total === null || total === 0) return null;
  const waits = {
    queue: stagesMs.queue ?? 0,
    checkout: stagesMs.checkout ?? 0,
    pooler: stagesMs.pooler ?? 0,
  };
  const largest = Math.max(waits.queue, waits.checkout, waits.pooler);
  const isNoticeable = waits.queue + waits.checkout + waits.pooler > NOTICEABLE_SHARE * total;
  if (!isNoticeable) return null;
  const limits = capacity(scenario);
  // A full pooler keeps threads and pools busy too, so that waiting shows in front of them: it is the cause all the same.
  if (figures.utilization.pooler > FULL && waits.pooler > 0.01 * total)
    return poolerWait(figures, limits, waits.pooler);
  if (largest === waits.checkout) return checkoutWait(scenario, limits, waits.checkout);
  if (largest === waits.pooler) return poolerPassage(figures, waits.pooler);
  return threadWait(figures, limits, waits.queue);
}

/** What requests wait for a thread for, however little it is; null where none succeeded. */
export function queueFinding(figures: ResultFigures): Finding | null {
  const { queue } = figures.stagesMs;
  return queue === null ? null : threadWait(figures, capacity(figures.scenario), queue);
}

function poolerWait(
  { scenario, throughputPerSecond }: ResultFigures,
  limits: Capacity,
  waitMs: number,
): Finding {
  const { connections } = scenario.pooler;
  const served =
    throughputPerSecond.mean === null ? "" : `; ${formatRate(throughputPerSecond.mean)} are served`;
  return {
    sentence: `Every one of the pooler's ${connections} server connections is in use, so a request waits ${formatMs(waitMs)} for one.`,
    arithmetic: `${connections} connections ÷ ${formatMs(limits.queryMs)} of queries = at most ${Math.floor(limits.poolerPerSecond)} requests a second${served}.`,
    suggestion: largerPooler(scenario),
  };
}

/** The pooler has connections to spare, but passing it takes long: its own overhead, or the pace of its one thread. */
function poolerPassage({ scenario, throughputPerSecond }: ResultFigures, waitMs: number): Finding {
  const { overheadMs, capacityPerSecond } = scenario.pooler;
  const served =
    throughputPerSecond.mean === null ? "" : `; ${formatRate(throughputPerSecond.mean)} are served`;
  return {
    sentence: `A request spends ${formatMs(waitMs)} in passing the pooler, although not all of its server connections are in use.`,
    arithmetic: `A query takes ${formatMs(overheadMs)} to pass an idle pooler, which handles at most ${formatRate(capacityPerSecond)}${served}.`,
    suggestion: null,
  };
}

function checkoutWait(scenario: Scenario, limits: Capacity, waitMs: number): Finding {
  const { fleet } = limits;
  const at = `fleets.${formatSegment(fleet.name)}.pool`;
  const holdsLong = fleet.pool.hold === "request";
  let suggestion: Suggestion | null = poolForEveryThread(scenario, limits);
  if (suggestion === null && holdsLong) {
    suggestion = {
      label: "Hold connections only for each query",
      changes: [{ path: `${at}.hold`, value: "query" }],
    };
  }
  return {
    sentence: `A request waits ${formatMs(waitMs)} for a connection of its process's pool.`,
    arithmetic: `${fleet.threads} threads share ${fleet.pool.size} connections in each process, held for ${holdsLong ? "the whole request" : "each query"}${scenario.pooler.enabled ? ", in front of the pooler" : ""}.`,
    suggestion,
  };
}

function threadWait(figures: ResultFigures, limits: Capacity, waitMs: number): Finding {
  const { scenario, utilization, queueMs } = figures;
  const { fleet, threads, workMs, threadsPerSecond } = limits;
  const p95 = queueMs.p95.mean === null ? "" : ` (p95 ${formatMs(queueMs.p95.mean)})`;
  const isLuck =
    utilization.threads < IDLE_ENOUGH && fleet.balancer !== "least-outstanding" && fleet.dynos > 1;
  if (isLuck) {
    return {
      sentence: `A request waits ${formatMs(waitMs)}${p95} for a thread although only ${formatPercent(utilization.threads)} of the threads are busy: ${fleet.balancer} routing fills one dyno while another is idle.`,
      arithmetic: `${fleet.dynos} dynos × ${limits.threadsPerDyno} threads = ${threads}; one line for each dyno, not one for all.`,
      suggestion: {
        label: "Send requests to the dyno with the fewest outstanding",
        changes: [{ path: `fleets.${formatSegment(fleet.name)}.balancer`, value: "least-outstanding" }],
      },
    };
  }
  return {
    sentence: `A request waits ${formatMs(waitMs)}${p95} for a thread: ${formatPercent(utilization.threads)} of the threads are busy.`,
    arithmetic: `${threads} threads ÷ ${formatMs(workMs)} of work = at most ${Math.floor(threadsPerSecond)} requests a second.`,
    suggestion: moreDynos(scenario, limits),
  };
}
