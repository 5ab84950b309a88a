import type { Workload } from "../../scenario/types";
import type { QuantityRules } from "../controls/quantity";
import { type FieldId, type GroupId, placeOf } from "./field-places";
import type { FieldDefinition, FieldRow, NumberFieldDefinition } from "./field-types";
import { MAIN_FIELDS } from "./fields-main";

/** A table's rows with their places. */
export function placed(rows: readonly FieldRow[]): readonly FieldDefinition[] {
  return rows.map((row) => ({ ...row, ...placeOf(row.id) }));
}

/** The controls of the groups that are open at the start; those of the folded ones are in `all-fields.ts`. */
export const OPEN_FIELDS = placed(MAIN_FIELDS);

const OPEN_BY_ID: ReadonlyMap<FieldId, FieldDefinition> = new Map(
  OPEN_FIELDS.map((definition) => [definition.id, definition]),
);

/** The definition of a control in the groups that are open at the start; null for the others. */
export function openField(id: FieldId): FieldDefinition | null {
  return OPEN_BY_ID.get(id) ?? null;
}

/** The same for one that is named here and in the table, so that it is always there. */
export function field(id: (typeof MAIN_FIELDS)[number]["id"]): FieldDefinition {
  const definition = openField(id);
  if (definition === null) throw new Error(`No field has the id ${id}`);
  return definition;
}

/** The rules of a number field, for the parser. */
export function rulesOf({ unit, minimum, maximum, integer }: NumberFieldDefinition): QuantityRules {
  return { unit, minimum, maximum, integer };
}

/** Whether a control makes sense for this traffic. */
export function isShown({ isFor }: FieldDefinition, workload: Workload): boolean {
  return isFor === undefined || isFor(workload);
}

/** The controls of one of the groups that are open at the start, in order. */
export function openFieldsIn(group: GroupId): readonly FieldDefinition[] {
  return OPEN_FIELDS.filter((definition) => definition.group === group);
}
