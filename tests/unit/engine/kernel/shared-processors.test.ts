import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventList, NONE, NOW } from "../../../../src/engine/kernel/event-list";
import { SharedProcessors, type Sharing } from "../../../../src/engine/kernel/shared-processors";
import { JobMachine } from "../../../support/slow-twins";

const TIMER = 1;

/** Machines beside a clock of their own, and what is heard of them. */
class Bench {
  readonly events = new EventList(4);
  readonly done = new Map<number, number>();
  readonly order: number[] = [];
  readonly inUse: number[] = [];
  usedMs = 0;
  readonly processors: SharedProcessors;

  constructor(sharing: Sharing, processes: number, processors: readonly number[]) {
    const machineOf = Int32Array.from({ length: processes * processors.length }, (_, process) =>
      Math.floor(process / processes),
    );
    this.processors = new SharedProcessors(this.events, TIMER, { machineOf }, sharing, {
      computed: (entry) => {
        this.done.set(entry, this.events.clock[NOW] ?? Number.NaN);
        this.order.push(entry);
      },
      processorsInUse: (machine, by) => {
        this.inUse[machine] = (this.inUse[machine] ?? 0) + by;
      },
    });
    processors.forEach((count, machine) => {
      this.processors.grow(machine + 1, count, 1);
    });
  }

  /** A job of so many ms begins now. @returns its entry */
  begin(process: number, workMs: number): number {
    const entry = this.events.allocate();
    this.processors.workMs[entry] = workMs;
    this.processors.begin(entry, process);
    return entry;
  }

  advance(toMs: number): void {
    const { events } = this;
    events.setLimit(toMs);
    const used = (): number => this.inUse.reduce((sum, processors) => sum + processors, 0);
    for (;;) {
      const before = events.clock[NOW] ?? 0;
      const inUse = used();
      const entry = events.take();
      this.usedMs += inUse * ((entry === NONE ? toMs : (events.clock[NOW] ?? 0)) - before);
      if (entry === NONE) break;
      this.processors.timerEnded(entry);
    }
    events.clock[NOW] = toMs;
  }

  /** When each of the jobs was done. */
  momentsOf(entries: readonly number[]): (number | undefined)[] {
    return entries.map((entry) => this.done.get(entry));
  }
}

interface PlannedJob {
  readonly process: number;
  readonly atMs: number;
  readonly workMs: number;
}
const job = (process: number, atMs: number, workMs: number): PlannedJob => ({ process, atMs, workMs });

/** When jobs on one machine are done, of which each begins at its moment. */
function run(sharing: Sharing, processors: number, jobs: readonly PlannedJob[]): (number | undefined)[] {
  const bench = new Bench(sharing, 4, [processors]);
  const entries = jobs.map(({ process, atMs, workMs }) => {
    bench.advance(atMs);
    return bench.begin(process, workMs);
  });
  bench.advance(1e6);
  return bench.momentsOf(entries);
}

describe("jobs of one process that share (threads under one lock)", () => {
  it("get equal parts of one processor, however many processors there are", () => {
    expect(run("shared", 8, [job(0, 0, 100), job(0, 0, 100)])).toEqual([200, 200]);
    expect(run("shared", 8, [job(0, 0, 100), job(0, 0, 300)])).toEqual([200, 400]);
  });

  it("slow each other only while both are there", () => {
    // Alone until 60, then half each: both are done at 140. A shorter second one is done before.
    expect(run("shared", 1, [job(0, 0, 100), job(0, 60, 40)])).toEqual([140, 140]);
    expect(run("shared", 1, [job(0, 0, 100), job(0, 60, 10)])).toEqual([110, 80]);
  });

  it("that end together end in the order in which they began", () => {
    const bench = new Bench("shared", 1, [1]);
    const entries = [30, 30, 30].map((workMs) => bench.begin(0, workMs));
    bench.advance(1000);
    expect(bench.order).toEqual(entries);
    expect(bench.momentsOf(entries)).toEqual([90, 90, 90]);
  });
});

describe("jobs in line (an event loop)", () => {
  it("run one after the other, each whole, first come, first served", () => {
    expect(run("in-line", 8, [job(0, 0, 100), job(0, 10, 5), job(0, 20, 30)])).toEqual([100, 105, 135]);
  });
});

describe("jobs that run in parallel", () => {
  it("get a processor each while there are enough", () => {
    expect(run("parallel", 2, [job(0, 0, 100), job(0, 0, 40)])).toEqual([100, 40]);
  });

  it("share equally when there are more of them than processors", () => {
    // Three on two: 2/3 each until 60 ms of each are done at 90.
    expect(run("parallel", 2, [job(0, 0, 60), job(0, 0, 60), job(0, 0, 100)])).toEqual([90, 90, 130]);
  });

  it("of one process get no more than their process's part: processes share first", () => {
    // Two processors, one for each process, until the single job is done; then both are the other process's.
    expect(run("parallel", 2, [job(0, 0, 100), job(1, 0, 100), job(1, 0, 100)])).toEqual([100, 150, 150]);
  });

  it("leave to the others what they can't use", () => {
    // Four processors: the single job takes one, the six others share three.
    const jobs = Array.from({ length: 6 }, () => job(1, 0, 60));
    expect(run("parallel", 4, [job(0, 0, 120), ...jobs])).toEqual([120, ...jobs.map(() => 120)]);
  });
});

describe("processes of one machine", () => {
  it("get a processor each while there are enough", () => {
    expect(run("shared", 2, [job(0, 0, 100), job(1, 0, 60)])).toEqual([100, 60]);
  });

  it("share its processors equally when there are not, and none gets more than one", () => {
    expect(run("shared", 1, [job(0, 0, 100), job(1, 0, 50)])).toEqual([150, 100]);
    // Equal parts for the processes, not for their jobs: process 0 has half the machine for its one job.
    expect(run("shared", 1, [job(0, 0, 30), job(1, 0, 30), job(1, 0, 30)])).toEqual([60, 90, 90]);
    expect(run("in-line", 1.5, [job(0, 0, 30), job(1, 0, 30), job(2, 0, 30)])).toEqual([60, 60, 60]);
  });

  it("share a fraction of a processor, too", () => {
    expect(run("shared", 0.5, [job(0, 0, 100)])).toEqual([200]);
    expect(run("parallel", 0.5, [job(0, 0, 100), job(1, 0, 25)])).toEqual([250, 100]);
  });
});

describe("jobs that end at one moment", () => {
  it("end in the order in which their ends were fixed, in different processes too", () => {
    const bench = new Bench("shared", 3, [3]);
    const first = bench.begin(2, 100);
    bench.advance(40);
    const second = bench.begin(0, 60);
    bench.advance(70);
    const third = bench.begin(1, 30);
    bench.advance(1000);
    expect(bench.order).toEqual([first, second, third]);
    expect(bench.momentsOf([first, second, third])).toEqual([100, 100, 100]);
  });

  it("end before whatever was planned for that moment after them, though others came and went meanwhile", () => {
    const bench = new Bench("in-line", 2, [2]);
    const job = bench.begin(0, 100);
    const other = bench.events.allocate();
    bench.events.time[other] = 100;
    bench.events.schedule(other, TIMER + 1);
    bench.advance(50);
    bench.begin(1, 10);
    bench.advance(70);
    bench.events.setLimit(1000);
    expect(bench.events.kindOf(bench.events.take())).toBe(TIMER);
    expect(bench.processors.has(job)).toBe(true);
    expect(bench.events.take()).toBe(other);
  });
});

describe("machines", () => {
  it("have nothing to do with each other, and may differ", () => {
    const bench = new Bench("shared", 2, [1, 4]);
    const entries = [bench.begin(0, 100), bench.begin(1, 100), bench.begin(2, 100), bench.begin(3, 100)];
    bench.advance(1000);
    expect(bench.momentsOf(entries)).toEqual([200, 200, 100, 100]);
  });

  it("can become slower and faster while jobs run", () => {
    const bench = new Bench("shared", 1, [1]);
    const entry = bench.begin(0, 100);
    bench.advance(40);
    bench.processors.setSpeed(0, 0.5);
    bench.advance(80);
    bench.processors.setSpeed(0, 1);
    bench.advance(1000);
    // 40 ms at full speed, 20 in the slow 40, and the last 40.
    expect(bench.momentsOf([entry])).toEqual([120]);
  });

  it("that stop drop their jobs, running and in line, and serve again", () => {
    for (const sharing of ["shared", "in-line", "parallel"] as const) {
      const bench = new Bench(sharing, 2, [1]);
      const dropped = [bench.begin(0, 100), bench.begin(0, 100), bench.begin(1, 100)];
      bench.advance(50);
      expect(bench.processors.clear(0).sort()).toEqual([...dropped].sort());
      expect(dropped.map((entry) => bench.processors.has(entry))).toEqual([false, false, false]);
      expect(bench.inUse[0]).toBe(0);
      bench.advance(80);
      const after = bench.begin(0, 100);
      bench.advance(1000);
      expect([...bench.done]).toEqual([[after, 180]]);
    }
  });

  it("know how much each job has had until now", () => {
    for (const [sharing, had] of [
      ["shared", [20, 10]],
      ["in-line", [30, 0]],
      ["parallel", [30, 20]],
    ] as const) {
      const bench = new Bench(sharing, 1, [2]);
      const first = bench.begin(0, 100);
      bench.advance(10);
      const second = bench.begin(0, 100);
      bench.advance(30);
      expect([first, second].map((entry) => bench.processors.attainedOf(entry))).toEqual(had);
    }
  });

  it("know who has a job, and how many run in a process", () => {
    const bench = new Bench("in-line", 1, [1]);
    const [first, second] = [bench.begin(0, 10), bench.begin(0, 10)];
    expect([first, second].map((entry) => bench.processors.has(entry))).toEqual([true, true]);
    expect(bench.processors.jobsOf(0)).toBe(1);
    bench.advance(15);
    expect([first, second].map((entry) => bench.processors.has(entry))).toEqual([false, true]);
    bench.advance(100);
    expect(bench.processors.jobsOf(0)).toBe(0);
  });
});

const PROCESSES = 3;
const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("begin" as const),
      process: fc.nat({ max: 2 * PROCESSES - 1 }),
      workMs: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 50, noNaN: true })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("speed" as const),
      machine: fc.nat({ max: 1 }),
      speed: fc.constantFrom(1, 0.5, 0.3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const), machine: fc.nat({ max: 1 }) }) },
);
const story = fc.array(
  fc.tuple(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 40, noNaN: true })), command),
  { maxLength: 40 },
);

describe("shared processors beside machines that move every job on", () => {
  it.each(["shared", "in-line", "parallel"] as const)("do the same, whatever happens: %s", (sharing) => {
    const processors = fc.constantFrom(0.25, 1, 1.5, 2, 7);
    fc.assert(
      fc.property(fc.tuple(processors, processors), story, (counts, commands) => {
        const bench = new Bench(sharing, PROCESSES, counts);
        const twins = counts.map((count) => new JobMachine(count, sharing));
        let nowMs = 0;
        for (const [gapMs, step] of commands) {
          nowMs += gapMs;
          bench.advance(nowMs);
          for (const twin of twins) twin.advance(nowMs);
          if (step.do === "begin") {
            const entry = bench.begin(step.process, step.workMs);
            twins[Math.floor(step.process / PROCESSES)]?.begin(entry, step.process, step.workMs);
          } else if (step.do === "speed") {
            bench.processors.setSpeed(step.machine, step.speed);
            const twin = twins[step.machine];
            if (twin !== undefined) twin.speed = step.speed;
          } else {
            expect(bench.processors.clear(step.machine).sort()).toEqual(twins[step.machine]?.clear().sort());
          }
          twins.forEach((twin, machine) => {
            expect(bench.inUse[machine] ?? 0).toBeCloseTo(twin.inUse, 9);
            for (const [entry, leftMs] of twin.left()) {
              const workMs = bench.processors.workMs[entry] ?? Number.NaN;
              if (bench.processors.has(entry))
                expect(bench.processors.attainedOf(entry)).toBeCloseTo(workMs - leftMs, 6);
              else expect(leftMs).toBeCloseTo(0, 6);
            }
          });
        }
        bench.advance(1e6);
        for (const twin of twins) twin.advance(1e6);
        const expected = new Map(twins.flatMap(({ done }) => [...done]));
        expect([...bench.done.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [entry, atMs] of bench.done)
          expect(atMs).toBeCloseTo(expected.get(entry) ?? Number.NaN, 6);
        expect(bench.usedMs).toBeCloseTo(
          twins.reduce((sum, { usedMs }) => sum + usedMs, 0),
          5,
        );
        expect(bench.inUse.map((inUse) => Math.abs(inUse) < 1e-9)).not.toContain(false);
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});
