import { ChevronRight } from "lucide-react";
import { type ComponentProps, type ReactNode, useId, useMemo } from "react";
import type { RunSummary } from "../../analysis/result-types";
import { stateInBucket } from "../../analysis/system-state";
import { useRun } from "../shell/session-context";
import type { OpenPart } from "../shell/system-parts";
import { runAtMoment, timeText } from "./moments";
import { pictureModel } from "./picture-model";
import { Scrubber, useMoment } from "./Scrubber";
import { FailureText, SystemPicture } from "./SystemPicture";
import styles from "./SystemPicture.module.css";

interface SystemPanelProps {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onPart: OpenPart;
}

/** The picture of the system, of whatever is being looked at. */
export default function SystemPanel(props: SystemPanelProps) {
  const summary = useRun((state) => state.summary);
  // A live run comes before the whole one: its picture is <Frame><SystemPicture mode="live" …/></Frame>, here.
  if (summary === null) return <Frame {...props}>{NOTHING_YET}</Frame>;
  return <WholeRun {...props} summary={summary} />;
}

const NOTHING_YET = <p className={styles.nothing}>Nothing has been simulated yet.</p>;

/** A run that is simulated at once, at one of its moments. */
function WholeRun({ summary, ...props }: SystemPanelProps & { readonly summary: RunSummary }) {
  const moment = useMoment(summary);
  const state = useMemo(
    () => stateInBucket(runAtMoment(summary, moment.moment), 0),
    [summary, moment.moment],
  );
  if (state === null) return <Frame {...props}>{NOTHING_YET}</Frame>;
  const { scenario } = summary.figures;
  return (
    <Frame
      {...props}
      time={<Scrubber {...moment} summary={summary} atS={state.atS} />}
      strip={<Strip state={state} scenario={scenario} />}
    >
      <SystemPicture state={state} scenario={scenario} mode="whole" onPart={props.onPart} />
    </Frame>
  );
}

/** The picture in a line, while it is folded. */
function Strip({ state, scenario }: Pick<ComponentProps<typeof SystemPicture>, "state" | "scenario">) {
  const { clients, edge, fleets, fleetFailures, pools, pooler, database } = pictureModel(state, scenario);
  const parts = [clients, edge, ...fleets, pools, pooler, database].filter((part) => part !== null);
  const others = parts.filter(({ part }) => part !== "dynos").flatMap(({ failures }) => failures);
  const failures = [...others, ...fleetFailures];
  return (
    <p className={styles.strip}>
      <span className={styles.stripParts}>
        {`At ${timeText(state.atS)}: ${parts.map(({ title, figure }) => `${title} ${figure}`).join(" → ")}`}
      </span>
      <FailureText failures={failures} />
    </p>
  );
}

interface FrameProps extends SystemPanelProps {
  /** Which moment it is of. */
  readonly time?: ReactNode;
  /** What stands beside its name while it is folded. */
  readonly strip?: ReactNode;
  readonly children: ReactNode;
}

/** The picture's frame, which can be folded. */
function Frame({ isOpen, onOpen, time, strip, children }: FrameProps) {
  const contentId = useId();
  return (
    <>
      <div className={styles.header}>
        <h2 className={styles.name}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen}
            aria-controls={contentId}
            onClick={() => onOpen(!isOpen)}
          >
            <ChevronRight size={14} aria-hidden />
            The system
          </button>
        </h2>
        {isOpen ? time : strip}
      </div>
      <div id={contentId} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </>
  );
}
