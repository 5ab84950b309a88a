import { lazy, Suspense, useContext, useMemo, useState } from "react";
import { listDifferences } from "../../../scenario/differences";
import { knownPreset } from "../../../scenario/known-presets";
import type { Story, StoryStep } from "../../../scenario/stories/story";
import type { OwnStories, OwnStoriesState } from "../../../store/own-stories";
import { Button } from "../../controls/Button";
import { IconButton } from "../../controls/IconButton";
import { Pencil, Plus, Trash2 } from "../../controls/icons";
import { ArrowLeft, ArrowRight, Save } from "../../controls/story-icons";
import { changeText } from "../../shell/change";
import { useScenario } from "../../shell/session-context";
import { WordsOfChangesContext } from "../words-of-changes";
import styles from "./OwnStepBar.module.css";

const StepEditor = lazy(() => import("./StepEditor"));

interface OwnStepBarProps {
  readonly own: OwnStories;
  readonly state: OwnStoriesState;
  readonly story: Story;
  readonly step: StoryStep;
}

/** What can be done with a step of a reader's own story. */
export default function OwnStepBar({ own, state, story, step }: OwnStepBarProps) {
  const words = useContext(WordsOfChangesContext);
  const scenario = useScenario((present) => present.scenario);
  // A step that says nothing yet is one to write.
  const [isEditing, setEditing] = useState(step.text === "");
  const hasChanged = useMemo(
    () => listDifferences(step.scenario, { ...scenario, name: step.scenario.name }).length > 0,
    [step, scenario],
  );
  const place = story.steps.indexOf(step);

  if (story.isReceived === true) {
    return (
      <div className={styles.bar}>
        <p className={styles.note}>This story came with the link. It stays as it is.</p>
        <Button onClick={() => void own.copy(story, place)}>Keep a copy and change it</Button>
      </div>
    );
  }

  function addStep() {
    const changes = words(step.scenario, scenario).map(changeText);
    const title = changes.length === 0 ? `Step ${story.steps.length + 1}` : changes.slice(0, 2).join(", ");
    void own.addStep(story.id, title.slice(0, 200));
  }

  return (
    <>
      <div className={styles.bar}>
        <Button aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
          <Pencil size={14} aria-hidden />
          {isEditing ? "Done" : "Edit"}
        </Button>
        <Button look={hasChanged ? "primary" : "plain"} onClick={addStep}>
          <Plus size={14} aria-hidden />
          Add as step
        </Button>
        {hasChanged && (
          <Button onClick={() => void own.saveScenario(step.presetId)}>
            <Save size={14} aria-hidden />
            Save into step {step.label}
          </Button>
        )}
        <span className={styles.moves}>
          <IconButton
            label="Move the step forward"
            disabled={place === 0}
            onClick={() => void own.moveStep(step.presetId, place - 1)}
          >
            <ArrowLeft size={15} aria-hidden />
          </IconButton>
          <IconButton
            label="Move the step back"
            disabled={place === story.steps.length - 1}
            onClick={() => void own.moveStep(step.presetId, place + 1)}
          >
            <ArrowRight size={15} aria-hidden />
          </IconButton>
          <IconButton label="Remove the step" onClick={() => void own.removeStep(step.presetId)}>
            <Trash2 size={15} aria-hidden />
          </IconButton>
        </span>
        {state.beforeRemoval !== null && (
          <p className={styles.note} role="status">
            Removed. <Button onClick={() => void own.undoRemoval()}>Bring it back</Button>
          </p>
        )}
        {!state.isKept && (
          <p className={styles.warning} role="status">
            This browser does not keep the story: save its file, or copy its link.
          </p>
        )}
        {knownPreset(step.presetId)?.storyText === null && (
          <p className={styles.warning} role="status">
            The story is too long for a link: share its file.
          </p>
        )}
      </div>
      {isEditing && (
        <Suspense fallback={null}>
          <StepEditor own={own} story={story} step={step} key={step.presetId} />
        </Suspense>
      )}
    </>
  );
}
