import { useId } from "react";
import styles from "./SegmentedField.module.css";

interface SegmentedFieldProps {
  /** The chosen value, or one that is not in the list where none applies. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly id?: string;
  readonly label: string;
}

/** One of a few, all in view. The browser's own radio buttons: arrow keys go from one to the next. */
export function SegmentedField({ value, options, onChange, id, label }: SegmentedFieldProps) {
  const name = useId();
  return (
    <div className={styles.root} role="radiogroup" id={id} aria-label={label}>
      {options.map((option) => (
        <label className={styles.item} key={option.value}>
          <input
            className={styles.input}
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
