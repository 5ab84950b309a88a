import { readScenario } from "../../src/scenario/read-scenario";
import type { Scenario } from "../../src/scenario/types";
import type { Measured, MeasuredTimes } from "./lab-types";

/** A scenario with nothing but these fields set. @throws Error where that is no valid one */
export function scenarioWith(fields: Readonly<Record<string, unknown>>): Scenario {
  const read = readScenario({ schema: 1, ...fields });
  if (!read.ok) throw new Error(read.problems.map(({ sentence }) => sentence).join("\n"));
  return read.scenario;
}

const TIMES: MeasuredTimes = { mean: 0, p50: 0, p75: 0, p90: 0, p95: 0, p99: 0, max: 0 };

/** Nothing measured. */
export const MEASURED: Measured = {
  requests: 0,
  ok: 0,
  failed: {},
  failureRate: 0,
  throughputPerSecond: 0,
  latencyMs: TIMES,
  queueMs: TIMES,
};
