import { ToggleGroup } from "radix-ui";
import styles from "./SegmentedField.module.css";

interface SegmentedFieldProps {
  /** The chosen value, or one that is not in the list where none applies. */
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly id?: string;
  readonly label: string;
}

/** One of two or three, all in view. */
export function SegmentedField({ value, options, onChange, id, label }: SegmentedFieldProps) {
  return (
    <ToggleGroup.Root
      className={styles.root}
      type="single"
      value={value}
      onValueChange={(next) => {
        // The group reports "" when the chosen one is pressed again: there is always one.
        if (next !== "") onChange(next);
      }}
      id={id}
      aria-label={label}
    >
      {options.map((option) => (
        <ToggleGroup.Item className={styles.item} key={option.value} value={option.value}>
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
