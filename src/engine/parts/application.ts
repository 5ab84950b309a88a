import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownFloat64 } from "../kernel/grown";
import { processorPurpose, RandomStream, stepPurpose } from "../kernel/random-stream";
import type { Recorder } from "../record/recorder";
import { ELSEWHERE, FAILURE, STAGE, SUCCESS } from "../record/replication-record";
import type { Standing } from "../record/stage-trace";
import type { ConnectionPools, PoolUser } from "./connection-pools";
import type { DatabaseServers, QueryUser } from "./database-servers";
import type { ThreadWork } from "./dynos";
import type { Edge } from "./edge";
import { CONNECTED, QUERY_ENDED, START, WAIT_ENDED } from "./event-kinds";
import type { Fleet } from "./fleet";
import type { HangingOwner } from "./hanging-queries";
import type { ReplicaLag } from "./replica-lag";
import {
  CONNECTION,
  DYNO,
  FIELDS,
  FLEET,
  HELD,
  KEY_HIGH,
  KEY_LOW,
  PROCESS,
  READ_CONNECTION,
  READS,
  REPETITION,
  REPLAYED,
  type Requests,
  SERVER,
  STEP,
} from "./requests";
import { standingIn, waitingIn } from "./standing";
import { STEP_KIND, type Steps } from "./steps";

/** What a thread does with a request: its endpoint's steps, one after the other. One for all fleets. */
export class Application implements PoolUser, ThreadWork, QueryUser {
  private readonly stream = new RandomStream();
  /** [a duration, a query's processor part] */
  private readonly drawn = new Float64Array(2);
  /** What is left of a query after its processor part, in ms, by entry. */
  private restMs = new Float64Array(0);
  private isStarting = false;

  constructor(
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly steps: Steps,
    private readonly fleets: readonly Fleet[],
    private readonly servers: DatabaseServers,
    private readonly lag: ReplicaLag,
    private readonly edge: Edge,
    private readonly recorder: Recorder,
  ) {
    events.onGrow((capacity) => {
      this.restMs = grownFloat64(this.restMs, capacity);
    });
  }

  private fleet(entry: number): Fleet {
    return this.fleets[this.requests.fields[FIELDS * entry + FLEET]!]!;
  }

  /** The pool that the request's present query borrows from. */
  private pools(entry: number): ConnectionPools {
    const fleet = this.fleet(entry);
    return this.requests.fields[FIELDS * entry + READS] === 0 ? fleet.pools : fleet.readPools!;
  }

  /** Queries that only read go to replicas where the fleet says so, while there are any. */
  private choosePools(entry: number): ConnectionPools {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    const fleet = this.fleet(entry);
    const reads =
      fleet.readPools !== null &&
      fleet.readsReplicas &&
      this.servers.members.count > 0 &&
      this.steps.isWrite[fields[row + STEP]!] === 0;
    fields[row + READS] = reads ? 1 : 0;
    return reads ? fleet.readPools! : fleet.pools;
  }

  /**
   * A thread has taken the request. One that is taken while another begins (which was over at once, and freed the thread) begins as an event of its
   * own: a line of requests that do nothing must not nest calls.
   */
  start(entry: number): void {
    if (this.isStarting) {
      this.events.time[entry] = this.events.clock[NOW]!;
      this.events.schedule(entry, START);
      return;
    }
    this.isStarting = true;
    this.beginStep(entry);
    this.isStarting = false;
  }

  private beginStep(entry: number): void {
    const step = this.requests.fields[FIELDS * entry + STEP]!;
    switch (this.steps.kind[step]) {
      case STEP_KIND.wait:
        this.drawDuration(entry);
        this.slowDown(entry);
        this.events.time[entry] = this.events.clock[NOW]! + this.drawn[0]!;
        this.events.schedule(entry, WAIT_ENDED);
        break;
      case STEP_KIND.query: {
        const pools = this.choosePools(entry);
        if (pools.holds(entry)) this.beginQuery(entry, pools);
        else pools.checkOut(entry);
        break;
      }
      case STEP_KIND.cpu:
        this.compute(entry);
        break;
      default:
        this.end(entry, SUCCESS);
    }
  }

  /** Draws the duration of the present repetition of the present step, or takes it from the record. */
  private drawDuration(entry: number): void {
    const { stream, drawn, steps } = this;
    const { fields } = this.requests;
    const row = FIELDS * entry;
    const step = fields[row + STEP]!;
    const place = steps.place[step]!;
    drawn[0] = steps.overheadMs[step]!;
    const replayed = fields[row + REPLAYED]!;
    if (replayed !== NONE) {
      drawn[0]! += steps.replayedMs[replayed + place]!;
      return;
    }
    stream.rekey(
      fields[row + KEY_LOW]!,
      fields[row + KEY_HIGH]!,
      stepPurpose(place, fields[row + REPETITION]!),
    );
    steps.duration[step]!.addTo(drawn, 0, stream);
  }

  /** What was drawn takes longer on a dyno that is slowed down; what it computes is slowed by its processors. */
  private slowDown(entry: number): void {
    const { lifecycle } = this.fleet(entry);
    if (lifecycle.hasSlowDynos)
      this.drawn[0]! *= lifecycle.factorOf(this.requests.fields[FIELDS * entry + DYNO]!);
  }

  /** The part of the query's drawn duration that needs the server's processor, to drawn[1]. */
  private drawProcessorPart(entry: number): void {
    const { stream, drawn, steps } = this;
    const { fields } = this.requests;
    const row = FIELDS * entry;
    const step = fields[row + STEP]!;
    drawn[1] = 0;
    stream.rekey(
      fields[row + KEY_LOW]!,
      fields[row + KEY_HIGH]!,
      processorPurpose(steps.place[step]!, fields[row + REPETITION]!),
    );
    steps.processor[step]!.addTo(drawn, 1, stream);
    if (drawn[1]! > drawn[0]!) drawn[1] = drawn[0]!;
  }

  private compute(entry: number): void {
    this.drawDuration(entry);
    if (this.drawn[0] === 0) {
      this.nextStep(entry);
      return;
    }
    const { processors } = this.fleet(entry);
    processors.workMs[entry] = this.drawn[0]!;
    processors.begin(entry, this.requests.fields[FIELDS * entry + PROCESS]!);
  }

  /** The request's processor step is done. */
  computed(entry: number): void {
    this.requests.endComputing(entry, this.fleet(entry).processors.workMs, STAGE.cpu, STAGE.cpuWait);
    this.nextStep(entry);
  }

  /** On WAIT_ENDED. */
  waitEnded(entry: number): void {
    this.requests.endStage(entry, STAGE.wait);
    this.nextStep(entry);
  }

  private nextStep(entry: number): void {
    this.requests.fields[FIELDS * entry + STEP]! += 1;
    this.beginStep(entry);
  }

  /** On CONNECTED: a connection is there, or was refused. */
  connected(entry: number): void {
    this.pools(entry).connected(entry);
  }

  /** On DISCOVERED_DEAD. */
  discoveredDead(entry: number): void {
    this.pools(entry).discoveredDead(entry);
  }

  checkedOut(entry: number, server: number): void {
    this.servers.arrive(entry, server);
  }

  checkedOutHung(entry: number): void {
    this.servers.hang(entry, null);
  }

  checkOutFailed(entry: number, failure: number): void {
    this.end(entry, failure);
  }

  /** Begins a query over a connection that the request has had for longer. */
  private beginQuery(entry: number, pools: ConnectionPools): void {
    if (pools.holdsLiveConnection(entry)) this.servers.arrive(entry, pools.serverOf(entry));
    else if (pools.holdsHungConnection(entry)) this.servers.hang(entry, null);
    else this.queryFailed(entry, FAILURE["database-down"]);
  }

  /** On POOLER_PASSED. */
  poolerPassed(entry: number): void {
    const pools = this.pools(entry);
    if (pools.holdsLiveConnection(entry)) {
      this.servers.poolerPassed(entry, pools.serverOf(entry));
      return;
    }
    // In session mode: the session was lost while the query was on its way to it.
    this.requests.endStage(entry, STAGE.pooler);
    if (pools.holdsHungConnection(entry)) this.servers.hang(entry, null);
    else this.queryFailed(entry, FAILURE["database-down"]);
  }

  queryHangs(entry: number, owner: HangingOwner): void {
    this.servers.hangAt(entry, owner);
  }

  /** A query that hung has failed at last. */
  hangingEnded(entry: number): void {
    this.queryFailed(entry, FAILURE["database-down"]);
  }

  /** Connections lead elsewhere from now on. */
  routesChanged(): void {
    for (const fleet of this.fleets) fleet.renewConnections();
  }

  /** There are replicas now. */
  replicasThere(): void {
    for (const fleet of this.fleets) fleet.prepareReading();
  }

  /** Whether the request's connection keeps a server connection of a pooler in session mode. */
  keepsSession(entry: number): boolean {
    return this.pools(entry).keepsSession(entry);
  }

  /** A pooler in session mode has given the request's connection a server connection, opened in this life of the database. */
  sessionGiven(entry: number, life: number): void {
    this.pools(entry).keepSession(entry, life);
  }

  /** The query has a session on this database server and runs. */
  runQuery(entry: number, server: number): void {
    const { events, drawn } = this;
    const database = this.servers.database(server);
    this.requests.fields[FIELDS * entry + SERVER] = server;
    if (server > 0) this.lag.read(entry);
    database.queryBegins(entry);
    this.drawDuration(entry);
    const needsProcessor = !this.steps.processor[this.requests.fields[FIELDS * entry + STEP]!]!.isZero;
    if (needsProcessor) this.drawProcessorPart(entry);
    this.slowDown(entry);
    if (needsProcessor && drawn[1]! > 0) {
      this.computeQuery(entry, server);
      return;
    }
    events.time[entry] = events.clock[NOW]! + drawn[0]!;
    events.schedule(entry, QUERY_ENDED);
  }

  /** The query needs the server's processor first; the rest of what was drawn comes after. */
  private computeQuery(entry: number, server: number): void {
    const { drawn } = this;
    this.restMs[entry] = drawn[0]! - drawn[1]!;
    this.servers.processors.workMs[entry] = drawn[1]!;
    this.servers.processors.begin(entry, server);
  }

  /** The query's processor part is done. */
  queryComputed(entry: number): void {
    const { events } = this;
    this.requests.endComputing(entry, this.servers.processors.workMs, STAGE.query, STAGE.queryWait);
    events.time[entry] = events.clock[NOW]! + this.restMs[entry]!;
    events.schedule(entry, QUERY_ENDED);
  }

  /** On QUERY_ENDED. */
  queryEnded(entry: number): void {
    const { requests, steps } = this;
    requests.endStage(entry, STAGE.query);
    const { fields } = requests;
    const row = FIELDS * entry;
    const step = fields[row + STEP]!;
    const server = fields[row + SERVER]!;
    fields[row + SERVER] = NONE;
    const fleet = this.fleet(entry);
    if (steps.isWrite[step] === 1) this.wrote(entry, step);
    const pools = this.pools(entry);
    this.servers.queryEnded(server, pools.serverOf(entry));
    if (fields[row + PROCESS] === NONE) {
      this.endAbandoned(entry, pools);
      return;
    }
    if (!fleet.holdsForRequest) pools.giveBack(entry);
    // What was given back may have let others in, which moves the rows when there are more of them.
    const now = requests.fields;
    const repetition = now[row + REPETITION]! + 1;
    if (repetition < steps.count[step]!) {
      now[row + REPETITION] = repetition;
    } else {
      now[row + REPETITION] = 0;
      now[row + STEP]! += 1;
    }
    this.beginStep(entry);
  }

  /** A write has ended on the primary: each replica does its work over. */
  private wrote(entry: number, step: number): void {
    this.lag.wrote(entry);
    if (this.servers.members.count === 0 || this.steps.processor[step]!.isZero) return;
    this.drawDuration(entry);
    this.drawProcessorPart(entry);
    if (this.drawn[1]! > 0) this.servers.replicate(this.drawn);
  }

  /** The query, or its wait for a server connection, failed; the application's connection is lost with it, and discarded. */
  queryFailed(entry: number, failure: number): void {
    this.pools(entry).discard(entry);
    this.end(entry, failure);
  }

  /** A proxy found no session for the query; its own connection stays good. */
  queryRefused(entry: number, failure: number): void {
    this.end(entry, failure);
  }

  /** The database lost every session while this query was running. @param hangs whether the request does not learn of it */
  sessionLost(entry: number, server: number, hangs: boolean): void {
    this.requests.endStage(entry, STAGE.query);
    this.requests.fields[FIELDS * entry + SERVER] = NONE;
    this.servers.database(server).queryEnds();
    const pools = this.pools(entry);
    // Whose session it is: the request's own, or a pooler's.
    const target = pools.keepsSession(entry) ? null : pools.serverOf(entry);
    if (this.requests.fields[FIELDS * entry + PROCESS] === NONE) {
      if (hangs) this.servers.hungEnded(target);
      this.endAbandoned(entry, pools);
    } else if (hangs) {
      this.servers.hang(entry, target);
    } else {
      this.queryFailed(entry, FAILURE["database-down"]);
    }
  }

  /** The query of a request whose dyno died while it ran is over: the server closes the session. */
  private endAbandoned(entry: number, pools: ConnectionPools): void {
    pools.closeAbandoned(entry);
    this.events.release(entry);
  }

  /**
   * The dyno of a request that had a thread has died. A query that runs goes on to its end, since the database learns of it only then (PostgreSQL notices that its client has
   * gone when it writes the answer).
   * @returns whether the entry is still in use for that
   */
  abandon(entry: number): boolean {
    const { events, requests, servers } = this;
    const { fields } = requests;
    const row = FIELDS * entry;
    const fleet = this.fleet(entry);
    const pools = this.pools(entry);
    const runs = fields[row + SERVER] !== NONE;
    if (servers.hanging.has(entry)) {
      servers.hanging.drop(entry);
    } else if (!runs && events.isPending(entry)) {
      if (events.kindOf(entry) === CONNECTED) pools.abandonOpening(entry);
      events.cancel(entry);
    } else if (!runs && pools.holds(entry) && !pools.isWaiting(entry)) {
      servers.leavePooler(entry, pools.serverOf(entry));
    }
    fleet.pools.abandon(entry, runs && pools === fleet.pools);
    fleet.readPools?.abandon(entry, runs && pools === fleet.readPools);
    fields[row + PROCESS] = NONE;
    return runs;
  }

  private end(entry: number, failure: number): void {
    const fleet = this.fleet(entry);
    const row = FIELDS * entry;
    if (this.requests.fields[row + CONNECTION]! >= 0) fleet.pools.giveBack(entry);
    if (this.requests.fields[row + READ_CONNECTION]! >= 0) fleet.readPools!.giveBack(entry);
    fleet.dynos.release(entry);
    if (failure !== SUCCESS && this.requests.fields[row + HELD] === 1) this.noteWhere(entry, failure);
    this.edge.finished(entry, failure);
  }

  /** Which server a request fails for want of, where it is not the primary. */
  private noteWhere(entry: number, failure: number): void {
    const isRefused = failure === FAILURE["connection-refused"];
    if (!isRefused && failure !== FAILURE["database-down"]) return;
    if (this.requests.fields[FIELDS * entry + READS] === 1)
      this.recorder.failsElsewhere(isRefused ? ELSEWHERE.refusedByReplica : ELSEWHERE.replicaDown);
    else if (this.servers.hasPoolerTo(0) && this.servers.database(0).isUp)
      this.recorder.failsElsewhere(ELSEWHERE.poolerCannotLogIn);
  }

  /** Where a request stands that has not ended its present stage. */
  standing(entry: number): Standing {
    if (this.requests.fields[FIELDS * entry + PROCESS]! < 0) return waitingIn(STAGE.queue);
    const { processors } = this.fleet(entry);
    return standingIn(entry, this.events, processors, this.servers, this.pools(entry));
  }
}
