import { describe, expect, it } from "vitest";
import { begin, recordOf, sendMoments } from "../../../support/tiny-scenarios";

const SHORT = [{ kind: "wait", ms: 1 }];

describe("a profile", () => {
  it("multiplies the rate of an open workload: paced arrivals keep an even pace along it", () => {
    const open = {
      requestsPerSecond: 10,
      arrivals: "paced",
      profile: [
        [0, 1],
        [1, 1],
        [1, 2],
        [2, 2],
        [2, 0],
      ],
    };
    const sent = sendMoments(recordOf({ open, steps: SHORT }));
    expect(sent).toEqual([
      ...Array.from({ length: 10 }, (_, i) => 100 * i),
      // The last comes at the very moment at which the rate falls to nothing.
      ...Array.from({ length: 21 }, (_, i) => 1000 + 50 * i),
    ]);
  });

  it("goes on multiplying a rate that is changed", () => {
    const profile = [
      [0, 1],
      [1, 3],
    ];
    const once = begin({ open: { requestsPerSecond: 20, arrivals: "paced", profile }, steps: SHORT });
    const changed = begin({ open: { requestsPerSecond: 10, arrivals: "paced", profile }, steps: SHORT });
    changed.apply({ kind: "requestsPerSecond", requestsPerSecond: 20 });
    for (const simulation of [once, changed]) simulation.advance(4000);
    expect(changed.books().sent).toBeCloseTo(once.books().sent, -1);
    expect(Math.abs(once.books().sent - (40 + 3 * 60))).toBeLessThanOrEqual(1);
  });

  it("makes closed clients come and go, the last ones when their answer is in", () => {
    const simulation = begin({
      closed: {
        clients: 4,
        thinkMs: 0,
        profile: [
          [0, 1],
          [1, 1],
          [1, 0.5],
          [2, 0.5],
          [2, 1.5],
        ],
      },
      steps: [{ kind: "wait", ms: 300 }],
      fleet: { threads: 10 },
    });
    const inFlight = [500, 1100, 1300, 1900, 2050].map((ms) => {
      simulation.advance(ms);
      return simulation.books().inFlight;
    });
    // What is under way at the fall ends at 1200.
    expect(inFlight).toEqual([4, 4, 2, 2, 6]);
  });

  it("sets how many send in each round of a burst", () => {
    const workloads = [
      {
        name: "beat",
        kind: "burst",
        clients: 10,
        everyMs: 1000,
        spreadMs: 0,
        profile: [
          [0, 1],
          [1, 0.5],
          [2, 0],
          [3, 0.3],
        ],
      },
    ];
    const sent = sendMoments(recordOf({ workloads, steps: SHORT, fleet: { threads: 20 } }));
    expect([0, 1000, 2000, 3000].map((ms) => sent.filter((at) => at === ms).length)).toEqual([10, 5, 0, 3]);
  });
});
