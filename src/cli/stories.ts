import { readFileSync } from "node:fs";
import { boundText, VERDICT_WORDS, valueText } from "../analysis/claims/claim-text";
import type { JudgedClaim } from "../analysis/claims/judge-claims";
import { type JudgedStep, judgeStep, judgeWithNeighbours } from "../analysis/claims/judge-step";
import { stepFigures } from "../analysis/claims/step-figures";
import type { RunSummary } from "../analysis/result-types";
import { findStory, STORIES, type Story, type StoryStep } from "../scenario/stories";
import { readStoryText } from "../scenario/stories/read-story";
import type { Scenario } from "../scenario/types";
import { allowClosedPipe, complain } from "./program-input";
import { runScenario } from "./run-scenario";
import { alignedColumns } from "./text-table";

const USAGE = "npm run --silent stories -- [ID or FILE.json [STEP]] [--neighbours] [--long] [--json]";

interface StepReport {
  readonly story: Story;
  readonly step: StoryStep;
  readonly judged: readonly JudgedStep[];
}

/** Runs each scenario once, however many claims are about it. */
function remembering(): (scenario: Scenario) => RunSummary {
  const known = new Map<string, RunSummary>();
  return (scenario) => {
    const key = JSON.stringify({ ...scenario, name: "", notes: "" });
    const summary = known.get(key) ?? runScenario(scenario);
    known.set(key, summary);
    return summary;
  };
}

function* reports(
  stories: readonly Story[],
  stepId: string | null,
  withNeighbours: boolean,
  withLong: boolean,
): Generator<StepReport> {
  for (const story of stories) {
    const run = remembering();
    for (const step of story.steps) {
      if (stepId === null ? step.isLong === true && !withLong : !isNamed(step, stepId)) continue;
      const judged = withNeighbours ? judgeWithNeighbours(story, step, run) : [judgeStep(story, step, run)];
      yield { story, step, judged };
    }
  }
}

/** A step of a file is called by its place or by its id. */
function isNamed({ label, id }: StoryStep, name: string): boolean {
  return label === name || id === name;
}

function rowOf(judged: JudgedClaim): string[] {
  return [
    `  ${judged.claim.id}`,
    VERDICT_WORDS[judged.verdict],
    valueText(judged),
    boundText(judged),
    `${judged.claim.status}: ${judged.claim.text}`,
  ];
}

/** What a story is called here: its id, or the title of one that only its file knows. */
function storyName({ id, title }: Story): string {
  return findStory(id) === undefined ? title : id;
}

function printStep({ story, step, judged }: StepReport): void {
  const lines = [`${storyName(story)} ${step.label} · ${step.title}`];
  // What claims nothing is told by its figures.
  if (step.claims.length === 0)
    lines.push(
      ...alignedColumns(stepFigures(runScenario(step.scenario)).map(([name, value]) => [`  ${name}`, value])),
    );
  for (const { neighbour, claims } of judged) {
    if (neighbour !== null) lines.push(`  with ${neighbour}:`);
    lines.push(...alignedColumns(claims.map(rowOf), { hasTexts: true }));
    lines.push(
      ...claims.flatMap(({ verdict, claim }) =>
        verdict === "differs" ? [`    ${claim.id}: ${claim.differs}`] : [],
      ),
    );
  }
  process.stdout.write(`${lines.join("\n")}\n\n`);
}

function document({ story, step, judged }: StepReport): object {
  return {
    story: story.id,
    step: step.label,
    title: step.title,
    runs: judged.map(({ neighbour, claims }) => ({
      neighbour,
      claims: claims.map(({ claim, verdict, value, half, unit }) => ({
        id: claim.id,
        status: claim.status,
        text: claim.text,
        verdict,
        value,
        half,
        unit,
        atLeast: claim.atLeast ?? null,
        atMost: claim.atMost ?? null,
        differs: claim.differs ?? null,
        notComparable: claim.notComparable ?? null,
      })),
    })),
  };
}

/** What was left out for taking minutes. */
function skippedText(stories: readonly Story[], done: readonly StepReport[]): string {
  const skipped = stories.flatMap(({ id, steps }) =>
    steps
      .filter((step) => step.isLong === true && !done.some((one) => one.step === step))
      .map(({ label }) => `${id} ${label}`),
  );
  return skipped.length === 0 ? "" : `Left out, for they take minutes (--long): ${skipped.join(", ")}\n`;
}

/** A published story, or the one in a file; a sentence where there is none, or something is wrong with it. */
function storyNamed(id: string): Story | string {
  if (!id.endsWith(".json"))
    return findStory(id) ?? `There is no story ${id}; there are: ${STORIES.map((one) => one.id).join(", ")}.`;
  let text: string;
  try {
    text = readFileSync(id, "utf8");
  } catch {
    return `The file ${id} cannot be read.`;
  }
  const { story, problems } = readStoryText(text);
  if (story !== null && problems.length === 0) return story;
  return problems.map(({ sentence }) => sentence).join("\n");
}

/** Exit status: 0; 1 where a claim does not come out and the story does not say why; 2 for bad input. */
function main(words: readonly string[]): number {
  const options = words.filter((word) => word.startsWith("-"));
  const unknown = options.find((option) => !["--json", "--neighbours", "--long", "--help"].includes(option));
  if (unknown !== undefined) return complain([`There is no option ${unknown}.`], USAGE);
  if (options.includes("--help")) {
    process.stdout.write(`usage: ${USAGE}\n`);
    return 0;
  }
  const [id, stepId = null, ...rest] = words.filter((word) => !word.startsWith("-"));
  const found = id === undefined ? undefined : storyNamed(id);
  if (typeof found === "string") return complain([found], USAGE);
  const story = found;
  if (rest.length > 0) return complain([`${rest[0]} is one word too many.`], USAGE);
  if (stepId !== null && story?.steps.every((step) => !isNamed(step, stepId)) === true)
    return complain(
      [`${id} has no step ${stepId}; there are: ${story.steps.map((step) => step.label).join(", ")}.`],
      USAGE,
    );
  const stories = story === undefined ? STORIES : [story];
  const isJson = options.includes("--json");
  const done: StepReport[] = [];
  for (const report of reports(
    stories,
    stepId,
    options.includes("--neighbours"),
    options.includes("--long"),
  )) {
    done.push(report);
    if (!isJson) printStep(report);
  }
  if (isJson) process.stdout.write(`${JSON.stringify(done.map(document), null, 2)}\n`);
  const claims = done.flatMap(({ judged }) => judged.flatMap((one) => one.claims));
  const failed = claims.filter(({ verdict }) => verdict === "fails").length;
  if (!isJson)
    process.stdout.write(
      `${stepId === null ? skippedText(stories, done) : ""}${claims.length} claims, ${failed} ${failed === 1 ? "does" : "do"} not come out\n`,
    );
  return failed > 0 ? 1 : 0;
}

allowClosedPipe();
process.exitCode = main(process.argv.slice(2));
