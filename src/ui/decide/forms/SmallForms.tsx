import type { CapacityQuestion, PrecisionQuestion, SensitivityQuestion } from "../../../study/question-types";
import { MeasureEntry, NumberEntry, ReplicationsEntry } from "../fields";
import styles from "./forms.module.css";

interface FormProps<Asked> {
  readonly question: Asked;
  readonly onChange: (question: Asked) => void;
}

const WHOLE = { unit: "count", integer: true } as const;
const SHARE = { unit: "percent", integer: false } as const;

/** How finely the curve is found. */
export function CapacityForm({ question, onChange }: FormProps<CapacityQuestion>) {
  return (
    <div className={styles.row}>
      <NumberEntry
        label="Points at most"
        value={question.points}
        rules={{ ...WHOLE, minimum: 4, maximum: 100 }}
        onChange={(points) => onChange({ ...question, points })}
      />
      <ReplicationsEntry
        value={question.replications}
        onChange={(replications) => onChange({ ...question, replications })}
      />
    </div>
  );
}

/** Of which figure, and how far each input is moved. */
export function SensitivityForm({ question, onChange }: FormProps<SensitivityQuestion>) {
  return (
    <div className={styles.row}>
      <MeasureEntry value={question.of} onChange={(of) => onChange({ ...question, of })} />
      <NumberEntry
        label="Each input ±"
        value={question.by}
        rules={{ ...SHARE, minimum: 0.01, maximum: 0.9 }}
        step={0.05}
        onChange={(by) => onChange({ ...question, by })}
      />
      <ReplicationsEntry
        value={question.replications}
        onChange={(replications) => onChange({ ...question, replications })}
      />
    </div>
  );
}

/** Which figure, how precisely, and what it may cost. */
export function PrecisionForm({ question, onChange }: FormProps<PrecisionQuestion>) {
  return (
    <div className={styles.row}>
      <MeasureEntry value={question.of} onChange={(of) => onChange({ ...question, of })} />
      <NumberEntry
        label="Within ±"
        value={question.within}
        rules={{ ...SHARE, minimum: 0.001, maximum: 1 }}
        step={0.005}
        onChange={(within) => onChange({ ...question, within })}
      />
      <NumberEntry
        label="Replications at most"
        value={question.most}
        rules={{ ...WHOLE, minimum: 2, maximum: 1000 }}
        step={10}
        onChange={(most) => onChange({ ...question, most })}
      />
    </div>
  );
}
