import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "../controls/IconButton";
import { useScenario } from "../shell/session-context";
import { Explained, Term } from "../shell/Term";
import styles from "./FieldRow.module.css";
import { factsOf } from "./facts";
import type { FieldDefinition } from "./field-types";
import { useShown } from "./shown";

interface FieldRowProps {
  readonly definition: FieldDefinition;
  readonly isChanged: boolean;
  readonly onReset: () => void;
  /** What stands at the right of the label. */
  readonly control?: ReactNode;
  /** What stands below it, over the whole width. */
  readonly children?: ReactNode;
  /** What stands below the explanation. */
  readonly footer?: ReactNode;
  /** Instead of the definition's explanation. */
  readonly explanation?: string;
  /** Why what was typed can't be applied; it stands in place of the explanation, where it covers nothing. */
  readonly problem?: string | null;
}

/** The ids that name and describe a control, made from its own. */
export function idsOf(id: string) {
  return { control: `control-${id}`, label: `control-${id}-label`, hint: `control-${id}-hint` };
}

function Label({ label, term, meaning }: FieldDefinition) {
  if (term !== undefined) return <Term name={term}>{label}</Term>;
  return meaning === undefined ? label : <Explained meaning={meaning}>{label}</Explained>;
}

/** A control with its label, explanation, what it implies, and the way back to its default. */
export function FieldRow(props: FieldRowProps) {
  const { definition, isChanged, onReset, control, children, footer, explanation, problem = null } = props;
  const { id, label } = definition;
  const ids = idsOf(id);
  const shown = useShown();
  const implied = useScenario(({ scenario }) => definition.implied?.(factsOf(scenario, shown)) ?? null);

  return (
    <div className={styles.row} data-changed={isChanged || undefined} data-field={id}>
      <div className={styles.head}>
        <span className={styles.label} id={ids.label}>
          <Label {...definition} />
        </span>
        <IconButton
          className={styles.reset}
          label={`Reset ${label.toLowerCase()} to its default`}
          onClick={onReset}
          disabled={!isChanged}
        >
          <RotateCcw size={13} aria-hidden />
        </IconButton>
        {control}
      </div>
      {children}
      <p className={styles.hint} id={ids.hint}>
        {problem === null ? (
          (explanation ?? definition.explanation)
        ) : (
          <span className={styles.problem} role="alert">
            {problem}
          </span>
        )}
        {implied !== null && <span className={styles.implied}>{implied}</span>}
      </p>
      {footer}
    </div>
  );
}
