import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventList, NONE } from "../../../../src/engine/kernel/event-list";
import { JobHeaps } from "../../../../src/engine/kernel/job-heaps";

/** Takes everything out of a heap that holds so many. */
const emptied = (heaps: JobHeaps, heap: number, count: number): number[] =>
  Array.from({ length: count }, () => heaps.takeLeast(heap));

describe("job heaps", () => {
  it("give the entry of the least key first", () => {
    const heaps = new JobHeaps(new EventList(), 1);
    for (const [entry, key] of [
      [4, 30],
      [2, 10],
      [9, 20],
    ] as const)
      heaps.join(0, entry, key);
    expect(heaps.least(0)).toBe(2);
    expect(heaps.keyOf(9)).toBe(20);
    expect(emptied(heaps, 0, 3)).toEqual([2, 9, 4]);
    expect(heaps.least(0)).toBe(NONE);
  });

  it("give entries of equal keys in the order in which they joined", () => {
    const heaps = new JobHeaps(new EventList(), 1);
    for (const entry of [5, 3, 8, 1, 7]) heaps.join(0, entry, 10);
    expect(emptied(heaps, 0, 5)).toEqual([5, 3, 8, 1, 7]);
  });

  it("do not touch each other, and more can be added", () => {
    const heaps = new JobHeaps(new EventList(), 1);
    heaps.join(0, 1, 10);
    heaps.grow(3);
    heaps.join(2, 2, 5);
    expect([0, 1, 2].map((heap) => heaps.least(heap))).toEqual([1, NONE, 2]);
  });

  it("hand out all their entries at once, behind what the list holds already", () => {
    const heaps = new JobHeaps(new EventList(), 2);
    for (const [entry, key] of [3, 1, 2, 9, 4].entries()) heaps.join(0, entry, key);
    heaps.join(1, 7, 1);
    const into = [99];
    heaps.clear(0, into);
    expect(into[0]).toBe(99);
    expect(into.slice(1).sort()).toEqual([0, 1, 2, 3, 4]);
    expect([heaps.least(0), heaps.least(1)]).toEqual([NONE, 7]);
    heaps.clear(0, into);
    expect(into).toHaveLength(6);
    heaps.join(0, 3, 1);
    expect(heaps.takeLeast(0)).toBe(3);
  });
});

const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("join" as const), key: fc.nat({ max: 12 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("take" as const), key: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("clear" as const), key: fc.constant(0) }) },
);

describe("job heaps beside sorted arrays", () => {
  it("do the same, whatever happens", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 2 }), command), { maxLength: 150 }), (commands) => {
        const events = new EventList(2);
        const heaps = new JobHeaps(events, 3);
        const twin: { entry: number; key: number }[][] = [[], [], []];
        for (const [heap, step] of commands) {
          const jobs = twin[heap] ?? [];
          if (step.do === "join") {
            const entry = events.allocate();
            heaps.join(heap, entry, step.key);
            // Behind all of the same key: a stable sort keeps the order of joining.
            jobs.push({ entry, key: step.key });
            jobs.sort((a, b) => a.key - b.key);
          } else if (step.do === "take" && jobs.length > 0) {
            const taken = heaps.takeLeast(heap);
            expect(taken).toBe(jobs.shift()?.entry);
            events.release(taken);
          } else if (step.do === "clear") {
            const into: number[] = [];
            heaps.clear(heap, into);
            expect(into.sort()).toEqual(jobs.map(({ entry }) => entry).sort());
            for (const entry of into) events.release(entry);
            jobs.length = 0;
          }
          expect(twin.map((_, number) => heaps.least(number))).toEqual(
            twin.map((all) => all[0]?.entry ?? NONE),
          );
        }
        expect(twin.map((all, number) => emptied(heaps, number, all.length))).toEqual(
          twin.map((all) => all.map(({ entry }) => entry)),
        );
      }),
      { seed: 20_261_121, numRuns: 300 },
    );
  });
});
