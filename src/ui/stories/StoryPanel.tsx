import { lazy, Suspense, useMemo, useState } from "react";
import { type JudgedStep, judgeStep, scenariosOf } from "../../analysis/claims/judge-step";
import { listDifferences } from "../../scenario/differences";
import type { Story, StoryStep } from "../../scenario/stories/story";
import type { Scenario } from "../../scenario/types";
import { runKey, type StoryRunsState } from "../../store/story-runs";
import { Button } from "../controls/Button";
import { IconButton } from "../controls/IconButton";
import { ChevronRight, RotateCcw } from "../controls/icons";
import { ChevronLeft } from "../controls/more-icons";
import { useScenario, useSession } from "../shell/session-context";
import { useShortcuts } from "../shell/shortcuts";
import { Assumptions } from "./Assumptions";
import { changeTexts } from "./change-texts";
import { StepClaims } from "./StepClaims";
import styles from "./StoryPanel.module.css";
import { StoryText } from "./story-text";
import { useStory } from "./use-story";
import { useStoryRuns } from "./use-story-runs";

const StepChart = lazy(async () => ({ default: (await import("./StepChart")).StepChart }));

/** The step of a story that the present scenario began from: what it shows, what is claimed, and what comes of it. */
export default function StoryPanel({ storyId }: { readonly storyId: string }) {
  const story = useStory(storyId);
  const baseId = useScenario((state) => state.baseId);
  const step = story?.steps.find(({ presetId }) => presetId === baseId);
  if (story === null || step === undefined) return null;
  return <Step story={story} step={step} key={step.presetId} />;
}

interface StepProps {
  readonly story: Story;
  readonly step: StoryStep;
}

function Step({ story, step }: StepProps) {
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
  return (
    <section className={styles.panel} aria-label={`Story: ${story.title}`}>
      <StepHeader story={story} place={place} />
      <h2 className={styles.title}>
        <span className={styles.number}>{step.id}</span> {step.title}
      </h2>
      <div className={styles.text}>
        <StoryText text={step.text} />
        {step.caution !== undefined && <p className={styles.caution}>{step.caution}</p>}
      </div>
      <Changes step={step} before={before} />
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
        Source: {story.source}.
      </p>
    </section>
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

/** Which step of how many, and the way to the others. */
function StepHeader({ story, place }: { readonly story: Story; readonly place: number }) {
  const session = useSession();
  const go = (step: StoryStep | undefined) => {
    if (step !== undefined) session.replaceScenario(step.scenario, step.presetId);
  };
  const [previous, next] = [story.steps[place - 1], story.steps[place + 1]];
  useShortcuts({ previousStep: () => go(previous), nextStep: () => go(next) });
  return (
    <header className={styles.header}>
      <p className={styles.eyebrow}>
        {story.title} · step {place + 1} of {story.steps.length}
      </p>
      <nav className={styles.steps} aria-label="Steps of the story">
        <IconButton label="Previous step" disabled={previous === undefined} onClick={() => go(previous)}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        {story.steps.map((step, at) => (
          <button
            type="button"
            key={step.id}
            className={styles.chip}
            aria-current={at === place ? "step" : undefined}
            title={step.title}
            onClick={() => go(step)}
          >
            {step.id}
          </button>
        ))}
        <IconButton label="Next step" disabled={next === undefined} onClick={() => go(next)}>
          <ChevronRight size={16} aria-hidden />
        </IconButton>
      </nav>
    </header>
  );
}

interface ChangesProps {
  readonly step: StoryStep;
  /** undefined: it is the first. */
  readonly before: StoryStep | undefined;
}

/** What is different from the step before, and from the step itself where the reader has changed something. */
function Changes({ step, before }: ChangesProps) {
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
