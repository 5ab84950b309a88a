import { describe, expect, it } from "vitest";
import { explain } from "../../../src/analysis/verdict";
import { runScenario } from "../../../src/cli/run-scenario";
import { applyChanges } from "../../../src/scenario/paths";
import { findStepScenario } from "../../../src/scenario/stories";
import type { Scenario } from "../../../src/scenario/types";

function stepOf(preset: string): Scenario {
  const scenario = findStepScenario(preset);
  if (scenario === undefined) throw new Error(`no step ${preset}`);
  return scenario;
}

/** Systems that people recognise, each with a cause that is known. */
describe("the verdict on a starting point", () => {
  it.each<[preset: string, why: RegExp, advice: string]>([
    ["node-pool.2", /connection of its process's pool/, "Give each process a pool of 10"],
    ["heartbeats.2", /all are taken for a time/, "Spread the 1,500 requests of heartbeats over 30 s"],
    ["puma-on-aws.2", /its turn to compute/, "Run 4 processes in each dyno"],
    [
      "pool-below-threads.2",
      /since threads wait for a connection/,
      "Make the pool as large as the threads: 15",
    ],
    ["pooler-modes.2", /belongs to one client in session mode/, "Put the pooler into transaction mode"],
    ["slow-third-parties.2", /fills one dyno/, "Send requests to the dyno with the fewest outstanding"],
    ["small-rails.2", /for a thread/, "Run 3 dynos"],
    ["retry-storm-trap.2", /the dynos work on for nobody/, "Let clients not retry"],
  ])("%s names the cause, and its advice meets the objective", (preset, why, advice) => {
    const scenario = stepOf(preset);
    const { tone, sentence, suggestion } = explain(runScenario(scenario).figures);
    expect(tone).toBe("bad");
    expect(sentence).toMatch(why);
    expect(suggestion?.label).toBe(advice);
    const tried = applyChanges(scenario, suggestion?.changes ?? []);
    expect(tried.ok).toBe(true);
    expect(runScenario(tried.scenario).figures.slo.met).toBe(true);
  });

  it.each(["node-pool.1", "heartbeats.1", "puma-on-aws.1", "pool-below-threads.1", "small-rails.1"])(
    "%s says that nothing is wrong",
    (preset) => {
      expect(explain(runScenario(stepOf(preset)).figures)).toMatchObject({ tone: "good", suggestion: null });
    },
  );
});
