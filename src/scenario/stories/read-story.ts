import { isObject, ownValue } from "../objects";
import { applyChanges, type PathValue } from "../paths";
import { readScenario } from "../read-scenario";
import { ProblemLog } from "../reading/problem-log";
import { readValue } from "../reading/read-value";
import type { Problem, Scenario } from "../types";
import { freeStepId, OWN_STORY_ID, type OwnStep, ownStory, UNNAMED_STORY_ID } from "./own-story";
import type { Story, Variant } from "./story";
import { keepsItsReferences } from "./story-references";
import { STORY_SHAPE } from "./story-shape";
import { STORY_VERSION, type WrittenStep, type WrittenStory } from "./written-story";

/** What could be read of a story, and what could not. null: nothing. */
export interface StoryReading {
  readonly story: Story | null;
  readonly problems: readonly Problem[];
}

/** Longer texts are not read: no story has so much. */
const MAXIMUM_TEXT_LENGTH = 32 * 1024 * 1024;

/** Reads a story from JSON text. Never throws. */
export function readStoryText(text: string): StoryReading {
  const refuse = (found: string, allowed: string, sentence: string): StoryReading => ({
    story: null,
    problems: [{ path: "", found, allowed, sentence }],
  });
  if (text.length > MAXIMUM_TEXT_LENGTH) {
    const found = `${text.length} characters`;
    const allowed = `at most ${MAXIMUM_TEXT_LENGTH} characters`;
    return refuse(found, allowed, `The file has ${found}, but must have ${allowed}.`);
  }
  let input: unknown;
  try {
    input = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
    return refuse(reason, "JSON", `The file is not JSON: ${reason}`);
  }
  return readStory(input);
}

/**
 * Reads a story. What is wrong is reported by path and left out, and everything else stands: a step whose changes cannot
 * be made keeps its texts. Never throws.
 */
export function readStory(input: unknown): StoryReading {
  const log = new ProblemLog();
  const version = ownValue(input, "headroomStory");
  const allowed = `a story: an object with "headroomStory": ${STORY_VERSION}, and steps`;
  if (isObject(input) && typeof version === "number" && version > STORY_VERSION) {
    const sentence = `This story is of version ${version}, written by a newer version of Headroom; this one reads up to ${STORY_VERSION}.`;
    log.addSentence("headroomStory", String(version), `a version up to ${STORY_VERSION}`, sentence);
    return { story: null, problems: log.list() };
  }
  if (!isObject(input) || !Array.isArray(input.steps) || input.steps.length === 0) {
    log.add(null, input, allowed);
    return { story: null, problems: log.list() };
  }
  if (version === undefined)
    log.addSentence(
      "headroomStory",
      "nothing",
      String(STORY_VERSION),
      `headroomStory is missing; a story says "headroomStory": ${STORY_VERSION}.`,
    );
  // The shape has been held against the type field by field where it was written; see `record`.
  const written = readValue(STORY_SHAPE, input, undefined, null, log) as WrittenStory;
  if (written.steps.length === 0) return { story: null, problems: log.list() };
  const base = readBase(written.base, log);
  const id = readId(written.id, log);
  const story = ownStory({ ...written, id }, readSteps(written.steps, base, log));
  return { story: keepsItsReferences(story, log), problems: log.list() };
}

/** The id; that of a story without a name where it is none, or could be taken for a published story's. */
function readId(id: string, log: ProblemLog): string {
  if (OWN_STORY_ID.test(id)) return id;
  if (id !== "") {
    const allowed = "my- and 6 to 20 small letters or digits";
    log.addSentence("id", `"${id.slice(0, 60)}"`, allowed, `id must be ${allowed}, or absent.`);
  }
  return UNNAMED_STORY_ID;
}

function readBase(base: unknown, log: ProblemLog): Scenario {
  const document = base === null || isObject(base) ? { schema: 1, ...base } : base;
  const result = readScenario(document);
  if (!result.ok) for (const problem of result.problems) report(log, "base", problem);
  return result.scenario;
}

function readSteps(steps: readonly WrittenStep[], base: Scenario, log: ProblemLog): readonly OwnStep[] {
  const ids: string[] = [];
  let before = base;
  return steps.map((written, place) => {
    const path = `steps.${place}`;
    const { id: wanted, changes, variants, assumptions, ...texts } = written;
    const id = freeStepId(wanted === "" ? undefined : wanted, ids);
    ids.push(id);
    const scenario = withChanges(before, changes, `${path}.changes`, log);
    before = scenario;
    const read = <T extends { readonly changes: unknown }>(parts: readonly T[], at: string) =>
      parts.flatMap((part, index) => readPart(part, scenario, `${path}.${at}.${index}.changes`, log));
    return {
      ...texts,
      id,
      scenario,
      ...(variants === undefined ? {} : { variants: read(variants, "variants") }),
      ...(assumptions === undefined
        ? {}
        : {
            assumptions: assumptions.map((one, index) => ({
              ...one,
              neighbours: read(one.neighbours, `assumptions.${index}.neighbours`),
            })),
          }),
    };
  });
}

/** A part with changes to its step's scenario; none where these cannot be made as they are. */
function readPart<T extends { readonly changes: unknown }>(
  part: T,
  scenario: Scenario,
  path: string,
  log: ProblemLog,
): readonly (Omit<T, "changes"> & Pick<Variant, "changes">)[] {
  const problemsBefore = log.count;
  withChanges(scenario, part.changes, path, log);
  return log.count > problemsBefore ? [] : [{ ...part, changes: pathValues(part.changes) }];
}

function pathValues(changes: unknown): readonly PathValue[] {
  return isObject(changes) ? Object.entries(changes).map(([path, value]) => ({ path, value })) : [];
}

/** The scenario with as many of the changes as can be made. */
function withChanges(scenario: Scenario, changes: unknown, path: string, log: ProblemLog): Scenario {
  if (changes !== null && !isObject(changes)) {
    const allowed = 'an object such as { "fleets.web.dynos": 5 }';
    log.addSentence(path, "something else", allowed, `${path} must be ${allowed}.`);
    return scenario;
  }
  const result = applyChanges(scenario, pathValues(changes));
  if (!result.ok) for (const problem of result.problems) report(log, path, problem);
  return result.scenario;
}

function report(log: ProblemLog, at: string, { path, found, allowed, sentence }: Problem): void {
  log.addSentence(path === "" ? at : `${at}.${path}`, found, allowed, `In ${at}: ${sentence}`);
}
