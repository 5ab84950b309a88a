import { applyChanges } from "../scenario/paths";
import type { Problem, Scenario } from "../scenario/types";
import type { Difference, SensitivityAnswer, SensitivityBar } from "./answer-types";
import { isWholeNumber } from "./axis-values";
import { Configuration } from "./configuration";
import { difference } from "./difference";
import { type NumericInput, numericInputs } from "./inputs";
import type { SensitivityQuestion } from "./question-types";
import type { Simulator } from "./simulator";
import { type OnMore, rounds, Work } from "./work";

/** An input that was moved, and the system with it. */
interface Moved {
  readonly value: number;
  readonly configuration: Configuration;
}

interface MovedInput extends NumericInput {
  readonly low: Moved;
  readonly high: Moved;
}

type LeftOut = SensitivityAnswer["leftOut"][number];

/** Moves each input of a scenario by itself, down and up by the same share, and holds what a figure does against the scenario as it is, as pairs. */
export async function sensitivity(
  { of, by, replications }: SensitivityQuestion,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<SensitivityAnswer> {
  const asItIs = new Configuration(base);
  const leftOut: LeftOut[] = [];
  const inputs = numericInputs(base).flatMap((input) => {
    const low = moved(base, input, input.value * (1 - by));
    const high = moved(base, input, input.value * (1 + by));
    if ("reason" in low || "reason" in high) {
      leftOut.push("reason" in low ? low : (high as LeftOut));
      return [];
    }
    return [{ ...input, low, high }];
  });
  const work = new Work(simulator, () => onMore(() => answer(false)));

  function answer(isComplete: boolean): SensitivityAnswer {
    return {
      kind: "sensitivity",
      progress: work.progress,
      isComplete,
      of,
      by,
      base: asItIs.measures[of],
      replications: asItIs.replications,
      bars: inputs.map(bar).sort((one, other) => swing(other) - swing(one)),
      leftOut,
    };
  }

  function bar({ path, value, low, high }: MovedInput): SensitivityBar {
    const differs = ({ configuration }: Moved): Difference => difference(of, configuration, asItIs);
    return {
      path,
      value,
      lowValue: low.value,
      highValue: high.value,
      low: differs(low),
      high: differs(high),
    };
  }

  const all = [asItIs, ...inputs.flatMap(({ low, high }) => [low.configuration, high.configuration])];
  await work.simulate(rounds(all, replications));
  return answer(true);
}

function swing({ low, high }: SensitivityBar): number {
  return Math.max(Math.abs(low.mean ?? 0), Math.abs(high.mean ?? 0));
}

/** The scenario with one input at another value: the nearest whole one where it must be whole. */
function moved(base: Scenario, { path, value }: NumericInput, wanted: number): Moved | LeftOut {
  const digits = Number(wanted.toPrecision(6));
  const to = isWholeNumber(base, path) ? Math.round(digits) : digits;
  if (to === value) return { path, reason: `${value} is too small a whole number to be moved by so little.` };
  const result = applyChanges(base, [{ path, value: to }]);
  if (!result.ok) return { path, reason: firstSentence(result.problems) };
  return { value: to, configuration: new Configuration(result.scenario) };
}

function firstSentence(problems: readonly Problem[]): string {
  return problems[0]?.sentence ?? "It cannot be moved by itself.";
}
