import type { Answer, AnswerObserver, ReplicationRecord } from "../../src/engine";
import { COUNT, FAILURE, SUCCESS } from "../../src/engine/record/replication-record";
import type { Scenario, Workload } from "../../src/scenario/types";
import { atLeast, atMost, close, holds, same, sameList } from "./holding";

/** Keeps every answer of a run: what is recorded of it in sums must be what its single requests add up to. */
export class AnswerTally implements AnswerObserver {
  readonly answers: Answer[] = [];

  answered(answer: Answer): void {
    this.answers.push(answer);
  }
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** Expects a record to be what these answers add up to. */
export function expectTallied(
  record: ReplicationRecord,
  answers: readonly Answer[],
  scenario: Scenario,
): void {
  const measured = answers.filter(({ sentAtMs }) => sentAtMs >= 1000 * scenario.run.warmupS);
  const ok = measured.filter(({ failure }) => failure === SUCCESS);
  const failed = measured.filter(({ failure }) => failure !== SUCCESS);
  same("successes", ok.length, record.ok);
  record.failedByKind.forEach((count, kind) => {
    same(`failures of kind ${kind}`, failed.filter(({ failure }) => failure === kind).length, count);
  });
  expectSum(
    record.latency.sums,
    ok.map(({ latencyMs }) => latencyMs),
  );
  expectSum(
    record.queue.sums,
    ok.map(({ queueMs }) => queueMs),
  );
  expectSum(
    record.failedLatency.sums,
    failed.map(({ latencyMs }) => latencyMs),
  );
  record.endpoints.forEach(({ counts, latency }, endpoint) => {
    const own = ok.filter((answer) => answer.endpoint === endpoint);
    same("successes of an endpoint", own.length, counts[COUNT.ok]);
    expectSum(
      latency.sums,
      own.map(({ latencyMs }) => latencyMs),
    );
  });
  record.fleets.forEach(({ counts }, fleet) => {
    same("successes of a fleet", ok.filter((answer) => answer.fleet === fleet).length, counts[COUNT.ok]);
  });
  atMost("retries with an answer", measured.filter(({ attempt }) => attempt > 0).length, record.retries);
}

function expectSum(recorded: Float64Array, single: readonly number[]): void {
  const total = sum(single);
  close("what single requests add up to", sum(recorded), total, 1e-9 * (total + single.length));
}

/** Expects each answer to keep to the limits of time that its failure, or its success, is about. */
export function expectInTime(answers: readonly Answer[], { edge, workloads }: Scenario): void {
  for (const { workload, latencyMs, queueMs, failure, dyno, sentAtMs } of answers) {
    // Moments are rounded to what a number of their size can hold.
    const rounding = 1e-9 * (1 + sentAtMs + latencyMs);
    const giveUpAfterMs = workloads[workload]?.giveUpAfterMs ?? Number.POSITIVE_INFINITY;
    atLeast("queue time", queueMs, 0);
    atMost("queue time", queueMs, latencyMs + rounding);
    atMost("latency", latencyMs, giveUpAfterMs + rounding);
    if (failure === FAILURE["gave-up"])
      atLeast("latency of a client who gave up", latencyMs, giveUpAfterMs - rounding);
    if (failure === FAILURE.timeout)
      atLeast("latency of a timeout", latencyMs, (edge.timeoutMs ?? Number.NaN) - rounding);
    if (failure === FAILURE["queue-timeout"])
      close("latency of a queue timeout", latencyMs, edge.queueTimeoutMs ?? Number.NaN, rounding);
    if (failure === FAILURE["edge-full"])
      sameList("latency and dyno of who was not let in", [latencyMs, dyno], [0, -1]);
    if (failure === SUCCESS) atLeast("the dyno of a success", dyno, 0);
  }
}

/** Expects what each client sends to be one request after the other, retries as often and as late as they should be. */
export function expectInOrder(answers: readonly Answer[], { workloads }: Scenario): void {
  const bySender = new Map<string, Answer[]>();
  for (const answer of answers) {
    const sender = `${answer.workload}/${answer.number}`;
    const own = bySender.get(sender);
    if (own === undefined) bySender.set(sender, [answer]);
    else own.push(answer);
  }
  for (const own of bySender.values()) {
    const workload = workloads[own[0]?.workload ?? -1];
    if (workload !== undefined) expectFollowing(own, workload);
  }
}

function expectFollowing(own: readonly Answer[], workload: Workload): void {
  const { retries } = workload;
  own.forEach((answer, i) => {
    const before = own[i - 1];
    if (before === undefined) {
      same("the attempt", answer.attempt, 0);
      if (workload.kind === "replay")
        same("when it is sent", answer.sentAtMs, workload.requests[answer.number]?.[0]);
      return;
    }
    const pauseMs = answer.sentAtMs - (before.sentAtMs + before.latencyMs);
    const rounding = 1e-9 * (1 + answer.sentAtMs);
    atLeast("the pause before it", pauseMs, -rounding);
    atLeast("the time since the send before", answer.sentAtMs - before.sentAtMs, 1 - rounding);
    const isTriedAgain =
      before.failure !== SUCCESS &&
      before.failure !== FAILURE["gave-up"] &&
      before.attempt < retries.attempts;
    same("the attempt", answer.attempt, isTriedAgain ? before.attempt + 1 : 0);
    if (isTriedAgain) {
      sameList(
        "endpoint and fleet of a retry",
        [answer.endpoint, answer.fleet],
        [before.endpoint, before.fleet],
      );
      const backoffMs = retries.backoffMs * retries.backoffFactor ** before.attempt;
      if (!retries.jitter) atLeast("the pause before it", pauseMs, backoffMs - rounding);
      // A failure that comes at once is followed a millisecond after the send at the earliest.
      atMost("the pause before it", pauseMs, Math.max(backoffMs, 1) + rounding);
    } else if (workload.kind !== "closed") {
      // What is not a retry of an arrival is a further request of its visit.
      holds("it is a visit", workload.kind !== "replay" && workload.journey !== undefined);
      same("the outcome before the next of a visit", before.failure, SUCCESS);
    }
  });
}
