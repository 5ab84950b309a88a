import { getAt } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import type { SweepAnswer, SweepCell } from "../../study/answer-types";
import type { Axis, MeasureName } from "../../study/question-types";
import type { GridCell, GridModel } from "../charts/grid-model";
import type { ControlWords } from "../shell/parameters";
import { estimateText, hasObjective, MEASURES, measureInLine, measureText } from "./measures";

/** What the colours of a heat map can show. */
export type GridMeasure = MeasureName | "met";

interface SweptGrid {
  readonly model: GridModel;
  /** Which cell of the answer stands at a place of the picture. */
  readonly cellAt: (place: number) => number;
  /** The place whose values are nearest to those of the scenario itself. */
  readonly present: number;
}

/**
 * A sweep of two parameters as a picture: the first upwards, the second to the right. Where nothing was simulated yet, the
 * nearest known cell stands in.
 */
export function gridModel(
  answer: SweepAnswer,
  base: Scenario,
  measure: GridMeasure,
  { nameOf, valueText }: Pick<ControlWords, "nameOf" | "valueText">,
): SweptGrid {
  const [first, second] = answer.axes;
  const names = (axis: typeof first) =>
    (axis?.values ?? []).map((value) => valueText(axis?.path ?? "", value));
  const rows = names(first);
  const columns = names(second);
  const cellAt = (place: number) => {
    const row = Math.floor(place / columns.length);
    return (rows.length - 1 - row) * columns.length + (place % columns.length);
  };
  const known = answer.cells.filter(({ replications, problem }) => replications > 0 && problem === null);
  const cells = answer.cells.map((_, place): GridCell => {
    const cell = answer.cells[cellAt(place)];
    const row = Math.floor(place / columns.length);
    const column = place % columns.length;
    if (cell === undefined) return { column, row, value: null, isMet: null, state: "waiting", text: "" };
    const title = `${rows[cell.at[0] ?? 0]}, ${columns[cell.at[1] ?? 0]}`;
    const shown = cell.replications > 0 || cell.problem !== null ? cell : nearest(cell, known);
    const state =
      cell.problem !== null
        ? "impossible"
        : cell.replications > 0
          ? "known"
          : shown === undefined
            ? "waiting"
            : "neighbour";
    const value = measure === "met" ? null : (shown?.measures?.[measure].mean ?? null);
    return {
      column,
      row,
      value,
      isMet: shown?.isMet ?? null,
      state,
      text: `${title}: ${cellText(cell, measure)}`,
    };
  });
  const title =
    measure === "met" ? "Where the objective is met" : `${MEASURES[measure].label} of every combination`;
  const done = answer.cells.filter(
    ({ replications, problem }) => replications > 0 || problem !== null,
  ).length;
  return {
    cellAt,
    present: (rows.length - 1 - nearestPlace(first, base)) * columns.length + nearestPlace(second, base),
    model: {
      id: "sweep",
      title,
      reading: answer.isComplete
        ? `${answer.cells.length} combinations; a press on one opens it`
        : `${done} of ${answer.cells.length} combinations; pale ones show their neighbour until they are simulated`,
      columns: { title: nameOf(second?.path ?? "", base), names: columns },
      rows: { title: nameOf(first?.path ?? "", base), names: rows.toReversed() },
      cells,
      measure: measure === "met" ? "Objective" : MEASURES[measure].label,
      quantity: measure === "met" ? "count" : MEASURES[measure].quantity,
      isYesNo: measure === "met",
      format: (value) => (measure === "met" ? "" : measureText(measure, value)),
      hasObjective: hasObjective(base.slo),
    },
  };
}

function cellText({ measures, isMet, problem, replications }: SweepCell, measure: GridMeasure): string {
  if (problem !== null) return problem;
  if (replications === 0 || measures === null) return "not simulated yet";
  const met = isMet === null ? "" : isMet ? ", objective met" : ", objective missed";
  return measure === "met"
    ? met.slice(2)
    : `${measureInLine(measure)} ${estimateText(measure, measures[measure])}${met}`;
}

/** Which of an axis' values is nearest to what a scenario has. */
function nearestPlace(axis: Axis | undefined, scenario: Scenario): number {
  const present = axis === undefined ? undefined : getAt(scenario, axis.path);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [place, value] of (axis?.values ?? []).entries()) {
    const distance =
      typeof value === "number" && typeof present === "number"
        ? Math.abs(value - present)
        : value === present
          ? 0
          : 1e12;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function nearest({ at }: SweepCell, known: readonly SweepCell[]): SweepCell | undefined {
  let best: SweepCell | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const cell of known) {
    const distance = cell.at.reduce((sum, place, axis) => sum + (place - (at[axis] ?? 0)) ** 2, 0);
    if (distance < least) [best, least] = [cell, distance];
  }
  return best;
}
