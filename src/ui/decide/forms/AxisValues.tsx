import { useState } from "react";
import type { Axis } from "../../../study/question-types";
import { SegmentedField } from "../../controls/SegmentedField";
import type { Parameter } from "../../shell/parameters";
import { type AxisRange, rangeOf, valuesIn } from "../axis-values";
import { Labelled, NumberEntry } from "../fields";
import styles from "./forms.module.css";

interface AxisValuesProps {
  readonly parameter: Parameter;
  readonly axis: Axis;
  readonly onChange: (axis: Axis) => void;
  /** At most so many values. */
  readonly most: number;
  /** Two of a kind are told apart by it. */
  readonly named?: boolean;
}

const SPACINGS = [
  { value: "even", label: "Even" },
  { value: "log", label: "Logarithmic" },
];

/** Which values a parameter takes: a range of numbers, or some of its choices. */
export function AxisValues({ parameter, axis, onChange, most, named = false }: AxisValuesProps) {
  const { path, of, name } = parameter;
  // Rounding drops steps of a short range: what was typed stays.
  const [typed, setTyped] = useState<{ readonly range: AxisRange; readonly values: Axis["values"] } | null>(
    null,
  );
  if (of.kind === "choice") {
    const chosen = of.options.filter(({ value }) => axis.values.includes(value));
    // A catalogue has hundreds: those of the vendors at hand, and whatever is chosen.
    const near = of.options.filter(
      ({ value, group }) => axis.values.includes(value) || chosen.some((option) => option.group === group),
    );
    const options = near.length === 0 ? of.options : near;
    return (
      <fieldset className={styles.choices} aria-label={`Values of ${name}`}>
        {options.map(({ value, label }) => (
          <label className={styles.choice} key={String(value)}>
            <input
              type="checkbox"
              checked={axis.values.includes(value)}
              onChange={({ target }) => {
                const next = of.options.filter((option) =>
                  option.value === value ? target.checked : axis.values.includes(option.value),
                );
                // An axis has one value at least.
                if (next.length > 0) onChange({ path, values: next.map((option) => option.value) });
              }}
            />
            {label}
          </label>
        ))}
      </fieldset>
    );
  }
  const { rules, step } = of;
  const range = typed?.values === axis.values ? typed.range : rangeOf(axis.values);
  const apply = (part: Partial<AxisRange>) => {
    const next = { ...range, ...part };
    const values = valuesIn(next, rules.integer);
    setTyped({ range: next, values });
    onChange({ path, values });
  };
  const suffix = named ? ` of ${name}` : "";
  return (
    <div className={styles.row}>
      <NumberEntry
        label={`From${suffix}`}
        value={range.from}
        {...{ rules, step }}
        onChange={(from) => apply({ from })}
      />
      <NumberEntry
        label={`To${suffix}`}
        value={range.to}
        {...{ rules, step }}
        onChange={(to) => apply({ to })}
      />
      <NumberEntry
        label={`Values${suffix}`}
        value={range.steps}
        rules={{ unit: "count", minimum: 1, maximum: most, integer: true }}
        onChange={(steps) => apply({ steps })}
      />
      <Labelled label="Spacing">
        {() => (
          <SegmentedField
            value={range.isLog ? "log" : "even"}
            options={SPACINGS}
            onChange={(spacing) => apply({ isLog: spacing === "log" })}
            label={`Spacing of ${name}`}
          />
        )}
      </Labelled>
    </div>
  );
}
