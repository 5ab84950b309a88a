import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { builtEngine } from "../support/built-engine.mjs";
import { readTrial } from "./fixtures";
import { validateTrial } from "./report";

/*
 * Of the trials in which something changes, one of each kind, with fewer replications than `npm run validate` has.
 */

vi.setConfig({ testTimeout: 60_000 });

const FOLDER = dirname(fileURLToPath(import.meta.url));
const REPLICATIONS = 10;

const engine = await builtEngine();

interface Expected {
  readonly id: string;
  readonly kinds: readonly string[];
  /** What may disagree, since the model is known to lack something: see explanations.ts. */
  readonly outside?: readonly string[];
}

const TRIALS: readonly Expected[] = [
  { id: "G_srv2s_lc_s1", kinds: ["timeout"] },
  { id: "G_lbqueue2s_lc_s1", kinds: ["queue-timeout"] },
  { id: "I_kill_check_rr_s1", kinds: ["dyno-lost"] },
  { id: "I_pgrestart_direct_verify0_s1", kinds: ["database-down"] },
  { id: "I_pgrestart_direct_verify1_s1", kinds: ["database-down"], outside: ["p95DuringMs"] },
  { id: "I_pgrestart_pgb_verify1_s1", kinds: ["database-down"] },
  { id: "I_pgrestart_pgb_slr1_s1", kinds: ["database-down"] },
  { id: "I_httpchk_overload_lc_s1", kinds: ["no-dyno"] },
  { id: "C_scaleout_lc_s1", kinds: ["connection-refused"], outside: ["goodputPerSecond"] },
  { id: "C_scaleout_uni_rand1_s1", kinds: ["connection-refused"] },
];

describe("trials of a real stack in which something changes, second by second", () => {
  it.each(TRIALS)("$id", ({ id, kinds, outside = [] }) => {
    const trial = readTrial(FOLDER, id);
    const { disturbance } = validateTrial(engine, trial, null, [trial], REPLICATIONS);
    expect(disturbance?.failures.map(({ kind }) => kind)).toEqual(kinds);
    const figures = Object.entries(disturbance?.figures ?? {});
    const failures = (disturbance?.failures ?? []).map((failure) => [failure.kind, failure] as const);
    const disagreeing = [...figures, ...failures].filter(([, { agrees }]) => !agrees);
    expect(disagreeing.filter(([name]) => !outside.includes(name))).toEqual([]);
  });
});
