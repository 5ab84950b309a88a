/** What an event of the event list is: the frequent kinds, on which `Simulation.act` calls the part that acts on its entry. */
export const SEND = 0;
export const ARRIVAL = 1;
export const CONNECTED = 2;
export const POOLER_PASSED = 3;
export const QUERY_ENDED = 4;
export const WAIT_ENDED = 5;
export const DISCOVERED_DEAD = 6;
export const START = 7;
/** Kinds from here on belong to whoever registered them, in `EventHandlers`. */
const FIRST_REGISTERED = 16;

/**
 * Events that belong to one instance of a part (the alarm of a line of deadlines, a timer): each gets a kind of its own, so that an event finds its
 * owner however many fleets, pools and servers there are.
 */
export class EventHandlers {
  private readonly handlers: ((entry: number) => void)[] = [];

  /** @returns the kind of event on which `handler` is called, with the event's entry */
  register(handler: (entry: number) => void): number {
    this.handlers.push(handler);
    return FIRST_REGISTERED + this.handlers.length - 1;
  }

  act(kind: number, entry: number): void {
    this.handlers[kind - FIRST_REGISTERED]!(entry);
  }
}
