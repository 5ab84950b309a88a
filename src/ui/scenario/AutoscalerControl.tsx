import { lazy, Suspense } from "react";
import type { Autoscaler } from "../../scenario/types";
import { SwitchField } from "../controls/SwitchField";
import { useScenario, useSession } from "../shell/session-context";
import { anyField } from "./all-fields";
import type { Scaled } from "./autoscaler/metrics";
import { FieldRow, idsOf } from "./FieldRow";
import { useShownItem } from "./shown";
import { useField } from "./use-field";

/** Only for those who use one: see docs/decisions/what-loads-first.md. */
const AutoscalerEditor = lazy(() => import("./autoscaler/AutoscalerEditor"));
const policies = () => import("./autoscaler/policies");

interface AutoscalerControlProps {
  readonly id: "fleet-autoscaler" | "replica-autoscaler";
  readonly scaled: Scaled;
  /** How many there are at the start of a run. */
  readonly size: number;
}

function AutoscalerControl({ id, scaled, size }: AutoscalerControlProps) {
  const definition = anyField(id);
  const ids = idsOf(id);
  const session = useSession();
  const { path, value, isChanged, apply, reset } = useField(definition.path);
  // The document allows nothing but an autoscaler, or null, at this path.
  const autoscaler = value as Autoscaler | null;

  async function change(isOn: boolean) {
    // Where the part of the page does not come, the document's own policies do.
    const begin = isOn
      ? await policies().then(
          (module) => module.newAutoscaler(scaled, size),
          () => ({}),
        )
      : null;
    session.edit(path, begin);
  }

  return (
    <FieldRow
      definition={definition}
      isChanged={isChanged}
      onReset={reset}
      control={
        <SwitchField
          id={ids.control}
          checked={autoscaler !== null}
          onChange={(isOn) => void change(isOn)}
          labelledBy={ids.label}
          describedBy={ids.hint}
        />
      }
      footer={
        autoscaler !== null && (
          <Suspense fallback={null}>
            <AutoscalerEditor autoscaler={autoscaler} scaled={scaled} onChange={apply} />
          </Suspense>
        )
      }
    />
  );
}

/** The shown fleet's autoscaler. */
export function FleetAutoscalerControl() {
  const { name, dynos } = useShownItem("fleets");
  return <AutoscalerControl key={name} id="fleet-autoscaler" scaled="dynos" size={dynos} />;
}

/** The replicas' autoscaler. */
export function ReplicaAutoscalerControl() {
  const size = useScenario(({ scenario }) => scenario.database.replicas.count);
  return <AutoscalerControl id="replica-autoscaler" scaled="replicas" size={size} />;
}
