import type { OwnStories, OwnStoriesState } from "../../../store/own-stories";
import { Button } from "../../controls/Button";
import styles from "./OwnStepBar.module.css";

interface BringBackProps {
  readonly own: OwnStories;
  readonly state: OwnStoriesState;
  readonly storyId: string;
}

/** The step of a story that was removed last, and the way back. */
export function BringBack({ own, state, storyId }: BringBackProps) {
  const removal = state.removals.findLast(({ story, step }) => story.id === storyId && step !== null);
  return (
    <p className={styles.note} role="status">
      {removal !== undefined && (
        <>
          Removed: “{removal.step?.title}”.{" "}
          <Button onClick={() => void own.bringBack(removal)}>Bring it back</Button>
        </>
      )}
    </p>
  );
}
