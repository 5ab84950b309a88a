import { memo, type ReactNode } from "react";
import { useScenario } from "../shell/session-context";
import styles from "./ControlsPanel.module.css";
import { DynoTypeControl } from "./DynoTypeControl";
import { FieldControl } from "./FieldControl";
import { FieldGroup } from "./FieldGroup";
import { GROUPS, type GroupId } from "./field-types";
import { type FieldId, fieldsOf } from "./fields";
import { PlanControl } from "./PlanControl";
import { StepsEditor } from "./StepsEditor";
import { TrafficControls, workloadKind } from "./TrafficControls";

const CUSTOM_CONTROLS: Readonly<Partial<Record<string, ReactNode>>> = {
  "dyno-type": <DynoTypeControl />,
  plan: <PlanControl />,
  steps: <StepsEditor />,
};

/** Controls that make sense for one kind of traffic only. */
const ONLY_FOR: Readonly<Record<string, string | undefined>> = {
  clients: "closed",
  "think-time": "closed",
  "start-spread": "closed",
  rate: "open",
  arrivals: "open",
};

/** Whether a control is on the page for this kind of traffic. */
export function isShown(fieldId: string, kind: string | null): boolean {
  const only = ONLY_FOR[fieldId];
  return only === undefined || only === kind;
}

function GroupControls({ group }: { readonly group: GroupId }) {
  const kind = useScenario((state) => workloadKind(state.scenario));
  if (group === "traffic") return <TrafficControls />;
  return fieldsOf(group)
    .filter(({ id }) => isShown(id, kind))
    .map(({ id }) => <div key={id}>{CUSTOM_CONTROLS[id] ?? <FieldControl id={id as FieldId} />}</div>);
}

function Groups({ advanced }: { readonly advanced: boolean }) {
  return GROUPS.filter(({ isAdvanced }) => isAdvanced === advanced).map(({ id }) => (
    <FieldGroup id={id} key={id}>
      <GroupControls group={id} />
    </FieldGroup>
  ));
}

/** Documents may hold more than the page has controls for. */
function FirstOfSeveral() {
  const isSeveral = useScenario(
    ({ scenario }) =>
      scenario.fleets.length > 1 || scenario.workloads.length > 1 || scenario.endpoints.length > 1,
  );
  if (!isSeveral) return null;
  return (
    <p className={styles.note}>
      This scenario has several workloads, endpoints or fleets. The controls are about the first of each.
    </p>
  );
}

/** All controls, in groups. Each is drawn again only when its own value changes. */
export const ControlsPanel = memo(function ControlsPanel() {
  return (
    <div>
      <h2 className="visually-hidden">Controls</h2>
      <FirstOfSeveral />
      <Groups advanced={false} />
      <h2 className={styles.advanced}>Advanced</h2>
      <Groups advanced />
    </div>
  );
});
