import { SelectField } from "../../controls/SelectField";
import styles from "./RecordingDialog.module.css";
import { TIME_UNITS, type TimeUnit } from "./time-units";

/** Which column holds the times, and how they are written. */
interface TimeChoice {
  readonly time: number;
  readonly timeUnit: TimeUnit;
}

interface TimeColumnProps extends TimeChoice {
  /** The file's columns by their number. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (chosen: Partial<TimeChoice>) => void;
}

/** The line of a recording's form about its times. */
export function TimeColumn({ time, timeUnit, options, onChange }: TimeColumnProps) {
  return (
    <>
      <span className={styles.label}>Time</span>
      <span className={styles.pair}>
        <SelectField
          value={String(time)}
          groups={options}
          onChange={(next) => onChange({ time: Number(next) })}
          label="Column of the time"
        />
        <SelectField
          value={timeUnit}
          groups={TIME_UNITS}
          onChange={(next) => onChange({ timeUnit: next as TimeUnit })}
          label="How times are written"
        />
      </span>
    </>
  );
}
