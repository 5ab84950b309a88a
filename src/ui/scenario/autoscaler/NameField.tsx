import { useState } from "react";
import styles from "./AutoscalerEditor.module.css";

interface NameFieldProps {
  readonly name: string;
  readonly label: string;
  readonly onRename: (name: string) => void;
}

/** A name, changed in place. Enter or leaving the field applies, Escape goes back. */
export function NameField({ name, label, onRename }: NameFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    const next = draft?.trim() ?? "";
    if (next !== "" && next !== name) onRename(next);
    setDraft(null);
  }

  return (
    <input
      className={styles.name}
      aria-label={label}
      autoComplete="off"
      spellCheck={false}
      maxLength={100}
      value={draft ?? name}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape" && draft !== null) {
          event.stopPropagation();
          setDraft(null);
        }
      }}
    />
  );
}
