import { type CSSProperties, type MouseEvent, type ReactNode, useRef, useState } from "react";
import { timeText } from "../../base/run-time";
import { timeTicks } from "../../base/time-axis";
import type { TimelineEntry } from "../../scenario/types";
import { useWidth } from "../controls/use-width";
import { MarkCluster } from "./MarkCluster";
import { afterTheEnd, marksOf, snapped } from "./marks";
import { type RulerActions, TimeMark } from "./TimeMark";
import styles from "./TimeRuler.module.css";

interface TimeRulerProps {
  readonly entries: readonly TimelineEntry[];
  readonly durationS: number;
  readonly warmupS: number;
  /** Where a run that is watched has come to; null where the run is whole. */
  readonly nowS: number | null;
  /** null: the entries can only be looked at. */
  readonly actions: RulerActions | null;
  /** Asks for something new at a time. */
  readonly onPlace?: ((atS: number) => void) | undefined;
  /** What stands at the place that was asked for. */
  readonly placing?: { readonly atS: number; readonly content: ReactNode } | null;
}

/** Less room than this has no label in it. */
const LEAST_LABEL = 62;

function at(share: number) {
  return { insetInlineStart: `${Math.min(1, Math.max(0, share)) * 100}%` };
}

/** In the middle of what follows the ruler's end. */
const AFTER_THE_END = { insetInlineStart: "calc(100% + var(--after-width) / 2)" };

/** The whole run as a ruler, with the entries of its timeline as marks. */
export function TimeRuler(props: TimeRulerProps) {
  const { entries, durationS, warmupS, nowS, actions, onPlace, placing = null } = props;
  const lane = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(lane);
  const [held, setHeld] = useState(-1);
  const marks = marksOf(entries, durationS, widthPx, held);
  const after = afterTheEnd(entries, durationS);
  const ticks = timeTicks(0, durationS, widthPx, durationS);

  function place({ target, currentTarget, clientX }: MouseEvent) {
    if (target !== currentTarget) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    onPlace?.(snapped(((clientX - left) / Math.max(1, width)) * durationS, durationS));
  }

  function mark(index: number, style: CSSProperties, hasLabel: boolean) {
    const entry = entries[index];
    if (entry === undefined) return null;
    return (
      <TimeMark
        key={index}
        {...{ entry, index, durationS, widthPx, style, hasLabel, actions }}
        onHold={(isHeld) => setHeld((before) => (isHeld ? index : before === index ? -1 : before))}
      />
    );
  }

  function group(indexes: readonly number[], style: CSSProperties, hasLabel: boolean) {
    const [only] = indexes;
    if (only === undefined) return null;
    if (indexes.length === 1) return mark(only, style, hasLabel);
    return <MarkCluster key={`${only}+`} {...{ entries, indexes, durationS, actions, style }} />;
  }

  return (
    <div className={styles.ruler}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it adds an event, too */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        className={styles.lane}
        ref={lane}
        onClick={place}
        data-can-add={onPlace !== undefined || undefined}
      >
        <span className={styles.warmUp} style={{ inlineSize: `${(warmupS / durationS) * 100}%` }} />
        {ticks.values.map((value) => (
          <span
            className={styles.tick}
            key={value}
            style={at(value / durationS)}
            data-at={value === 0 ? "start" : value === durationS ? "end" : undefined}
          >
            {ticks.format(value)}
          </span>
        ))}
        {/* All in one place, so that one that is dragged over the end stays the same. */}
        {[
          ...marks.map(({ indexes, place: share, roomPx }) =>
            group(indexes, at(share), roomPx >= LEAST_LABEL),
          ),
          group(
            after.filter((index) => index !== held),
            AFTER_THE_END,
            false,
          ),
          after.includes(held) ? mark(held, AFTER_THE_END, false) : null,
        ]}
        {nowS !== null && (
          <span className={styles.now} style={at(nowS / durationS)}>
            <span className="visually-hidden">now at {timeText(nowS, durationS)}</span>
          </span>
        )}
        {placing !== null && (
          <span className={styles.placing} style={at(placing.atS / durationS)}>
            {placing.content}
          </span>
        )}
      </div>
      {after.length > 0 && <div className={styles.after}>after the end</div>}
    </div>
  );
}
