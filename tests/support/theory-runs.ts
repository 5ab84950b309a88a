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

const { compile, Simulation } = await builtEngine();

/** The full suite, `npm run theory`: the same cases, each so long that its interval is under 2 % of the value. */
export const FULL = process.env.HEADROOM_THEORY === "full";
const FULL_WITHIN = 0.02;
/** The width of an interval from so few replications varies itself: the fast suite's intervals may be wider by this. */
const FAST_SLACK = 1.5;
const CONFIDENCE = 0.99;

/** Where the full suite collects its cases for the report; nowhere unless asked for. */
const COLLECTED = process.env.HEADROOM_THEORY_CASES;

// Millions of requests on a machine that does other things too: a test may take its time.
vi.setConfig({ testTimeout: FULL ? 1_800_000 : 120_000 });

/** The cases of a table: in the fast suite only its first so many. */
export function fastFirst<const T>(count: number, cases: readonly T[]): readonly T[] {
  return FULL ? cases : cases.slice(0, count);
}

/** All replications of a scenario, run to their end. */
export function replications(scenario: Scenario): ReplicationRecord[] {
  const plan = compile(withSizes(scenario));
  return Array.from({ length: scenario.run.replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
}

/** What theory asks of a record. The rest, mostly pictures over time, would fill the memory. */
function withoutPictures(record: ReplicationRecord): ReplicationRecord {
  const none = new Float64Array(0);
  const nothing = { pageOf: new Int32Array(0), counts: new Uint32Array(0) };
  return {
    ...record,
    latencyOverTime: nothing,
    queueOverTime: nothing,
    stageProfile: none,
    failedOverTime: none,
    largestLatencyOverTime: none,
    samples: [],
  };
}

/** A scenario that is simulated when something is first asked of it, and what its figures must come up to. */
export class TheoryRun {
  private simulated: readonly ReplicationRecord[] | null = null;
  private second: TheoryRun | null = null;

  /**
   * @param within every figure's 99 % interval must be narrower than ± this share of the exact value
   * @param isTransient the run's length is part of the case
   */
  constructor(
    readonly scenario: Scenario,
    readonly within: number,
    private readonly isTransient: boolean,
  ) {}

  get records(): readonly ReplicationRecord[] {
    this.simulated ??= replications(this.scenario).map(withoutPictures);
    return this.simulated;
  }

  /** The same with other random numbers and so many times as many requests: in longer replications, or where their length is part of the case in more. */
  longer(times: number): TheoryRun {
    const { run } = this.scenario;
    const other = this.isTransient
      ? { ...run, replications: Math.ceil(times * run.replications) }
      : { ...run, durationS: run.warmupS + times * (run.durationS - run.warmupS) };
    return new TheoryRun(
      { ...this.scenario, run: { ...other, seed: run.seed + 2 } },
      this.within,
      this.isTransient,
    );
  }

  /** For what was outside its first interval: four times as long. */
  get again(): TheoryRun {
    this.second ??= this.longer(4);
    return this.second;
  }
}

/**
 * A scenario to be held against theory. The full suite takes other random numbers than the fast one, and twice as many replications; where an interval is then still too
 * wide it simulates as much anew as that width says is needed (C. Stein's two-stage procedure, 1945).
 * @param within in the fast suite, how wide an interval is at most, give or take: ± this share of the exact value. The full suite's bound is 2 %, or this where it is less.
 * @param isTransient the run's length is part of the case: more precision comes from more replications, not from longer ones
 */
export function theoryRun(parts: TheoryScenario, within: number, isTransient = false): TheoryRun {
  const seed = seedOfCase();
  if (!FULL) {
    const run = { seed, ...parts.run };
    return new TheoryRun(theoryScenario({ ...parts, run }), FAST_SLACK * within, isTransient);
  }
  const run = { seed: seed + 1, ...parts.run, replications: 2 * parts.run.replications };
  return new TheoryRun(theoryScenario({ ...parts, run }), Math.min(within, FULL_WITHIN), isTransient);
}

/** Each case has random numbers of its own, so that chance does not lean all of them the same way: FNV-1a of its name. */
function seedOfCase(): number {
  const { group, name } = namesOfTest();
  let hash = 0x811c9dc5;
  for (const character of `${group} ${name}`)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0) * 16;
}

/** Longer runs, by scenario: what one figure needed serves the others too. */
const lengthened = new WeakMap<TheoryRun, TheoryRun>();

/** The margin by which a lengthened run is longer than the width of the shorter one asks for, and how far it goes at most. */
const MARGIN = 1.3;
const LONGEST = 100;

/** The run, or in the full suite a longer one that measures precisely enough. */
function preciseEnough(run: TheoryRun, measure: Measure, exact: number): TheoryRun {
  let precise = lengthened.get(run) ?? run;
  for (let tries = 0; FULL && tries < 3; tries += 1) {
    const times = (compare(precise, measure, exact, 0).halfWidth / (precise.within * Math.abs(exact))) ** 2;
    if (!(times > 1)) break;
    precise = precise.longer(Math.min(LONGEST, MARGIN * times));
    lengthened.set(run, precise);
  }
  return precise;
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
  const precise = preciseEnough(run, measure, exact);
  const first = compare(precise, measure, exact, resolution);
  const repeated = !first.within && first.halfWidth <= run.within * Math.abs(exact);
  const found = repeated ? compare(precise.again, measure, exact, resolution) : first;
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

/** The outermost name is the model, the next its parameters; what else a test's name says, the quantity says too. */
function namesOfTest(): Pick<TheoryCase, "group" | "name"> {
  const [group = "", name = ""] = (expect.getState().currentTestName ?? "").split(" > ");
  return { group, name };
}

/** Adds a case to those of its test file. */
function collect(found: TheoryCase): void {
  if (COLLECTED === undefined) return;
  mkdirSync(COLLECTED, { recursive: true });
  const file = basename(expect.getState().testPath ?? "unknown").replace(/\.test\.ts$/, ".jsonl");
  appendFileSync(join(COLLECTED, file), `${JSON.stringify(found)}\n`);
}
