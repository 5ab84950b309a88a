/** What a worker needs of its surroundings; replaced in tests. */
export interface WorkerClock {
  /** Milliseconds from some fixed moment. */
  now(): number;
  /** Resolves in a later turn of the event loop, after messages that have already arrived. */
  nextTurn(): Promise<void>;
  /** Resolves after so many milliseconds, or later. */
  sleep(forMs: number): Promise<void>;
}

/**
 * The clock of a real worker. A turn is given through a message channel: timers are clamped to 4 ms when nested, and a
 * promise alone would never let a message in.
 */
export function createWorkerClock(): WorkerClock {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return {
    now: () => performance.now(),
    nextTurn: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        port2.postMessage(null);
      }),
    sleep: (forMs) => new Promise((resolve) => setTimeout(resolve, forMs)),
  };
}
