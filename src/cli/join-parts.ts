import type { Simulator } from "../study/simulator";
import type { Study } from "../study/study-file";
import { Part, PartProblem } from "./part-file";

/** A study whose runs have all been simulated, or sentences that say why the parts are not one. */
export type JoinedParts =
  | { readonly study: Study; readonly simulator: Simulator }
  | { readonly sentences: readonly string[] };

/** Joins the parts in these files, in any order. */
export function joinParts(files: readonly string[]): JoinedParts {
  const sentences: string[] = [];
  const parts = files.flatMap((file) => {
    try {
      return [new Part(file)];
    } catch (error) {
      if (!(error instanceof PartProblem)) throw error;
      sentences.push(error.message);
      return [];
    }
  });
  const [first] = parts;
  if (first === undefined)
    return { sentences: sentences.length > 0 ? sentences : ["There are no parts to join."] };
  const byShard = new Map<number, Part>();
  for (const part of parts) {
    const twin = byShard.get(part.shard);
    if (part.studyText !== first.studyText || part.runs !== first.runs)
      sentences.push(`${part.file} is a part of another study than ${first.file}.`);
    else if (part.of !== first.of)
      sentences.push(`${part.file} is one of ${part.of} parts, but ${first.file} is one of ${first.of}.`);
    else if (twin !== undefined)
      sentences.push(
        `${twin.file} and ${part.file} are the same part, ${name(part.shard, part.of)}: leave one out.`,
      );
    else byShard.set(part.shard, part);
  }
  // What could not be read may be what is missing: one thing at a time.
  if (sentences.length === 0) sentences.push(...missingSentences(byShard, first.of));
  if (sentences.length > 0) return { sentences };
  return { study: first.study, simulator: simulatorOf(byShard, first) };
}

function name(shard: number, of: number): string {
  return `${shard}/${of}`;
}

function missingSentences(found: ReadonlyMap<number, Part>, of: number): string[] {
  const missing = Array.from({ length: of }, (_, shard) => shard).filter((shard) => !found.has(shard));
  if (missing.length === 0) return [];
  const names = missing.map((shard) => name(shard, of)).join(", ");
  return [
    `${names} ${missing.length === 1 ? "is" : "are"} missing. Run:`,
    ...missing.map((shard) => `  npm run --silent sweep -- STUDY.json --shard ${name(shard, of)}`),
  ];
}

/** Hands out what was simulated elsewhere. */
function simulatorOf(parts: ReadonlyMap<number, Part>, { of, runs: count, file }: Part): Simulator {
  return {
    async simulate(runs, onRecord) {
      if (runs.length !== count) throw new PartProblem(`${file} is a part of a study with other runs.`);
      for (const [index, { replication }] of runs.entries()) {
        const part = parts.get(index % of);
        const record = part?.record(index);
        if (record?.replication !== replication)
          throw new PartProblem(`${part?.file ?? file} is damaged: run ${index} is another than it says.`);
        onRecord(index, record);
      }
    },
  };
}
