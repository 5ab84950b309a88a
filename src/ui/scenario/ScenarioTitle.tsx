import { lazy, Suspense, useState } from "react";
import { IconButton } from "../controls/IconButton";
import { ChevronDown } from "../controls/icons";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./ScenarioTitle.module.css";

/** Menus come after the page's first look: see docs/decisions/what-loads-first.md. */
const PresetMenu = lazy(async () => ({ default: (await import("./PresetMenu")).PresetMenu }));

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
  return (
    <span className={styles.title}>
      <NameField />
      <Suspense
        fallback={
          <IconButton label="Begin from an example" disabled>
            <ChevronDown size={16} aria-hidden />
          </IconButton>
        }
      >
        <PresetMenu />
      </Suspense>
    </span>
  );
}
