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
    <button
      type="button"
      role="switch"
      className={styles.root}
      aria-checked={checked}
      onClick={() => onChange(!checked)}
      id={id}
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      <span className={styles.thumb} />
    </button>
  );
}
