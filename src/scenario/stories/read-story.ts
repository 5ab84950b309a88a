import { isObject, ownValue } from "../objects";
import { applyChanges } from "../paths";
import { readScenario } from "../read-scenario";
import { pathValues } from "../reading/path-values";
import { ProblemLog } from "../reading/problem-log";
import { readValue } from "../reading/read-value";
import { reportInside } from "../reading/report-inside";
import type { Problem, Scenario } from "../types";
import { checkStory } from "./check-story";
import { freeStepId, OWN_STORY_ID, type OwnStep, ownStory, UNNAMED_STORY_ID } from "./own-story";
import type { Story } from "./story";
import { STORY_SHAPE } from "./story-shape";
import { STORY_VERSION, type WrittenStep, type WrittenStory } from "./written-story";

/** What could be read of a story, and what could not. null: nothing. */
export interface StoryReading {
  readonly story: Story | null;
  readonly problems: readonly Problem[];
}

/** Longer texts are not read: no story has so much. */
const MAXIMUM_TEXT_LENGTH = 32 * 1024 * 1024;

/** Reads a story from JSON text, and says what in it does not fit together. Never throws. */
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
  const { story, problems } = readStory(input);
  return { story, problems: story === null ? problems : [...problems, ...checkStory(story)] };
}

/**
 * Reads a story. What is wrong is reported by path and left out, and everything else stands: a step whose changes cannot
 * be made keeps its texts. What a claim is about need not be there: see `checkStory`. Never throws.
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
  return { story, problems: log.list() };
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
  if (!result.ok) for (const problem of result.problems) reportInside(log, "base", problem);
  return result.scenario;
}

function readSteps(steps: readonly WrittenStep[], base: Scenario, log: ProblemLog): readonly OwnStep[] {
  const ids = stepIds(steps, log);
  let before = base;
  return steps.map(({ id: wanted, changes, variants, assumptions, claims, ...texts }, place) => {
    const path = `steps.${place}`;
    const scenario = withChanges(before, changes, `${path}.changes`, log);
    before = scenario;
    const read = <T extends { readonly changes: unknown }>(parts: readonly T[], at: string) =>
      parts.map((part, index) => ({
        ...part,
        changes: pathValues(part.changes, `${path}.${at}.${index}.changes`, log),
      }));
    return {
      ...texts,
      id: ids[place] ?? wanted,
      scenario,
      claims: withOwnIds(claims, `${path}.claims`, log),
      ...(variants === undefined
        ? {}
        : { variants: withOwnIds(read(variants, "variants"), `${path}.variants`, log) }),
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

/** The steps' ids, each once, and such that an address can hold them. Another one is told, unless there was none. */
function stepIds(steps: readonly WrittenStep[], log: ProblemLog): readonly string[] {
  const ids: string[] = [];
  for (const [place, { id: wanted }] of steps.entries()) {
    const id = freeStepId(wanted === "" ? undefined : wanted, ids);
    if (wanted !== "" && id !== wanted) {
      const allowed = "short, of letters, digits and -, and no other step's";
      const path = `steps.${place}.id`;
      log.addSentence(
        path,
        `"${wanted.slice(0, 60)}"`,
        allowed,
        `${path} must be ${allowed}; it is ${id} now.`,
      );
    }
    ids.push(id);
  }
  return ids;
}

/** The items, of which none has another's id: a later one gets another, and it is told. */
function withOwnIds<T extends { readonly id: string }>(
  items: readonly T[],
  path: string,
  log: ProblemLog,
): readonly T[] {
  const taken = new Set<string>();
  return items.map((item, index) => {
    let { id } = item;
    for (let number = 2; taken.has(id); number++) id = `${item.id}-${number}`;
    taken.add(id);
    if (id === item.id) return item;
    const sentence = `${path}.${index}.id is another's already; it is ${id} now.`;
    log.addSentence(`${path}.${index}.id`, `"${item.id.slice(0, 60)}"`, "an id that no other has", sentence);
    return { ...item, id };
  });
}

/** The scenario with as many of the changes as can be made. */
function withChanges(scenario: Scenario, changes: unknown, path: string, log: ProblemLog): Scenario {
  const result = applyChanges(scenario, pathValues(changes, path, log));
  if (!result.ok) for (const problem of result.problems) reportInside(log, path, problem);
  return result.scenario;
}
