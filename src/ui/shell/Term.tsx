import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";
import { GLOSSARY, type GlossaryKey } from "./glossary";
import styles from "./Term.module.css";

/** A word of the field; focus, hover or a tap shows its one-line meaning. */
export function Term({ name, children }: { readonly name: GlossaryKey; readonly children?: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const { term, meaning } = GLOSSARY[name];
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          className={styles.term}
          // A tooltip closes when it is pressed; on a touch screen pressing is the only way to open it.
          onPointerDown={(event) => event.preventDefault()}
          onClick={(event) => {
            event.preventDefault();
            setOpen(true);
          }}
        >
          {children ?? term}
        </button>
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.meaning} sideOffset={6} collisionPadding={8}>
          {meaning}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
