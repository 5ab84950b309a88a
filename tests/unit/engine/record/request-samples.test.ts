import { describe, expect, it } from "vitest";
import { EventList, NOW } from "../../../../src/engine/kernel/event-list";
import { mix } from "../../../../src/engine/kernel/random-stream";
import { FIELDS, KEY_HIGH, KEY_LOW, Requests } from "../../../../src/engine/parts/requests";
import {
  FAILURE,
  type RequestSample,
  STAGE,
  SUCCESS,
} from "../../../../src/engine/record/replication-record";
import { RequestSamples } from "../../../../src/engine/record/request-samples";
import { unevenness } from "../../../support/statistics";

/** Requests that are sent at 0 and answered one after the other: number i, with key i, after `latencyMs(i)`. */
function sampled(
  count: number,
  latencyMs: (number: number) => number,
  failureOf: (number: number) => number = () => SUCCESS,
): readonly RequestSample[] {
  const events = new EventList(4);
  const requests = new Requests(events, true, true);
  const samples = new RequestSamples(requests, () => ({
    stage: STAGE.wait,
    workedMs: 0,
    workStage: STAGE.wait,
  }));
  const entry = events.allocate();
  for (let number = 0; number < count; number += 1) {
    requests.fields[FIELDS * entry + KEY_LOW] = mix(number);
    requests.fields[FIELDS * entry + KEY_HIGH] = mix(number + 12_345);
    events.clock[NOW] = 0;
    requests.begin(entry);
    events.clock[NOW] = 1;
    requests.endStage(entry, STAGE.queue);
    samples.answered(entry, failureOf(number), latencyMs(number));
  }
  return samples.record();
}

const drawn = (samples: readonly RequestSample[]): RequestSample[] =>
  samples.filter(({ reason }) => reason === "drawn");

describe("a sample of whole requests", () => {
  it("holds all of a few, and the slowest once more", () => {
    const samples = sampled(5, (number) => 100 + number);
    expect(
      drawn(samples)
        .map(({ latencyMs }) => latencyMs)
        .sort(),
    ).toEqual([100, 101, 102, 103, 104]);
    expect(samples.filter(({ reason }) => reason === "slowest").map(({ latencyMs }) => latencyMs)).toEqual([
      104,
    ]);
  });

  it("holds 64 of many, each as likely as any other, however long it took and whenever it came", () => {
    const samples = drawn(sampled(20_000, (number) => 1 + number));
    expect(samples).toHaveLength(64);
    const tenths = new Array<number>(10).fill(0);
    for (const { latencyMs } of samples) {
      const tenth = Math.floor((latencyMs - 1) / 2000);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.abs(unevenness(tenths))).toBeLessThan(3);
  });

  it("always holds the slowest that succeeded", () => {
    const samples = sampled(5000, (number) => (number === 1234 ? 9e5 : 100));
    expect(samples.find(({ reason }) => reason === "slowest")?.latencyMs).toBe(9e5);
  });

  it("holds a few of each kind of failure, however rare, and never one of them as the slowest", () => {
    const kind = (number: number): number => {
      if (number === 777) return FAILURE["gave-up"];
      return number % 2 === 0 ? SUCCESS : FAILURE.timeout;
    };
    const samples = sampled(5000, (number) => (kind(number) === SUCCESS ? 100 : 30_000), kind);
    const count = (failure: number): number =>
      drawn(samples).filter((sample) => sample.failure === failure).length;
    expect([count(SUCCESS), count(FAILURE.timeout), count(FAILURE["gave-up"])]).toEqual([64, 4, 1]);
    expect(samples.find(({ reason }) => reason === "slowest")?.latencyMs).toBe(100);
  });

  it("holds requests step by step, with the stage in which a failed one stood", () => {
    const [sample] = sampled(
      1,
      () => 30,
      () => FAILURE.timeout,
    );
    expect([...(sample?.segments ?? [])]).toEqual([STAGE.queue, 1, STAGE.wait, 29]);
  });

  it("is drawn by the requests' own keys: the same requests, the same sample", () => {
    const latency = (number: number): number => 1 + number;
    expect(sampled(3000, latency)).toEqual(sampled(3000, latency));
  });
});
