import { Switch as Primitive } from "radix-ui";
import styles from "./SwitchField.module.css";

interface SwitchFieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly id?: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

/** On or off, at once. */
export function SwitchField({ checked, onChange, id, label, labelledBy, describedBy }: SwitchFieldProps) {
  return (
    <Primitive.Root
      className={styles.root}
      checked={checked}
      onCheckedChange={onChange}
      id={id}
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      <Primitive.Thumb className={styles.thumb} />
    </Primitive.Root>
  );
}
