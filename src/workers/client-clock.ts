/** Time as the client sees it; replaced in tests. All in milliseconds. */
export interface ClientClock {
  now(): number;
  /** Calls back once; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back again and again; the returned function ends it. */
  every(intervalMs: number, callback: () => void): () => void;
}

export const browserClock: ClientClock = {
  now: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  every(intervalMs, callback) {
    const timer = setInterval(callback, intervalMs);
    return () => clearInterval(timer);
  },
};
