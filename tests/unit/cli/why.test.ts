import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** Runs the program as its user does, but for npm. */
function simulate(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["src/cli/simulate.mjs", ...words], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

const QUICK = ["--preset", "carwow-pooling", "--set", "run.durationS=20", "--replications", "2", "--why"];

describe("simulate --why", () => {
  it("says after the figures what limits, the arithmetic, where the time goes, and what was found to help", () => {
    const text = simulate(...QUICK);
    expect(text).toContain(
      "requests fail: the dynos want more connections than the database gives.\n25 dynos × 10 connections",
    );
    expect(text).toMatch(
      /^A p95 request of .* waits for .* % of that: .* in line for a thread, and works for the rest: /m,
    );
    expect(text).toMatch(
      /^To try: Turn the pooler on\.\nSimulated: meets the objective, p95 .*, none fails, at the same cost\.$/m,
    );
    expect(text).toMatch(/^Smallest single change: run only 24 dynos, \$50 less a month/m);
  });

  it("says the same in the document", () => {
    const { why } = JSON.parse(simulate(...QUICK, "--json"));
    expect(why.verdict).toMatchObject({ tone: "bad", limit: "connection slots" });
    expect(why.remedy.advice).toMatchObject({ label: "Turn the pooler on", slo: { met: true }, extraUsd: 0 });
    expect(why.remedy.smallest).toMatchObject({
      changes: [{ path: "fleets.web.dynos", value: 24 }],
      extraUsd: -50,
    });
  });

  it("simulates nothing more where the objective is met", () => {
    const { why } = JSON.parse(simulate(...QUICK, "--set", "pooler.enabled=true", "--json"));
    expect(why.remedy).toBeNull();
  });
});
