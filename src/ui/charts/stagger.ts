/** Runs jobs one per task, so that the browser can answer input and paint between them. */
export interface Stagger {
  /** Queues a job under an owner. A job that the owner still had waiting is replaced, and keeps its place. */
  schedule(owner: object, job: () => void): void;
  cancel(owner: object): void;
}

/** A queue of its own for one set of charts: the newest job of each wins. */
export function createStagger(): Stagger {
  const waiting = new Map<object, () => void>();
  // Messages come without the minimal delay of nested timers.
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const [next] = waiting;
    if (next === undefined) return;
    const [owner, job] = next;
    waiting.delete(owner);
    try {
      job();
    } finally {
      if (waiting.size > 0) channel.port2.postMessage(null);
    }
  };
  return {
    schedule(owner, job) {
      if (waiting.size === 0) channel.port2.postMessage(null);
      waiting.set(owner, job);
    },
    cancel(owner) {
      waiting.delete(owner);
    },
  };
}
