import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import { type ScenarioState, usePreferences, useScenario, useSession } from "../shell/session-context";
import styles from "./FieldGroup.module.css";
import { GROUPS, type GroupId, placesIn } from "./field-places";
import { pathShown, type Shown, useShown } from "./shown";
import { isChangedAt } from "./use-field";

/** A group that is open at the start is remembered when it was closed, a folded one when it was opened. */
function rememberedAs(group: GroupId): string {
  const isAdvanced = GROUPS.find(({ id }) => id === group)?.isAdvanced === true;
  return isAdvanced ? group : `closed:${group}`;
}

/** Whether a group is open, given what the preferences remember. */
function isGroupOpen(group: GroupId, openSections: readonly string[]): boolean {
  const remembered = rememberedAs(group);
  return openSections.includes(remembered) === (remembered === group);
}

/** What the preferences remember once the group is open, or closed. */
export function withGroup(group: GroupId, isOpen: boolean, openSections: readonly string[]): string[] {
  const remembered = rememberedAs(group);
  const others = openSections.filter((entry) => entry !== remembered);
  return isOpen === (remembered === group) ? [...others, remembered] : others;
}

/** The id of the button that opens a group and closes it. */
export function headingIdOf(group: GroupId): string {
  return `group-${group}`;
}

function countChanged(group: GroupId, { scenario, baseId }: ScenarioState, shown: Shown): number {
  const paths = new Set(placesIn(group).map(({ path }) => pathShown(path, scenario, shown)));
  return [...paths].filter((path) => isChangedAt(path, scenario, baseId)).length;
}

/** A group of controls that can be folded; folded or not, it says how many values differ from their defaults. */
export function FieldGroup({ id, children }: { readonly id: GroupId; readonly children: ReactNode }) {
  const session = useSession();
  const contentId = useId();
  const isOpen = usePreferences((state) => isGroupOpen(id, state.openSections));
  const shown = useShown();
  const changed = useScenario((state) => countChanged(id, state, shown));
  const title = GROUPS.find((group) => group.id === id)?.title ?? id;

  function toggle() {
    const { openSections } = session.preferences.getState();
    session.preferences.setState({ openSections: withGroup(id, !isOpen, openSections) });
  }

  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>
        <button
          type="button"
          id={headingIdOf(id)}
          className={styles.toggle}
          aria-expanded={isOpen}
          aria-controls={contentId}
          onClick={toggle}
        >
          <ChevronRight className={styles.chevron} size={14} aria-hidden />
          {title}{" "}
          {changed > 0 && (
            <span className={styles.changed}>
              {changed} <span className="visually-hidden">changed from the default</span>
            </span>
          )}
        </button>
      </h3>
      <div className={styles.content} id={contentId} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </section>
  );
}
