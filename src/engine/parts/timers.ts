import type { EventList } from "../kernel/event-list";
import { NOW } from "../kernel/event-list";
import type { EventHandlers } from "./event-kinds";

/** Single events that are rare and each of its own meaning (a dyno has booted, a quarantine is over): an action for a time. */
export class Timers {
  private readonly kind: number;
  private readonly actions = new Map<number, () => void>();

  constructor(
    private readonly events: EventList,
    handlers: EventHandlers,
  ) {
    this.kind = handlers.register((timer) => this.ended(timer));
  }

  /** Does something once, `delayMs` from now; never where that is Infinity. */
  after(delayMs: number, action: () => void): void {
    if (delayMs === Infinity) return;
    const { events } = this;
    const timer = events.allocate();
    this.actions.set(timer, action);
    events.time[timer] = events.clock[NOW]! + delayMs;
    events.schedule(timer, this.kind);
  }

  private ended(timer: number): void {
    const action = this.actions.get(timer);
    this.actions.delete(timer);
    this.events.release(timer);
    action?.();
  }
}
