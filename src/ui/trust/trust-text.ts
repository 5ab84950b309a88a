import type { TheoryUnit } from "../../analysis/theory-report";
import type { ComparedFigureName, ValidationGoal } from "../../analysis/validation-report";
import { formatMs, formatPercent, formatRate } from "../../base/format";

/** What each compared figure is called, in the order of the table. */
export const FIGURE_WORDS: Readonly<Record<ComparedFigureName, string>> = {
  throughputPerSecond: "throughput",
  latencyMeanMs: "mean",
  latencyP50Ms: "p50",
  latencyP95Ms: "p95",
  latencyP99Ms: "p99",
  queueMeanMs: "queue",
  failureRate: "failures",
};

export const FIGURE_NAMES = Object.keys(FIGURE_WORDS) as readonly ComparedFigureName[];

/** What the families of trials are about, by the letter their names begin with. */
const FAMILY_WORDS: Readonly<Record<string, string>> = {
  A: "a fixed number of clients, one dyno",
  B: "a fixed number of clients, five dynos, each way of balancing",
  C: "the database's connection limit, with and without a pooler",
  D: "a pool smaller than the threads",
  E: "random arrivals at rising load, each way of balancing",
  F: "service times that vary much",
  G: "a spike of traffic",
  H: "one long query against many short ones",
  I: "parts that fail",
  K: "a pooler of few and of many connections",
};

/** A family as the choice names it. */
export function familyText(family: string): string {
  const words = FAMILY_WORDS[family];
  return words === undefined ? family : `${family}: ${words}`;
}

/** A figure with its unit. */
export function figureText(name: ComparedFigureName, value: number): string {
  if (name === "throughputPerSecond") return formatRate(value);
  return name === "failureRate" ? formatPercent(value) : formatMs(value);
}

/** A relative error, or of failures a difference: "+0.4 %", "−1.2 points". */
export function errorText(name: ComparedFigureName, error: number): string {
  return name === "failureRate" ? `${signed(error * 100)} points` : `${signed(error * 100)} %`;
}

/** About two digits; a real minus; 0 without a sign. */
function signed(value: number): string {
  const size = Math.abs(value);
  const rounded = Number(size.toFixed(size < 0.995 ? 2 : size < 9.95 ? 1 : 0));
  if (rounded === 0) return "0";
  return `${value < 0 ? "−" : "+"}${rounded}`;
}

/** A bound of a goal, or what was reached: "1.2 %", "0.4 points". */
export function goalText({ unit }: Pick<ValidationGoal, "unit">, value: number): string {
  if (unit === "fraction") return formatPercent(value);
  const points = Number((value * 100).toPrecision(3));
  return `${points} ${points === 1 ? "point" : "points"}`;
}

const THEORY_UNITS: Readonly<Record<TheoryUnit, string>> = {
  ms: " ms",
  "per s": "/s",
  share: " %",
  number: "",
  "per s per s": "/s²",
};

/** A figure of the theory, with more digits than the dashboard shows, so that small differences are seen. */
export function theoryText(unit: TheoryUnit, value: number, digits = 5): string {
  const shown = unit === "share" ? value * 100 : value;
  return `${Number(shown.toPrecision(digits))}${THEORY_UNITS[unit]}`;
}
