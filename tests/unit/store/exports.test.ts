import { describe, expect, it } from "vitest";
import { summarize } from "../../../src/analysis/summarize";
import { compile, Simulation } from "../../../src/engine/index";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { applyChanges } from "../../../src/scenario/paths";
import { readScenarioText } from "../../../src/scenario/read-scenario";
import { withSizes } from "../../../src/scenario/sizes";
import { resultsJson, scenarioJson, seriesCsv } from "../../../src/store/exports";

/** A short run in which some requests fail, so that there is something of everything. */
function shortRun() {
  const { scenario } = applyChanges(DEFAULT_SCENARIO, [
    { path: "name", value: 'A "short" run, with a comma' },
    { path: "run.durationS", value: 10 },
    { path: "run.warmupS", value: 2 },
    { path: "run.replications", value: 2 },
    { path: "database.plan", value: "mini" },
  ]);
  const plan = compile(withSizes(scenario));
  const records = [0, 1].map((replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
  return { scenario, summary: summarize(withSizes(scenario), records, 1) };
}

describe("exporting", () => {
  it("a scenario gives a file that importing reads back", () => {
    const { scenario } = shortRun();
    expect(readScenarioText(scenarioJson(scenario))).toEqual({ ok: true, scenario });
    expect(scenarioJson(scenario).endsWith("}\n")).toBe(true);
  });

  it("results gives the result document, with null where there is nothing to show", () => {
    const { scenario, summary } = shortRun();
    const document = JSON.parse(resultsJson(summary));
    expect(document).toMatchObject({ schema: 1, scenario, replications: 2 });
    expect(document.series.atS).toEqual([...summary.series.atS]);
    expect(resultsJson(summary)).not.toContain("NaN");
  });

  it("a series gives CSV: titles with units, then one row per bucket, all of the same width", () => {
    const { summary } = shortRun();
    const text = seriesCsv(summary);
    const lines = text.split("\r\n");
    expect(lines.pop()).toBe("");
    const rows = lines.map((line) => line.split(","));
    expect(rows).toHaveLength(summary.series.atS.length + 1);
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
    const [titles = [], ...cells] = rows;
    expect(titles.slice(0, 4)).toEqual(["from (s)", "sent (requests)", "ok (requests)", "failed (requests)"]);
    expect(titles).toContain("failed: connection-refused (requests)");
    expect(text).not.toMatch(/NaN|Infinity|undefined/);

    const column = titles.indexOf("latency p95 (ms)");
    const written = cells.map((row) => (row[column] === "" ? Number.NaN : Number(row[column])));
    expect(written).toEqual([...summary.series.p95]);
  });
});
