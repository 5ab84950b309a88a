import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { summarize } from "../../src/analysis/summarize";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { findPreset, OPENING_PRESET_ID } from "../../src/scenario/presets";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario, TimelineEntry } from "../../src/scenario/types";
import { readHash, writeCompactHash, writeHash } from "../../src/share/link";
import { enginePort } from "../../src/workers/simulation-engine";
import { leaveOutUnfinished } from "../../src/workers/unfinished-buckets";
import { builtEngine } from "../support/built-engine.mjs";
import { digest } from "../support/engine-records";
import { type Deed, deeds, playSession } from "../support/live-script";
import { simulableScenario } from "../support/simulable-scenario";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";

const engine = await builtEngine();
const port = enginePort(engine);
const { compile, Simulation } = engine;

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

const QUICK = 60;
const OPENING = findPreset(OPENING_PRESET_ID)?.scenario ?? DEFAULT_SCENARIO;

/** The run of a scenario, as the page simulates it whole, until a time. */
function wholeRun(scenario: Scenario, untilMs: number) {
  const sized = withSizes(scenario);
  const simulation = new Simulation(compile(sized), 0);
  simulation.advance(untilMs);
  const record = simulation.record();
  return { record, summary: summarize(sized, [record], 0) };
}

function lasting(scenario: Scenario, durationS: number): Scenario {
  return { ...scenario, run: { ...scenario.run, durationS } };
}

/** Of a summary, what does not depend on how its run is cut into buckets. */
function uncut({ figures, distribution, breakdown, samples }: ReturnType<typeof summarize>) {
  const { requests, retries, throughputPerSecond, failureRate, latencyMs, queueMs, appMs, byEndpoint } =
    figures;
  const { failedLatencyMs, stagesMs, staleReads, simulatedRequests, measuredS } = figures;
  return {
    ...{ requests, retries, throughputPerSecond, failureRate, latencyMs, queueMs, appMs, byEndpoint },
    ...{
      failedLatencyMs,
      stagesMs,
      staleReads,
      simulatedRequests,
      measuredS,
      distribution,
      breakdown,
      samples,
    },
  };
}

/** Between whole milliseconds, so that none comes at the very end: a run ends before what is done at its end. */
const own: fc.Arbitrary<readonly TimelineEntry[]> = fc.array(
  fc
    .tuple(fc.constantFrom(0, 0.000_5, 0.500_5, 1.234_567_8, 2.000_5), fc.constantFrom(1, 2, 5))
    .map(([atS, value]): TimelineEntry => ({ atS, do: "set", path: "fleets.web.dynos", value })),
  { maxLength: 3 },
);
const withOwnTimeline = fc
  .tuple(simulableScenario, own)
  .map(([scenario, timeline]): Scenario => ({ ...lasting(scenario, 6), timeline }));

describe("a live session", () => {
  it("is at every moment where its scenario, with what was done as a timeline, is at that time", async () => {
    let deedsDone = 0;
    let refused = 0;
    await expectAlways([withOwnTimeline, deeds], QUICK, (scenario, script) => {
      const played = playSession(port, scenario, script, 5000);
      const { summary } = wholeRun(lasting(played.written, played.durationS), played.endMs);
      leaveOutUnfinished(summary, played.endMs);
      const { measuredS } = played.summary.figures;
      const replayed = { ...summary, figures: { ...summary.figures, measuredS } };
      expect(digest(played.summary)).toBe(digest(replayed));
      deedsDone += played.written.timeline.length;
      refused += played.refused;
    });
    expect(deedsDone).toBeGreaterThan(QUICK);
    expect(refused).toBeLessThan(QUICK / 2);
  });

  it("played twice is the same to the last bit, however it was divided", async () => {
    await expectAlways([withOwnTimeline, deeds], QUICK, (scenario, script) => {
      const one = playSession(port, scenario, script, 1);
      const other = playSession(port, scenario, script, Number.POSITIVE_INFINITY);
      expect(digest(one)).toBe(digest(other));
    });
  });

  it("kept as a scenario ends with the values it had, and its whole run with the same numbers", async () => {
    let compared = 0;
    await expectAlways([withOwnTimeline, deeds], QUICK, (scenario, script) => {
      const { kept, summary, present, endMs } = playSession(port, scenario, script, 5000);
      if (kept.run.durationS * 1000 !== endMs) return;
      compared += 1;
      const { changes } = withSizes(kept);
      const last = changes.findLast((change) => change.do === "set");
      if (last?.do === "set")
        expect(last.after.scenario).toEqual({ ...present, timeline: [], run: kept.run });
      expect(digest(uncut(wholeRun(kept, endMs).summary))).toBe(digest(uncut(summary)));
    });
    expect(compared).toBeGreaterThan(QUICK / 2);
  });
});

describe("a live session's link", () => {
  const SCRIPT: readonly Deed[] = [
    { afterMs: 6_789, deed: { do: "spike" } },
    { afterMs: 4_321, deed: { do: "edit", field: 0.3, share: 0.9 } },
    { afterMs: 1, deed: { do: "killDyno", fleet: "web" } },
    { afterMs: 0, deed: { do: "edit", field: 0.5, share: 0.1 } },
    { afterMs: 9_111, deed: { do: "restartDatabase" } },
    { afterMs: 14_000, deed: { do: "deploy", fleet: "web" } },
    // Over the end of the first minute, and of the second.
    { afterMs: 31_234, deed: { do: "edit", field: 0.4, share: 0.1 } },
    { afterMs: 60_000, deed: { do: "failover" } },
  ];

  it.each([
    ["readable", async (kept: Scenario) => writeHash(OPENING_PRESET_ID, kept)],
    ["compact", (kept: Scenario) => writeCompactHash(kept)],
  ])("in its %s form replays it to the last bit", async (_, write) => {
    const played = playSession(port, OPENING, SCRIPT, 5000);
    expect(played.durationS).toBe(240);
    expect(played.refused).toBe(0);
    const { scenario, problems } = await readHash(await write(played.kept));
    expect(problems).toEqual([]);
    expect(scenario).toEqual(played.kept);
    expect(played.kept.run.durationS * 1000).toBe(played.endMs);
    const replayed = wholeRun(scenario, played.endMs);
    expect(digest(uncut(replayed.summary))).toBe(digest(uncut(played.summary)));
    // In a run of the same length the series are the same bits, too.
    const alike = wholeRun(lasting(scenario, played.durationS), played.endMs);
    leaveOutUnfinished(alike.summary, played.endMs);
    expect(digest(alike.summary.series)).toBe(digest(played.summary.series));
    expect(played.summary.figures.requests.failed).toBeGreaterThan(0);
  });
});
