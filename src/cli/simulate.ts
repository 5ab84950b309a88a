import { resultDocument } from "../analysis/result-document";
import { applyChanges } from "../scenario/paths";
import { findPreset, PRESETS } from "../scenario/presets";
import { entriesWithoutEffect, readScenarioText } from "../scenario/read-scenario";
import { findStepScenario } from "../scenario/stories";
import type { Problem, Scenario } from "../scenario/types";
import { parseValue } from "../share/value-text";
import { parseArguments, type SimulateArguments, USAGE } from "./arguments";
import { figuresTable } from "./figures-table";
import { allowClosedPipe, readInput, reportProblems } from "./program-input";
import { runScenario } from "./run-scenario";
import { why, whyDocument, whyText } from "./why";

const MET = 0;
const MISSED = 1;

/** What was asked for, or why it can't be done. */
type Outcome = { readonly scenario: Scenario } | { readonly problems: readonly Problem[] };

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

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help")) {
    process.stdout.write(`usage: ${USAGE}\n`);
    return MET;
  }
  const parsed = parseArguments(words);
  if (!parsed.ok) return reportProblems(parsed.problems, USAGE);
  const outcome = assemble(parsed.arguments);
  if ("problems" in outcome) return reportProblems(outcome.problems, USAGE);
  const summary = runScenario(outcome.scenario);
  const reasons = parsed.arguments.why ? await why(summary) : null;
  if (parsed.arguments.json) {
    const document = resultDocument(summary);
    const whole = reasons === null ? document : { ...document, why: whyDocument(reasons) };
    process.stdout.write(`${JSON.stringify(whole)}\n`);
  } else process.stdout.write(figuresTable(summary) + (reasons === null ? "" : whyText(reasons)));
  return parsed.arguments.check && !summary.figures.slo.met ? MISSED : MET;
}

allowClosedPipe();
process.exitCode = await main(process.argv.slice(2));
