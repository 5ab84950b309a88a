import { ChevronDown } from "./icons";
import styles from "./SelectField.module.css";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectGroup {
  readonly label: string;
  readonly options: readonly SelectOption[];
}

interface SelectFieldProps {
  readonly value: string;
  /** Options, alone or in named groups. */
  readonly groups: readonly (SelectOption | SelectGroup)[];
  readonly onChange: (value: string) => void;
  readonly id?: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly describedBy?: string;
}

function Option({ value, label }: SelectOption) {
  return <option value={value}>{label}</option>;
}

/** One of a list. The browser's own list: it is at home on every device and needs no help to be accessible. */
export function SelectField({
  value,
  groups,
  onChange,
  id,
  label,
  labelledBy,
  describedBy,
}: SelectFieldProps) {
  return (
    <span className={styles.field}>
      <select
        className={styles.select}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        id={id}
        aria-label={label}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
      >
        {groups.map((entry) =>
          "options" in entry ? (
            <optgroup key={entry.label} label={entry.label}>
              {entry.options.map((option) => (
                <Option key={option.value} {...option} />
              ))}
            </optgroup>
          ) : (
            <Option key={entry.value} {...entry} />
          ),
        )}
      </select>
      <ChevronDown className={styles.chevron} size={14} aria-hidden />
    </span>
  );
}
