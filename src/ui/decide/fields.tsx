import { type ReactNode, useId } from "react";
import type { MeasureName } from "../../study/question-types";
import { NumberField } from "../controls/NumberField";
import type { QuantityRules } from "../controls/quantity";
import { SelectField } from "../controls/SelectField";
import styles from "./Fields.module.css";
import { MEASURE_OPTIONS } from "./measures";

interface LabelledProps {
  readonly label: string;
  readonly children: (labelId: string) => ReactNode;
}

/** A name over a field. */
export function Labelled({ label, children }: LabelledProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <span className={styles.label} id={id}>
        {label}
      </span>
      {children(id)}
    </div>
  );
}

interface NumberEntryProps {
  readonly label: string;
  readonly value: number;
  readonly rules: QuantityRules;
  readonly step?: number;
  readonly onChange: (value: number) => void;
}

/** A number with its name over it. */
export function NumberEntry({ label, value, rules, step = 1, onChange }: NumberEntryProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <NumberField
          value={value}
          rules={rules}
          step={step}
          labelledBy={id}
          onCommit={(next) => {
            onChange(next);
            return null;
          }}
        />
      )}
    </Labelled>
  );
}

/** How many runs each scenario gets. */
export function ReplicationsEntry({
  value,
  onChange,
  least = 2,
}: {
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly least?: number;
}) {
  return (
    <NumberEntry
      label="Replications of each"
      value={value}
      rules={{ unit: "count", minimum: least, maximum: 1000, integer: true }}
      onChange={onChange}
    />
  );
}

interface MeasureEntryProps {
  readonly label?: string;
  readonly value: MeasureName;
  readonly onChange: (measure: MeasureName) => void;
}

/** A figure to choose. */
export function MeasureEntry({ label = "Figure", value, onChange }: MeasureEntryProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <SelectField
          value={value}
          groups={MEASURE_OPTIONS}
          onChange={(next) => onChange(next as MeasureName)}
          labelledBy={id}
        />
      )}
    </Labelled>
  );
}
