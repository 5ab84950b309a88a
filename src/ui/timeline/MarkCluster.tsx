import { type CSSProperties, useState } from "react";
import { timeText } from "../../base/run-time";
import type { TimelineEntry } from "../../scenario/types";
import { Menu, MenuItem } from "../controls/Menu";
import { EventIcon } from "../shell/EventShape";
import { eventText } from "../shell/event-words";
import type { RulerActions } from "./TimeMark";
import styles from "./TimeRuler.module.css";

interface MarkClusterProps {
  readonly entries: readonly TimelineEntry[];
  /** The entries that share the place. */
  readonly indexes: readonly number[];
  readonly durationS: number;
  readonly actions: RulerActions | null;
  readonly style: CSSProperties;
}

/** Entries that stand too near to each other for marks of their own: how many, and a list of them. */
export function MarkCluster({ entries, indexes, durationS, actions, style }: MarkClusterProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Menu
      isOpen={isOpen}
      onOpenChange={setOpen}
      align="start"
      trigger={(trigger) => (
        <button type="button" className={styles.cluster} style={style} {...trigger}>
          <span className={styles.count}>{indexes.length}</span>
          <span className="visually-hidden"> events near each other</span>
        </button>
      )}
    >
      {indexes.map((index) => {
        const entry = entries[index];
        return (
          entry !== undefined && (
            <MenuItem key={index} onSelect={() => actions?.edit(index)}>
              <EventIcon kind={entry.do} />
              {timeText(entry.atS, durationS)}: {eventText(entry)}
            </MenuItem>
          )
        );
      })}
    </Menu>
  );
}
