import { type ReactNode, useSyncExternalStore } from "react";
import styles from "./StoryPanel.module.css";

/** Where picture and charts have no room beside the step; also in Presenting.module.css. */
const NARROW = "(max-width: 86rem)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

interface EvidenceProps {
  readonly isPresenting: boolean;
  readonly claims: number;
  readonly children: ReactNode;
}

/** What a step's claims are held against. Presented on a small screen it is folded, so that picture and charts stand right below the step. */
export function Evidence({ isPresenting, claims, children }: EvidenceProps) {
  const isNarrow = useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
  if (!isPresenting || !isNarrow) return children;
  return (
    <details className={styles.evidence}>
      <summary>{claims === 1 ? "One claim" : `${claims} claims`}, and what they are held against</summary>
      {children}
    </details>
  );
}
