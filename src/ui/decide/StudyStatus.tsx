import { useMemo } from "react";
import { deepEqual } from "../../scenario/objects";
import { Button } from "../controls/Button";
import { CircleAlert, CircleCheck } from "../controls/icons";
import { type StudyState, useScenario, useStudy } from "../shell/session-context";
import styles from "./DecidePanel.module.css";

function runs(count: number): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? "run" : "runs"}`;
}

/** How it went, once it is over; "" before. */
function outcome({ status, answer, failure }: StudyState): string {
  const done = answer?.progress.done ?? 0;
  const wanted = answer?.progress.wanted ?? 0;
  switch (status) {
    case "done":
      return `Answered with ${runs(done)}.`;
    case "cancelled":
      return wanted > 0
        ? `Stopped after ${done.toLocaleString("en-US")} of ${runs(wanted)}. What is known so far stays.`
        : "Stopped.";
    case "failed":
      return failure ?? "The study could not go on.";
    case "idle":
    case "asking":
      return "";
  }
}

/** One line beside the button: how far it has come, how it ended, or that the scenario is another by now. */
export function StudyStatus({ onAsk }: { readonly onAsk: () => void }) {
  const state = useStudy((whole) => whole);
  const present = useScenario(({ scenario }) => scenario);
  const { status, base, answer } = state;
  const isOther = useMemo(() => base !== null && !deepEqual(base, present), [base, present]);
  const text = outcome(state);
  const { done, wanted } = answer?.progress ?? { done: 0, wanted: 0 };
  return (
    <div className={styles.status}>
      {status === "asking" && (
        <>
          <progress
            className={styles.progress}
            max={Math.max(1, wanted)}
            value={done}
            aria-label="Runs simulated"
          />
          <span className={styles.count}>
            {wanted === 0 ? "Beginning" : `${done.toLocaleString("en-US")} of ${runs(wanted)}`}
          </span>
        </>
      )}
      <span className={styles.outcome} role="status" data-status={status}>
        {status === "done" && <CircleCheck size={15} aria-hidden />}
        {status === "failed" && <CircleAlert size={15} aria-hidden />}
        {text}
      </span>
      {isOther && (answer !== null || status === "asking") && (
        <span className={styles.changed}>
          The scenario has changed since.
          <Button look="quiet" className={styles.again} onClick={onAsk}>
            Ask about it as it is now
          </Button>
        </span>
      )}
    </div>
  );
}
