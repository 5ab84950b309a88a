import type { ReactNode } from "react";
import { useTooltip } from "../controls/use-tooltip";
import { GLOSSARY, type GlossaryKey } from "./glossary";
import styles from "./Term.module.css";

/** A word of the field; focus, hover or a tap shows its one-line meaning. */
export function Term({ name, children }: { readonly name: GlossaryKey; readonly children?: ReactNode }) {
  const { term, meaning } = GLOSSARY[name];
  const { isOpen, open, id, triggerProps, element } = useTooltip(meaning, styles.meaning);
  return (
    <>
      <button
        type="button"
        className={styles.term}
        aria-describedby={isOpen ? id : undefined}
        {...triggerProps}
        // On a touch screen pressing is the only way to open it.
        onClick={open}
      >
        {children ?? term}
      </button>
      {element}
    </>
  );
}
