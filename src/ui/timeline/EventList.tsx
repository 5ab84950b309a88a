import { Pencil, Trash2 } from "lucide-react";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { timeText } from "../../base/run-time";
import { Dialog } from "../controls/Dialog";
import { EventIcon } from "../shell/EventShape";
import { eventText, eventTitle } from "../shell/event-words";
import { useScenario } from "../shell/session-context";
import styles from "./EventEditor.module.css";
import { inOrder } from "./marks";

interface EventListProps {
  readonly onEdit: (index: number) => void;
  readonly onRemove: (index: number) => void;
  readonly onClose: () => void;
}

/** All entries of the timeline, in order of time. */
export function EventList({ onEdit, onRemove, onClose }: EventListProps) {
  const entries = useScenario(({ scenario }) => scenario.timeline);
  const durationS = useScenario(({ scenario }) => scenario.run.durationS);
  const list = useRef<HTMLOListElement>(null);

  function remove(index: number, position: number) {
    flushSync(() => onRemove(index));
    // The button that was pressed is gone: the keyboard goes on from where it stood.
    const left = list.current?.querySelectorAll<HTMLElement>("[data-remove]") ?? [];
    (
      left[Math.min(position, left.length - 1)] ?? list.current?.closest("dialog")?.querySelector("button")
    )?.focus();
  }

  return (
    <Dialog title="Events of the run" onClose={onClose}>
      {entries.length === 0 && <p className={styles.meaning}>Nothing happens during the run.</p>}
      <ol className={styles.list} ref={list}>
        {inOrder(entries).map((index, position) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          const time = timeText(entry.atS, durationS);
          return (
            <li key={index} className={styles.item}>
              <span className={styles.time}>{time}</span>
              <EventIcon kind={entry.do} />
              <span className={styles.text}>
                {eventTitle(entry)}
                {entry.atS >= durationS && (
                  <span className={styles.hint} data-warning>
                    after the end of the run: has no effect
                  </span>
                )}
              </span>
              <button
                type="button"
                className={styles.icon}
                aria-label={`Edit ${eventText(entry)} at ${time}`}
                onClick={() => onEdit(index)}
              >
                <Pencil size={15} aria-hidden />
              </button>
              <button
                type="button"
                className={styles.icon}
                aria-label={`Remove ${eventText(entry)} at ${time}`}
                data-remove
                onClick={() => remove(index, position)}
              >
                <Trash2 size={15} aria-hidden />
              </button>
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}
