import type { OwnStories, OwnStoriesState } from "../../../store/own-stories";
import { Button } from "../../controls/Button";
import styles from "./OwnStepBar.module.css";

interface BringBackProps {
  readonly own: OwnStories;
  readonly state: OwnStoriesState;
  readonly storyId: string;
}

/** The step of a story that was removed or saved over last, and the way back. */
export function BringBack({ own, state, storyId }: BringBackProps) {
  const last = state.removals.findLast(({ story, step }) => story.id === storyId && step !== null);
  const step = last?.step;
  const isThere = own.find(storyId)?.steps.some(({ id }) => id === step?.id) === true;
  return (
    <p className={styles.note} role="status">
      {last !== undefined && step != null && (
        <>
          {isThere ? "Saved over" : "Removed"}: “{step.title}”.{" "}
          <Button onClick={() => void own.bringBack(last)}>
            {isThere ? "Back to what it was" : "Bring it back"}
          </Button>
        </>
      )}
    </p>
  );
}
