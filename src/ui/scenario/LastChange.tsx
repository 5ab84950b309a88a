import { useEffect, useState } from "react";
import { getAt } from "../../scenario/paths";
import { withUnit } from "../controls/quantity";
import { useRun, useScenario } from "../shell/session-context";
import { type FieldId, placesForPath } from "./field-places";
import type { FieldDefinition } from "./field-types";
import { isShown, openField } from "./fields";
import styles from "./LastChange.module.css";
import { type ListName, pathShown } from "./shown";

/** "Dynos now 30", "Pooler now on", "Algorithm now Round robin"; only that it changed where the value is longer. */
function changeText(definition: FieldDefinition, value: unknown): string {
  const { label } = definition;
  if (definition.kind === "number" && typeof value === "number")
    return `${label} now ${withUnit(value, definition.unit)}`;
  if (definition.kind === "number" && value === null)
    return `${label} now ${definition.nullable?.whenNull ?? "none"}`;
  if (definition.kind === "switch") return `${label} now ${value === true ? "on" : "off"}`;
  if (definition.kind === "choice") {
    return `${label} now ${definition.options.find((option) => option.value === value)?.label ?? String(value)}`;
  }
  return typeof value === "string" ? `${label} now ${value}` : `${label} changed`;
}

/** The definitions of controls; those of folded groups come a little later. */
function useDefinitions(ids: readonly FieldId[]): readonly FieldDefinition[] {
  const [late, setLate] = useState<readonly FieldDefinition[]>([]);
  const open = ids.flatMap((id) => openField(id) ?? []);
  const isLate = open.length < ids.length;
  useEffect(() => {
    if (!isLate) return;
    import("./all-fields").then(
      ({ FIELDS }) => setLate(FIELDS),
      // Then the change goes without a mark; the figures show it all the same.
      () => undefined,
    );
  }, [isLate]);
  return isLate ? late.filter(({ id }) => ids.includes(id)) : open;
}

/** What was changed last, and to what; of which workload, endpoint or fleet, where there are several. */
export default function LastChange() {
  const path = useRun((state) => state.lastChangedPath);
  const scenario = useScenario((state) => state.scenario);
  const { ids, item } = placesForPath(path ?? "");
  const definitions = useDefinitions(ids);
  if (path === null) return null;

  const list = item === null ? null : (path.split(".", 1)[0] as ListName);
  const changed =
    list === null
      ? undefined
      : scenario[list].find(({ name }, index) => name === item || String(index) === item);
  const workload =
    list === "workloads" ? scenario.workloads.find(({ name }) => name === changed?.name) : undefined;
  const definition = definitions.find((candidate) => workload === undefined || isShown(candidate, workload));
  if (definition === undefined) return null;

  const shown = {
    workloads: "",
    endpoints: "",
    fleets: "",
    ...(list === null ? {} : { [list]: changed?.name ?? "" }),
  };
  const value = getAt(scenario, pathShown(definition.path, scenario, shown));
  const isOneOfSeveral = list !== null && scenario[list].length > 1;
  return (
    <span className={styles.change}>
      {isOneOfSeveral && `${changed?.name ?? ""}: `}
      {changeText(definition, value)}
    </span>
  );
}
