import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "../controls/Dialog";
import { Search } from "../controls/icons";
import { useScenario, useSession } from "../shell/session-context";
import { FIELDS } from "./all-fields";
import { withGroup } from "./FieldGroup";
import { idsOf } from "./FieldRow";
import styles from "./FindControl.module.css";
import { GROUPS } from "./field-places";
import type { FieldDefinition } from "./field-types";
import { isShown } from "./fields";
import { useShownItem } from "./shown";

function titleOf({ group }: FieldDefinition): string {
  return GROUPS.find(({ id }) => id === group)?.title ?? group;
}

/**
 * Controls whose label, group, explanation, further words or path hold every word of the query: first those that are
 * called so, then those that others call so.
 */
function findFields(query: string, fields: readonly FieldDefinition[]): readonly FieldDefinition[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (field: FieldDefinition) =>
    `${field.label} ${titleOf(field)} ${field.explanation} ${field.keywords ?? ""} ${field.path}`;
  const isIn = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const rank = ({ label, keywords }: FieldDefinition) => (isIn(label) ? 0 : isIn(keywords ?? "") ? 1 : 2);
  return fields.filter((field) => isIn(textOf(field))).toSorted((one, other) => rank(one) - rank(other));
}

/** How long a group's controls may take to come, in frames. */
const MOST_FRAMES = 120;

/** Brings a control into view and puts the keyboard on it, as soon as its group has drawn it. */
function focusControl(id: string, framesLeft = MOST_FRAMES) {
  const control = document.getElementById(idsOf(id).control);
  if (control === null && framesLeft > 0) {
    requestAnimationFrame(() => focusControl(id, framesLeft - 1));
    return;
  }
  const target = control?.matches("input, select, button")
    ? control
    : control?.querySelector<HTMLElement>("input:checked, button");
  const row = control?.closest("[data-field]") ?? control;
  row?.scrollIntoView({ block: "center" });
  (target ?? control)?.focus();
}

interface FindControlProps {
  readonly onClose: () => void;
  /** Called before the control gets the keyboard, to bring the controls into view where they are hidden. */
  readonly onChosen: () => void;
}

/** The dialog for `/`: type a few letters, choose a control, and be there. */
export default function FindControl({ onClose, onChosen }: FindControlProps) {
  const session = useSession();
  const workload = useShownItem("workloads");
  const { fleets } = useScenario((state) => state.scenario);
  const [query, setQuery] = useState("");
  const [position, setPosition] = useState(0);
  const listId = useId();
  const found = findFields(
    query,
    FIELDS.filter((definition) => isShown(definition, workload)).filter(
      // With one fleet there is nothing to choose.
      ({ id }) => id !== "endpoint-fleet" || fleets.length > 1,
    ),
  );
  const chosen = found[Math.min(position, found.length - 1)];

  function go(field: FieldDefinition | undefined) {
    if (field === undefined) return;
    const { openSections } = session.preferences.getState();
    session.preferences.setState({ openSections: withGroup(field.group, true, openSections) });
    onChosen();
    onClose();
    // The dialog gives the focus back when it is gone, and the group draws its controls: after both.
    requestAnimationFrame(() => requestAnimationFrame(() => focusControl(field.id)));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Enter") go(chosen);
    else if (event.key === "ArrowDown") setPosition(Math.min(position + 1, found.length - 1));
    else if (event.key === "ArrowUp") setPosition(Math.max(position - 1, 0));
    else return;
    event.preventDefault();
  }

  return (
    <Dialog title="Find a control" onClose={onClose}>
      <div className={styles.box}>
        <Search size={15} aria-hidden />
        <input
          className={styles.input}
          role="combobox"
          aria-label="Name of the control"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.id}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="threads, timeout, price …"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setPosition(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={styles.results}>
        <div id={listId} role="listbox" aria-label="Controls">
          {found.map((field, index) => (
            <div
              key={field.id}
              id={`${listId}-${field.id}`}
              className={styles.option}
              role="option"
              tabIndex={-1}
              aria-selected={field === chosen}
              ref={field === chosen ? (element) => element?.scrollIntoView?.({ block: "nearest" }) : null}
              onPointerMove={() => setPosition(index)}
              onPointerUp={() => go(field)}
            >
              <span className={styles.label}>{field.label}</span>
              <span className={styles.group}>{titleOf(field)}</span>
              <span className={styles.explanation}>{field.explanation}</span>
            </div>
          ))}
        </div>
        {found.length === 0 && <p className={styles.none}>No control has this in its name or explanation.</p>}
      </div>
    </Dialog>
  );
}
