import { type ReactNode, useId, useMemo } from "react";
import type { SystemState } from "../../analysis/system-state";
import type { Scenario } from "../../scenario/types";
import type { OpenPart } from "../shell/system-parts";
import { DynoCells } from "./DynoCells";
import { FailureText } from "./FailureText";
import { Flow } from "./Flow";
import { Part, Replicas } from "./Part";
import { type PartModel, pictureModel } from "./picture-model";
import styles from "./SystemPicture.module.css";

interface SystemPictureProps {
  readonly state: SystemState;
  readonly scenario: Scenario;
  /** Time runs, and with it the picture; else it is of one moment. */
  readonly isMoving: boolean;
  readonly onPart: OpenPart;
}

/** The system part by part, from the clients to the database, with what flows between and what fails where. */
export function SystemPicture({ state, scenario, isMoving, onPart }: SystemPictureProps) {
  const model = useMemo(() => pictureModel(state, scenario), [state, scenario]);
  const { clients, edge, fleets, fleetFailures, pools, pooler, database, replicas, flows } = model;
  const hintId = useId();
  const part = (of: PartModel, children?: ReactNode) => (
    <Part model={of} isMoving={isMoving} hintId={hintId} onPart={onPart}>
      {children}
    </Part>
  );
  return (
    <div className={styles.picture} data-moving={isMoving || undefined}>
      <p id={hintId} hidden>
        Opens its controls and charts.
      </p>
      <Group place="clients" failures={clients.failures}>
        {part(clients)}
      </Group>
      <Flow perSecond={flows.sent} />
      <Group place="edge" failures={edge.failures}>
        {part(edge)}
      </Group>
      <Group place="fleets" failures={fleetFailures}>
        {fleets.map((fleet) => (
          <div className={styles.lane} key={fleet.state.name}>
            <Flow perSecond={fleet.perSecond} />
            {part(fleet, <DynoCells fleet={fleet.state} />)}
          </div>
        ))}
      </Group>
      <Flow perSecond={flows.queries} />
      <Group place="pools" failures={pools.failures}>
        {part(pools)}
      </Group>
      {pooler !== null && (
        <>
          <Flow perSecond={flows.queries} />
          <Group place="pooler" failures={pooler.failures}>
            {part(pooler)}
          </Group>
        </>
      )}
      <Group place="servers" failures={database.failures}>
        <div className={styles.lane}>
          <Flow perSecond={flows.toPrimary} />
          {part(database)}
        </div>
        {replicas !== null && (
          <div className={styles.lane}>
            <Flow perSecond={flows.toReplicas} />
            {part(replicas, <Replicas servers={state.replicas} />)}
          </div>
        )}
      </Group>
    </div>
  );
}

interface GroupProps {
  /** Fleets and servers are lanes, one for each with the flow to it. */
  readonly place: "clients" | "edge" | "fleets" | "pools" | "pooler" | "servers";
  readonly failures: readonly string[];
  readonly children: ReactNode;
}

/** What stands in one place of the way, with its failures below it. */
function Group({ place, failures, children }: GroupProps) {
  return (
    <div className={styles.group} data-place={place}>
      {children}
      {failures.length > 0 && (
        <p className={styles.below}>
          <FailureText failures={failures} />
        </p>
      )}
    </div>
  );
}
