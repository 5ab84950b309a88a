import type { ReactNode } from "react";
import { useTooltip } from "../controls/use-tooltip";
import { GLOSSARY, type GlossaryKey } from "./glossary";
import styles from "./Term.module.css";

/** A word of the glossary; focus, hover or a tap shows its one-line meaning. */
export function Term({ name, children }: { readonly name: GlossaryKey; readonly children?: ReactNode }) {
  const { term, meaning } = GLOSSARY[name];
  return <Explained meaning={meaning}>{children ?? term}</Explained>;
}

interface ExplainedProps {
  readonly meaning: string;
  readonly children: ReactNode;
}

/** A word with a meaning of its own: for parts that are loaded later, whose words the first load need not carry. */
export function Explained({ meaning, children }: ExplainedProps) {
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
        {children}
      </button>
      {element}
    </>
  );
}
