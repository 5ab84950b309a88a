import { readFileSync } from "node:fs";
import { resultDocument } from "../analysis/result-document";
import { applyChanges } from "../scenario/paths";
import { findPreset, PRESETS } from "../scenario/presets";
import { entriesWithoutEffect, readScenarioText } from "../scenario/read-scenario";
import { findStepScenario } from "../scenario/stories";
import type { Problem, Scenario } from "../scenario/types";
import { parseValue } from "../share/value-text";
import { parseArguments, type SimulateArguments, USAGE } from "./arguments";
import { figuresTable } from "./figures-table";
import { runScenario } from "./run-scenario";

const MET = 0;
const MISSED = 1;
const BAD_INPUT = 2;

/** What was asked for, or why it can't be done. */
type Outcome = { readonly scenario: Scenario } | { readonly problems: readonly Problem[] };

function readInput(file: string): string | Problem {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      path: file,
      found: reason,
      allowed: "a readable file",
      sentence: `${file} can't be read: ${reason}`,
    };
  }
}

/** The preset, the file over it, the settings over both. */
function assemble({ file, preset: id, settings }: SimulateArguments): Outcome {
  const base = id === null ? undefined : (findPreset(id)?.scenario ?? findStepScenario(id));
  if (id !== null && base === undefined) {
    const allowed = PRESETS.map((known) => known.id).join(", ");
    return {
      problems: [
        {
          path: "--preset",
          found: id,
          allowed,
          sentence: `There is no preset ${id}; there are: ${allowed}, and the steps of stories, such as heroku-pooling.a6.`,
        },
      ],
    };
  }
  const text = file === null ? "{}" : readInput(file);
  if (typeof text !== "string") return { problems: [text] };
  const document = file === null ? { ok: true as const, scenario: base } : readScenarioText(text, base);
  if (!document.ok) return { problems: document.problems };
  if (document.scenario === undefined) return { problems: [] };
  const changes = settings.map((setting) => ({ path: setting.path, value: parseValue(setting.text) }));
  const changed = applyChanges(document.scenario, changes);
  if (!changed.ok) return { problems: changed.problems };
  const idle = entriesWithoutEffect(changed.scenario, base);
  if (idle.length > 0) return { problems: idle };
  return { scenario: changed.scenario };
}

function report(problems: readonly Problem[]): number {
  for (const { path, found, allowed, sentence } of problems) {
    process.stderr.write(
      `${sentence}\n  path: ${path || "(document)"}\n  found: ${found}\n  allowed: ${allowed}\n`,
    );
  }
  process.stderr.write(`usage: ${USAGE}\n`);
  return BAD_INPUT;
}

function main(words: readonly string[]): number {
  if (words.includes("--help")) {
    process.stdout.write(`usage: ${USAGE}\n`);
    return MET;
  }
  const parsed = parseArguments(words);
  if (!parsed.ok) return report(parsed.problems);
  const outcome = assemble(parsed.arguments);
  if ("problems" in outcome) return report(outcome.problems);
  const summary = runScenario(outcome.scenario);
  const output = parsed.arguments.json
    ? `${JSON.stringify(resultDocument(summary))}\n`
    : figuresTable(summary);
  process.stdout.write(output);
  return parsed.arguments.check && !summary.figures.slo.met ? MISSED : MET;
}

// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = main(process.argv.slice(2));
