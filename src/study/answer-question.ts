import type { Scenario } from "../scenario/types";
import type { Answer } from "./answer-types";
import { capacityCurve } from "./capacity-curve";
import { cheapest } from "./cheapest";
import { compare } from "./compare";
import { precision } from "./precision";
import type { Question } from "./question-types";
import { sensitivity } from "./sensitivity";
import type { Simulator } from "./simulator";
import { sweep } from "./sweep";
import type { OnMore } from "./work";

/**
 * Answers a question about a scenario. The answer is determined by both alone, to the last bit, whoever simulates. Rejects as the simulator does.
 * `compare`, `sweep` and `sensitivity` ask it once, for all runs; the others decide on the way.
 */
export async function answerQuestion(
  question: Question,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<Answer> {
  switch (question.kind) {
    case "compare":
      return compare(question, base, simulator, onMore);
    case "sweep":
      return sweep(question, base, simulator, onMore);
    case "sensitivity":
      return sensitivity(question, base, simulator, onMore);
    case "capacity":
      return capacityCurve(question, base, simulator, onMore);
    case "precision":
      return precision(question, base, simulator, onMore);
    case "cheapest":
      return cheapest(question, base, simulator, onMore);
  }
}
