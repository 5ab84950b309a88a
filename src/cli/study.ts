import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { isMainThread } from "node:worker_threads";
import { answerDocument } from "../study/answer-document";
import { answerQuestion } from "../study/answer-question";
import { readStudyText } from "../study/read-study";
import type { Simulator } from "../study/simulator";
import type { Study } from "../study/study-file";
import { answerTable } from "./answers/answer-table";
import { counted } from "./answers/measure-words";
import { allowClosedPipe, complain, readInput, reportProblems } from "./program-input";
import { thisThread } from "./simulate-run";
import { parseStudyArguments, type Shard, STUDY_USAGE, type StudyArguments } from "./study-arguments";
import { serveRuns, WorkerThreads } from "./worker-threads";
import { refuseShards, writePart } from "./write-part";

const FAILED = 1;

/** Tells on a terminal how far the simulator has come. */
function watched(simulator: Simulator): Simulator {
  if (!process.stderr.isTTY) return simulator;
  let done = 0;
  let wanted = 0;
  return {
    async simulate(runs, onRecord) {
      wanted += runs.length;
      await simulator.simulate(runs, (index, record) => {
        done += 1;
        process.stderr.write(`\r${done} of ${wanted} replications simulated`);
        onRecord(index, record);
      });
      process.stderr.write("\r\x1b[K");
    },
  };
}

/** Named after the study, in the working directory. */
function partFile({ file, out }: StudyArguments, { shard, of }: Shard): string {
  const study = file === "-" ? "study" : basename(file).replace(/\.json$/i, "");
  return out ?? `${study}.part-${shard}-of-${of}.jsonl`;
}

async function outputOf(study: Study, given: StudyArguments, simulator: Simulator): Promise<string> {
  const { shard, json } = given;
  if (shard !== null) {
    const file = partFile(given, shard);
    const { own, all } = await writePart(study, shard, file, simulator);
    return `${file}: ${own} of ${counted(all, "run")}, shard ${shard.shard}/${shard.of}\n`;
  }
  const answer = await answerQuestion(study.question, study.base, simulator, () => undefined);
  return json ? `${JSON.stringify(answerDocument(study, answer))}\n` : answerTable(answer);
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    process.stdout.write(`usage: ${STUDY_USAGE}\n`);
    return 0;
  }
  const given = parseStudyArguments(words);
  if ("sentences" in given) return complain(given.sentences, STUDY_USAGE);
  const text = readInput(given.file);
  if (typeof text !== "string") return reportProblems([text], STUDY_USAGE);
  const { study, problems } = readStudyText(text);
  if (study === null || problems.length > 0) return reportProblems(problems, STUDY_USAGE);
  const refusal = given.shard === null ? null : refuseShards(study.question.kind);
  if (refusal !== null) return complain([refusal], STUDY_USAGE);
  const count = given.workers ?? availableParallelism();
  const threads = count > 1 ? new WorkerThreads(process.argv[1] ?? "", count) : null;
  try {
    process.stdout.write(await outputOf(study, given, watched(threads ?? thisThread)));
    return 0;
  } catch (error) {
    process.stderr.write(`The study could not go on: ${error instanceof Error ? error.message : error}\n`);
    return FAILED;
  } finally {
    await threads?.close();
  }
}

// The same file is the program and, started by it, its workers.
if (isMainThread) {
  allowClosedPipe();
  process.exitCode = await main(process.argv.slice(2));
} else {
  serveRuns();
}
