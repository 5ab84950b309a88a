import { Button } from "../controls/Button";
import type { RunState } from "../shell/session-context";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./FailurePanel.module.css";

type Failure = NonNullable<RunState["failure"]>;

const TITLES: Readonly<Record<Failure["code"], string>> = {
  cancelled: "The run was cancelled.",
  crashed: "The simulation stopped before it was done.",
  internal: "The simulation stopped because of a defect in Headroom.",
};

const ADVICE: Readonly<Record<Failure["code"], string>> = {
  cancelled: "Run it again whenever you like.",
  crashed: "A shorter run or fewer replications need less memory. A fresh worker stands ready.",
  internal: "Run it again; if it stops again, another seed or a smaller change may get past it.",
};

interface FailurePanelProps {
  readonly failure: Failure;
  /** Whether the figures below are those of an earlier run. */
  readonly hasEarlierResult: boolean;
}

/** A run without a result: what happened, what was kept, what to do. */
export function FailurePanel({ failure, hasEarlierResult }: FailurePanelProps) {
  const session = useSession();
  const canUndo = useScenario((state) => state.canUndo);
  const { code, message } = failure;
  const kept = hasEarlierResult
    ? "Your scenario is kept; figures and charts are those of the last run that finished."
    : "Your scenario is kept.";
  return (
    <div className={styles.panel} role="alert">
      <div className={styles.body}>
        <p className={styles.title}>{TITLES[code]}</p>
        <p className={styles.detail}>{message}</p>
        <p className={styles.detail}>
          {kept} {ADVICE[code]}
        </p>
      </div>
      <div className={styles.actions}>
        <Button disabled={!canUndo} onClick={() => session.undo()}>
          Undo
        </Button>
        <Button look="primary" onClick={() => session.rerun()}>
          Run again
        </Button>
      </div>
    </div>
  );
}
