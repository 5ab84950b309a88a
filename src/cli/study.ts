import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { isMainThread } from "node:worker_threads";
import { answerDocument } from "../study/answer-document";
import { answerQuestion } from "../study/answer-question";
import { readStudyText } from "../study/read-study";
import { type Simulator, StudyCancelled, type WantedRun } from "../study/simulator";
import type { Study } from "../study/study-file";
import { answerTable } from "./answers/answer-table";
import { counted } from "./answers/measure-words";
import { PartWriter } from "./part-file";
import { allowClosedPipe, complain, readInput, reportProblems } from "./program-input";
import { thisThread } from "./simulate-run";
import { parseStudyArguments, type Shard, STUDY_USAGE, type StudyArguments } from "./study-arguments";
import { serveRuns, WorkerThreads } from "./worker-threads";

const FAILED = 1;

/** Kinds that ask for all their runs at once, whatever comes of them. */
const KNOWN_BEFOREHAND = ["compare", "sweep", "sensitivity"];

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

/** Every run that a study of a kind whose runs are known beforehand wants, in its own order. */
async function wantedRuns({ base, question }: Study): Promise<readonly WantedRun[]> {
  let wanted: readonly WantedRun[] = [];
  const notes: Simulator = {
    async simulate(runs) {
      wanted = runs;
      throw new StudyCancelled();
    },
  };
  try {
    await answerQuestion(question, base, notes, () => undefined);
  } catch (error) {
    if (!(error instanceof StudyCancelled)) throw error;
  }
  return wanted;
}

async function writePart(study: Study, shard: Shard, file: string, simulator: Simulator): Promise<string> {
  const all = await wantedRuns(study);
  const own = [...all.entries()].filter(([place]) => place % shard.of === shard.shard);
  const writer = new PartWriter(file, study, all.length, shard);
  try {
    await simulator.simulate(
      own.map(([, run]) => run),
      (index, record) => writer.add(own[index]?.[0] ?? 0, record),
    );
  } catch (error) {
    writer.abandon();
    throw error;
  }
  writer.finish();
  return `${file}: ${own.length} of ${counted(all.length, "run")}, shard ${shard.shard}/${shard.of}\n`;
}

/** Named after the study, in the working directory. */
function partFile({ file, out }: StudyArguments, { shard, of }: Shard): string {
  const study = file === "-" ? "study" : basename(file).replace(/\.json$/i, "");
  return out ?? `${study}.part-${shard}-of-${of}.jsonl`;
}

async function outputOf(study: Study, given: StudyArguments, simulator: Simulator): Promise<string> {
  const { shard, json } = given;
  if (shard !== null) return writePart(study, shard, partFile(given, shard), simulator);
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
  const { kind } = study.question;
  if (given.shard !== null && !KNOWN_BEFOREHAND.includes(kind)) {
    const sentence = `A study of the kind ${kind} decides on the way which runs it wants, so it has no shards: run it without --shard. There are shards of ${KNOWN_BEFOREHAND.join(", ")}.`;
    return complain([sentence], STUDY_USAGE);
  }
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
