import { lazy, memo, type ReactNode, Suspense } from "react";
import { AddItem } from "./AddItem";
import styles from "./ControlsPanel.module.css";
import { DynoTypeControl } from "./DynoTypeControl";
import { FieldControl } from "./FieldControl";
import { FieldGroup } from "./FieldGroup";
import { GROUPS, type GroupId, listOf } from "./field-places";
import { field, openFieldsIn } from "./fields";
import { ItemChooser } from "./ItemChooser";
import { PlanControl } from "./PlanControl";
import { TrafficControls } from "./TrafficControls";

/** The folded groups' tables and editors: see docs/decisions/what-loads-first.md. */
const AdvancedGroup = lazy(() => import("./AdvancedGroup"));

const CUSTOM_CONTROLS: Readonly<Partial<Record<string, ReactNode>>> = {
  "dyno-type": <DynoTypeControl />,
  plan: <PlanControl definition={field("plan")} name="Database plan" />,
};

function OpenGroup({ group }: { readonly group: GroupId }) {
  if (group === "traffic") return <TrafficControls />;
  const definitions = openFieldsIn(group);
  const isAboutFleet = definitions.some(({ path }) => listOf(path) === "fleets");
  return (
    <>
      {isAboutFleet && <ItemChooser list="fleets" isHome={group === "dynos"} />}
      {definitions.map((definition) => (
        <div key={definition.id}>
          {CUSTOM_CONTROLS[definition.id] ?? <FieldControl definition={definition} />}
        </div>
      ))}
      {group === "dynos" && <AddItem list="fleets" />}
    </>
  );
}

function Groups({ advanced }: { readonly advanced: boolean }) {
  return GROUPS.filter(({ isAdvanced }) => isAdvanced === advanced).map(({ id }) => (
    <FieldGroup id={id} key={id}>
      {advanced ? (
        <Suspense fallback={null}>
          <AdvancedGroup group={id} />
        </Suspense>
      ) : (
        <OpenGroup group={id} />
      )}
    </FieldGroup>
  ));
}

/** All controls, in groups. Each is drawn again only when its own value changes. */
export const ControlsPanel = memo(function ControlsPanel() {
  return (
    <div>
      <h2 className="visually-hidden">Controls</h2>
      <Groups advanced={false} />
      <h2 className={styles.advanced}>Advanced</h2>
      <Groups advanced />
    </div>
  );
});
