import { useMemo, useState } from "react";
import { NumberField } from "../controls/NumberField";
import { withUnit } from "../controls/quantity";
import { Slider } from "../controls/Slider";
import { SwitchField } from "../controls/SwitchField";
import { createScale } from "../controls/scale";
import { useSession } from "../shell/session-context";
import { FieldRow, idsOf } from "./FieldRow";
import type { NumberFieldDefinition } from "./field-types";
import { rulesOf } from "./fields";
import styles from "./NumberControl.module.css";
import { useField } from "./use-field";

function numberOrNull(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** "default 25, baseline 10", for people who can't see the marks on the track. */
function marksInWords(
  definition: NumberFieldDefinition,
  fallback: number | null,
  baseline: number | null,
): string {
  const parts: string[] = [];
  if (fallback !== null) parts.push(`default ${withUnit(fallback, definition.unit)}`);
  if (baseline !== null) parts.push(`pinned baseline ${withUnit(baseline, definition.unit)}`);
  return parts.join(", ");
}

/** A number: exact field, and a slider where the table gives it a range. */
export function NumberControl({ definition }: { readonly definition: NumberFieldDefinition }) {
  const { id, label, unit, slider, nullable } = definition;
  const session = useSession();
  const {
    path,
    value: raw,
    defaultValue,
    baselineValue,
    isChanged,
    apply,
    reset,
  } = useField(definition.path);
  const [problem, setProblem] = useState<string | null>(null);
  const value = numberOrNull(raw);
  const scale = useMemo(() => (slider === null ? null : createScale(slider)), [slider]);
  const ids = idsOf(id);
  const marksId = `${ids.control}-marks`;
  const standard = numberOrNull(defaultValue);
  const pinned = numberOrNull(baselineValue);

  const onOff = nullable !== undefined && (
    <SwitchField
      // The control's id is where finding it leads to: the number, or the switch while there is none.
      {...(value === null ? { id: ids.control } : {})}
      checked={value !== null}
      onChange={(isOn) => apply(isOn ? (standard ?? nullable.startWith) : null)}
      label={`${label}: ${value === null ? nullable.whenNull : "limited"}`}
    />
  );
  const control = (
    <>
      {onOff}
      {value === null ? (
        <span className={styles.none}>{nullable?.whenNull ?? "Not in use"}</span>
      ) : (
        <NumberField
          id={ids.control}
          value={value}
          rules={rulesOf(definition)}
          step={definition.step}
          onCommit={apply}
          labelledBy={ids.label}
          describedBy={ids.hint}
          onError={setProblem}
        />
      )}
    </>
  );

  return (
    <FieldRow
      definition={definition}
      isChanged={isChanged}
      onReset={reset}
      control={control}
      problem={value === null ? null : problem}
    >
      {scale !== null && value !== null && (
        <>
          <Slider
            value={value}
            scale={scale}
            valueText={withUnit(value, unit)}
            labelledBy={ids.label}
            describedBy={`${ids.hint} ${marksId}`}
            defaultValue={standard}
            baselineValue={pinned}
            onDrag={(next) => session.edit(path, next, { dragging: true })}
            onRelease={() => session.commitEdit()}
            onReset={reset}
          />
          <span className="visually-hidden" id={marksId}>
            {marksInWords(definition, standard, pinned)}
          </span>
        </>
      )}
    </FieldRow>
  );
}
