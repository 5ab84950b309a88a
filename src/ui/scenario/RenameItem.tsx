import { useRef, useState } from "react";
import styles from "./RenameItem.module.css";
import { ITEM_NOUNS, type ListName } from "./shown";
import { useItemChange } from "./use-item-change";

interface RenameItemProps {
  readonly list: ListName;
  readonly name: string;
  readonly onDone: () => void;
}

/** The name of a workload, endpoint or fleet, changed with all that refers to it as one step. */
export default function RenameItem({ list, name, onDone }: RenameItemProps) {
  const [draft, setDraft] = useState(name);
  const { refusal, change } = useItemChange(list);
  /** Enter applies, and what it leads to takes the focus away, which would apply again. */
  const isBusy = useRef(false);

  async function commit() {
    if (isBusy.current) return;
    isBusy.current = true;
    const isDone = await change(({ renameItem }, scenario) => renameItem(scenario, list, name, draft));
    isBusy.current = false;
    if (isDone) onDone();
  }

  return (
    <>
      <input
        className={styles.name}
        aria-label={`Name of the ${ITEM_NOUNS[list]}`}
        aria-invalid={refusal !== null || undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        // biome-ignore lint/a11y/noAutofocus: it comes because the reader asked for it, with the button before it
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === "Enter") void commit();
          else if (event.key === "Escape") onDone();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {refusal !== null && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}
