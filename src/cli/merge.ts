import { answerDocument } from "../study/answer-document";
import { answerQuestion } from "../study/answer-question";
import { answerTable } from "./answers/answer-table";
import { joinParts } from "./join-parts";
import { PartProblem } from "./part-file";
import { allowClosedPipe, complain } from "./program-input";

const USAGE = "npm run --silent merge -- PART.jsonl… [--json]";

async function main(words: readonly string[]): Promise<number> {
  const options = words.filter((word) => word.startsWith("-"));
  if (options.includes("--help")) {
    process.stdout.write(`usage: ${USAGE}\n`);
    return 0;
  }
  const unknown = options.find((option) => option !== "--json");
  if (unknown !== undefined) return complain([`There is no option ${unknown}.`], USAGE);
  const joined = joinParts(words.filter((word) => !word.startsWith("-")));
  if ("sentences" in joined) return complain(joined.sentences, USAGE);
  const { study, simulator } = joined;
  try {
    const answer = await answerQuestion(study.question, study.base, simulator, () => undefined);
    const isJson = options.includes("--json");
    process.stdout.write(isJson ? `${JSON.stringify(answerDocument(study, answer))}\n` : answerTable(answer));
    return 0;
  } catch (error) {
    if (error instanceof PartProblem) return complain([error.message], USAGE);
    throw error;
  }
}

allowClosedPipe();
process.exitCode = await main(process.argv.slice(2));
