const FEWEST_EVENTS = 64;
const MOST_EVENTS = 65_536;

/** How long a worker simulates before it looks for messages: what a cancel waits for at most, about. */
export const SLICE_MS = 8;

/** How many events to simulate at a time: a fraction of a slice, whatever an event costs in this scenario. */
export class StepSize {
  #events = 4_096;
  readonly #sliceMs: number;

  /** @param sliceMs how long is simulated before messages are looked for */
  constructor(sliceMs = SLICE_MS) {
    this.#sliceMs = sliceMs;
  }

  get events(): number {
    return this.#events;
  }

  /** Learns from a step. @param isDone it ended because there was nothing more to do */
  took(ms: number, isDone: boolean): void {
    if (ms > this.#sliceMs / 2) this.#events = Math.max(FEWEST_EVENTS, this.#events / 2);
    else if (!isDone && ms < this.#sliceMs / 8) this.#events = Math.min(MOST_EVENTS, this.#events * 2);
  }
}
