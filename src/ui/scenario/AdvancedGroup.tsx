import { type ReactNode, useMemo } from "react";
import { useScenario } from "../shell/session-context";
import { AddItem } from "./AddItem";
import { FleetAutoscalerControl, ReplicaAutoscalerControl } from "./AutoscalerControl";
import { anyField, fieldsIn } from "./all-fields";
import { DurationControl } from "./DurationControl";
import { EndpointFleetControl } from "./EndpointFleetControl";
import { FieldControl } from "./FieldControl";
import { type GroupId, listOf } from "./field-places";
import type { FieldDefinition } from "./field-types";
import { isShown } from "./fields";
import { HealthCheckControl } from "./HealthCheckControl";
import { ItemChooser } from "./ItemChooser";
import { PlanControl } from "./PlanControl";
import { SendsControl } from "./SendsControl";
import { StepsEditor } from "./StepsEditor";
import { useShownItem } from "./shown";
import { TraceControl } from "./TraceControl";

function ReplicaPlanControl() {
  const primary = useScenario(({ scenario }) => scenario.database.plan);
  return (
    <PlanControl
      definition={anyField("replica-plan")}
      name="Replica plan"
      whenNone="The primary’s plan"
      from={primary}
    />
  );
}

const CUSTOM_CONTROLS: Readonly<Partial<Record<string, ReactNode>>> = {
  steps: <StepsEditor />,
  "endpoint-fleet": <EndpointFleetControl />,
  sends: <SendsControl />,
  trace: <TraceControl />,
  "health-check": <HealthCheckControl />,
  "fleet-autoscaler": <FleetAutoscalerControl />,
  "replica-autoscaler": <ReplicaAutoscalerControl />,
  "replica-plan": <ReplicaPlanControl />,
};

function Control({ definition }: { readonly definition: FieldDefinition }) {
  if (definition.kind === "custom") return CUSTOM_CONTROLS[definition.id];
  if (definition.kind === "duration") return <DurationControl definition={definition} />;
  return <FieldControl definition={definition} />;
}

/** The controls of a group that is folded at the start. */
export default function AdvancedGroup({ group }: { readonly group: GroupId }) {
  const workload = useShownItem("workloads");
  const definitions = useMemo(() => fieldsIn(group), [group]);
  const lists = new Set(definitions.map(({ path }) => listOf(path)).filter((list) => list !== null));
  const isRequest = group === "request";
  return (
    <>
      {[...lists].map((list) => (
        <ItemChooser key={list} list={list} isHome={isRequest} />
      ))}
      {definitions
        .filter((definition) => isShown(definition, workload))
        .map((definition) => (
          <div key={definition.id}>
            <Control definition={definition} />
          </div>
        ))}
      {isRequest && <AddItem list="endpoints" />}
    </>
  );
}
