import { type EventList, NOW } from "../kernel/event-list";
import { STAGE } from "../record/replication-record";
import type { EventHandlers } from "./event-kinds";
import type { Requests } from "./requests";

/** Whose server connection a hanging query keeps: told when the query has ended. */
export interface HangingOwner {
  hungEnded(): void;
}

/** Queries over sessions whose server is lost without anybody being told: each waits until the operating system gives up, and fails then. */
export class HangingQueries {
  readonly kind: number;
  private readonly owners = new Map<number, HangingOwner | null>();

  /** @param ended told of each query, which has failed */
  constructor(
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly ended: (entry: number) => void,
  ) {
    this.kind = handlers.register((entry) => this.end(entry));
  }

  /** A query begins to hang, now. @param owner whose server connection it keeps; null: the request's own */
  begin(entry: number, owner: HangingOwner | null, timeoutMs: number): void {
    const { events } = this;
    this.owners.set(entry, owner);
    events.time[entry] = events.clock[NOW]! + timeoutMs;
    if (events.time[entry]! < Infinity) events.schedule(entry, this.kind);
  }

  private end(entry: number): void {
    const owner = this.owners.get(entry) ?? null;
    this.owners.delete(entry);
    this.requests.endStage(entry, STAGE.queryWait);
    owner?.hungEnded();
    this.ended(entry);
  }

  /** The request of a hanging query is no more. */
  drop(entry: number): void {
    const owner = this.owners.get(entry) ?? null;
    this.owners.delete(entry);
    if (this.events.isPending(entry)) this.events.cancel(entry);
    owner?.hungEnded();
  }

  has(entry: number): boolean {
    return this.owners.has(entry);
  }

  /** Somebody has noticed: all of them fail now, in the order in which they began to hang. Whose server connections they kept knows already. */
  endAll(): void {
    const entries = [...this.owners.keys()];
    this.owners.clear();
    for (const entry of entries) {
      if (this.events.isPending(entry)) this.events.cancel(entry);
      this.requests.endStage(entry, STAGE.queryWait);
      this.ended(entry);
    }
  }
}
