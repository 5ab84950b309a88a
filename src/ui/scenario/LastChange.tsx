import { getAt } from "../../scenario/paths";
import { withUnit } from "../controls/quantity";
import { useRun, useScenario } from "../shell/session-context";
import { fieldForPath } from "./fields";
import styles from "./LastChange.module.css";

/** What was changed last, and to what: "Changed: Dynos, 30". */
export function LastChange() {
  const path = useRun((state) => state.lastChangedPath);
  const definition = path === null ? null : fieldForPath(path);
  const value = useScenario((state) => (definition === null ? null : getAt(state.scenario, definition.path)));
  if (definition === null) return null;
  const isNumber = definition.kind === "number" && typeof value === "number";
  return (
    <span className={styles.change}>
      {isNumber
        ? `${definition.label} now ${withUnit(value, definition.unit)}`
        : `${definition.label} changed`}
    </span>
  );
}
