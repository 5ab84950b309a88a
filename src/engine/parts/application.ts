import { type EventList, NOW } from "../kernel/event-list";
import { RandomStream, stepPurpose } from "../kernel/random-stream";
import type { Plan, StepPlan } from "../plan";
import { FAILURE, STAGE, SUCCESS } from "../record/replication-record";
import type { ConnectionPools, PoolUser } from "./connection-pools";
import type { Database, QueryUser } from "./database";
import type { Dynos, ThreadWork } from "./dynos";
import type { Edge } from "./edge";
import { QUERY_ENDED, WAIT_ENDED } from "./event-kinds";
import type { Pooler } from "./pooler";
import { CONNECTION, FIELDS, KEY_HIGH, KEY_LOW, REPETITION, STEP, type Requests } from "./requests";

/** What a thread does with a request: its endpoint's steps, one after the other. */
export class Application implements ThreadWork, PoolUser, QueryUser {
  private readonly steps: readonly StepPlan[];
  private readonly holdForRequest: boolean;
  private readonly stream = new RandomStream();

  constructor(
    plan: Plan,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly dynos: Dynos,
    private readonly edge: Edge,
    private readonly pools: ConnectionPools,
    private readonly pooler: Pooler | null,
    private readonly database: Database,
  ) {
    this.steps = plan.steps;
    this.holdForRequest = plan.fleet.pool.holdForRequest;
  }

  start(entry: number): void {
    this.beginStep(entry);
  }

  processesEnded(first: number, count: number): void {
    this.pools.closeProcesses(first, count);
  }

  private beginStep(entry: number): void {
    const at = this.requests.fields[FIELDS * entry + STEP]!;
    if (at >= this.steps.length) {
      this.end(entry, SUCCESS);
      return;
    }
    const step = this.steps[at]!;
    if (step.kind === "wait") this.beginWait(entry, step);
    else if (this.requests.fields[FIELDS * entry + CONNECTION]! >= 0) this.beginQuery(entry);
    else this.pools.checkOut(entry);
  }

  private beginWait(entry: number, step: StepPlan): void {
    this.scheduleDuration(entry, step);
    this.events.schedule(entry, WAIT_ENDED);
  }

  /** Sets the time of the entry's event: now plus the duration drawn for the present repetition of its present step. */
  private scheduleDuration(entry: number, step: StepPlan): void {
    const { requests, events, stream } = this;
    const purpose = stepPurpose(requests.fields[FIELDS * entry + STEP]!, requests.fields[FIELDS * entry + REPETITION]!);
    stream.rekey(requests.fields[FIELDS * entry + KEY_LOW]!, requests.fields[FIELDS * entry + KEY_HIGH]!, purpose);
    events.time[entry] = events.clock[NOW]!;
    step.duration.addTo(events.time, entry, stream);
  }

  /** On WAIT_ENDED. */
  waitEnded(entry: number): void {
    this.requests.endStage(entry, STAGE.wait);
    this.requests.fields[FIELDS * entry + STEP]! += 1;
    this.beginStep(entry);
  }

  checkedOut(entry: number): void {
    this.beginQuery(entry);
  }

  checkOutFailed(entry: number, failure: number): void {
    this.end(entry, failure);
  }

  private beginQuery(entry: number): void {
    if (!this.pools.holdsLiveConnection(entry)) this.queryFailed(entry, FAILURE["database-down"]);
    else if (this.pooler === null) this.runQuery(entry);
    else this.pooler.arrive(entry);
  }

  /** The query has a connection to the database and runs. */
  runQuery(entry: number): void {
    this.database.queryBegins();
    this.scheduleDuration(entry, this.steps[this.requests.fields[FIELDS * entry + STEP]!]!);
    this.events.schedule(entry, QUERY_ENDED);
  }

  /** On QUERY_ENDED. */
  queryEnded(entry: number): void {
    const { requests } = this;
    requests.endStage(entry, STAGE.query);
    this.database.queryEnds();
    this.pooler?.giveBack();
    if (!this.holdForRequest) this.pools.giveBack(entry);
    const repetition = requests.fields[FIELDS * entry + REPETITION]! + 1;
    if (repetition < this.steps[requests.fields[FIELDS * entry + STEP]!]!.count) {
      requests.fields[FIELDS * entry + REPETITION] = repetition;
    } else {
      requests.fields[FIELDS * entry + REPETITION] = 0;
      requests.fields[FIELDS * entry + STEP]! += 1;
    }
    this.beginStep(entry);
  }

  /** The query, or its wait for a server connection, failed; the application's connection is lost with it, and discarded. */
  queryFailed(entry: number, failure: number): void {
    this.pools.discard(entry);
    this.end(entry, failure);
  }

  /** The database lost every session while this query was running. */
  sessionLost(entry: number): void {
    this.requests.endStage(entry, STAGE.query);
    this.database.queryEnds();
    this.queryFailed(entry, FAILURE["database-down"]);
  }

  private end(entry: number, failure: number): void {
    if (this.requests.fields[FIELDS * entry + CONNECTION]! >= 0) this.pools.giveBack(entry);
    this.dynos.release(entry);
    this.edge.finished(entry, failure);
  }
}
