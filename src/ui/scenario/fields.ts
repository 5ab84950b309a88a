import type { QuantityRules } from "../controls/quantity";
import type { FieldDefinition, GroupId, NumberFieldDefinition } from "./field-types";
import { ADVANCED_FIELDS } from "./fields-advanced";
import { MAIN_FIELDS } from "./fields-main";
import { SYSTEM_FIELDS } from "./fields-system";

const FIELD_LIST = [...MAIN_FIELDS, ...ADVANCED_FIELDS, ...SYSTEM_FIELDS] as const;

export type FieldId = (typeof FIELD_LIST)[number]["id"];

/** Every control of the page. A new control begins with a row in one of the three tables. */
export const FIELDS: readonly FieldDefinition[] = FIELD_LIST;

const BY_ID: ReadonlyMap<string, FieldDefinition> = new Map(FIELDS.map((field) => [field.id, field]));

/** A control's definition. The id is checked by the compiler. */
export function field(id: FieldId): FieldDefinition {
  const definition = BY_ID.get(id);
  if (definition === undefined) throw new Error(`No field has the id ${id}`);
  return definition;
}

/** The rules of a number field, for the parser. */
export function rulesOf({ unit, minimum, maximum, integer }: NumberFieldDefinition): QuantityRules {
  return { unit, minimum, maximum, integer };
}

/** The controls of one group, in order. */
export function fieldsOf(group: GroupId): readonly FieldDefinition[] {
  return FIELDS.filter((definition) => definition.group === group);
}

/** `fleets.web.dynos` and `fleets.0.dynos` name the same control while there is one fleet. */
function generalPath(path: string): string {
  return path.replace(/^(fleets|workloads|endpoints)\.[^.]+/, "$1.*");
}

/** The control that shows the value at a path, or the value around it; null where the page has none. */
export function fieldForPath(path: string): FieldDefinition | null {
  const wanted = generalPath(path);
  const isWithin = (definition: FieldDefinition) => {
    const own = generalPath(definition.path);
    return wanted === own || wanted.startsWith(`${own}.`);
  };
  return FIELDS.find(isWithin) ?? null;
}
