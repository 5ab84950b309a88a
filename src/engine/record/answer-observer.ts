import { type EventList, NOW } from "../kernel/event-list";
import {
  ATTEMPT,
  CLIENT,
  DYNO,
  ENDPOINT,
  FIELDS,
  FLEET,
  type Requests,
  TIMES,
  WORKLOAD,
} from "../parts/requests";
import { STAGE } from "./replication-record";

/** One request, at the moment of its answer or failure. */
export interface Answer {
  /** Indices into the scenario's lists. */
  readonly workload: number;
  readonly endpoint: number;
  readonly fleet: number;
  /** −1 where it was never sent to a dyno. */
  readonly dyno: number;
  /** The row of a replay's request in the document, the number of a closed client, the number of an open arrival (from 0). */
  readonly number: number;
  /** 0 for the first try, n for the n-th retry. */
  readonly attempt: number;
  readonly sentAtMs: number;
  readonly latencyMs: number;
  readonly queueMs: number;
  /** SUCCESS or one of FAILURE. */
  readonly failure: number;
}

/** Hears of every request, warm-up included: for comparing single requests, where counts and histograms are not enough. Changes nothing. */
export interface AnswerObserver {
  answered(answer: Answer): void;
}

/** What an observer is told of a request that is answered now. */
export function answerOf(requests: Requests, events: EventList, entry: number, failure: number): Answer {
  const { fields } = requests;
  const row = FIELDS * entry;
  const sentAtMs = requests.sentAtMs(entry);
  return {
    workload: fields[row + WORKLOAD]!,
    endpoint: fields[row + ENDPOINT]!,
    fleet: fields[row + FLEET]!,
    dyno: fields[row + DYNO]!,
    number: fields[row + CLIENT]!,
    attempt: fields[row + ATTEMPT]!,
    sentAtMs,
    latencyMs: events.clock[NOW]! - sentAtMs,
    queueMs: requests.timesMs[entry * TIMES + STAGE.queue]!,
    failure,
  };
}
