import { describe, expect, it } from "vitest";
import type { SampledRequest } from "../../../src/analysis/result-types";
import { samples } from "../../../src/analysis/samples";
import type { RequestSample } from "../../../src/engine/record/replication-record";
import { readScenario } from "../../../src/scenario/read-scenario";
import { handMadeRecord, handMadeSample as sample, TWO_FLEETS } from "../../support/hand-made-record";

const read = readScenario(TWO_FLEETS);
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const SCENARIO = read.scenario;
const MEDIAN_100 = [{ stages: { query: 100 } }];
const chosen = (...drawn: readonly RequestSample[]): SampledRequest[] =>
  samples(SCENARIO, [
    handMadeRecord(SCENARIO, { replication: 1, requests: MEDIAN_100 }),
    handMadeRecord(SCENARIO, { requests: MEDIAN_100, samples: drawn }),
  ]);
const taking = (ms: number, parts: object = {}): RequestSample =>
  sample({ segments: [["query", ms]], ...parts });

describe("sampled requests", () => {
  it("are the drawn success nearest the median, and the slowest of all", () => {
    const both = chosen(
      taking(90),
      taking(104),
      taking(300),
      taking(101, { reason: "slowest" }),
      taking(700, { reason: "slowest" }),
    );
    expect(both.map(({ why, latencyMs }) => [why, latencyMs])).toEqual([
      ["typical", 104],
      ["slowest", 700],
    ]);
  });

  it("are one of each way to fail, the one in the middle of those drawn", () => {
    const failed = chosen(
      taking(500, { failure: "timeout" }),
      taking(5, { failure: "connection-refused" }),
      taking(700, { failure: "timeout" }),
      taking(510, { failure: "timeout" }),
    );
    expect(failed.map(({ why, failure, latencyMs }) => [why, failure, latencyMs])).toEqual([
      ["timeout", "timeout", 510],
      ["connection-refused", "connection-refused", 5],
    ]);
  });

  it("are none where none was recorded", () => {
    expect(chosen()).toEqual([]);
    expect(samples(SCENARIO, [])).toEqual([]);
  });

  it("say in the scenario's words whose they were, where and when", () => {
    const [one] = chosen(taking(100, { endpoint: 1, fleet: 1, dyno: 3, attempt: 2, sentAtMs: 1234 }));
    expect(one).toMatchObject({
      workload: "users",
      endpoint: "report",
      fleet: "jobs",
      dyno: 3,
      attempt: 2,
      sentAtMs: 1234,
      failure: null,
    });
    const [refused] = chosen(taking(0, { dyno: -1, failure: "edge-full" }));
    expect(refused).toMatchObject({ dyno: null, segments: [] });
  });

  it("pass their stages one after the other, neighbours of one stage as one", () => {
    const [one] = chosen(
      sample({
        segments: [
          ["queue", 10],
          ["query", 20],
          ["checkout", 0],
          ["query", 30],
          ["wait", 5],
          ["query", 35],
        ],
      }),
    );
    expect(one?.segments).toEqual([
      { stage: "queue", startMs: 0, durationMs: 10 },
      { stage: "query", startMs: 10, durationMs: 50 },
      { stage: "wait", startMs: 60, durationMs: 5 },
      { stage: "query", startMs: 65, durationMs: 35 },
    ]);
  });
});
