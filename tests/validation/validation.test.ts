import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import type { ValidatedTrial } from "../../src/analysis/validation-report";
import { builtEngine } from "../support/built-engine.mjs";
import { readTrace, readTrial, traceIds, trialIds } from "./fixtures";
import { trialGoals, validateTrial } from "./report";

/*
 * A part of what `npm run validate` runs, with fewer replications: at least one trial of each family and of each balancer, and every mechanism that fails requests.
 */

vi.setConfig({ testTimeout: 120_000 });

const FOLDER = dirname(fileURLToPath(import.meta.url));
const REPLICATIONS = 20;

const engine = await builtEngine();
const all = trialIds(FOLDER).map((id) => readTrial(FOLDER, id));
const recorded = new Set(traceIds(FOLDER));

function validated(id: string): ValidatedTrial {
  const trial = all.find((other) => other.id === id);
  if (trial === undefined) throw new Error(`There is no trial ${id}`);
  return validateTrial(engine, trial, recorded.has(id) ? readTrace(FOLDER, id) : null, all, REPLICATIONS);
}

const TRIALS = [
  "A_c15_exp_s1",
  "A_c30_s1",
  "B_c30_uni_rand1_s1",
  "B_c40_lc_s1",
  "B_c50_exp_rr_s1",
  "C_closed80_uni_d08_s1",
  "C_open45_lc_d08_s1",
  "C_open45_uni_d07_s1",
  "C_pgb45_closed80_uni_d10_s1",
  "D_open40_query_to5_s1",
  "D_t16p2_request_to5_s1",
  "D_t16p5_request_to0p5_s1",
  "E_u70_lc_s1",
  "E_u90_rr_s1",
  "E_u95_rr_lbqueue_s1",
  "F_bimodal_lc_s1",
  "F_ln_u85_rr_s1",
  "H_1x100_c10_app100_s1",
  "H_20x5_c10_s1",
  "K_pgb05_exp_s1",
  "K_pgb40_exp_s2",
] as const;

describe("trials of a real stack, simulated", () => {
  const trials = TRIALS.map(validated);
  const byId = new Map(trials.map((trial) => [trial.id, trial]));

  it.each(trialGoals(trials))("$name: $goal", (goal) => {
    expect(goal.met, `reached ${goal.reached}`).toBe(true);
  });

  it.each(trials)(
    "$id: throughput within 3 % of what was measured, or where other runs of it fall",
    (trial) => {
      const throughput = trial.figures.throughputPerSecond;
      expect(throughput?.inside, JSON.stringify(throughput)).toBe(true);
    },
  );

  it.each([
    ["C_open45_lc_d08_s1", "connection-refused"],
    ["C_closed80_uni_d08_s1", "connection-refused"],
    ["D_t16p2_request_to5_s1", "checkout-timeout"],
    ["D_t16p5_request_to0p5_s1", "checkout-timeout"],
  ])("%s: requests fail by %s, and by nothing else", (id, kind) => {
    expect(byId.get(id)?.failures.map((failure) => failure.kind)).toEqual([kind]);
  });

  it("compares no percentiles where latencies lie on a lattice", () => {
    expect(byId.get("A_c30_s1")?.figures).not.toHaveProperty("latencyP95Ms");
    expect(byId.get("A_c15_exp_s1")?.figures).toHaveProperty("latencyP95Ms");
  });

  it("knows how far the lab's own repeats lie apart", () => {
    expect(byId.get("E_u90_rr_s1")?.repeatSpread?.latencyMeanMs).toBeCloseTo(0.068, 3);
    expect(byId.get("B_c50_exp_rr_s1")?.repeatSpread).toBeNull();
  });
});
