import { describe, expect, it } from "vitest";
import { workloadKey } from "../../../../src/engine/parts/request-keys";
import { answerMoments, begin, failureMoments, recordOf, sendMoments } from "../../../support/tiny-scenarios";

const upTo = (endMs: number, stepMs: number): number[] =>
  Array.from({ length: endMs / stepMs }, (_, i) => i * stepMs);

describe("closed clients", () => {
  it("send, wait for the answer, think, and send again", () => {
    const record = recordOf({ closed: { clients: 1, thinkMs: 200 }, steps: [{ kind: "wait", ms: 300 }] });
    expect(sendMoments(record)).toEqual(upTo(4000, 500));
    expect(answerMoments(record)).toEqual(upTo(4000, 500).map((sent) => sent + 300));
  });

  it("without a pause send again at the moment of the answer", () => {
    const record = recordOf({ closed: { clients: 1 }, steps: [{ kind: "wait", ms: 500 }] });
    expect(sendMoments(record)).toEqual(upTo(4000, 500));
    expect(answerMoments(record)).toEqual(upTo(4000, 500).slice(1));
  });

  it("begin all at once, or spread evenly over startSpreadMs", () => {
    const long = { steps: [{ kind: "wait", ms: 100_000 }], fleet: { threads: 10 } };
    expect(sendMoments(recordOf({ ...long, closed: { clients: 4 } }))).toEqual([0, 0, 0, 0]);
    expect(sendMoments(recordOf({ ...long, closed: { clients: 4, startSpreadMs: 400 } }))).toEqual([
      0, 100, 200, 300,
    ]);
    expect(sendMoments(recordOf({ ...long, closed: { clients: 1, startSpreadMs: 400 } }))).toEqual([0]);
  });

  it("send at most once a millisecond, even when every request is refused at once", () => {
    const record = recordOf({ durationS: 0.4, fleet: { dynos: 0 } });
    expect(record.bucketMs).toBe(1);
    expect(sendMoments(record)).toEqual(upTo(400, 1));
    expect(failureMoments(record, "no-dyno")).toEqual(upTo(400, 1));
  });

  it("send at most once a millisecond when every answer comes at once", () => {
    const record = recordOf({ durationS: 0.4, steps: [{ kind: "wait", ms: 0 }] });
    expect(answerMoments(record)).toEqual(upTo(400, 1));
  });

  it("keep that millisecond from the send, not from the answer", () => {
    const record = recordOf({
      durationS: 0.4,
      closed: { clients: 1, thinkMs: 0.25 },
      steps: [{ kind: "wait", ms: 0.5 }],
    });
    expect(sendMoments(record)).toEqual(upTo(400, 1));
    const slower = recordOf({
      durationS: 0.4,
      closed: { clients: 1, thinkMs: 0.5 },
      steps: [{ kind: "wait", ms: 1.5 }],
    });
    expect(sendMoments(slower)).toEqual(upTo(400, 2));
  });

  it("go on after their think time when a request has failed", () => {
    const record = recordOf({ closed: { clients: 1, thinkMs: 500 }, fleet: { dynos: 0 } });
    expect(sendMoments(record)).toEqual(upTo(4000, 500));
  });

  it("or after afterFailureMs, where it is set, which then counts instead", () => {
    const failing = recordOf({
      closed: { clients: 1, thinkMs: 500, afterFailureMs: 1000 },
      fleet: { dynos: 0 },
    });
    expect(sendMoments(failing)).toEqual([0, 1000, 2000, 3000]);
    const atOnce = recordOf({
      durationS: 0.4,
      closed: { clients: 1, thinkMs: 500, afterFailureMs: 0 },
      fleet: { dynos: 0 },
    });
    expect(sendMoments(atOnce)).toEqual(upTo(400, 1));
    const succeeding = recordOf({
      closed: { clients: 1, thinkMs: 500, afterFailureMs: 10 },
      steps: [{ kind: "wait", ms: 500 }],
    });
    expect(sendMoments(succeeding)).toEqual(upTo(4000, 1000));
  });

  it("draw their durations from their own number and their n-th request, so that other clients change nothing", () => {
    const steps = [{ kind: "wait", ms: { dist: "exponential", mean: 300 } }];
    const alone = recordOf({ closed: { clients: 1 }, steps, fleet: { threads: 10 } });
    const among = recordOf({ closed: { clients: 5 }, steps, fleet: { threads: 10 } });
    expect(among.okOverTime.every((count, bucket) => count >= (alone.okOverTime[bucket] ?? 0))).toBe(true);
  });

  it("can become more at any moment, all at once", () => {
    const simulation = begin({
      closed: { clients: 1 },
      steps: [{ kind: "wait", ms: 1000 }],
      fleet: { threads: 10 },
    });
    simulation.advance(500);
    simulation.apply({ kind: "clients", clients: 3 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(sendMoments(simulation.record())).toEqual([
      0, 500, 500, 1000, 1500, 1500, 2000, 2500, 2500, 3000, 3500, 3500,
    ]);
  });

  it("or fewer, each when its answer is in", () => {
    const simulation = begin({
      closed: { clients: 3, startSpreadMs: 300 },
      steps: [{ kind: "wait", ms: 1000 }],
      fleet: { threads: 10 },
    });
    simulation.advance(1050);
    simulation.apply({ kind: "clients", clients: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(sendMoments(simulation.record())).toEqual([0, 100, 200, 1000, 2000, 3000]);
    expect(answerMoments(simulation.record())).toEqual([1000, 1100, 1200, 2000, 3000]);
  });
});

describe("open arrivals", () => {
  const fleet = { threads: 1000 };

  it("that are paced come at even distances, beginning at once", () => {
    const record = recordOf({ open: { requestsPerSecond: 4, arrivals: "paced" }, fleet });
    expect(sendMoments(record)).toEqual(upTo(4000, 250));
  });

  it("do not wait for answers", () => {
    const record = recordOf({
      open: { requestsPerSecond: 10, arrivals: "paced" },
      fleet: { threads: 1 },
      steps: [{ kind: "wait", ms: 1000 }],
    });
    expect(sendMoments(record)).toEqual(upTo(4000, 100));
    expect(answerMoments(record)).toEqual([1000, 2000, 3000]);
  });

  it("of a Poisson process come as often as the rate says, with a variance like the mean", () => {
    const counts = Array.from({ length: 100 }, (_, replication) => {
      const simulation = begin(
        { durationS: 1, open: { requestsPerSecond: 100 }, fleet, steps: [{ kind: "wait", ms: 1 }] },
        replication,
      );
      simulation.advance(Number.POSITIVE_INFINITY);
      return simulation.record().simulatedRequests;
    });
    const mean = counts.reduce((a, b) => a + b) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    expect(Math.abs(mean - 100)).toBeLessThan((4 * 10) / Math.sqrt(100));
    expect(variance / mean).toBeGreaterThan(0.6);
    expect(variance / mean).toBeLessThan(1.5);
  });

  it("with a rate of 0 never come", () => {
    expect(recordOf({ open: { requestsPerSecond: 0 }, fleet }).simulatedRequests).toBe(0);
    expect(recordOf({ open: { requestsPerSecond: 0, arrivals: "paced" }, fleet }).simulatedRequests).toBe(0);
  });

  it("keep an even pace when the rate changes: what is left of the gap is stretched", () => {
    const simulation = begin({ open: { requestsPerSecond: 1, arrivals: "paced" }, fleet });
    simulation.advance(1500);
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 2 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(sendMoments(simulation.record())).toEqual([0, 1000, 1750, 2250, 2750, 3250, 3750]);
  });

  it("stop when the rate falls to 0, and begin anew when it rises", () => {
    const simulation = begin({ open: { requestsPerSecond: 1, arrivals: "paced" }, fleet });
    simulation.advance(1500);
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 0 });
    simulation.advance(3000);
    simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 4 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(sendMoments(simulation.record())).toEqual([0, 1000, 3000, 3250, 3500, 3750]);
  });
});

describe("changes that do not fit the workload", () => {
  it("are refused by name", () => {
    expect(() => begin({ open: {} }).apply({ kind: "clients", clients: 2 })).toThrow(/^clients/);
    expect(() => begin({}).apply({ kind: "requestsPerSecond", requestsPerSecond: 2 })).toThrow(
      /^requestsPerSecond/,
    );
  });
});

describe("the key of a workload", () => {
  it("differs for every seed, replication and workload, seeds beyond 32 bits too", () => {
    const seeds = [0, 1, 2, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 52, Number.MAX_SAFE_INTEGER];
    const keys = seeds.flatMap((seed) =>
      [0, 1, 2, 999].flatMap((replication) =>
        [0, 1].map((workload) => {
          const [low, high] = workloadKey(seed, replication, workload);
          return `${low} ${high}`;
        }),
      ),
    );
    expect(new Set(keys).size).toBe(keys.length);
  });
});
