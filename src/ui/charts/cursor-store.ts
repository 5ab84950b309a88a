/** The time that the reader points at, in one chart for all of them. */
export interface CursorPoint {
  readonly timeS: number;
  /** The id of the chart that is pointed at. */
  readonly chart: string;
  /** Moved with the keyboard: what is there is also read out. */
  readonly isByKeyboard: boolean;
}

export interface CursorStore {
  get(): CursorPoint | null;
  set(point: CursorPoint): void;
  /** Takes the cursor away, if it is still that chart's. */
  clear(chart: string): void;
  subscribe(listener: () => void): () => void;
}

/** A cursor that charts share without any of them being drawn again by another's parent. */
export function createCursorStore(): CursorStore {
  let current: CursorPoint | null = null;
  const listeners = new Set<() => void>();
  function change(next: CursorPoint | null) {
    current = next;
    for (const listener of listeners) listener();
  }
  return {
    get: () => current,
    set(point) {
      const isSame =
        current?.timeS === point.timeS &&
        current.chart === point.chart &&
        current.isByKeyboard === point.isByKeyboard;
      if (!isSame) change(point);
    },
    clear(chart) {
      if (current?.chart === chart) change(null);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
