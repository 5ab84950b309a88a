import { answerQuestion } from "../study/answer-question";
import type { QuestionKind } from "../study/question-types";
import { type Simulator, StudyCancelled, type WantedRun } from "../study/simulator";
import type { Study } from "../study/study-file";
import { PartWriter } from "./part-file";
import type { Shard } from "./study-arguments";

/** Kinds that ask for all their runs at once, whatever comes of them. */
const KNOWN_BEFOREHAND: readonly QuestionKind[] = ["compare", "sweep", "sensitivity"];

/** Why studies of a kind have no shards; null where they have. */
export function refuseShards(kind: QuestionKind): string | null {
  if (KNOWN_BEFOREHAND.includes(kind)) return null;
  return `A study of the kind ${kind} decides on the way which runs it wants, so it has no shards: run it without --shard. There are shards of ${KNOWN_BEFOREHAND.join(", ")}.`;
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

/** Simulates a part of a study and writes it. Returns how many runs it has, and how many there are in all. */
export async function writePart(
  study: Study,
  shard: Shard,
  file: string,
  simulator: Simulator,
): Promise<{ readonly own: number; readonly all: number }> {
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
  return { own: own.length, all: all.length };
}
