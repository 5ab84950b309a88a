import { TriangleAlert } from "lucide-react";
import { type CSSProperties, type ReactNode, useEffect, useId, useMemo, useRef, useState } from "react";
import type { ServerState, SystemState } from "../../analysis/system-state";
import { formatRate } from "../../base/format";
import type { Scenario } from "../../scenario/types";
import { useTooltip } from "../controls/use-tooltip";
import type { OpenPart } from "../shell/system-parts";
import { DynoCells } from "./DynoCells";
import { flowThickness, type PartModel, pictureModel, sentenceOf } from "./picture-model";
import styles from "./SystemPicture.module.css";

/** "whole": averages over one stretch of a run that is simulated at once; "live": a system as it stands now. */
export type PictureMode = "whole" | "live";

interface SystemPictureProps {
  readonly state: SystemState;
  readonly scenario: Scenario;
  readonly mode: PictureMode;
  readonly onPart: OpenPart;
}

/** The system part by part, from the clients to the database, with what flows between and what fails where. */
export function SystemPicture({ state, scenario, mode, onPart }: SystemPictureProps) {
  const model = useMemo(() => pictureModel(state, scenario), [state, scenario]);
  const { clients, edge, fleets, fleetFailures, pools, pooler, database, replicas, flows } = model;
  const hintId = useId();
  const part = (of: PartModel, children?: ReactNode) => (
    <Part model={of} isLive={mode === "live"} hintId={hintId} onPart={onPart}>
      {children}
    </Part>
  );
  return (
    <div className={styles.picture} data-mode={mode}>
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
      <FailureText failures={failures} />
    </div>
  );
}

/** What fails, each kind with its rate; nothing where nothing does. */
export function FailureText({ failures }: { readonly failures: readonly string[] }) {
  if (failures.length === 0) return null;
  return (
    <span className={styles.failures}>
      <TriangleAlert size={12} aria-hidden /> {failures.join("; ")}
    </span>
  );
}

/** How much goes from one part to the next: an arrow as thick as its rate, with the number. */
function Flow({ perSecond }: { readonly perSecond: number }) {
  const style = { "--thickness": `${flowThickness(perSecond)}px` } as CSSProperties;
  return (
    <span className={styles.flow} style={style} data-none={perSecond > 0 ? undefined : ""}>
      <span className={styles.rate}>{formatRate(perSecond < 100 ? perSecond : Math.round(perSecond))}</span>
      <span className={styles.arrow} />
    </span>
  );
}

interface PartProps {
  readonly model: PartModel;
  readonly isLive: boolean;
  readonly hintId: string;
  readonly onPart: OpenPart;
  readonly children: ReactNode;
}

/** One part: how it stands, how full it is, and the way to its controls and charts. */
function Part({ model, isLive, hintId, onPart, children }: PartProps) {
  const { part, fleet, title, figure, unit, facts, share, isDown, failures } = model;
  const sentence = useCalm(sentenceOf(model), isLive);
  const { triggerProps, element } = useTooltip(sentence, styles.sentence);
  return (
    <>
      <button
        type="button"
        className={styles.part}
        data-part={part}
        data-failing={isDown || failures.length > 0 || undefined}
        aria-label={sentence}
        aria-describedby={hintId}
        {...triggerProps}
        onClick={() => onPart(part, fleet)}
      >
        <span className={styles.title}>
          {title}
          {isDown && <span className={styles.down}>down</span>}
        </span>{" "}
        <span className={styles.figure}>{figure}</span>{" "}
        {share !== null && children === undefined && (
          <span className={styles.gauge}>
            <span style={{ inlineSize: `${share * 100}%` }} />
          </span>
        )}
        <span className={styles.facts}>{[unit, ...facts].join(" · ")}</span>
        {children}
      </button>
      {element}
    </>
  );
}

const MOST_BOXES = 5;

/** A box per replica, filled as far as its connections are open. Many are thin. */
function Replicas({ servers }: { readonly servers: readonly ServerState[] }) {
  return (
    <span className={styles.replicas} data-many={servers.length > MOST_BOXES || undefined}>
      {servers.map(({ isUp, connections, usableConnections }, number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a replica is its number
        <span className={styles.replica} data-down={isUp ? undefined : ""} key={number}>
          <span
            style={{ blockSize: `${usableConnections > 0 ? (connections / usableConnections) * 100 : 0}%` }}
          />
        </span>
      ))}
    </span>
  );
}

const CALM_MS = 2000;

/** A text as it is read out: in a live run it changes no more often than one can listen. */
function useCalm(text: string, isLive: boolean): string {
  const [calm, setCalm] = useState(text);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => setCalm(latest.current), CALM_MS);
    return () => clearInterval(timer);
  }, [isLive]);
  return isLive ? calm : text;
}
