import type { Duration } from "../../scenario/types";
import { SelectField } from "../controls/SelectField";
import { SwitchField } from "../controls/SwitchField";
import { DurationEditor } from "./DurationEditor";
import { FieldRow, idsOf } from "./FieldRow";
import type { ChoiceFieldDefinition, DurationFieldDefinition, SwitchFieldDefinition } from "./field-types";
import { type FieldId, field } from "./fields";
import { NumberControl } from "./NumberControl";
import { useField } from "./use-field";

function SwitchControl({ definition }: { readonly definition: SwitchFieldDefinition }) {
  const { value, isChanged, apply, reset } = useField(definition.path);
  const ids = idsOf(definition.id);
  const control = (
    <SwitchField
      id={ids.control}
      checked={value === true}
      onChange={apply}
      labelledBy={ids.label}
      describedBy={ids.hint}
    />
  );
  return <FieldRow definition={definition} isChanged={isChanged} onReset={reset} control={control} />;
}

function ChoiceControl({ definition }: { readonly definition: ChoiceFieldDefinition }) {
  const { value, isChanged, apply, reset } = useField(definition.path);
  const ids = idsOf(definition.id);
  const chosen = definition.options.find((option) => option.value === value);
  return (
    <FieldRow
      definition={definition}
      isChanged={isChanged}
      onReset={reset}
      explanation={chosen?.meaning ?? definition.explanation}
    >
      <SelectField
        id={ids.control}
        value={String(value)}
        groups={definition.options}
        onChange={apply}
        labelledBy={ids.label}
        describedBy={ids.hint}
      />
    </FieldRow>
  );
}

function DurationControl({ definition }: { readonly definition: DurationFieldDefinition }) {
  const { value, isChanged, apply, reset } = useField(definition.path);
  return (
    <FieldRow definition={definition} isChanged={isChanged} onReset={reset}>
      <DurationEditor
        id={idsOf(definition.id).control}
        name={definition.label}
        // The document allows nothing but a duration at this path.
        duration={value as Duration}
        onChange={apply}
      />
    </FieldRow>
  );
}

/** The control for one row of the table of fields. Fields of kind `custom` have components of their own. */
export function FieldControl({ id }: { readonly id: FieldId }) {
  const definition = field(id);
  switch (definition.kind) {
    case "number":
      return <NumberControl definition={definition} />;
    case "switch":
      return <SwitchControl definition={definition} />;
    case "choice":
      return <ChoiceControl definition={definition} />;
    case "duration":
      return <DurationControl definition={definition} />;
    case "custom":
      return null;
  }
}
