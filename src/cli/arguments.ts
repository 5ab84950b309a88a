import type { Problem } from "../scenario/types";

/** What the user of `simulate` asked for. */
export interface SimulateArguments {
  /** A path, "-" for standard input, or null (then there is a preset). */
  readonly file: string | null;
  readonly preset: string | null;
  /** In the order given. */
  readonly settings: readonly { readonly path: string; readonly text: string }[];
  readonly json: boolean;
  readonly check: boolean;
  /** Whether to explain the run, and to simulate what would help. */
  readonly why: boolean;
}

export type ParsedArguments =
  | { readonly ok: true; readonly arguments: SimulateArguments }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const USAGE =
  "npm run --silent simulate -- FILE.json|- [--preset ID] [--set path=value]… [--seed N] [--replications N] [--json] [--check] [--why]";

/** Options that are short for `--set`. */
const SHORT_FOR: Readonly<Record<string, string>> = {
  "--seed": "run.seed",
  "--replications": "run.replications",
};

/** Reads the command line's words (without the program's). `--name value` and `--name=value` are the same. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const problems: Problem[] = [];
  const settings: { path: string; text: string }[] = [];
  const files: string[] = [];
  let preset: string | null = null;
  let json = false;
  let check = false;
  let why = false;
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = "", attached] = word.startsWith("--") ? splitOnce(word) : [word];
    const value = (): string | null => {
      const given = attached ?? rest.shift();
      if (given === undefined) problems.push(problem(name, "nothing", "a value after it"));
      return given ?? null;
    };
    const shortFor = Object.hasOwn(SHORT_FOR, name) ? SHORT_FOR[name] : undefined;
    if (name === "--json" && attached === undefined) json = true;
    else if (name === "--check" && attached === undefined) check = true;
    else if (name === "--why" && attached === undefined) why = true;
    else if (name === "--preset") preset = value();
    else if (shortFor !== undefined) addSetting(settings, shortFor, value());
    else if (name === "--set") addPair(settings, problems, value());
    else if (word === "-" || !word.startsWith("-")) files.push(word);
    else problems.push(problem(word, "an unknown option", USAGE));
  }
  if (files.length > 1) problems.push(problem("FILE", files.join(", "), "one file"));
  if (files.length === 0 && preset === null)
    problems.push(problem("FILE", "nothing", "a file, - or --preset ID"));
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, arguments: { file: files[0] ?? null, preset, settings, json, check, why } };
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function addSetting(settings: { path: string; text: string }[], path: string, text: string | null): void {
  if (text !== null) settings.push({ path, text });
}

function addPair(settings: { path: string; text: string }[], problems: Problem[], pair: string | null): void {
  if (pair === null) return;
  const [path, text] = splitOnce(pair);
  if (text === undefined || path === "") problems.push(problem("--set", pair, "path=value"));
  else settings.push({ path, text });
}

function problem(path: string, found: string, allowed: string): Problem {
  return { path, found, allowed, sentence: `${path}: found ${found}; allowed: ${allowed}.` };
}
