import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { type JudgedStep, judgeStep, scenariosOf } from "../../analysis/claims/judge-step";
import { isOwnStory } from "../../scenario/known-presets";
import type { Story, StoryStep } from "../../scenario/stories/story";
import type { Scenario } from "../../scenario/types";
import type { OwnStories, OwnStoriesState } from "../../store/own-stories";
import { runKey, type StoryRunsState } from "../../store/story-runs";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { ChevronRight } from "../controls/icons";
import { ChevronLeft } from "../controls/more-icons";
import { useScenario, useSession } from "../shell/session-context";
import { useShortcuts } from "../shell/shortcuts";
import { useOwnStories } from "../shell/use-own-stories";
import { Assumptions } from "./Assumptions";
import { Changes } from "./Changes";
import { Evidence } from "./Evidence";
import { BringBack } from "./own/BringBack";
import { StepClaims } from "./StepClaims";
import { StoryMenu } from "./StoryMenu";
import styles from "./StoryPanel.module.css";
import { StoryText } from "./story-text";
import { useStory } from "./use-story";
import { useStoryRuns } from "./use-story-runs";

const Presenting = lazy(async () => ({ default: (await import("./Presenting")).Presenting }));
const OwnStepBar = lazy(() => import("./own/OwnStepBar"));
const StepChart = lazy(async () => ({ default: (await import("./StepChart")).StepChart }));

/** The step of a story that the present scenario began from: what it shows, what is claimed, and what comes of it. */
export default function StoryPanel({ storyId }: { readonly storyId: string }) {
  const session = useSession();
  const { own, state } = useOwnStories();
  const story = useStory(storyId);
  const baseId = useScenario((state) => state.baseId);
  const step = story?.steps.find(({ presetId }) => presetId === baseId);
  const place = story === null || step === undefined ? -1 : story.steps.indexOf(step);
  const [isPresenting, setPresenting] = useState(false);
  const go = useCallback(
    (to: number) => {
      const target = story?.steps[to];
      if (target !== undefined) session.replaceScenario(target.scenario, target.presetId);
    },
    [session, story],
  );
  const previous = useCallback(() => go(place - 1), [go, place]);
  const next = useCallback(() => go(place + 1), [go, place]);
  const end = useCallback(() => setPresenting(false), []);
  useShortcuts({ previousStep: previous, nextStep: next });
  if (story === null) return null;
  if (step === undefined) return <StepGone own={own} state={state} story={story} />;
  return (
    <>
      <section className={styles.panel} aria-label={`Story: ${story.title}`} data-story>
        <StepHeader
          own={own}
          story={story}
          place={place}
          go={go}
          isPresenting={isPresenting}
          onPresent={() => setPresenting(!isPresenting)}
        />
        {own !== null && state !== null && isOwnStory(storyId) && !isPresenting && (
          <Suspense fallback={null}>
            <OwnStepBar own={own} state={state} story={story} step={step} />
          </Suspense>
        )}
        <Step story={story} step={step} isPresenting={isPresenting} key={step.presetId} />
      </section>
      {isPresenting && (
        <Suspense fallback={null}>
          <Presenting step={step} onPrevious={previous} onNext={next} onEnd={end} />
        </Suspense>
      )}
    </>
  );
}

interface StepGoneProps {
  readonly own: OwnStories | null;
  readonly state: OwnStoriesState | null;
  readonly story: Story;
}

/** In place of a step that the scenario began from, and that is in its story no more: undo and Back lead there. */
function StepGone({ own, state, story }: StepGoneProps) {
  const session = useSession();
  const [first] = story.steps;
  return (
    <section className={styles.panel} aria-label={`Story: ${story.title}`} data-story>
      <p className={styles.eyebrow}>{story.title}</p>
      <p>The step that this scenario began from is in the story no more.</p>
      <div className={styles.steps}>
        {first !== undefined && (
          <Button onClick={() => session.replaceScenario(first.scenario, first.presetId)}>
            To step {first.label}
          </Button>
        )}
        {own !== null && state !== null && <BringBack own={own} state={state} storyId={story.id} />}
      </div>
    </section>
  );
}

interface StepProps {
  readonly story: Story;
  readonly step: StoryStep;
  readonly isPresenting: boolean;
}

function Step({ story, step, isPresenting }: StepProps) {
  const place = story.steps.indexOf(step);
  const before = story.steps[place - 1];
  const [isTrying, setTrying] = useState(false);
  const neighbours = useMemo(() => (step.assumptions ?? []).flatMap((one) => one.neighbours), [step]);
  const scenarios = useMemo(() => {
    const own = step.isLong === true ? [] : scenariosOf(story, step);
    const others = isTrying ? neighbours.flatMap((neighbour) => scenariosOf(story, step, neighbour)) : [];
    return distinct([...own, ...others]);
  }, [story, step, neighbours, isTrying]);
  const runs = useStoryRuns(scenarios);
  const judged = useMemo(() => judgeStep(story, step, runOf(runs)), [story, step, runs]);
  const tried = useMemo(
    () => (isTrying ? neighbours.map((neighbour) => judgeStep(story, step, runOf(runs), neighbour)) : []),
    [story, step, runs, neighbours, isTrying],
  );
  // Readers' own steps may claim nothing, and then need not say so.
  const hasEvidence = step.claims.length > 0 || step.chart !== undefined || !isOwnStory(story.id);
  return (
    <div className={styles.step}>
      {place === 0 && story.lesson !== "" && <p className={styles.lesson}>{story.lesson}</p>}
      <h2 className={styles.title}>
        <span className={styles.number}>{step.label}</span> {step.title}
      </h2>
      <div className={styles.text}>
        <StoryText text={step.text} />
        {step.caution !== undefined && <p className={styles.caution}>{step.caution}</p>}
      </div>
      <Changes step={step} before={before} />
      {hasEvidence && (
        <Evidence isPresenting={isPresenting} claims={step.claims.length}>
          <div className={styles.shown} data-alone={step.chart === undefined || undefined}>
            {step.chart !== undefined && (
              <Suspense fallback={<div className={styles.chartPlace} />}>
                <StepChart step={step} chart={step.chart} runs={runs} />
              </Suspense>
            )}
            <StepClaims
              claims={judged.claims}
              neighbours={tried.map(labelled)}
              isWaiting={runs.waiting > 0 || step.isLong === true}
            />
          </div>
          <Assumptions
            assumptions={step.assumptions ?? []}
            isTrying={isTrying}
            onTry={neighbours.length === 0 ? null : () => setTrying(true)}
          />
          <p className={styles.foot}>
            {runs.waiting > 0 && (
              <span role="status">
                {runs.waiting === 1 ? "One more run" : `${runs.waiting} more runs`} under way.{" "}
              </span>
            )}
            {runs.failure !== null && (
              <span className={styles.failure}>A run came to nothing: {runs.failure} </span>
            )}
            {story.source !== "" && `Source: ${story.source}.`}
          </p>
        </Evidence>
      )}
    </div>
  );
}

function labelled({ neighbour, claims }: JudgedStep) {
  return { label: neighbour ?? "", claims };
}

function runOf({ summaries }: StoryRunsState) {
  return (scenario: Scenario) => summaries.get(runKey(scenario));
}

function distinct(scenarios: readonly Scenario[]): readonly Scenario[] {
  return [...new Map(scenarios.map((scenario) => [runKey(scenario), scenario])).values()];
}

interface StepHeaderProps {
  readonly own: OwnStories | null;
  readonly story: Story;
  readonly place: number;
  readonly go: (place: number) => void;
  readonly isPresenting: boolean;
  readonly onPresent: () => void;
}

/** Which step of how many, and the way to the others. */
function StepHeader({ own, story, place, go, isPresenting, onPresent }: StepHeaderProps) {
  return (
    <header className={styles.header}>
      <p className={styles.eyebrow}>
        {story.title} · step {place + 1} of {story.steps.length}
      </p>
      <nav className={styles.steps} aria-label="Steps of the story">
        <IconButton label="Previous step" disabled={place === 0} onClick={() => go(place - 1)}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        {story.steps.map((step, at) => (
          <button
            type="button"
            key={step.presetId}
            className={styles.chip}
            aria-current={at === place ? "step" : undefined}
            title={step.title}
            onClick={() => go(at)}
          >
            {step.label}
          </button>
        ))}
        <IconButton
          label="Next step"
          disabled={place === story.steps.length - 1}
          onClick={() => go(place + 1)}
        >
          <ChevronRight size={16} aria-hidden />
        </IconButton>
        <Button onClick={onPresent}>{isPresenting ? "End" : "Present"}</Button>
        {own !== null && <StoryMenu own={own} story={story} place={place} />}
      </nav>
    </header>
  );
}
