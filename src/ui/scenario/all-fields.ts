import { type FieldId, type GroupId, placesIn } from "./field-places";
import type { FieldDefinition } from "./field-types";
import { OPEN_FIELDS, placed } from "./fields";
import { CHANGE_FIELDS } from "./fields-changes";
import { CLIENT_FIELDS } from "./fields-clients";
import { DATA_FIELDS } from "./fields-data";
import { RUN_FIELDS } from "./fields-run";
import { SERVER_FIELDS } from "./fields-server";

/** Every control of the page. Loaded with the first folded group that is opened, and for finding a control. */
export const FIELDS: readonly FieldDefinition[] = [
  ...OPEN_FIELDS,
  ...placed([...CLIENT_FIELDS, ...SERVER_FIELDS, ...DATA_FIELDS, ...CHANGE_FIELDS, ...RUN_FIELDS]),
];

const BY_ID: ReadonlyMap<FieldId, FieldDefinition> = new Map(FIELDS.map((field) => [field.id, field]));

/** A control's definition. */
export function anyField(id: FieldId): FieldDefinition {
  const definition = BY_ID.get(id);
  if (definition === undefined) throw new Error(`No field has the id ${id}`);
  return definition;
}

/** The controls of a group, in the order of their places. */
export function fieldsIn(group: GroupId): readonly FieldDefinition[] {
  return placesIn(group).map(({ id }) => anyField(id));
}
