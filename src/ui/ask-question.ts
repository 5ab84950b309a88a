import type { Session } from "../store/session";
import type { QuestionKind } from "../study/question-types";
import { defaultQuestion } from "./decide/default-questions";
import { KINDS } from "./decide/kinds";
import { parametersOf } from "./scenario/parameters";

/** Asks a question of a kind as it is asked first: at once, or with its settings to look at before. */
export function askQuestion(session: Session, kind: QuestionKind): void {
  const scenario = session.toShare();
  const baseline = session.baseline.getState().scenario;
  const question = defaultQuestion(kind, { scenario, baseline, groups: parametersOf(scenario) });
  session.study.ask(question, KINDS[kind].when);
}
