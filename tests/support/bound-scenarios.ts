import { readScenario } from "../../src/scenario/read-scenario";
import type { Scenario } from "../../src/scenario/types";
import type { BoundLine } from "../../src/study/answer-types";
import { boundLines } from "../../src/study/bounds";
import { loadOf } from "../../src/study/load";

/** A scenario of plain constants, of which each test says the part that limits. */
export function plainScenario(parts: object): Scenario {
  const result = readScenario({
    schema: 1,
    workloads: [{ name: "users", kind: "closed", clients: 50, thinkMs: 0 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 100 }] }],
    edge: { maxConnections: null },
    fleets: [{ name: "web", dynos: 4, threads: 5 }],
    ...parts,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

/** One endpoint of these steps. */
export const page = (...steps: readonly object[]) => ({ endpoints: [{ name: "page", steps }] });

/** The lines of a scenario for these loads. */
export function linesOf(scenario: Scenario, loads: readonly number[]): readonly BoundLine[] {
  const load = loadOf(scenario);
  if (typeof load === "string") throw new Error(load);
  return boundLines(scenario, load, loads);
}

/** The one that says this. */
export const labelled = (lines: readonly BoundLine[], label: string) =>
  lines.find((line) => line.label === label);
