/** What can be undone and redone around a present value. Values are kept by reference, so undo restores them exactly. */
export interface UndoHistory<Value> {
  /** Oldest first. */
  readonly past: readonly Value[];
  readonly present: Value;
  /** Next first. */
  readonly future: readonly Value[];
}

/** Older steps are forgotten. */
const STEPS_KEPT = 200;

export function startHistory<Value>(present: Value): UndoHistory<Value> {
  return { past: [], present, future: [] };
}

/** A new step; what was undone can no longer be redone. */
export function record<Value>(history: UndoHistory<Value>, value: Value): UndoHistory<Value> {
  return { past: [...history.past, history.present].slice(-STEPS_KEPT), present: value, future: [] };
}

/** Unchanged where there is nothing to undo. */
export function undo<Value>({ past, present, future }: UndoHistory<Value>): UndoHistory<Value> {
  const previous = past.at(-1);
  if (previous === undefined) return { past, present, future };
  return { past: past.slice(0, -1), present: previous, future: [present, ...future] };
}

/** Unchanged where there is nothing to redo. */
export function redo<Value>({ past, present, future }: UndoHistory<Value>): UndoHistory<Value> {
  const [next, ...rest] = future;
  if (next === undefined) return { past, present, future };
  return { past: [...past, present], present: next, future: rest };
}
