import styles from "./EventShape.module.css";
import type { EventKind } from "./event-words";

/** What the marks of events look like, around 0,0 and 10 across: a shape of its own for each kind. */
const SHAPES: Readonly<Record<EventKind, string>> = {
  set: "M-4-4h8v8h-8z",
  deploy: "M0-5 5 4H-5z",
  killDyno: "M-4.5-2.5l2-2L0-2l2.5-2.5 2 2L2 0l2.5 2.5-2 2L0 2l-2.5 2.5-2-2L-2 0z",
  slowDyno: "M0 5 5-4H-5z",
  failover: "M0-5.5 5.5 0 0 5.5-5.5 0z",
  restartDatabase: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
};

interface EventShapeProps {
  readonly kind: EventKind;
  /** Its middle, in the drawing that it stands in. */
  readonly x?: number;
  readonly y?: number;
}

/** An event's mark, in a drawing. */
export function EventShape({ kind, x = 0, y = 0 }: EventShapeProps) {
  const isPlanned = kind === "set" || kind === "deploy";
  return (
    <path
      className={styles.shape}
      d={SHAPES[kind]}
      transform={`translate(${x} ${y})`}
      data-planned={isPlanned || undefined}
    />
  );
}

/** An event's mark by itself, for labels and lists. */
export function EventIcon({ kind }: { readonly kind: EventKind }) {
  return (
    <svg className={styles.icon} viewBox="-7 -7 14 14" aria-hidden="true">
      <EventShape kind={kind} />
    </svg>
  );
}
