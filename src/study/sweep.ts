import type { Scenario } from "../scenario/types";
import type { SweepAnswer, SweepCell } from "./answer-types";
import { Configuration } from "./configuration";
import { coarseToFine, combinations, scenarioAt } from "./grid";
import type { SweepQuestion } from "./question-types";
import type { Simulator } from "./simulator";
import { type OnMore, rounds, Work } from "./work";

interface Cell {
  readonly at: readonly number[];
  /** null where its values cannot stand together. */
  readonly configuration: Configuration | null;
  shown: SweepCell;
}

/** Simulates every combination of the axes' values, coarse to fine: one replication of all of them, then the next. */
export async function sweep(
  { axes, replications }: SweepQuestion,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<SweepAnswer> {
  const lengths = axes.map(({ values }) => values.length);
  const cells = new Map(combinations(lengths).map((at) => [at.join(), cellAt(at)]));

  function cellAt(at: readonly number[]): Cell {
    const { scenario, problem } = scenarioAt(base, axes, at);
    const shown = { at, replications: 0, measures: null, isMet: null, problem: problem?.sentence ?? null };
    return { at, configuration: problem === null ? new Configuration(scenario) : null, shown };
  }

  const work = new Work(simulator, () => onMore(() => answer(false)));
  function answer(isComplete: boolean): SweepAnswer {
    return { kind: "sweep", progress: work.progress, isComplete, axes, cells: [...cells.values()].map(show) };
  }

  const configurations = coarseToFine(lengths).flatMap((at) => cells.get(at.join())?.configuration ?? []);
  await work.simulate(rounds(configurations, replications));
  return answer(true);
}

/** What is shown of a cell; the same object while nothing more is known. */
function show(cell: Cell): SweepCell {
  const { configuration, shown, at } = cell;
  if (configuration === null || configuration.replications === shown.replications) return shown;
  const { replications, measures, isMet } = configuration;
  cell.shown = { at, replications, measures, isMet, problem: null };
  return cell.shown;
}
