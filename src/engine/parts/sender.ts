import type { Curve } from "../../scenario/types";
import { NONE } from "../kernel/event-list";
import type { WorkloadPlan } from "../plan";
import { ATTEMPT, CLIENT, FIELDS, REPLAYED, type Requests, VISIT_STEP, WORKLOAD } from "./requests";

/** A client's next request, and a retry, comes at least this long after its last, so that instant refusals can't stop the clock. */
export const LEAST_SEND_INTERVAL_MS = 1;

/** One workload: who sends requests, and when. */
export interface Sender {
  /** Schedules its first requests, at time 0. */
  start(): void;
  /** On SEND: a wait of one of its clients is over. */
  send(entry: number): void;
  /** A request is through: its client has the answer, or knows of a failure that is not tried again. The entry stays the caller's. */
  ended(entry: number, failed: boolean): void;
  /** It is to send as this plan says, from now on. The plan is of the same kind. */
  adopt(plan: WorkloadPlan): void;
}

/** Takes a request whose sender, client and key are set, and sends it now. */
export interface Launcher {
  launch(entry: number): void;
  /** Lets the request in `successor` know what its client knew after the one in `entry`. */
  succeed(entry: number, successor: number): void;
}

/** Writes who sends a request: a first try, the `visitStep`-th of its client's visit, with drawn durations. */
export function writeSender(
  requests: Requests,
  entry: number,
  workload: number,
  client: number,
  visitStep: number,
): void {
  const { fields } = requests;
  const row = FIELDS * entry;
  fields[row + WORKLOAD] = workload;
  fields[row + CLIENT] = client;
  fields[row + VISIT_STEP] = visitStep;
  fields[row + ATTEMPT] = 0;
  fields[row + REPLAYED] = NONE;
}

/** Whether two curves have the same points. */
export function sameCurve(one: Curve | null, other: Curve | null): boolean {
  if (one === other) return true;
  if (one === null || other === null || one.length !== other.length) return false;
  return one.every(([atS, value], i) => atS === other[i]?.[0] && value === other[i]?.[1]);
}
