import { appendFileSync, mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, vi } from "vitest";
import { halfWidth, meanAndDeviation } from "../../src/analysis/intervals";
import type { TheoryCase } from "../../src/analysis/theory-report";
import type { ReplicationRecord } from "../../src/engine";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { builtEngine } from "./built-engine.mjs";
import type { Measure } from "./theory-measures";
import { type TheoryScenario, theoryScenario } from "./theory-scenario";

const { compile, Simulation, unsupportedFields } = await builtEngine();

/** The full suite, `npm run theory`: the same cases, each so long that its interval is under 2 % of the value. */
export const FULL = process.env.HEADROOM_THEORY === "full";
const FULL_WITHIN = 0.02;
const CONFIDENCE = 0.99;

/** Where the full suite collects its cases for the report; nowhere unless asked for. */
const COLLECTED = process.env.HEADROOM_THEORY_CASES;

// Millions of requests on a machine that does other things too: a test may take its time.
vi.setConfig({ testTimeout: FULL ? 1_800_000 : 120_000 });

/** The cases of a table: in the fast suite only its first so many. */
export function fastFirst<const T>(count: number, cases: readonly T[]): readonly T[] {
  return FULL ? cases : cases.slice(0, count);
}

/** All replications of a scenario, run to their end. Throws where it asks for what the engine does not simulate. */
export function replications(scenario: Scenario): ReplicationRecord[] {
  const unsupported = unsupportedFields(scenario);
  if (unsupported.length > 0) throw new Error(unsupported.map((problem) => problem.sentence).join("\n"));
  const plan = compile(withSizes(scenario));
  return Array.from({ length: scenario.run.replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
}

/** A scenario that is simulated when something is first asked of it, and what its figures must come up to. */
export interface TheoryRun {
  readonly scenario: Scenario;
  readonly records: readonly ReplicationRecord[];
  /** Every figure's 99 % interval must be narrower than ± this share of the exact value. */
  readonly within: number;
  /** The same with other random numbers and four times as long. */
  readonly again: TheoryRun;
}

class LazyRun implements TheoryRun {
  private simulated: readonly ReplicationRecord[] | null = null;
  private second: TheoryRun | null = null;

  constructor(
    readonly scenario: Scenario,
    readonly within: number,
  ) {}

  get records(): readonly ReplicationRecord[] {
    this.simulated ??= replications(this.scenario);
    return this.simulated;
  }

  get again(): TheoryRun {
    const { run } = this.scenario;
    const other = { ...run, seed: run.seed + 1000, replications: 4 * run.replications };
    this.second ??= new LazyRun({ ...this.scenario, run: other }, this.within);
    return this.second;
  }
}

/**
 * A scenario to be held against theory. The full suite takes other random numbers than the fast one, and as many more requests as its narrower
 * intervals need: their width falls with the square root.
 * @param within in the fast suite, how wide an interval may be: ± this share of the exact value. The full suite's bound is 2 %, or this where it is less.
 * @param isTransient the run's length is part of the case: more precision comes from more replications, not from longer ones
 */
export function theoryRun(parts: TheoryScenario, within: number, isTransient = false): TheoryRun {
  if (!FULL) return new LazyRun(theoryScenario(parts), within);
  const { durationS, warmupS, replications: count } = parts.run;
  const times = Math.max(1, (within / FULL_WITHIN) ** 2);
  const run = isTransient
    ? { durationS, warmupS, replications: Math.ceil(count * Math.max(2, times)) }
    : {
        durationS: warmupS + (durationS - warmupS) * Math.max(1, times / 2),
        warmupS,
        replications: 2 * count,
      };
  return new LazyRun(theoryScenario({ ...parts, run: { seed: 2, ...run } }), Math.min(within, FULL_WITHIN));
}

/** What is exactly so can still differ in the last digits. */
const ROUNDING = 1e-9;

/**
 * Expects the exact value inside the replications' own 99 % interval (Student's t), and that interval to be narrow enough: the first alone could be
 * passed by measuring nothing precisely. One right figure in a hundred is outside by chance; it must then be inside on a second run, which is four
 * times as long and shares no random number with the first.
 * @param formula where the exact value comes from
 * @param resolution how far the exact value itself may be from what is simulated, relative, with the reason in the formula
 */
export function expectExact(
  run: TheoryRun,
  measure: Measure,
  exact: number,
  formula: string,
  resolution = 0,
): void {
  const first = compare(run, measure, exact, resolution);
  const repeated = !first.within && first.halfWidth <= run.within * Math.abs(exact);
  const found = repeated ? compare(run.again, measure, exact, resolution) : first;
  const what = `${measure.quantity}: measured ${found.measured} ± ${found.halfWidth} (99 %), exact ${exact}, ${formula}`;
  collect({
    ...namesOfTest(),
    quantity: measure.quantity,
    formula,
    unit: measure.unit,
    exact,
    ...found,
    repeated,
  });
  expect(found.within, what).toBe(true);
  expect(found.halfWidth, `${what}: too vague`).toBeLessThanOrEqual(run.within * Math.abs(exact));
}

type Comparison = Pick<TheoryCase, "measured" | "halfWidth" | "resolution" | "within" | "requests">;

function compare(run: TheoryRun, measure: Measure, exact: number, relative: number): Comparison {
  const values = run.records.map((record) => measure.of(record, run.scenario));
  const half = halfWidth(values, CONFIDENCE) ?? Number.NaN;
  const { mean: measured } = meanAndDeviation(values);
  const resolution = (relative + (measure.resolution ?? 0)) * Math.abs(exact);
  return {
    measured,
    halfWidth: half,
    resolution,
    within: Math.abs(measured - exact) <= half + resolution + ROUNDING * Math.abs(exact),
    requests: run.records.reduce((sum, record) => sum + record.sent, 0),
  };
}

function namesOfTest(): Pick<TheoryCase, "group" | "name"> {
  const [group = "", ...names] = (expect.getState().currentTestName ?? "").split(" > ");
  return { group, name: names.join(", ") };
}

/** Adds a case to those of its test file. */
function collect(found: TheoryCase): void {
  if (COLLECTED === undefined) return;
  mkdirSync(COLLECTED, { recursive: true });
  const file = basename(expect.getState().testPath ?? "unknown").replace(/\.test\.ts$/, ".jsonl");
  appendFileSync(join(COLLECTED, file), `${JSON.stringify(found)}\n`);
}
