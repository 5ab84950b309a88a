import { applyChanges } from "../scenario/paths";
import { pathValues } from "../scenario/reading/path-values";
import { inside, type Place, ProblemLog, pathOf } from "../scenario/reading/problem-log";
import { readValue } from "../scenario/reading/read-value";
import { REJECTED } from "../scenario/reading/reading";
import { reportInside } from "../scenario/reading/report-inside";
import type { Problem, Scenario } from "../scenario/types";
import { OTHER_SHAPE, QUESTION_SHAPE, type WrittenOther, type WrittenQuestion } from "./question-shape";
import type { Axis, ComparedScenario, Question } from "./question-types";
import { readAxes } from "./read-axes";

/** What could be read of a question, and what could not. null: nothing that can be asked. */
export interface QuestionReading {
  readonly question: Question | null;
  readonly problems: readonly Problem[];
}

/** So many configurations can be searched at most. */
const LARGEST_SPACE = 100_000;
/** A scenario has no more places than this that anybody would change one by one. */
const MOST_CHANGES = 1000;

/**
 * Reads a question about a scenario. What is wrong is reported by path: a number that cannot be is the usual one instead, a value, an axis
 * or a scenario to compare with that cannot be is left out. Never throws.
 */
export function readQuestion(input: unknown, base: Scenario): QuestionReading {
  const log = new ProblemLog();
  const question = questionIn(input, base, null, log);
  return { question, problems: log.list() };
}

/** The same from the JSON text that a link holds. */
export function readQuestionText(text: string, base: Scenario): QuestionReading {
  try {
    return readQuestion(JSON.parse(text), base);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
    const sentence = `In the link, the question is not JSON: ${reason}`;
    return { question: null, problems: [{ path: "study", found: reason, allowed: "JSON", sentence }] };
  }
}

/** Reads a question that stands at some place of a document. */
export function questionIn(
  input: unknown,
  base: Scenario,
  place: Place | null,
  log: ProblemLog,
): Question | null {
  const written = readValue(QUESTION_SHAPE, input ?? null, undefined, place, log);
  if (written === REJECTED) return null;
  // The shape has been held against the type field by field where it was written; see `record`.
  const question = written as WrittenQuestion;
  switch (question.kind) {
    case "compare": {
      const others = readOthers(question.others, base, inside(place, "others"), log);
      return others.length === 0 ? null : { ...question, others };
    }
    case "sweep":
    case "cheapest": {
      const axes = readAxes(question.axes, base, inside(place, "axes"), log);
      if (axes.length === 0 || !(question.kind === "sweep" || isSearchable(axes, place, log))) return null;
      return { ...question, axes };
    }
    default:
      return question;
  }
}

function isSearchable(axes: readonly Axis[], place: Place | null, log: ProblemLog): boolean {
  const space = axes.reduce((product, { values }) => product * values.length, 1);
  if (space <= LARGEST_SPACE) return true;
  const size = (count: number) => `${count.toLocaleString("en-US")} configurations`;
  log.addCondition(inside(place, "axes"), size(space), `at most ${size(LARGEST_SPACE)}`);
  return false;
}

/** The scenarios beside the first. One whose changes cannot all be made is left out: it would be another than is meant. */
function readOthers(
  inputs: readonly unknown[],
  base: Scenario,
  place: Place,
  log: ProblemLog,
): readonly ComparedScenario[] {
  const others = inputs.flatMap((input, index) => readOther(input, index, base, place, log));
  if (others.length === 0)
    log.addCondition(place, "nothing to compare with", "a scenario whose changes can be made");
  return others;
}

function readOther(
  input: unknown,
  index: number,
  base: Scenario,
  place: Place,
  log: ProblemLog,
): ComparedScenario[] {
  const own = inside(place, String(index));
  const read = readValue(OTHER_SHAPE, input ?? null, undefined, own, log);
  if (read === REJECTED) return [];
  const { name, changes } = read as WrittenOther;
  const problemsBefore = log.count;
  const at = inside(own, "changes");
  const values = pathValues(changes, pathOf(at), log);
  if (values.length > MOST_CHANGES)
    log.addCondition(at, `${values.length} changes`, `at most ${MOST_CHANGES} changes`);
  else {
    const result = applyChanges(base, values);
    if (!result.ok) for (const problem of result.problems) reportInside(log, pathOf(at), problem);
  }
  if (log.count > problemsBefore) return [];
  return [
    {
      name: name === "" ? (["B", "C", "D"][index] ?? "") : name,
      changes: Object.fromEntries(values.map((change) => [change.path, change.value])),
    },
  ];
}
