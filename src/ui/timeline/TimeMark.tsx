import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef } from "react";
import { timeText } from "../../base/run-time";
import type { TimelineEntry } from "../../scenario/types";
import { useTooltip } from "../controls/use-tooltip";
import { EventIcon } from "../shell/EventShape";
import { eventLabel, eventText } from "../shell/event-words";
import { afterKey, snapped } from "./marks";
import styles from "./TimeRuler.module.css";

/** What can be done with the entries of a ruler, by their places in the timeline. */
export interface RulerActions {
  edit(index: number): void;
  /** Called for each time passed over, until `settle`. */
  move(index: number, atS: number): void;
  /** The end of a drag, or of a key that was held. */
  settle(): void;
  remove(index: number): void;
}

interface TimeMarkProps {
  readonly entry: TimelineEntry;
  readonly index: number;
  readonly durationS: number;
  /** The ruler's length, in CSS pixels. */
  readonly widthPx: number;
  readonly style: CSSProperties;
  readonly hasLabel: boolean;
  /** null: it can only be looked at. */
  readonly actions: RulerActions | null;
  /** Told when it is taken in hand, and when it is let go. */
  readonly onHold: (isHeld: boolean) => void;
}

/** A shorter drag is a click. */
const LEAST_DRAG = 4;

/** One entry on the ruler. It is dragged, moved with the arrow keys, opened with a click or Enter, and removed with Delete. */
export function TimeMark(props: TimeMarkProps) {
  const { entry, index, durationS, widthPx, style, hasLabel, actions, onHold } = props;
  const drag = useRef<{ readonly x: number; readonly atS: number; isMoved: boolean } | null>(null);
  const isAfter = entry.atS >= durationS;
  const time = timeText(entry.atS, durationS);
  const sentence = `${eventText(entry)} at ${time}${isAfter ? ", after the end of the run: has no effect" : ""}`;
  const { triggerProps, element } = useTooltip(
    <>
      {sentence}
      {actions !== null && (
        <small className={styles.keys}>Arrow keys move it, Enter opens it, Delete removes it.</small>
      )}
    </>,
    styles.tooltip,
  );

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0 || actions === null) return;
    // Else the browser would select text, and take the focus away again.
    event.preventDefault();
    event.currentTarget.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, atS: Math.min(entry.atS, durationS), isMoved: false };
    onHold(true);
  }

  function onPointerMove({ clientX }: PointerEvent) {
    const start = drag.current;
    if (start === null || (!start.isMoved && Math.abs(clientX - start.x) < LEAST_DRAG)) return;
    start.isMoved = true;
    const atS = snapped(start.atS + ((clientX - start.x) / Math.max(1, widthPx)) * durationS, durationS);
    if (atS !== entry.atS) actions?.move(index, atS);
  }

  function endDrag(isCancelled: boolean) {
    const start = drag.current;
    drag.current = null;
    if (start === null) return;
    if (start.isMoved) actions?.settle();
    else if (!isCancelled) actions?.edit(index);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (actions === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = afterKey(event.key, event.shiftKey, entry.atS, durationS);
    if (next !== null) {
      onHold(true);
      if (next !== entry.atS) actions.move(index, next);
    } else if (event.key === "Enter" || event.key === " ") actions.edit(index);
    else if (event.key === "Delete" || event.key === "Backspace") actions.remove(index);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div
        {...triggerProps}
        className={styles.mark}
        style={style}
        role="slider"
        tabIndex={0}
        aria-label={eventText(entry)}
        aria-valuemin={0}
        aria-valuemax={durationS}
        aria-valuenow={entry.atS}
        aria-valuetext={isAfter ? `${time}, after the end of the run` : time}
        aria-haspopup={actions === null ? undefined : "dialog"}
        aria-readonly={actions === null || undefined}
        data-after={isAfter || undefined}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => endDrag(false)}
        onPointerCancel={() => endDrag(true)}
        onKeyDown={onKeyDown}
        onKeyUp={() => actions?.settle()}
        onBlur={() => {
          actions?.settle();
          onHold(false);
        }}
      >
        <EventIcon kind={entry.do} />
        {hasLabel && <span className={styles.label}>{eventLabel(entry)}</span>}
      </div>
      {element}
    </>
  );
}
