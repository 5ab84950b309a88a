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
  // The name of a step's scenario is its title, and not the system's.
  const own = useMemo(
    () => listDifferences(step.scenario, { ...scenario, name: step.scenario.name }),
    [step, scenario],
  );
  const changes = useMemo(
    () => (before === undefined ? [] : words(before.scenario, step.scenario)),
    [words, before, step],
  );
  return (
    <div className={styles.changes}>
      {changes.length > 0 && <MovingChanges key={step.presetId} changes={changes} />}
      {own.length > 0 && step.claims.length > 0 && (
        <p className={styles.note}>Claims are held against the step as it is written, without your change.</p>
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

/** Changes that go from what was to what is when they come; the most important ones, and the others when asked. */
function MovingChanges({ changes }: { readonly changes: readonly Change[] }) {
  const share = useMotion([...new Set(changes.map(({ part }) => part ?? "step"))]);
  // A single one more would take the place of the line that says so.
  const shown = changes.length > MOST_SHOWN + 1 ? MOST_SHOWN : changes.length;
  const rest = changes.slice(shown);
  return (
    <ul aria-label="Changed from the step before">
      {changes.slice(0, shown).map((change, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two events may be told in the same words
        <Chip key={`${place} ${changeText(change)}`} change={change} share={share} />
      ))}
      {rest.length > 0 && (
        <li className={styles.rest}>
          <details>
            <summary>and {rest.length} more</summary>
            <ul>
              {rest.map((change, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two events may be told in the same words
                <Chip key={`${place} ${changeText(change)}`} change={change} share={share} />
              ))}
            </ul>
          </details>
        </li>
      )}
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
  if (values === null) return <li className={styles.chip}>{subject}</li>;
  const { from, to, between } = values;
  if (share === 1) {
    return (
      <li className={styles.chip}>
        {subject} <span className={styles.from}>{from}</span> → <strong>{to}</strong>
      </li>
    );
  }
  return (
    <li className={styles.chip}>
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
