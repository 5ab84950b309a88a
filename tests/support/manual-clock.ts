import type { ClientClock } from "../../src/workers/client-clock";

interface Timer {
  dueAt: number;
  readonly everyMs: number | null;
  readonly callback: () => void;
}

/** Time that stands still until a test moves it; timers fire in order while it moves. */
export class ManualClock implements ClientClock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.#add({ dueAt: this.#now + delayMs, everyMs: null, callback });
  }

  every(intervalMs: number, callback: () => void): () => void {
    return this.#add({ dueAt: this.#now + intervalMs, everyMs: intervalMs, callback });
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  advance(byMs: number): void {
    const until = this.#now + byMs;
    for (;;) {
      const next = [...this.#timers]
        .filter((timer) => timer.dueAt <= until)
        .sort((a, b) => a.dueAt - b.dueAt)[0];
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.dueAt);
      if (next.everyMs === null) this.#timers.delete(next);
      else next.dueAt += next.everyMs;
      next.callback();
    }
    this.#now = until;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }
}
