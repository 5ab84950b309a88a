import { getAt } from "../../scenario/paths";
import { withUnit } from "../controls/quantity";
import { useRun, useScenario } from "../shell/session-context";
import type { FieldDefinition } from "./field-types";
import { fieldForPath } from "./fields";
import styles from "./LastChange.module.css";

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

/** What was changed last, and to what. */
export function LastChange() {
  const path = useRun((state) => state.lastChangedPath);
  const definition = path === null ? null : fieldForPath(path);
  const value = useScenario((state) => (definition === null ? null : getAt(state.scenario, definition.path)));
  if (definition === null) return null;
  return <span className={styles.change}>{changeText(definition, value)}</span>;
}
