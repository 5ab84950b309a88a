import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ServerState } from "../../analysis/system-state";
import { useTooltip } from "../controls/use-tooltip";
import type { OpenPart } from "../shell/system-parts";
import styles from "./Part.module.css";
import { type PartModel, sentenceOf } from "./picture-model";

interface PartProps {
  readonly model: PartModel;
  readonly isMoving: boolean;
  readonly hintId: string;
  readonly onPart: OpenPart;
  readonly children: ReactNode;
}

/** One part: how it stands, how full it is, and the way to its controls and charts. */
export function Part({ model, isMoving, hintId, onPart, children }: PartProps) {
  const { part, fleet, title, figure, unit, facts, share, isDown, failures } = model;
  const sentence = useCalm(sentenceOf(model), isMoving);
  const { triggerProps, element } = useTooltip(sentence, styles.sentence);
  return (
    <>
      <button
        type="button"
        className={styles.part}
        data-part={part}
        data-failing={isDown || failures.length > 0 || undefined}
        aria-label={sentence}
        aria-describedby={hintId}
        {...triggerProps}
        onClick={() => onPart(part, fleet)}
      >
        <span className={styles.title}>
          {title}
          {isDown && <span className={styles.down}>down</span>}
        </span>{" "}
        <span className={styles.figure}>{figure}</span>{" "}
        {share !== null && children === undefined && (
          <span className={styles.gauge}>
            <span style={{ inlineSize: `${share * 100}%` }} />
          </span>
        )}
        <span className={styles.facts}>{[unit, ...facts].join(" · ")}</span>
        {children}
      </button>
      {element}
    </>
  );
}

const MOST_BOXES = 5;

/** A box per replica, filled as far as its connections are open. Many are thin. */
export function Replicas({ servers }: { readonly servers: readonly ServerState[] }) {
  return (
    <span className={styles.replicas} data-many={servers.length > MOST_BOXES || undefined}>
      {servers.map(({ isUp, connections, usableConnections }, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a replica is its number
        <span className={styles.replica} data-down={isUp ? undefined : ""} key={number}>
          <span
            style={{ blockSize: `${usableConnections > 0 ? (connections / usableConnections) * 100 : 0}%` }}
          />
        </span>
      ))}
    </span>
  );
}

const CALM_MS = 2000;

/** A text as it is read out: while it keeps changing, no more often than one can listen. */
function useCalm(text: string, isMoving: boolean): string {
  const [calm, setCalm] = useState(text);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  useEffect(() => {
    if (!isMoving) return;
    const timer = setInterval(() => setCalm(latest.current), CALM_MS);
    return () => clearInterval(timer);
  }, [isMoving]);
  return isMoving ? calm : text;
}
