import { isObject, ownValue } from "../scenario/objects";
import { applyChanges } from "../scenario/paths";
import { findPreset } from "../scenario/presets";
import { entriesWithoutEffect, readScenario } from "../scenario/read-scenario";
import { pathValues } from "../scenario/reading/path-values";
import { inside, ProblemLog } from "../scenario/reading/problem-log";
import { readValue } from "../scenario/reading/read-value";
import { REJECTED } from "../scenario/reading/reading";
import { reportInside } from "../scenario/reading/report-inside";
import { anything, optional, type RecordCheck, record, text, whole } from "../scenario/shape";
import { findStepScenario } from "../scenario/stories";
import type { Problem, Scenario } from "../scenario/types";
import { questionIn } from "./read-question";
import { STUDY_VERSION, type Study } from "./study-file";

/** What could be read of a study, and what could not. null: nothing that can be asked. */
export interface StudyReading {
  readonly study: Study | null;
  readonly problems: readonly Problem[];
}

/** The scenario that a question is about, as a document says it. */
interface WrittenBase {
  readonly preset?: string;
  readonly scenario?: unknown;
  readonly set: unknown;
}

const presetOrScenario: RecordCheck = ({ preset, scenario }) =>
  preset === undefined && scenario === undefined
    ? { field: "preset", allowed: "there: a base has a preset or a scenario", resets: [] }
    : null;

const BASE_SHAPE = record<WrittenBase>(
  { preset: optional(text(200)), scenario: optional(anything()), set: anything() },
  { indivisible: false, alternatives: [["preset", "scenario"]], checks: [presetOrScenario] },
);

const STUDY_SHAPE = record<{
  readonly headroomStudy: number;
  readonly base: unknown;
  readonly question: unknown;
}>({
  headroomStudy: whole(1, STUDY_VERSION, STUDY_VERSION),
  base: anything(),
  question: anything(),
});

/** Longer texts are not read: no study has so much but in the requests of its scenario. */
const MAXIMUM_TEXT_LENGTH = 32 * 1024 * 1024;

/** Reads a study from JSON text. Never throws. */
export function readStudyText(content: string): StudyReading {
  const refuse = (found: string, allowed: string, sentence: string): StudyReading => ({
    study: null,
    problems: [{ path: "", found, allowed, sentence }],
  });
  if (content.length > MAXIMUM_TEXT_LENGTH) {
    const found = `${content.length} characters`;
    const allowed = `at most ${MAXIMUM_TEXT_LENGTH} characters`;
    return refuse(found, allowed, `The file has ${found}, but must have ${allowed}.`);
  }
  try {
    return readStudy(JSON.parse(content.charCodeAt(0) === 0xfeff ? content.slice(1) : content));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
    return refuse(reason, "JSON", `The file is not JSON: ${reason}`);
  }
}

/** Reads a study: what of its base cannot be is reported and at its default, what of its question, see `readQuestion`. */
export function readStudy(input: unknown): StudyReading {
  const log = new ProblemLog();
  const version = ownValue(input, "headroomStudy");
  if (typeof version === "number" && version > STUDY_VERSION) {
    const sentence = `This study is of version ${version}, written by a newer version of Headroom; this one reads up to ${STUDY_VERSION}.`;
    log.addSentence("headroomStudy", String(version), `a version up to ${STUDY_VERSION}`, sentence);
    return { study: null, problems: log.list() };
  }
  if (!isObject(input) || !isObject(input.question)) {
    log.add(null, input, `a study: an object with "headroomStudy": ${STUDY_VERSION}, a base and a question`);
    return { study: null, problems: log.list() };
  }
  if (version === undefined) {
    const sentence = `headroomStudy is missing; a study says "headroomStudy": ${STUDY_VERSION}.`;
    log.addSentence("headroomStudy", "nothing", String(STUDY_VERSION), sentence);
  }
  // The shape has been held against the type field by field where it was written; see `record`.
  const written = readValue(STUDY_SHAPE, input, undefined, null, log) as { base: unknown; question: unknown };
  const base = readBase(written.base, log);
  if (base === null) return { study: null, problems: log.list() };
  const question = questionIn(written.question, base, inside(null, "question"), log);
  return { study: question === null ? null : { base, question }, problems: log.list() };
}

function readBase(input: unknown, log: ProblemLog): Scenario | null {
  const read = readValue(BASE_SHAPE, input, undefined, inside(null, "base"), log);
  if (read === REJECTED) return null;
  const { preset, scenario, set } = read as WrittenBase;
  const begun = preset === undefined ? scenarioIn(scenario, log) : presetScenario(preset, log);
  if (begun === null) return null;
  const result = applyChanges(begun, pathValues(set, "base.set", log));
  if (!result.ok) for (const problem of result.problems) reportInside(log, "base.set", problem);
  const idle = entriesWithoutEffect(result.scenario, preset === undefined ? undefined : begun);
  for (const problem of idle) reportInside(log, "base", problem);
  return result.scenario;
}

function scenarioIn(document: unknown, log: ProblemLog): Scenario {
  const result = readScenario(isObject(document) ? { schema: 1, ...document } : document);
  if (!result.ok) for (const problem of result.problems) reportInside(log, "base.scenario", problem);
  return result.scenario;
}

function presetScenario(id: string, log: ProblemLog): Scenario | null {
  const scenario = findPreset(id)?.scenario ?? findStepScenario(id);
  if (scenario !== undefined) return scenario;
  const allowed = "the id of a preset, or of a story's step, such as heroku-pooling.a6";
  log.add(inside(inside(null, "base"), "preset"), id, allowed);
  return null;
}
