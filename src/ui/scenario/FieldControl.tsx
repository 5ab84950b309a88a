import { SelectField } from "../controls/SelectField";
import { SwitchField } from "../controls/SwitchField";
import { FieldRow, idsOf } from "./FieldRow";
import type { ChoiceFieldDefinition, FieldDefinition, SwitchFieldDefinition } from "./field-types";
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

/** The control for a number, a switch or a choice; null for kinds that have components of their own. */
export function FieldControl({ definition }: { readonly definition: FieldDefinition }) {
  switch (definition.kind) {
    case "number":
      return <NumberControl definition={definition} />;
    case "switch":
      return <SwitchControl definition={definition} />;
    case "choice":
      return <ChoiceControl definition={definition} />;
    case "duration":
    case "custom":
      return null;
  }
}
