import { summarize } from "../analysis/summarize";
import { applyChanges } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import type { CompareAnswer, ComparedRow } from "./answer-types";
import { pathValues } from "./changes";
import { Configuration } from "./configuration";
import { difference } from "./difference";
import { type CompareQuestion, MEASURE_NAMES } from "./question-types";
import type { Simulator } from "./simulator";
import { type OnMore, rounds, Work } from "./work";

/** What the scenario at hand is called beside others, where it has no name. */
const FIRST = "This scenario";

/** Simulates all scenarios with the same random numbers, and tests their differences as pairs. */
export async function compare(
  question: CompareQuestion,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<CompareAnswer> {
  const sides = [
    { name: base.name || FIRST, changes: [] },
    ...question.others.map(({ name, changes }) => ({ name, changes: pathValues(changes) })),
  ].map(({ name, changes }) => {
    const { scenario } = applyChanges(base, changes);
    return { name, changes, configuration: new Configuration(scenario) };
  });
  const configurations = sides.map(({ configuration }) => configuration);
  const work = new Work(simulator, () => onMore(() => answer(false)));

  function answer(isComplete: boolean): CompareAnswer {
    return {
      kind: "compare",
      progress: work.progress,
      isComplete,
      columns: sides.map(({ name, changes, configuration }) => ({
        name,
        changes,
        scenario: configuration.scenario,
        summary:
          configuration.replications === 0 ? null : summarize(configuration.sized, configuration.records, 0),
      })),
      rows: rows(configurations),
      replications: Math.min(...configurations.map(({ replications }) => replications)),
    };
  }

  await work.simulate(rounds(configurations, question.replications, "series"));
  return answer(true);
}

function rows(configurations: readonly Configuration[]): ComparedRow[] {
  const [first] = configurations;
  return MEASURE_NAMES.map((measure) => ({
    measure,
    values: configurations.map((configuration) => configuration.measures[measure]),
    differences: configurations.map((configuration) =>
      first === undefined || configuration === first ? null : difference(measure, configuration, first),
    ),
  }));
}
