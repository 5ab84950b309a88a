import { type ReactNode, useState } from "react";
import { useTooltip } from "../controls/use-tooltip";
import type { GlossaryKey } from "./glossary";
import styles from "./Term.module.css";

interface TermProps {
  readonly name: GlossaryKey;
  readonly children: ReactNode;
}

/** A word of the glossary; focus, hover or a tap shows its one-line meaning. */
export function Term({ name, children }: TermProps) {
  const [meaning, setMeaning] = useState<string | null>(null);
  return (
    <Explained
      meaning={meaning}
      onApproach={() => {
        import("./glossary").then(
          ({ GLOSSARY }) => setMeaning(GLOSSARY[name]),
          // The word stays without its meaning, until it is asked for again.
          () => undefined,
        );
      }}
    >
      {children}
    </Explained>
  );
}

interface ExplainedProps {
  /** null: not yet known. */
  readonly meaning: string | null;
  /** Called before it is shown. */
  readonly onApproach?: () => void;
  readonly children: ReactNode;
}

/** A word with a meaning of its own: for parts that are loaded later, whose words the first load need not carry. */
export function Explained({ meaning, onApproach, children }: ExplainedProps) {
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
        onPointerOver={onApproach}
        onFocus={onApproach}
      >
        {children}
      </button>
      {element}
    </>
  );
}
