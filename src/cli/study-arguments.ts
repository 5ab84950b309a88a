/** A part of a study: the runs whose place in the study's list, divided by `of`, leaves `shard`. */
export interface Shard {
  readonly shard: number;
  readonly of: number;
}

/** What the user of `study` asked for. */
export interface StudyArguments {
  /** A path, or "-" for standard input. */
  readonly file: string;
  readonly json: boolean;
  /** null: as many as there are processors. */
  readonly workers: number | null;
  /** null: the whole study. */
  readonly shard: Shard | null;
  /** Where a part is written; null: named after the study. */
  readonly out: string | null;
}

export const STUDY_USAGE =
  "npm run --silent study -- STUDY.json|- [--json] [--workers N], or npm run --silent sweep -- STUDY.json|- --shard i/n [--out FILE] [--workers N]";

const MOST_WORKERS = 256;
const MOST_SHARDS = 10_000;
const TAKES_VALUE = ["--workers", "--shard", "--out"];

/** Reads the command line's words (without the program's); sentences where they make no sense. */
export function parseStudyArguments(
  words: readonly string[],
): StudyArguments | { readonly sentences: readonly string[] } {
  const sentences: string[] = [];
  const files: string[] = [];
  const values = new Map<string, string>();
  let json = false;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = "", ...attached] = word.startsWith("--") ? word.split("=") : [word];
    if (word === "--json") json = true;
    else if (TAKES_VALUE.includes(name)) {
      const value = attached.length > 0 ? attached.join("=") : rest.shift();
      if (value === undefined || value === "") sentences.push(`${name} needs a value after it.`);
      else values.set(name, value);
    } else if (word === "-" || !word.startsWith("-")) files.push(word);
    else sentences.push(`There is no option ${word}.`);
  }
  const [file = "-"] = files;
  if (files.length === 0) sentences.push("There is no study: name its file, or - for standard input.");
  if (files.length > 1) sentences.push(`There can be only one study, but there are ${files.join(", ")}.`);
  const workers = readWorkers(values.get("--workers"), sentences);
  const shard = readShard(values.get("--shard"), sentences);
  const out = values.get("--out") ?? null;
  if (out !== null && !values.has("--shard"))
    sentences.push("--out is for the part that --shard i/n writes.");
  if (json && values.has("--shard"))
    sentences.push(
      "--json prints an answer, and --shard writes a part: the parts' answer is what merge prints.",
    );
  return sentences.length > 0 ? { sentences } : { file, json, workers, shard, out };
}

function readWorkers(text: string | undefined, sentences: string[]): number | null {
  if (text === undefined) return null;
  const workers = wholeNumber(text);
  if (workers >= 1 && workers <= MOST_WORKERS) return workers;
  sentences.push(`--workers is ${text}, but must be a whole number from 1 to ${MOST_WORKERS}.`);
  return null;
}

function readShard(text: string | undefined, sentences: string[]): Shard | null {
  if (text === undefined) return null;
  const [shard = Number.NaN, of = Number.NaN, ...more] = text.split("/").map(wholeNumber);
  // Who counts from 1 ends with n/n, which is what 0/n is for who counts from 0.
  if (more.length === 0 && of >= 1 && of <= MOST_SHARDS && shard <= of) return { shard: shard % of, of };
  sentences.push(
    `--shard is ${text}, but must be i/n with i from 0 to n − 1, or from 1 to n, and n up to ${MOST_SHARDS.toLocaleString("en-US")}.`,
  );
  return null;
}

/** NaN where the text is no whole number. */
function wholeNumber(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}
