import type { Duration } from "../../scenario/types";
import { SwitchField } from "../controls/SwitchField";
import { DurationEditor } from "./DurationEditor";
import { FieldRow, idsOf } from "./FieldRow";
import type { DurationFieldDefinition } from "./field-types";
import styles from "./NumberControl.module.css";
import { useField } from "./use-field";

/** A time that may vary; with a switch where there need be none. */
export function DurationControl({ definition }: { readonly definition: DurationFieldDefinition }) {
  const { value, defaultValue, isChanged, apply, reset } = useField(definition.path);
  const ids = idsOf(definition.id);
  const { label, nullable } = definition;
  // The document allows nothing but a duration, or null, at this path.
  const duration = (value ?? null) as Duration | null;
  const standard = defaultValue ?? nullable?.startWith ?? 0;

  return (
    <FieldRow
      definition={definition}
      isChanged={isChanged}
      onReset={reset}
      control={
        nullable !== undefined && (
          <>
            <SwitchField
              {...(duration === null ? { id: ids.control } : {})}
              checked={duration !== null}
              onChange={(isOn) => apply(isOn ? standard : null)}
              label={`${label}: ${duration === null ? nullable.whenNull : "of its own"}`}
            />
            {duration === null && <span className={styles.none}>{nullable.whenNull}</span>}
          </>
        )
      }
    >
      {duration !== null && (
        <DurationEditor id={ids.control} name={label} duration={duration} onChange={apply} />
      )}
    </FieldRow>
  );
}
