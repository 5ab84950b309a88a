import { describe, expect, it } from "vitest";
import { EventList, NOW } from "../../../../src/engine/kernel/event-list";
import { binFloor, binOf } from "../../../../src/engine/kernel/histogram";
import { Requests } from "../../../../src/engine/parts/requests";
import {
  PROFILE_BINS,
  PROFILE_COLUMNS,
  STAGE,
  STAGE_COUNT,
} from "../../../../src/engine/record/replication-record";
import { StageProfile } from "../../../../src/engine/record/stage-profile";

/** A profile of requests that spent this long in the queue and then in a query, each pair in ms. */
function profileOf(requests: readonly (readonly [queueMs: number, queryMs: number])[]): StageProfile {
  const events = new EventList();
  const rows = new Requests(events, true, false);
  const profile = new StageProfile();
  const entry = events.allocate();
  for (const [queueMs, queryMs] of requests) {
    events.clock[NOW] = 0;
    rows.begin(entry);
    events.clock[NOW] = queueMs;
    rows.endStage(entry, STAGE.queue);
    events.clock[NOW] = queueMs + queryMs;
    rows.endStage(entry, STAGE.query);
    profile.add(rows, entry, binOf(Float64Array.of(queueMs + queryMs), 0));
  }
  return profile;
}

/** The rows that hold anything: number, and [requests, queue, query]. */
function filled(rows: Float64Array): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (let row = 0; row < rows.length / PROFILE_COLUMNS; row += 1) {
    const at = row * PROFILE_COLUMNS;
    const columns = [0, 1 + STAGE.queue, 1 + STAGE.query].map((column) => rows[at + column] ?? Number.NaN);
    if (columns[0] !== 0) found.set(row, columns);
  }
  return found;
}

describe("the stages of requests by their latency", () => {
  it("are summed over all requests", () => {
    const { sums } = profileOf([
      [10, 90],
      [200, 50],
      [0, 0.5],
    ]).record();
    expect(sums).toHaveLength(STAGE_COUNT);
    expect([sums[STAGE.queue], sums[STAGE.query]]).toEqual([210, 140.5]);
    expect(sums.reduce((a, b) => a + b)).toBe(350.5);
  });

  it("are kept apart where latencies differ, and together where they hardly do", () => {
    const { rows } = profileOf([
      [10, 90],
      [90, 10],
      [0, 1000],
    ]).record();
    const found = [...filled(rows).values()];
    expect(found).toEqual([
      [2, 100, 100],
      [1, 0, 1000],
    ]);
  });

  it("stand in rows of sixteen bins of the latency histogram; what is nearly nothing has one of its own", () => {
    const latencies = [0, 0.0009, 0.001, 1, 1.02, 1.0625, 1.07, 37, 5000, 2 ** 30];
    const { rows } = profileOf(latencies.map((latencyMs) => [0, latencyMs] as const)).record();
    for (const [row, [count]] of filled(rows)) {
      const first = Math.max(0, PROFILE_BINS * row - PROFILE_BINS + 1);
      const end = row === 0 ? 1 : PROFILE_BINS * row + 1;
      const inside = latencies.filter((latency) => latency >= binFloor(first) && latency < binFloor(end));
      expect(inside).toHaveLength(count ?? Number.NaN);
    }
    expect(filled(rows).has(0)).toBe(true);
  });

  it("are copied, so that what is recorded later changes nothing in what was read", () => {
    const profile = profileOf([[10, 90]]);
    const { rows } = profile.record();
    rows.fill(0);
    expect(filled(profile.record().rows).size).toBe(1);
  });
});
