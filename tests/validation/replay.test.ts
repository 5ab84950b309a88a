import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { builtEngine } from "../support/built-engine.mjs";
import { readTrace, readTrial } from "./fixtures";
import { validateTrace } from "./report";

const FOLDER = dirname(fileURLToPath(import.meta.url));
const engine = await builtEngine();

function replayed(id: string): ReturnType<typeof validateTrace> {
  return validateTrace(engine, readTrial(FOLDER, id), readTrace(FOLDER, id));
}

describe("recorded traces, replayed request by request", () => {
  it("round robin at 90 % load: 98 in 100 single requests within 5 ms of the measured latency", () => {
    const [trace] = replayed("E_u90_rr_s1");
    expect(trace?.requests).toBe(12_483);
    expect(trace?.within5Ms).toBeGreaterThan(0.98);
    expect(Math.abs(trace?.meanError ?? 1)).toBeLessThan(0.005);
  });

  it("least outstanding at 70 % load: 90 in 100, although equal choices fall differently", () => {
    const [trace] = replayed("E_u70_lc_s1");
    expect(trace?.within5Ms).toBeGreaterThan(0.9);
    expect(Math.abs(trace?.meanError ?? 1)).toBeLessThan(0.02);
  });

  it("least outstanding at 95 % load: the mean", () => {
    const [trace] = replayed("E_u95_lc_s1");
    expect(trace?.goal?.within5Ms).toBeNull();
    expect(Math.abs(trace?.meanError ?? 1)).toBeLessThan(0.02);
  });

  it("two-valued service times under round robin", () => {
    const [trace] = replayed("F_bimodal_rr_s1");
    expect(trace?.within5Ms).toBeGreaterThan(0.95);
  });

  it("queries of widely varying length: with what the database took, and with what was drawn", () => {
    const [measured, drawn] = replayed("F_ln_u85_rr_s1");
    expect(measured?.met).toBe(true);
    expect(drawn?.id).toContain("as drawn");
    expect(measured?.within5Ms).toBeGreaterThan(drawn?.within5Ms ?? 1);
  });
});
