import type { Estimate } from "../../analysis/result-types";
import { formatUsd } from "../../base/format";
import type { Objective } from "../../scenario/types";
import type { Difference } from "../../study/answer-types";
import { MEASURE_NAMES, type MeasureName } from "../../study/question-types";
import type { Quantity } from "../charts/chart-types";
import type { SelectOption } from "../controls/SelectField";
import { type FigureKind, halfWidthText, limitText, plainText } from "../shell/figure-text";

interface Measure {
  /** At the head of a row: "p95 latency". */
  readonly label: string;
  readonly kind: FigureKind;
  /** As charts have it. */
  readonly quantity: Quantity;
  /** Whether more of it is what one wants. */
  readonly isMoreBetter: boolean;
  /** The part of the objective that bounds it; null where none does. */
  readonly objective: keyof Objective | null;
}

/** The figures that a study can be about, in the words of the page. */
export const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  throughput: duration("Throughput", null, { kind: "rate", quantity: "perSecond", isMoreBetter: true }),
  failureRate: duration("Failure rate", "failureRate", { kind: "share", quantity: "share" }),
  mean: duration("Mean latency", null),
  p50: duration("p50 latency", null),
  p95: duration("p95 latency", "p95Ms"),
  p99: duration("p99 latency", "p99Ms"),
  queueP95: duration("p95 queue time", "queueP95Ms"),
  monthlyUsd: duration("Monthly cost", null, { kind: "money", quantity: "usd" }),
  usdPerMillion: duration("Cost per million requests", null, { kind: "money", quantity: "usd" }),
};

function duration(label: string, objective: Measure["objective"], other: Partial<Measure> = {}): Measure {
  return { label, kind: "duration", quantity: "ms", isMoreBetter: false, objective, ...other };
}

/** All of them, to choose from. */
export const MEASURE_OPTIONS: readonly SelectOption[] = MEASURE_NAMES.map((value) => ({
  value,
  label: MEASURES[value].label,
}));

/** A measure's name within a sentence: "throughput", "p95 latency". */
export function measureInLine(measure: MeasureName): string {
  const { label } = MEASURES[measure];
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** A value of a measure: "1.02 s", "none", "$2.58". */
export function measureText(measure: MeasureName, value: number | null): string {
  if (value === null) return "not measured";
  if (measure === "usdPerMillion") return formatUsd(value);
  if (measure === "failureRate" && value === 0) return "none";
  return plainText(MEASURES[measure].kind, value);
}

/** Half of an interval; "" where there is none, or nothing varies. */
export function halfText(measure: MeasureName, { ci95 }: Estimate): string {
  if (ci95 === null || MEASURES[measure].kind === "money") return "";
  const half = (ci95[1] - ci95[0]) / 2;
  return half === 0 ? "" : `± ${halfWidthText(MEASURES[measure].kind, half)}`;
}

/** Value and half interval: "1.02 s ± 6 ms". */
export function estimateText(measure: MeasureName, estimate: Estimate): string {
  return [measureText(measure, estimate.mean), halfText(measure, estimate)].filter(Boolean).join(" ");
}

/** What the objective allows of a measure: "1.5 s"; null where it says nothing. */
export function objectiveText(measure: MeasureName, objective: Objective): string | null {
  const limit = objectiveOf(measure, objective);
  return limit === null ? null : limitText(MEASURES[measure].kind, limit);
}

/** The same as a number. */
export function objectiveOf(measure: MeasureName, objective: Objective): number | null {
  const part = MEASURES[measure].objective;
  return part === null ? null : (objective[part] ?? null);
}

/** Whether a scenario promises anything at all. */
export function hasObjective(objective: Objective): boolean {
  return Object.values(objective).some((limit) => limit !== null && limit !== undefined);
}

/** A difference in words, and whether it is what one wants. */
export interface DifferenceWords {
  readonly text: string;
  readonly tone: "better" | "worse" | "none";
  readonly direction: "lower" | "higher" | null;
}

/** "210 ± 12 ms lower", "exactly the same", "no difference can be shown yet". */
export function differenceWords(measure: MeasureName, { mean, half, verdict }: Difference): DifferenceWords {
  if (mean === null) return { text: "not comparable", tone: "none", direction: null };
  if (verdict === "same") return { text: "exactly the same", tone: "none", direction: null };
  if (verdict === "unknown") return { text: "no difference can be shown yet", tone: "none", direction: null };
  const isBetter = (verdict === "higher") === MEASURES[measure].isMoreBetter;
  return {
    text: `${sizeText(measure, Math.abs(mean), half)} ${verdict}`,
    tone: isBetter ? "better" : "worse",
    direction: verdict,
  };
}

/** "210 ± 12 ms": both in the unit of the larger where they have one. */
function sizeText(measure: MeasureName, size: number, half: number | null): string {
  const { kind } = MEASURES[measure];
  if (measure === "usdPerMillion") return formatUsd(size);
  const value = kind === "share" ? plainText(kind, size).replace("%", "points") : plainText(kind, size);
  if (half === null || half === 0 || kind === "money") return value;
  const around = halfWidthText(kind, half).replace("%", "points");
  const [number = "", unit = ""] = value.split("\u00a0");
  const [halfNumber = "", halfUnit = ""] = around.split("\u00a0");
  return unit !== "" && unit === halfUnit ? `${number} ± ${halfNumber}\u00a0${unit}` : `${value} ± ${around}`;
}
