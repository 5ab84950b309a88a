import { formatMs, formatPercent } from "../base/format";
import { spanText, timeText } from "../base/run-time";
import type { MOST_IN_SYSTEM } from "../engine/record/replication-record";
import { capacity } from "./capacity";
import { databaseProcessors, replicaProcessors } from "./database-limits";
import { dynoProcessors, threadSum } from "./dyno-limits";
import { failureFinding, noDynoFinding } from "./failure-finding";
import { fleetLoads, fullest } from "./loads";
import type { ObjectiveMiss, ResultFigures, StageBreakdown } from "./result-types";
import { slowestSentence } from "./slow-requests";
import type { Finding, LimitName, Verdict } from "./verdict-types";
import { queueFinding, waitingFinding } from "./waiting-finding";
import { exact } from "./words";

/** More than this of anything busy or used is near its limit. */
const NEAR_LIMIT = 0.85;
/** With more requests in the system at once, a run is broken off. The compiler holds it to the engine's number. */
const MOST_AT_ONCE: typeof MOST_IN_SYSTEM = 2_000_000;
/** The longest that a run may last. */
const MOST_SECONDS = 1e6;

/**
 * Says of a run whether it is all right, what limits it, and what to try.
 * @param breakdown where the time of its requests goes; none: nothing is said of that
 */
export function explain(figures: ResultFigures, breakdown: readonly StageBreakdown[] = []): Verdict {
  const { scenario, stoppedAtS } = figures;
  const verdict = { ...judged(figures), slowest: slowestSentence(breakdown) };
  if (stoppedAtS === null) return verdict;
  const time = timeText(Number(stoppedAtS.toFixed(1)), scenario.run.durationS);
  return {
    ...verdict,
    tone: "bad",
    // A longer run would be broken off, too.
    suggestion: verdict.suggestion?.changes.some(({ path }) => path === "run.durationS")
      ? null
      : verdict.suggestion,
    sentence: `The run was broken off at ${time}, because more than ${exact(MOST_AT_ONCE)} requests were in the system at once. ${verdict.sentence}`,
  };
}

type Judgement = Omit<Verdict, "slowest">;

function judged(figures: ResultFigures): Judgement {
  if (figures.simulatedRequests === 0) {
    return {
      tone: "good",
      sentence: "No request is sent, so there is nothing to judge.",
      arithmetic: "",
      limit: null,
      suggestion: null,
    };
  }
  if (figures.requests.ok + figures.requests.failed === 0 && isUnderWay(figures)) return tooEarly(figures);
  if (figures.peaks.dynos === 0) return { tone: "bad", ...noDynoFinding("No request is answered", figures) };
  const failure = failureFinding(figures);
  const waiting = waitingFinding(figures);
  if (failure === null && figures.requests.ok === 0) return unanswered(figures);
  if (!figures.slo.met) return { tone: "bad", ...missed(figures, failure, waiting) };
  // Without an objective for failures, failing at all is still what a reader must hear first.
  if (failure !== null)
    return { tone: figures.scenario.slo.failureRate === null ? "bad" : "tight", ...failure };
  if (waiting !== null) return { tone: "tight", ...waiting };
  return allRight(figures);
}

function isUnderWay({ scenario: { run }, measuredS, stoppedAtS }: ResultFigures): boolean {
  return stoppedAtS === null && measuredS < run.durationS - run.warmupS;
}

/** The run goes on, and nothing that counts has ended yet. */
function tooEarly({ scenario, measuredS }: ResultFigures): Judgement {
  const { warmupS } = scenario.run;
  return {
    tone: "open",
    sentence:
      measuredS === 0
        ? `Figures begin after the warm-up of ${spanText(warmupS)}.`
        : "No request that counts has ended yet.",
    arithmetic: "Charts and picture show the system meanwhile.",
    limit: null,
    suggestion: null,
  };
}

function missed(figures: ResultFigures, failure: Finding | null, waiting: Finding | null): Finding {
  const missesFailures = figures.slo.misses.some((miss) => miss.objective === "failureRate");
  const finding = missesFailures ? (failure ?? waiting) : (waiting ?? failure);
  if (finding !== null) return finding;
  const queue = figures.slo.misses.some((miss) => miss.objective === "queueP95Ms")
    ? queueFinding(figures)
    : null;
  if (queue !== null) return queue;
  const [miss] = figures.slo.misses;
  return {
    sentence: `${miss === undefined ? "The objective is missed" : missText(miss)}, and nothing but the request's own work takes that long.`,
    arithmetic: `A request works for ${formatMs(capacity(figures.scenario).all.workMs)} on average before it waits for anything.`,
    limit: null,
    suggestion: null,
  };
}

function missText({ objective, limit, value }: ObjectiveMiss): string {
  const names = {
    p95Ms: "p95",
    p99Ms: "p99",
    queueP95Ms: "The p95 of queue time",
    failureRate: "The failure rate",
  };
  const text = (amount: number): string =>
    objective === "failureRate" ? formatPercent(amount) : formatMs(amount);
  return `${names[objective]} is ${value === null ? "not to be measured" : text(value)}, over the objective of ${text(limit)}`;
}

/** Requests were sent, but none of those that count was answered before the run ended. */
function unanswered({ scenario, slo }: ResultFigures): Judgement {
  const { durationS, warmupS } = scenario.run;
  return {
    tone: slo.met ? "tight" : "bad",
    sentence:
      "No request that was sent after the warm-up was answered before the run ended, so there is nothing to judge yet.",
    arithmetic: `The run lasts ${spanText(durationS)}, ${spanText(warmupS)} of it warm-up; a request works for ${formatMs(capacity(scenario).all.workMs)} on average.`,
    limit: null,
    suggestion:
      2 * durationS > MOST_SECONDS
        ? null
        : {
            label: `Run for ${spanText(2 * durationS)}`,
            changes: [{ path: "run.durationS", value: 2 * durationS }],
          },
  };
}

/** Nothing fails and nothing waits: how near the fullest resource is to its limit. */
function allRight(figures: ResultFigures): Judgement {
  const { utilization, latencyMs } = figures;
  const limits = capacity(figures.scenario);
  const threads = fullest(fleetLoads(figures, limits), (load) => load.threads);
  const processors = fullest(fleetLoads(figures, limits), (load) => load.processors);
  const threadText = isKnown(threads.own.threadsPerSecond)
    ? `${threadSum(figures.scenario, threads.own)}.`
    : "";
  const { name, limit, share, arithmetic } = fullest<{
    name: string;
    limit: LimitName;
    share: number;
    arithmetic: string;
  }>(
    [
      {
        name: "the dynos' threads are busy",
        limit: "threads",
        share: utilization.threads,
        arithmetic: threadText,
      },
      {
        name: "what the dynos can compute is used",
        limit: dynoProcessors(figures, limits, processors).limit,
        share: processors.processors,
        arithmetic: dynoProcessors(figures, limits, processors).arithmetic,
      },
      {
        name: "the database's processors are busy",
        limit: "database processors",
        share: utilization.databaseCpu,
        arithmetic: databaseProcessors(figures, limits).arithmetic,
      },
      {
        name: "the replicas' processors are busy",
        limit: "replicas",
        share: utilization.replicaCpu,
        arithmetic: replicaProcessors(figures, limits).arithmetic,
      },
      {
        name: "the database's connection slots are taken",
        limit: "connection slots",
        share: utilization.databaseConnections,
        arithmetic: threadText,
      },
      {
        name: "the replicas' connection slots are taken",
        limit: "connection slots",
        share: utilization.replicaConnections,
        arithmetic: threadText,
      },
      {
        name: "the pooler's connections are busy",
        limit: "pooler",
        share: utilization.pooler,
        arithmetic: threadText,
      },
    ],
    (resource) => resource.share,
  );
  const p95 = latencyMs.p95.mean;
  const serves = `Requests are answered${p95 === null ? "" : ` with a p95 of ${formatMs(p95)}`} and none fails`;
  const isNear = share > NEAR_LIMIT;
  return {
    tone: isNear ? "tight" : "good",
    sentence: isNear
      ? `${serves}, but ${formatPercent(share)} of ${name}.`
      : `${serves}; at the fullest place ${formatPercent(share)} of ${name}.`,
    arithmetic,
    limit: isNear ? limit : null,
    suggestion: null,
  };
}

function isKnown(perSecond: number): boolean {
  return perSecond !== Infinity;
}
