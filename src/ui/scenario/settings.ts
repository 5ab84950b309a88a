import { DATABASE_PLANS, DYNO_TYPES } from "../../scenario/catalogue";
import { formatSegment } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import type { SelectGroup, SelectOption } from "../controls/SelectField";
import { FIELDS } from "./all-fields";
import { dynoTypeGroups, planGroups } from "./catalogue-options";
import { GROUPS, listOf } from "./field-places";
import type { FieldDefinition } from "./field-types";
import { isShown } from "./fields";

/** A control's value as something that an event can set. */
export interface Setting {
  readonly path: string;
  /** The control's name, and the item's where there are several. */
  readonly label: string;
  readonly definition: FieldDefinition;
  /** Where it is one of a list. */
  readonly options: readonly (SelectOption | SelectGroup)[] | null;
}

/** The run and the objective are not of the running system, and a workload stays of its kind. */
const NEVER_SET = /^(?:run|slo)\.|^workloads\.\*\.(?:kind|startSpreadMs)$/;

/** What an event can set in a scenario, by the groups of the controls. */
export function settingsOf(
  scenario: Scenario,
): readonly { readonly title: string; readonly settings: readonly Setting[] }[] {
  return GROUPS.map(({ id, title }) => ({
    title,
    settings: FIELDS.filter(({ group, path }) => group === id && !NEVER_SET.test(path)).flatMap(
      (definition) => settings(definition, scenario),
    ),
  })).filter((group) => group.settings.length > 0);
}

/** One for each item that has the field; none where its value can't be chosen here. */
function settings(definition: FieldDefinition, scenario: Scenario): Setting[] {
  const options = optionsOf(definition);
  if (definition.kind === "custom" && options === null) return [];
  const list = listOf(definition.path);
  if (list === null) return [{ path: definition.path, label: definition.label, definition, options }];
  const items =
    list === "workloads"
      ? scenario.workloads.filter((workload) => isShown(definition, workload))
      : scenario[list];
  return items.map(({ name }) => ({
    path: definition.path.replace("*", () => formatSegment(name)),
    label: scenario[list].length > 1 ? `${definition.label}: ${name}` : definition.label,
    definition,
    options,
  }));
}

function optionsOf(definition: FieldDefinition): Setting["options"] {
  if (definition.kind === "choice") return definition.options;
  if (definition.id === "dyno-type") return dynoTypeGroups(DYNO_TYPES);
  return definition.id === "plan" ? planGroups(DATABASE_PLANS) : null;
}
