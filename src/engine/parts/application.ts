import type { DurationDistribution } from "../kernel/distribution";
import { type EventList, NOW } from "../kernel/event-list";
import { RandomStream, stepPurpose } from "../kernel/random-stream";
import type { Plan } from "../plan";
import { FAILURE, STAGE, SUCCESS } from "../record/replication-record";
import type { ConnectionPools, PoolUser } from "./connection-pools";
import type { Database, QueryUser } from "./database";
import type { Dynos, ThreadWork } from "./dynos";
import type { Edge } from "./edge";
import { QUERY_ENDED, WAIT_ENDED } from "./event-kinds";
import type { Pooler } from "./pooler";
import { CONNECTION, FIELDS, KEY_HIGH, KEY_LOW, REPETITION, type Requests, STEP } from "./requests";

/** What a thread does with a request: its endpoint's steps, one after the other. */
export class Application implements ThreadWork, PoolUser, QueryUser {
  private readonly durations: readonly DurationDistribution[];
  /** What step i is: a query (1) or a wait (0), and how many times a query runs. */
  private readonly isQuery: Uint8Array;
  private readonly count: Int32Array;
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
    this.durations = plan.steps.map((step) => step.duration);
    this.isQuery = Uint8Array.from(plan.steps, (step) => (step.kind === "query" ? 1 : 0));
    this.count = Int32Array.from(plan.steps, (step) => step.count);
    this.holdForRequest = plan.fleet.pool.holdForRequest;
  }

  start(entry: number): void {
    this.beginStep(entry);
  }

  processesEnded(first: number, count: number): void {
    this.pools.closeProcesses(first, count);
  }

  private beginStep(entry: number): void {
    const { fields } = this.requests;
    const step = fields[FIELDS * entry + STEP]!;
    if (step >= this.isQuery.length) this.end(entry, SUCCESS);
    else if (this.isQuery[step] === 0) this.scheduleEnd(entry, WAIT_ENDED);
    else if (fields[FIELDS * entry + CONNECTION]! >= 0) this.beginQuery(entry);
    else this.pools.checkOut(entry);
  }

  /** Draws the duration of the present repetition of the present step, and schedules its end. */
  private scheduleEnd(entry: number, kind: number): void {
    const { events, stream } = this;
    const { fields } = this.requests;
    const row = FIELDS * entry;
    const step = fields[row + STEP]!;
    stream.rekey(
      fields[row + KEY_LOW]!,
      fields[row + KEY_HIGH]!,
      stepPurpose(step, fields[row + REPETITION]!),
    );
    events.time[entry] = events.clock[NOW]!;
    this.durations[step]!.addTo(events.time, entry, stream);
    events.schedule(entry, kind);
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
    this.scheduleEnd(entry, QUERY_ENDED);
  }

  /** On QUERY_ENDED. */
  queryEnded(entry: number): void {
    const { requests } = this;
    requests.endStage(entry, STAGE.query);
    this.database.queryEnds();
    this.pooler?.giveBack();
    if (!this.holdForRequest) this.pools.giveBack(entry);
    const { fields } = requests;
    const row = FIELDS * entry;
    const repetition = fields[row + REPETITION]! + 1;
    if (repetition < this.count[fields[row + STEP]!]!) {
      fields[row + REPETITION] = repetition;
    } else {
      fields[row + REPETITION] = 0;
      fields[row + STEP]! += 1;
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
