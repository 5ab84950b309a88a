import { useContext, useMemo } from "react";
import { listDifferences } from "../../scenario/differences";
import type { StoryStep } from "../../scenario/stories/story";
import { Button } from "../controls/Button";
import { RotateCcw } from "../controls/icons";
import { type Change, changeText } from "../shell/change";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./Changes.module.css";
import { useMotion } from "./use-motion";
import { WordsOfChangesContext } from "./words-of-changes";

/** More than these are told when asked. */
const MOST_SHOWN = 6;

interface ChangesProps {
  readonly step: StoryStep;
  /** undefined: it is the first. */
  readonly before: StoryStep | undefined;
}

/** What is different from the step before, and from the step itself where the reader has changed something. */
export function Changes({ step, before }: ChangesProps) {
  const session = useSession();
  const words = useContext(WordsOfChangesContext);
  const scenario = useScenario((state) => state.scenario);
  const own = useMemo(() => listDifferences(step.scenario, scenario), [step, scenario]);
  const changes = useMemo(
    () => (before === undefined ? [] : words(before.scenario, step.scenario)),
    [words, before, step],
  );
  // One more would take the place of the line that says so.
  const isLong = changes.length > MOST_SHOWN + 1;
  const [first, rest] = isLong ? [changes.slice(0, MOST_SHOWN), changes.slice(MOST_SHOWN)] : [changes, []];
  return (
    <div className={styles.changes}>
      {first.length > 0 && <MovingChanges key={step.presetId} changes={first} all={changes} />}
      {rest.length > 0 && (
        <details className={styles.rest} key={`${step.presetId} rest`}>
          <summary>and {rest.length} more</summary>
          <ul aria-label="More changed from the step before">
            {rest.map((change) => (
              <Chip key={change.subject} change={change} share={1} />
            ))}
          </ul>
        </details>
      )}
      {own.length > 0 && (
        <Button onClick={() => session.replaceScenario(step.scenario, step.presetId)}>
          <RotateCcw size={14} aria-hidden />
          Back to step {step.label}
        </Button>
      )}
    </div>
  );
}

interface MovingChangesProps {
  readonly changes: readonly Change[];
  /** With those that are told when asked: their parts of the system change too. */
  readonly all: readonly Change[];
}

/** Changes that go from what was to what is when they come. */
function MovingChanges({ changes, all }: MovingChangesProps) {
  const share = useMotion([...new Set(all.map(({ part }) => part ?? "step"))]);
  return (
    <ul aria-label="Changed from the step before">
      {changes.map((change) => (
        <Chip key={change.subject} change={change} share={share} />
      ))}
    </ul>
  );
}

interface ChipProps {
  readonly change: Change;
  /** How far it is on its way from the old value to the new. */
  readonly share: number;
}

/** One change. While it is on its way its text is the final one already, for those who hear it; what moves lies above. */
function Chip({ change, share }: ChipProps) {
  const { subject, values } = change;
  if (values === null) return <li>{subject}</li>;
  const { from, to, between } = values;
  if (share === 1) {
    return (
      <li>
        {subject} <span className={styles.from}>{from}</span> → <strong>{to}</strong>
      </li>
    );
  }
  return (
    <li>
      <span className="visually-hidden">{changeText(change)}</span>
      <span aria-hidden>
        {subject} <span className={styles.from}>{from}</span> <span style={{ opacity: share }}>→</span>{" "}
        <strong className={styles.moving}>
          <span style={{ opacity: between === null ? share : 0 }}>{to}</span>
          <span style={{ opacity: between === null ? 1 - share : 1 }}>
            {between === null ? from : between(share)}
          </span>
        </strong>
      </span>
    </li>
  );
}
