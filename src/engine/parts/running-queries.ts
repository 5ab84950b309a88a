import type { EventList } from "../kernel/event-list";
import { grownFloat64 } from "../kernel/grown";
import { FIELDS, type Requests, SERVER } from "./requests";

/** Which requests run a query where, in the order in which they began: asked for only when a server loses its sessions. */
export class RunningQueries {
  /** A number that rises from query to query, by entry. */
  private order = new Float64Array(0);
  private next = 0;

  constructor(
    private readonly events: EventList,
    private readonly requests: Requests,
  ) {
    events.onGrow((capacity) => {
      this.order = grownFloat64(this.order, capacity);
    });
  }

  /** The request begins a query, now. */
  began(entry: number): void {
    this.order[entry] = this.next;
    this.next += 1;
  }

  /** The requests that run a query on this server. A crash is rare, so the list is made only then. */
  of(server: number): number[] {
    const { fields } = this.requests;
    const running: number[] = [];
    for (let entry = 0; entry < this.events.capacity; entry += 1) {
      if (fields[FIELDS * entry + SERVER] === server) running.push(entry);
    }
    return running.sort((a, b) => this.order[a]! - this.order[b]!);
  }
}
