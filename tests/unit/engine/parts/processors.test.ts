import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GAUGE } from "../../../../src/engine/record/replication-record";
import type { Runtime } from "../../../../src/scenario/types";
import { JobMachine, type JobSharing } from "../../../support/slow-twins";
import {
  answersOf,
  begin,
  endMoments,
  failures,
  recordOf,
  stages,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const cpu = (ms: unknown): object => ({ kind: "cpu", ms });
const wait = (ms: unknown): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };
const dynoType = (vcpus: number, memoryMb = 1e9): object => ({ vcpus, memoryMb, monthlyUsd: 0 });

type Recorded = readonly [atMs: number, stepsMs: readonly number[]];
const at = (atMs: number, ...stepsMs: number[]): Recorded => [atMs, stepsMs];

/** When requests end that are sent at these moments, each with the durations of its steps. */
function ends(requests: readonly Recorded[], parts: TinyScenario): number[] {
  const workloads = [{ name: "log", kind: "replay", endpoint: "page", requests }];
  const answers = answersOf({
    steps: [cpu(0)],
    ...parts,
    workloads,
    fleet: { threads: 100, ...parts.fleet },
  });
  const sorted = answers.sort((a, b) => a.number - b.number);
  return endMoments(sorted);
}

describe("gvl: the threads of a process", () => {
  it("compute one at a time, and share the processor equally", () => {
    expect(ends([at(0, 100), at(0, 100)], {})).toEqual([200, 200]);
    expect(ends([at(0, 100), at(0, 30)], {})).toEqual([130, 60]);
    expect(ends([at(0, 100), at(60, 10)], {})).toEqual([110, 80]);
  });

  it("have no use for a second processor", () => {
    expect(ends([at(0, 100), at(0, 100)], { fleet: { dynoType: dynoType(8) } })).toEqual([200, 200]);
  });

  it("leave the processor to others while they wait for something else", () => {
    expect(ends([at(0, 100, 50), at(0, 0, 100)], { steps: [wait(0), cpu(0)] })).toEqual([150, 100]);
    // Both compute from 100 on.
    expect(ends([at(0, 100, 50), at(50, 50, 50)], { steps: [wait(0), cpu(0)] })).toEqual([200, 200]);
  });
});

describe("event-loop: the requests of a process", () => {
  const loop = { fleet: { runtime: "event-loop", dynoType: dynoType(8) } };

  it("compute one after the other, first come, first served, each step whole", () => {
    expect(ends([at(0, 100), at(10, 5), at(20, 30)], loop)).toEqual([100, 105, 135]);
  });

  it("join the end of the line with each step", () => {
    const steps = [cpu(0), wait(0), cpu(0)];
    // The first's second step comes at 60, behind the second (50 to 100) and the third (100 to 150).
    expect(ends([at(0, 50, 10, 20), at(1, 50, 0, 0), at(2, 50, 0, 0)], { ...loop, steps })).toEqual([
      170, 100, 150,
    ]);
  });

  it("wait for other things all at once, as many as threads are accepted", () => {
    const steps = [wait(0)];
    const five = Array.from({ length: 5 }, () => at(0, 100));
    expect(ends(five, { ...loop, steps })).toEqual([100, 100, 100, 100, 100]);
    expect(ends(five, { steps, fleet: { ...loop.fleet, threads: 2 } })).toEqual([100, 100, 200, 200, 300]);
  });
});

describe("parallel: the threads of a process", () => {
  it("compute all at once, while there are processors", () => {
    const fleet = { runtime: "parallel", dynoType: dynoType(2) };
    expect(ends([at(0, 100), at(0, 100)], { fleet })).toEqual([100, 100]);
    expect(ends([at(0, 60), at(0, 60), at(0, 60)], { fleet })).toEqual([90, 90, 90]);
  });

  it("get no more than a processor each", () => {
    expect(ends([at(0, 100)], { fleet: { runtime: "parallel", dynoType: dynoType(16) } })).toEqual([100]);
  });
});

describe("the processes of a dyno", () => {
  it.each(["gvl", "event-loop", "parallel"])(
    "share its processors equally, none getting more than one: %s",
    (runtime) => {
      const two = [at(0, 100), at(0, 100)] as const;
      const of = (vcpus: number): TinyScenario => ({
        fleet: { runtime, processes: 2, threads: 50, dynoType: dynoType(vcpus) },
      });
      expect(ends(two, of(0.5))).toEqual([400, 400]);
      expect(ends(two, of(1))).toEqual([200, 200]);
      expect(ends(two, of(1.6))).toEqual([125, 125]);
      expect(ends(two, of(2))).toEqual([100, 100]);
      expect(ends(two, of(64))).toEqual([100, 100]);
    },
  );

  it("share by process, not by request", () => {
    // The third goes to the first process again: a quarter of the processor each for those two, half for the second.
    const fleet = { processes: 2 };
    expect(ends([at(0, 30), at(0, 30), at(0, 30)], { fleet })).toEqual([90, 60, 90]);
  });

  it("keep a request's end where it is among equal times while others come and go beside it", () => {
    // The first has a processor to itself from 0 to 100. The third waits for its place from 20 on, for 80 ms: the end was scheduled before that.
    const fleet = { processes: 2, threads: 1, dynoType: dynoType(2), maxOutstandingPerDyno: 2 };
    const parts = { steps: [wait(0), cpu(0)], edge: { queueTimeoutMs: 80 }, fleet };
    expect(ends([at(0, 0, 100), at(10, 30, 500), at(20, 0, 30)], parts)).toEqual([100, 540, 130]);
    // Now what comes and goes is done before: from 40 to 50.
    const waiting = { ...parts, steps: [...parts.steps, ...parts.steps] };
    expect(ends([at(0, 0, 0, 0, 100), at(10, 30, 10, 90, 1), at(20, 0, 0, 0, 30)], waiting)).toEqual([
      100, 141, 130,
    ]);
  });

  it("of different dynos have nothing to do with each other", () => {
    expect(ends([at(0, 100), at(0, 100), at(0, 100)], { fleet: { dynos: 3 } })).toEqual([100, 100, 100]);
  });
});

describe("time at the processor", () => {
  it("is a request's own (cpu), and the rest waiting for it (cpuWait)", () => {
    const parts = { closed: { clients: 2, ...ONCE }, fleet: { threads: 2 } };
    expect(stages(recordOf({ ...parts, steps: [cpu(100)] }))).toEqual({ cpu: 200, cpuWait: 200 });
    const loop = { ...parts, fleet: { threads: 2, runtime: "event-loop" } };
    expect(stages(recordOf({ ...loop, steps: [cpu(100)] }))).toEqual({ cpu: 200, cpuWait: 100 });
    const half = { ...parts, closed: ONCE, fleet: { dynoType: dynoType(0.5) } };
    expect(stages(recordOf({ ...half, steps: [cpu(100)] }))).toEqual({ cpu: 100, cpuWait: 100 });
  });

  it("of no length takes none, however long the line", () => {
    const fleet = { runtime: "event-loop" };
    expect(ends([at(0, 100), at(10, 0)], { fleet })).toEqual([100, 10]);
  });

  it("counts as processors in use, beside those that there are", () => {
    const record = recordOf({
      closed: { clients: 2, ...ONCE },
      steps: [cpu(100)],
      fleet: { processes: 2, threads: 1, dynoType: dynoType(4) },
    });
    expect(record.gaugesMeasured[GAUGE.cpu]).toBeCloseTo(200, 6);
    expect(record.gaugesMeasured[GAUGE.cpuCapacity]).toBeCloseTo(4 * 4000, 6);
    const crowded = recordOf({ closed: { clients: 5, ...ONCE }, steps: [cpu(100)], fleet: { threads: 9 } });
    expect(crowded.gaugesMeasured[GAUGE.cpu]).toBeCloseTo(500, 6);
  });

  it("is not left by a timeout at the edge: the dyno computes on for nobody", () => {
    const simulation = begin({
      closed: ONCE,
      steps: [cpu(1000)],
      edge: { timeoutMs: 100 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ computingOfProcesses: [1], busyThreadsOfDynos: [1] });
    simulation.advance(1500);
    expect(simulation.books()).toMatchObject({ computingOfProcesses: [0], busyThreadsOfDynos: [0] });
  });
});

describe("memory", () => {
  /** 2 processes of 100 MB and 10 times 10 MB for threads: 300 MB. */
  const fleet = (memoryMb: number): object => ({
    dynoType: dynoType(1, memoryMb),
    processes: 2,
    threads: 10,
    memory: { perProcessMb: 100, perThreadMb: 10 },
  });

  it("within the dyno's slows nothing", () => {
    expect(ends([at(0, 100)], { fleet: fleet(300) })).toEqual([100]);
  });

  it("over it slows the processor in proportion; what that takes longer is cpuWait", () => {
    expect(ends([at(0, 100)], { fleet: fleet(200) })).toEqual([150]);
    const record = recordOf({ closed: ONCE, steps: [cpu(100)], fleet: fleet(200) });
    expect(stages(record)).toEqual({ cpu: 100, cpuWait: 50 });
    expect(ends([at(0, 100)], { fleet: fleet(150) })).toEqual([200]);
  });

  it("slows processors only: what waits takes as long as ever", () => {
    const record = recordOf({
      closed: ONCE,
      steps: [wait(100), { kind: "query", ms: 100, cpuMs: 50 }],
      fleet: fleet(200),
    });
    expect(stages(record)).toEqual({ wait: 100, query: 100 });
  });

  it("over twice as much kills the dyno as soon as it runs, for ever: it boots, and never serves", () => {
    const parts: TinyScenario = {
      durationS: 80,
      closed: { ...ONCE, clients: 2 },
      fleet: { ...fleet(149), boot: { bootS: 1 } },
    };
    const record = recordOf(parts);
    expect(failures(record)).toEqual({ "no-dyno": 2 });
    expect(answersOf(parts).map(({ latencyMs }) => latencyMs)).toEqual([75_000, 75_000]);
    expect(record.gaugesHighest[GAUGE.dynos]).toBe(0);
  });
});

const SHARING: Readonly<Record<Runtime, JobSharing>> = {
  gvl: "shared",
  "event-loop": "in-line",
  parallel: "parallel",
};

describe("a dyno of one process beside a machine that moves every job on", () => {
  it.each(Object.entries(SHARING))("computes the same: %s", (runtime, sharing) => {
    const request = fc.tuple(
      fc.double({ min: 0, max: 900, noNaN: true }),
      fc.double({ min: 0.01, max: 90, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(request, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(0.5, 1, 2.5),
        (requests, vcpus) => {
          const twin = new JobMachine(vcpus, sharing);
          const inOrder = [...requests.entries()].sort(([i, [a]], [j, [b]]) => a - b || i - j);
          for (const [number, [atMs, workMs]] of inOrder) {
            twin.advance(atMs);
            twin.begin(number, 0, workMs);
          }
          twin.advance(1e6);
          const recorded = requests.map(([atMs, workMs]) => at(atMs, workMs));
          const fleet = { runtime, dynoType: dynoType(vcpus) };
          const found = ends(recorded, { durationS: 10, fleet });
          expect(found).toHaveLength(requests.length);
          for (const [number, atMs] of found.entries())
            expect(atMs).toBeCloseTo(twin.done.get(number) ?? Number.NaN, 2);
        },
      ),
      { seed: 20_261_121, numRuns: 25 },
    );
  });
});
