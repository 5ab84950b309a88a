import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DeadlineLine } from "../../../../src/engine/kernel/deadline-line";
import { EventList, NONE, NOW } from "../../../../src/engine/kernel/event-list";
import { PlannedList } from "../../../support/slow-twins";

const DEADLINE = 1;
const OTHER = 2;

/** What happens next: an entry whose deadline is reached, another event, or null. Alarms for lifted deadlines are nothing. */
function next(events: EventList, line: DeadlineLine): { kind: number; entry: number; atMs: number } | null {
  events.setLimit(Number.POSITIVE_INFINITY);
  for (let taken = events.take(); taken !== NONE; taken = events.take()) {
    const kind = events.kindOf(taken);
    const entry = kind === DEADLINE ? line.takeDue() : taken;
    if (entry !== NONE) return { kind, entry, atMs: events.clock[NOW] ?? Number.NaN };
  }
  return null;
}

function all(
  events: EventList,
  line: DeadlineLine,
): (readonly [kind: number, entry: number, atMs: number])[] {
  const seen: (readonly [number, number, number])[] = [];
  for (let one = next(events, line); one !== null; one = next(events, line))
    seen.push([one.kind, one.entry, one.atMs]);
  return seen;
}

/** An ordinary event. */
function plan(events: EventList, atMs: number): number {
  const entry = events.allocate();
  events.time[entry] = atMs;
  events.schedule(entry, OTHER);
  return entry;
}

describe("a line of deadlines", () => {
  it("reaches each one length after it was set, in turn", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 100);
    const [a, b] = [events.allocate(), events.allocate()];
    line.set(a);
    const pause = plan(events, 30);
    expect(next(events, line)).toEqual({ kind: OTHER, entry: pause, atMs: 30 });
    line.set(b);
    expect(all(events, line)).toEqual([
      [DEADLINE, a, 100],
      [DEADLINE, b, 130],
    ]);
  });

  it("reaches all deadlines of one moment, in the order in which they were set", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 100);
    const entries = Array.from({ length: 1000 }, () => events.allocate());
    for (const entry of entries) line.set(entry);
    expect(all(events, line)).toEqual(entries.map((entry) => [DEADLINE, entry, 100]));
  });

  it("does not reach a deadline that was lifted, and reaches those behind it", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 100);
    const [a, b, c] = [events.allocate(), events.allocate(), events.allocate()];
    for (const entry of [a, b, c]) line.set(entry);
    line.lift(a);
    line.lift(b);
    line.lift(b);
    expect(all(events, line)).toEqual([[DEADLINE, c, 100]]);
  });

  it("reaches a deadline set anew after it was lifted, at its new time", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 100);
    const entry = events.allocate();
    line.set(entry);
    plan(events, 60);
    next(events, line);
    line.lift(entry);
    line.set(entry);
    expect(all(events, line)).toEqual([[DEADLINE, entry, 160]]);
  });

  it("comes before an event that was scheduled for its moment later, and after one that was scheduled earlier", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 100);
    const entry = events.allocate();
    const before = plan(events, 100);
    line.set(entry);
    const after = plan(events, 100);
    expect(all(events, line)).toEqual([
      [OTHER, before, 100],
      [DEADLINE, entry, 100],
      [OTHER, after, 100],
    ]);
  });

  it("keeps that place when the alarm first rang for a lifted one", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 100);
    const [lifted, entry] = [events.allocate(), events.allocate()];
    line.set(lifted);
    const before = plan(events, 100);
    line.set(entry);
    const after = plan(events, 100);
    line.lift(lifted);
    expect(all(events, line).map(([, which]) => which)).toEqual([before, entry, after]);
  });

  it("of no length at all is due at once, behind what is scheduled already", () => {
    const events = new EventList();
    const line = new DeadlineLine(events, DEADLINE, 0);
    const [before, entry] = [plan(events, 0), events.allocate()];
    line.set(entry);
    const after = plan(events, 0);
    expect(all(events, line).map(([, which]) => which)).toEqual([before, entry, after]);
  });
});

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("set" as const), pick: fc.nat() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("lift" as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("other" as const), pick: fc.nat({ max: 8 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("next" as const), pick: fc.integer({ min: 1, max: 5 }) }),
  },
);

describe("a line of deadlines beside a list of everything that is planned", () => {
  it.each([0, 1, 4, 7.5])("lets the same happen in the same order, with deadlines of %f ms", (lengthMs) => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 150 }), (commands) => {
        const events = new EventList(4);
        const line = new DeadlineLine(events, DEADLINE, lengthMs);
        const twin = new PlannedList<{ kind: number; entry: number }>();
        const free: number[] = Array.from({ length: 12 }, () => events.allocate());
        const standing: number[] = [];
        const step = (): boolean => {
          const expected = twin.take();
          const seen = next(events, line);
          expect(seen).toEqual(expected === null ? null : { ...expected.what, atMs: expected.atMs });
          if (seen?.kind === DEADLINE) free.push(...standing.splice(standing.indexOf(seen.entry), 1));
          return seen !== null;
        };
        for (const { do: what, pick } of commands) {
          // An alarm for a lifted deadline moves the clock too.
          const now = events.clock[NOW] ?? Number.NaN;
          if (what === "set") {
            const [entry] = free.splice(pick % Math.max(1, free.length), 1);
            if (entry === undefined) continue;
            line.set(entry);
            twin.plan(now + lengthMs, { kind: DEADLINE, entry });
            standing.push(entry);
          } else if (what === "lift") {
            const [entry] = standing.splice(pick % Math.max(1, standing.length), 1);
            if (entry === undefined) continue;
            line.lift(entry);
            twin.cancel((planned) => planned.entry === entry);
            free.push(entry);
          } else if (what === "other") {
            twin.plan(now + pick, { kind: OTHER, entry: plan(events, now + pick) });
          } else {
            for (let i = 0; i < pick; i += 1) step();
          }
        }
        while (step());
      }),
      { seed: 20_260_804, numRuns: 300 },
    );
  });
});
