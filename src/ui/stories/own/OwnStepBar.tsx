import { lazy, Suspense, useContext, useEffect, useMemo, useRef, useState } from "react";
import { listDifferences } from "../../../scenario/differences";
import { knownPreset } from "../../../scenario/known-presets";
import type { Story, StoryStep } from "../../../scenario/stories/story";
import { MOST_STEPS } from "../../../scenario/stories/story-shape";
import type { OwnStories, OwnStoriesState } from "../../../store/own-stories";
import { Button } from "../../controls/Button";
import { IconButton } from "../../controls/IconButton";
import { Pencil, Plus, Trash2 } from "../../controls/icons";
import { ArrowLeft, ArrowRight, Save } from "../../controls/story-icons";
import { changeText } from "../../shell/change";
import { useLive, useScenario, useSession } from "../../shell/session-context";
import { WordsOfChangesContext } from "../words-of-changes";
import { BringBack } from "./BringBack";
import styles from "./OwnStepBar.module.css";

const StepEditor = lazy(() => import("./StepEditor"));

interface OwnStepBarProps {
  readonly own: OwnStories;
  readonly state: OwnStoriesState;
  readonly story: Story;
  readonly step: StoryStep;
}

/** What can be done with a step of a story that came with a link, or of one of the reader's own. */
export default function OwnStepBar(props: OwnStepBarProps) {
  const { own, story, step } = props;
  if (story.isReceived !== true) return <OwnBar {...props} />;
  return (
    <div className={styles.bar}>
      <p className={styles.note}>This story came with the link. It stays as it is.</p>
      <Button onClick={() => void own.copy(story, story.steps.indexOf(step))}>
        Keep a copy and change it
      </Button>
    </div>
  );
}

/** What the scenario on the page would be as a step: that of a live session is its beginning, with what was done. */
function useShared(): StoryStep["scenario"] {
  const session = useSession();
  const scenario = useScenario((present) => present.scenario);
  const isLive = useLive((live) => live.status !== "off");
  const done = useLive((live) => live.recorded);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was done says when the session has become another
  return useMemo(() => (isLive ? session.toShare() : scenario), [session, scenario, isLive, done]);
}

function OwnBar({ own, state, story, step }: OwnStepBarProps) {
  const words = useContext(WordsOfChangesContext);
  const shared = useShared();
  // A step that says nothing yet is one to write, and stays open while it is written.
  const standard = { of: step.presetId, isEditing: step.text === "" };
  const [chosen, setChosen] = useState(standard);
  if (chosen.of !== step.presetId) setChosen(standard);
  const { isEditing } = chosen;
  const [said, setSaid] = useState("");
  const edit = useRef<HTMLButtonElement>(null);
  const hasChanged = useMemo(
    () => listDifferences(step.scenario, { ...shared, name: step.scenario.name }).length > 0,
    [step, shared],
  );
  const place = story.steps.indexOf(step);
  const isFull = story.steps.length >= MOST_STEPS;

  // A button that had the focus may be gone, or disabled, after it has done its work: the focus stays in the bar.
  const hadFocus = useRef(false);
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (isLost && hadFocus.current) edit.current?.focus({ preventScroll: true });
  });
  // A story that was just begun is there to be written.
  useEffect(() => {
    if (own.takeBegun(story.id)) edit.current?.focus({ preventScroll: true });
  }, [own, story.id]);

  async function addStep() {
    const changes = words(step.scenario, shared).map(changeText);
    const title = changes.length === 0 ? `Step ${story.steps.length + 1}` : changes.slice(0, 2).join(", ");
    await own.addStep(story.id, [...title].slice(0, 90).join(""));
    setSaid(`Added as step ${place + 2}.`);
  }

  async function move(to: number) {
    await own.moveStep(step.presetId, to);
    setSaid(`The step is number ${to + 1} now.`);
  }

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears where the focus is */}
      <div
        className={styles.bar}
        onFocus={() => {
          hadFocus.current = true;
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          hadFocus.current = currentTarget.contains(relatedTarget);
        }}
      >
        <Button
          ref={edit}
          aria-expanded={isEditing}
          onClick={() => setChosen({ of: step.presetId, isEditing: !isEditing })}
        >
          <Pencil size={14} aria-hidden />
          {isEditing ? "Done" : "Edit"}
        </Button>
        <Button
          look={hasChanged ? "primary" : "plain"}
          disabled={isFull}
          title={isFull ? `A story has at most ${MOST_STEPS} steps.` : undefined}
          onClick={() => void addStep()}
        >
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
            label="Move the step earlier"
            disabled={place === 0}
            onClick={() => void move(place - 1)}
          >
            <ArrowLeft size={15} aria-hidden />
          </IconButton>
          <IconButton
            label="Move the step later"
            disabled={place === story.steps.length - 1}
            onClick={() => void move(place + 1)}
          >
            <ArrowRight size={15} aria-hidden />
          </IconButton>
          <IconButton label="Remove the step" onClick={() => void own.removeStep(step.presetId)}>
            <Trash2 size={15} aria-hidden />
          </IconButton>
        </span>
        <BringBack own={own} state={state} storyId={story.id} />
        <p className="visually-hidden" role="status">
          {said}
        </p>
        {!state.isKept && (
          <p className={styles.warning}>
            This browser does not keep the story: save its file, or copy its link.
          </p>
        )}
        {state.damaged.includes(story.id) && (
          <p className={styles.warning}>
            Parts of this story could not be read. The browser keeps them aside when you change it.
          </p>
        )}
        {knownPreset(step.presetId)?.storyText === null && (
          <p className={styles.warning}>The story is too long for a link: share its file.</p>
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
