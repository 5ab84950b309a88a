import { useState } from "react";
import { fetchPresets } from "../../scenario/known-presets";
import { FetchedMenu } from "../controls/FetchedMenu";
import { useScenario, useSession } from "../shell/session-context";
import { PresetButton } from "./PresetButton";
import styles from "./ScenarioTitle.module.css";

/** With all presets: see docs/decisions/what-loads-first.md. */
async function fetchPresetMenu() {
  const [{ PresetMenu }] = await Promise.all([import("./PresetMenu"), fetchPresets()]);
  return PresetMenu;
}

/** The scenario's name, which can be changed in place. */
function NameField() {
  const session = useSession();
  const name = useScenario((state) => state.scenario.name);
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    if (draft !== null && draft !== name) session.edit("name", draft);
    setDraft(null);
  }

  return (
    <span className={styles.sizer} data-text={(draft ?? name) || "Unnamed scenario"}>
      <input
        className={styles.name}
        aria-label="Scenario name"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        size={1}
        placeholder="Unnamed scenario"
        value={draft ?? name}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape" && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
    </span>
  );
}

/** What is being looked at, and the way to other examples. */
export function ScenarioTitle() {
  const [isOpen, setOpen] = useState(false);
  return (
    <span className={styles.title}>
      <NameField />
      <FetchedMenu
        fetch={fetchPresetMenu}
        button={(props) => <PresetButton {...props} />}
        isOpen={isOpen}
        onOpenChange={setOpen}
      />
    </span>
  );
}
