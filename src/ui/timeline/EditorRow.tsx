import { type ReactNode, useId } from "react";
import styles from "./EventEditor.module.css";

interface EditorRowProps {
  readonly label: string;
  readonly hint?: string;
  /** The hint is something to look at. */
  readonly isWarning?: boolean;
  /** The control, given what names and describes it. */
  readonly children: (ids: { readonly labelledBy: string; readonly describedBy: string }) => ReactNode;
}

/** A field of an entry with its label, and what there is to know about it. */
export function EditorRow({ label, hint = "", isWarning = false, children }: EditorRowProps) {
  const id = useId();
  const ids = { labelledBy: `${id}-label`, describedBy: `${id}-hint` };
  return (
    <div className={styles.row}>
      <span className={styles.label} id={ids.labelledBy}>
        {label}
      </span>
      <span className={styles.control}>{children(ids)}</span>
      <span className={styles.hint} id={ids.describedBy} data-warning={isWarning || undefined}>
        {hint}
      </span>
    </div>
  );
}
