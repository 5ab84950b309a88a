import type { SweepAnswer, SweepCell } from "../../study/answer-types";
import type { MeasureName } from "../../study/question-types";
import { alignedColumns } from "../text-table";
import { fieldText, MEASURES, valueText } from "./measure-words";

const ROW: readonly MeasureName[] = ["throughput", "p95", "p99", "failureRate", "monthlyUsd"];
const GRIDS: readonly MeasureName[] = ["p95", "failureRate", "throughput"];

/** One axis: a row for each value. Two: a grid for each of the figures that are asked for most. */
export function sweepTable(answer: SweepAnswer): string[] {
  const [first, second] = answer.axes;
  const problems = [...new Set(answer.cells.flatMap(({ problem }) => problem ?? []))];
  const notes = problems.map((problem) => `Some values cannot stand together: ${problem}`);
  const lines =
    second === undefined ? lineRows(answer, first?.path ?? "") : GRIDS.flatMap((of) => grid(answer, of));
  return [...lines, ...(notes.length > 0 ? ["", ...notes] : [])];
}

function lineRows({ axes, cells }: SweepAnswer, path: string): string[] {
  const rows = cells.map(({ at, measures, isMet }) => [
    fieldText(axes[0]?.values[at[0] ?? 0]),
    ...ROW.map((name) => (measures === null ? "none" : valueText(name, measures[name]))),
    isMet === null ? "none" : isMet ? "met" : "missed",
  ]);
  return alignedColumns([[path, ...ROW.map((name) => MEASURES[name].label), "objective"], ...rows]);
}

function grid({ axes, cells }: SweepAnswer, of: MeasureName): string[] {
  const [down, across] = axes;
  if (down === undefined || across === undefined) return [];
  const width = across.values.length;
  const rows = down.values.map((value, row) => [
    fieldText(value),
    ...cells.slice(row * width, (row + 1) * width).map((cell) => cellText(cell, of)),
  ]);
  return [
    ...(of === GRIDS[0] ? [] : [""]),
    `${MEASURES[of].label}: ${down.path} downwards, ${across.path} across; ! where the objective is missed`,
    ...alignedColumns([["", ...across.values.map(fieldText)], ...rows]),
  ];
}

function cellText({ measures, isMet }: SweepCell, of: MeasureName): string {
  if (measures === null) return "none";
  return `${valueText(of, measures[of])}${isMet === false ? "!" : ""}`;
}
