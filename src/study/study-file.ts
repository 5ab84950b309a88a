import type { Scenario } from "../scenario/types";
import type { Question } from "./question-types";

/** The version of the study files that this version of Headroom writes; the file says it in the field `headroomStudy`. */
export const STUDY_VERSION = 1;

/** A question and the scenario that it is about. */
export interface Study {
  readonly base: Scenario;
  readonly question: Question;
}

/** A study as a document that stands on no preset: what parts of it hold. */
export function studyDocument({ base, question }: Study): object {
  return { headroomStudy: STUDY_VERSION, base: { scenario: base }, question };
}
