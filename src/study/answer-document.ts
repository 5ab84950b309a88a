import { resultDocument } from "../analysis/result-document";
import type { RunSummary } from "../analysis/result-types";
import { ENGINE_VERSION } from "../engine/version";
import type { Answer, ComparedColumn } from "./answer-types";
import type { Study } from "./study-file";

/**
 * An answer with what was asked, as plain JSON: null where nothing was measured. It says nothing of the time that it took, so that it is
 * the same on every machine and in every run.
 */
export function answerDocument({ base, question }: Study, answer: Answer): object {
  const { progress, isComplete, ...found } = answer;
  const plain = found.kind === "compare" ? { ...found, columns: found.columns.map(columnDocument) } : found;
  return { headroomAnswer: 1, engine: ENGINE_VERSION, base, question, answer: plain };
}

function columnDocument({ summary, ...column }: ComparedColumn): object {
  return { ...column, summary: summary === null ? null : timelessDocument(summary) };
}

/** A run's document without the time that it took, and without the scenario, which stands beside it. */
function timelessDocument(summary: RunSummary): object {
  const { wallMs, scenario, ...rest } = resultDocument(summary) as Record<string, unknown>;
  return rest;
}
