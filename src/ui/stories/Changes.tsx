import { useMemo } from "react";
import { listDifferences } from "../../scenario/differences";
import type { StoryStep } from "../../scenario/stories/story";
import { Button } from "../controls/Button";
import { RotateCcw } from "../controls/icons";
import { useScenario, useSession } from "../shell/session-context";
import { changeTexts } from "./change-texts";
import styles from "./StoryPanel.module.css";

interface ChangesProps {
  readonly step: StoryStep;
  /** undefined: it is the first. */
  readonly before: StoryStep | undefined;
}

/** What is different from the step before, and from the step itself where the reader has changed something. */
export function Changes({ step, before }: ChangesProps) {
  const session = useSession();
  const scenario = useScenario((state) => state.scenario);
  const own = useMemo(() => listDifferences(step.scenario, scenario), [step, scenario]);
  const texts = before === undefined ? [] : changeTexts(before.scenario, step.scenario);
  return (
    <div className={styles.changes}>
      {texts.length > 0 && (
        <ul aria-label="Changed from the step before">
          {texts.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {own.length > 0 && (
        <Button onClick={() => session.replaceScenario(step.scenario, step.presetId)}>
          <RotateCcw size={14} aria-hidden />
          Back to step {step.id}
        </Button>
      )}
    </div>
  );
}
