import { describe, expect, it } from "vitest";
import { STAGE } from "../../../../src/engine/record/replication-record";
import { StageTrace } from "../../../../src/engine/record/stage-trace";

const ENTRY = 3;

/** A trace of one request, whose stages have ended one after the other. */
function traced(stages: readonly (readonly [stage: number, lengthMs: number])[]): StageTrace {
  const trace = new StageTrace();
  trace.grow(8);
  trace.begin(ENTRY);
  for (const [stage, lengthMs] of stages) trace.add(ENTRY, stage, lengthMs);
  return trace;
}

/** The pairs of stage and length that a request has after so many ms, being in `stage`. */
function pairs(trace: StageTrace, lastedMs: number, stage: number = STAGE.wait): number[][] {
  const flat = trace.segments(ENTRY, lastedMs, { stage, workedMs: 0, workStage: stage });
  return Array.from({ length: flat.length / 2 }, (_, i) => [...flat.subarray(2 * i, 2 * i + 2)]);
}

describe("a trace of stages", () => {
  it("keeps them in the order in which they passed", () => {
    const trace = traced([
      [STAGE.queue, 10],
      [STAGE.query, 30],
      [STAGE.wait, 5],
      [STAGE.query, 20],
    ]);
    expect(pairs(trace, 65)).toEqual([
      [STAGE.queue, 10],
      [STAGE.query, 30],
      [STAGE.wait, 5],
      [STAGE.query, 20],
    ]);
  });

  it("leaves out what took no time, and joins equals that follow each other", () => {
    const trace = traced([
      [STAGE.queue, 0],
      [STAGE.query, 30],
      [STAGE.pooler, 0],
      [STAGE.query, 12],
    ]);
    expect(pairs(trace, 42)).toEqual([[STAGE.query, 42]]);
  });

  it("adds the stage in which the request stands, with what has passed of it", () => {
    const trace = traced([[STAGE.queue, 10]]);
    expect(pairs(trace, 35, STAGE.checkout)).toEqual([
      [STAGE.queue, 10],
      [STAGE.checkout, 25],
    ]);
    expect(pairs(traced([]), 7, STAGE.queue)).toEqual([[STAGE.queue, 7]]);
  });

  it("tells what the request has had of a processor from what it has waited for one", () => {
    const standing = { stage: STAGE.cpuWait, workedMs: 15, workStage: STAGE.cpu };
    expect([...traced([[STAGE.queue, 10]]).segments(ENTRY, 50, standing)]).toEqual([
      STAGE.queue,
      10,
      STAGE.cpuWait,
      25,
      STAGE.cpu,
      15,
    ]);
    expect([...traced([]).segments(ENTRY, 15, standing)]).toEqual([STAGE.cpu, 15]);
  });

  it("takes no rounding error for a stage", () => {
    expect(pairs(traced([[STAGE.wait, 0.1]]), 0.1 + 1e-15, STAGE.query)).toEqual([[STAGE.wait, 0.1]]);
    const trace = traced([
      [STAGE.cpuWait, 1e-14],
      [STAGE.cpu, 5],
    ]);
    expect(pairs(trace, 5)).toEqual([[STAGE.cpu, 5]]);
  });

  it("begins anew with the next request of the entry", () => {
    const trace = traced([[STAGE.queue, 10]]);
    trace.begin(ENTRY);
    trace.add(ENTRY, STAGE.wait, 5);
    expect(pairs(trace, 5)).toEqual([[STAGE.wait, 5]]);
  });

  it("keeps requests apart", () => {
    const trace = traced([[STAGE.queue, 10]]);
    trace.begin(ENTRY + 1);
    trace.add(ENTRY + 1, STAGE.query, 99);
    expect(pairs(trace, 10)).toEqual([[STAGE.queue, 10]]);
  });

  it("of very many stages adds the later ones to the last of their kind, so that they still add up", () => {
    const stages = Array.from(
      { length: 500 },
      (_, i) => [i % 2 === 0 ? STAGE.pooler : STAGE.query, i] as const,
    );
    const kept = pairs(traced(stages), 500 * 499 * 0.5);
    expect(kept.length).toBeLessThan(100);
    const sum = (stage: number, list: readonly (readonly number[])[]): number =>
      list.reduce((total, [of, lengthMs]) => total + (of === stage ? (lengthMs ?? 0) : 0), 0);
    for (const stage of [STAGE.pooler, STAGE.query]) expect(sum(stage, kept)).toBe(sum(stage, stages));
  });

  it("adds a late stage of a kind that it has not kept to the very last", () => {
    const stages = Array.from(
      { length: 100 },
      (_, i) => [i % 2 === 0 ? STAGE.pooler : STAGE.query, 1] as const,
    );
    const kept = pairs(traced([...stages, [STAGE.wait, 50]]), 150);
    expect(kept.reduce((total, [, lengthMs]) => total + (lengthMs ?? 0), 0)).toBe(150);
  });

  it("has room for so many requests at once, and no more", () => {
    const trace = new StageTrace();
    trace.grow(1 << 20);
    expect(trace.covers(0)).toBe(true);
    expect(trace.covers(1 << 19)).toBe(false);
    trace.begin(1 << 19);
    trace.add(1 << 19, STAGE.wait, 5);
  });

  it("keeps what it has when it grows", () => {
    const trace = traced([[STAGE.queue, 10]]);
    trace.grow(1024);
    trace.grow(16);
    expect(pairs(trace, 10)).toEqual([[STAGE.queue, 10]]);
    expect(trace.covers(1000)).toBe(true);
  });
});
