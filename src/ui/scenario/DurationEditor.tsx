import { meanMs } from "../../scenario/duration-mean";
import type { Duration } from "../../scenario/types";
import { NumberField } from "../controls/NumberField";
import { formatQuantity } from "../controls/quantity";
import { SelectField } from "../controls/SelectField";
import styles from "./DurationEditor.module.css";
import { parametersOf, SHAPES, type Shape, shapeOf, withParameter, withShape } from "./duration";

interface DurationEditorProps {
  /** The id of its first field. */
  readonly id?: string;
  /** What lasts this long, for people who hear the page: "Step 1, query". */
  readonly name: string;
  readonly duration: Duration;
  /** Applies the duration; a sentence comes back where it was refused. */
  readonly onChange: (duration: unknown) => string | null;
}

const MAXIMUM = { milliseconds: 1e9, ratio: 1e6 } as const;

/** A time that is always the same or varies: the distribution's shape, and its parameters. */
export function DurationEditor({ id, name, duration, onChange }: DurationEditorProps) {
  const shape = shapeOf(duration);
  const parameters = parametersOf(duration);
  const empirical = { value: "empirical", label: "Recorded values" };
  const shapes = SHAPES.map((entry) => ({ value: entry.id, label: entry.label }));

  return (
    <div className={styles.editor}>
      <SelectField
        value={shape}
        groups={shape === "empirical" ? [...shapes, empirical] : shapes}
        onChange={(next) => onChange(withShape(duration, next as Shape))}
        label={`${name}: distribution`}
      />
      <div className={styles.parameters}>
        {parameters.map(({ key, label, unit, value }, position) => (
          <span className={styles.parameter} key={key}>
            <span className={styles.label}>{label}</span>
            <NumberField
              {...(position === 0 && id !== undefined ? { id } : {})}
              value={value}
              rules={{ unit, minimum: 0, maximum: MAXIMUM[unit], integer: false }}
              step={unit === "ratio" ? 0.1 : 10}
              onCommit={(next) => onChange(withParameter(duration, key, next))}
              label={`${name}: ${label.toLowerCase()}`}
            />
          </span>
        ))}
      </div>
      {shape !== "constant" && !parameters.some(({ key }) => key === "mean") && (
        <p className={styles.mean}>
          Mean {formatQuantity(Number(meanMs(duration).toPrecision(4)), "milliseconds")} ms
        </p>
      )}
    </div>
  );
}
