import { describe, expect, it } from "vitest";
import { kolmogorovSmirnov } from "../../../support/statistics";
import { answersOf, begin, endMoments, recordOf, sendMoments } from "../../../support/tiny-scenarios";

const upTo = (endMs: number, stepMs: number): number[] =>
  Array.from({ length: endMs / stepMs }, (_, i) => i * stepMs);
const wide = { threads: 1000 };

describe("clients in step (bursts)", () => {
  const burst = (more: object): object[] => [{ name: "beat", kind: "burst", ...more }];

  it("send all once a round, spread evenly over the beginning of the round", () => {
    const record = recordOf({
      workloads: burst({ clients: 4, everyMs: 2000, spreadMs: 400 }),
      fleet: wide,
    });
    expect(sendMoments(record)).toEqual([0, 100, 200, 300, 2000, 2100, 2200, 2300]);
  });

  it("without a spread send at one moment", () => {
    const record = recordOf({ workloads: burst({ clients: 3, everyMs: 1500, spreadMs: 0 }), fleet: wide });
    expect(sendMoments(record)).toEqual([0, 0, 0, 1500, 1500, 1500, 3000, 3000, 3000]);
  });

  it("do not wait for their last answer", () => {
    const record = recordOf({
      workloads: burst({ clients: 1, everyMs: 500, spreadMs: 0 }),
      steps: [{ kind: "wait", ms: 100_000 }],
    });
    expect(sendMoments(record)).toEqual(upTo(4000, 500));
  });

  it("can be spread so long that a round begins before the last has ended", () => {
    const record = recordOf({
      durationS: 0.4,
      workloads: burst({ clients: 2, everyMs: 100, spreadMs: 300 }),
      fleet: wide,
    });
    expect(sendMoments(record)).toEqual([0, 100, 150, 200, 250, 300, 350]);
  });

  it("without clients send nothing", () => {
    expect(recordOf({ workloads: burst({ clients: 0 }) }).simulatedRequests).toBe(0);
  });

  it("draw durations by their number in order of arrival", () => {
    const parts = {
      workloads: burst({ clients: 50, everyMs: 1000, spreadMs: 900 }),
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: 20 } }],
    };
    const app = (fleet: object): Map<number, number> =>
      new Map(
        answersOf({ ...parts, fleet }).map((answer) => [answer.number, answer.latencyMs - answer.queueMs]),
      );
    const [crowded, free] = [app({ threads: 2 }), app(wide)];
    expect(crowded.size).toBeGreaterThan(190);
    for (const [number, ms] of crowded) expect(ms).toBeCloseTo(free.get(number) ?? Number.NaN, 6);
    expect(new Set(crowded.values()).size).toBe(crowded.size);
  });
});

describe("recorded requests (replay)", () => {
  const replay = (requests: readonly unknown[], more: object = {}): object[] => [
    { name: "log", kind: "replay", endpoint: "page", requests, ...more },
  ];
  const steps = [
    { kind: "wait", ms: { dist: "exponential", mean: 1e6 } },
    { kind: "query", ms: { dist: "exponential", mean: 1e6 } },
    { kind: "cpu", ms: 1e6 },
  ];

  it("are sent at their own times, and each step lasts what the record says", () => {
    const workloads = replay([
      [12.5, [100, 20, 3]],
      [300, [10, 0, 0.5]],
    ]);
    const answers = answersOf({ workloads, steps, fleet: wide });
    expect(answers.map(({ sentAtMs }) => sentAtMs)).toEqual([12.5, 300]);
    expect(endMoments(answers)).toEqual([135.5, 310.5]);
  });

  it("are sent in order of time, whatever their order in the record, and keep their row's number", () => {
    const workloads = replay([
      [300, [1, 0, 0]],
      [100, [2, 0, 0]],
      [200, [3, 0, 0]],
      [100, [4, 0, 0]],
    ]);
    const answers = answersOf({ workloads, steps, fleet: { threads: 1 } });
    // At equal times the record's order decides: row 1 has the one thread until 102, row 3 until 106.
    expect(answers.map(({ number }) => number)).toEqual([1, 3, 2, 0]);
    expect(endMoments(answers)).toEqual([102, 106, 203, 301]);
  });

  it("draw nothing: another replication gives the same", () => {
    const rows = upTo(1000, 10).map((atMs) => [atMs, [atMs % 37, atMs % 11, atMs % 5]]);
    const parts = { workloads: replay(rows), steps, fleet: { threads: 3 }, pool: { size: 2 } };
    expect(answersOf(parts, 1)).toEqual(answersOf(parts, 0));
  });

  it("take a recorded value for each repetition of a query", () => {
    const workloads = replay([[0, [25]]]);
    const answers = answersOf({ workloads, steps: [{ kind: "query", ms: 1e6, count: 4 }] });
    expect(endMoments(answers)).toEqual([100]);
  });

  it("go on with the durations of the first try when they are sent again", () => {
    const workloads = replay(
      [
        [0, [100]],
        [10, [7]],
      ],
      { retries: { attempts: 5, backoffMs: 50, backoffFactor: 1, jitter: false } },
    );
    const answers = answersOf({ workloads, steps: steps.slice(0, 1), fleet: { backlog: 0 } });
    // The second is refused at 10 and 60, and served at 110.
    expect(answers.map(({ number, attempt }) => [number, attempt])).toEqual([
      [1, 0],
      [1, 1],
      [0, 0],
      [1, 2],
    ]);
    expect(endMoments(answers)).toEqual([10, 60, 100, 117]);
  });

  it("of two records come side by side, each with its own durations", () => {
    const workloads = [
      { name: "a", kind: "replay", endpoint: "page", requests: [[0, [10]]] },
      {
        name: "b",
        kind: "replay",
        endpoint: "page",
        requests: [
          [0, [30]],
          [50, [5]],
        ],
      },
    ];
    const answers = answersOf({ workloads, steps: steps.slice(0, 1), fleet: wide });
    expect(answers.map(({ workload, number }) => [workload, number])).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
    ]);
    expect(endMoments(answers)).toEqual([10, 30, 55]);
  });
});

describe("arrivals after a measured curve (trace)", () => {
  it("keep the curve's pace where they are paced", () => {
    const trace = [
      [0, 1],
      [2, 1],
      [2, 4],
    ];
    const record = recordOf({ open: { arrivals: "paced", trace }, fleet: wide });
    expect(sendMoments(record)).toEqual([0, 1000, 2000, 2250, 2500, 2750, 3000, 3250, 3500, 3750]);
  });

  it("do not begin at once where the curve begins at 0", () => {
    // t² arrivals by t seconds.
    const trace = [
      [0, 0],
      [4, 8],
    ];
    const answers = answersOf({
      open: { arrivals: "paced", trace },
      fleet: wide,
      steps: [{ kind: "wait", ms: 0 }],
    });
    expect(endMoments(answers).map(Math.round)).toEqual(
      Array.from({ length: 15 }, (_, i) => Math.round(1000 * Math.sqrt(i + 1))),
    );
  });

  it("come at random as often as the curve says: rising in a straight line, as the square of the time", () => {
    const parts = {
      open: {
        trace: [
          [0, 0],
          [4, 2000],
        ],
      },
      fleet: wide,
      steps: [{ kind: "wait", ms: 0 }],
    };
    const moments = Float64Array.from(endMoments(answersOf(parts)));
    expect(Math.abs(moments.length - 4000)).toBeLessThan(4 * Math.sqrt(4000));
    expect(kolmogorovSmirnov(moments, (ms) => (ms / 4000) ** 2)).toBeLessThan(1.95);
  });

  it("end where it ends at 0", () => {
    const trace = [
      [0, 4],
      [1, 4],
      [1, 0],
    ];
    const record = recordOf({ open: { arrivals: "paced", trace }, fleet: wide });
    expect(sendMoments(record)).toEqual([0, 250, 500, 750, 1000]);
  });

  it("cannot be changed while they come: the curve is the scenario's", () => {
    const simulation = begin({ open: { trace: [[0, 4]] }, fleet: wide });
    expect(() => simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 1 })).toThrow(/curve/);
  });
});

describe("several workloads", () => {
  it("send side by side, each with a chance of its own", () => {
    const site = { kind: "open", requestsPerSecond: 50 };
    const alone = answersOf({ workloads: [{ name: "a", ...site }], fleet: wide });
    const both = answersOf({
      workloads: [
        { name: "a", ...site },
        { name: "b", ...site },
      ],
      fleet: wide,
    });
    const sends = (workload: number): number[] =>
      both.filter((answer) => answer.workload === workload).map(({ sentAtMs }) => sentAtMs);
    expect(sends(0)).toEqual(alone.map(({ sentAtMs }) => sentAtMs));
    expect(sends(1).filter((atMs) => sends(0).includes(atMs))).toEqual([]);
    expect(sends(1).length).toBeGreaterThan(130);
  });

  it("are changed one by one", () => {
    const simulation = begin({
      workloads: [
        { name: "a", kind: "open", requestsPerSecond: 1, arrivals: "paced" },
        { name: "b", kind: "open", requestsPerSecond: 1, arrivals: "paced" },
        { name: "c", kind: "closed", clients: 0 },
      ],
      fleet: wide,
      steps: [{ kind: "wait", ms: 10_000 }],
    });
    simulation.advance(500);
    simulation.apply({ kind: "requestsPerSecond", workload: 1, requestsPerSecond: 0 });
    simulation.apply({ kind: "clients", workload: 2, clients: 2 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(sendMoments(simulation.record())).toEqual([0, 0, 500, 500, 1000, 2000, 3000]);
    expect(() => simulation.apply({ kind: "clients", workload: 1, clients: 2 })).toThrow(/^clients/);
  });
});
