import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventList, NONE, NOW } from "../../../../src/engine/kernel/event-list";
import { PlannedList } from "../../../support/slow-twins";

const SETTINGS = { seed: 20_260_804, numRuns: 400 };

/** Schedules a new event of kind 0. @returns its entry */
function plan(events: EventList, atMs: number): number {
  const entry = events.allocate();
  events.time[entry] = atMs;
  events.schedule(entry, 0);
  return entry;
}

/** Takes everything that is left. */
function takeAll(events: EventList): number[] {
  events.setLimit(Number.POSITIVE_INFINITY);
  const taken: number[] = [];
  for (let entry = events.take(); entry !== NONE; entry = events.take()) taken.push(entry);
  return taken;
}

function now(events: EventList): number {
  return events.clock[NOW] ?? Number.NaN;
}

describe("the event list", () => {
  it("gives events in the order of their times, and sets the clock to each", () => {
    const events = new EventList();
    const times = [30, 10, 20, 0, 25];
    for (const time of times) plan(events, time);
    events.setLimit(Number.POSITIVE_INFINITY);
    const seen: number[] = [];
    while (events.take() !== NONE) seen.push(now(events));
    expect(seen).toEqual([0, 10, 20, 25, 30]);
  });

  it.each([
    ["two tight clusters", (i: number) => (i % 2) * 160 + 100 + ((i * 7919) % 6_000) * 1e-8],
    ["a span that only subnormal numbers can tell apart", (i: number) => ((i * 7919) % 6_000) * 5e-324],
  ])("gives 6,000 events in %s in order, in no more steps than they need", (_, timeOf) => {
    const events = new EventList();
    for (let i = 0; i < 6_000; i += 1) plan(events, timeOf(i));
    events.setLimit(Number.POSITIVE_INFINITY);
    let taken = 0;
    let before = -1;
    let inOrder = true;
    for (let entry = events.take(); entry !== NONE; entry = events.take()) {
      inOrder &&= now(events) >= before;
      before = now(events);
      taken += 1;
      if (taken % 4096 === 0) events.adapt(4096);
    }
    expect(inOrder).toBe(true);
    expect(taken).toBe(6_000);
  });

  it("gives events of one time in the order of their scheduling, thousands of them", () => {
    const events = new EventList();
    const entries = Array.from({ length: 20_000 }, () => plan(events, 1000));
    expect(takeAll(events)).toEqual(entries);
    expect(now(events)).toBe(1000);
  });

  it("stops before the limit, leaves the clock, and goes on from there", () => {
    const events = new EventList();
    const early = plan(events, 5);
    const late = plan(events, 10);
    events.setLimit(10);
    expect([events.take(), events.take(), events.take()]).toEqual([early, NONE, NONE]);
    expect(now(events)).toBe(5);
    const between = plan(events, 7);
    events.setLimit(10.5);
    expect([events.take(), events.take(), events.take()]).toEqual([between, late, NONE]);
  });

  it("knows what is pending, and of which kind", () => {
    const events = new EventList();
    const entry = events.allocate();
    expect(events.isPending(entry)).toBe(false);
    events.time[entry] = 1;
    events.schedule(entry, 7);
    expect([events.isPending(entry), events.kindOf(entry), events.pendingCount]).toEqual([true, 7, 1]);
    takeAll(events);
    expect([events.isPending(entry), events.kindOf(entry), events.pendingCount]).toEqual([false, 7, 0]);
  });

  it("forgets a cancelled event, which can be scheduled again", () => {
    const events = new EventList();
    const [first, second, third] = [plan(events, 1), plan(events, 2), plan(events, 3)];
    events.cancel(second);
    expect(events.isPending(second)).toBe(false);
    events.time[second] = 0.5;
    events.schedule(second, 0);
    expect(takeAll(events)).toEqual([second, first, third]);
  });

  it("puts an event with a reserved place before those that were scheduled for the same time since", () => {
    const events = new EventList();
    const before = plan(events, 10);
    const reserved = events.allocate();
    events.reserveSequence(events.sequence, reserved);
    const after = plan(events, 10);
    events.time[reserved] = 10;
    events.insert(reserved, 0);
    expect(takeAll(events)).toEqual([before, reserved, after]);
  });

  it("uses released entries again, and grows when they run out", () => {
    const events = new EventList(4);
    const capacities: number[] = [];
    events.onGrow((capacity) => capacities.push(capacity));
    const entries = Array.from({ length: 4 }, () => events.allocate());
    expect(new Set(entries).size).toBe(4);
    events.release(entries[2] ?? NONE);
    expect(events.allocate()).toBe(entries[2]);
    expect(capacities).toEqual([4]);
    expect(entries).not.toContain(events.allocate());
    expect(events.capacity).toBeGreaterThanOrEqual(5);
    expect(capacities).toEqual([4, events.capacity]);
  });

  it("keeps what is pending when it grows", () => {
    const events = new EventList(2);
    const entries = Array.from({ length: 5000 }, (_, i) => plan(events, 5000 - i));
    expect(takeAll(events)).toEqual(entries.reverse());
  });

  it("gives nothing when there is nothing", () => {
    const events = new EventList();
    events.adapt(0);
    events.setLimit(Number.POSITIVE_INFINITY);
    expect(events.take()).toBe(NONE);
    expect(now(events)).toBe(0);
  });
});

/** What a random test does: delays are multiples of a scale, so that the same times come again and again. */
type Command =
  | { readonly do: "schedule"; readonly delay: number; readonly count: number }
  | { readonly do: "reserve"; readonly delay: number }
  | { readonly do: "insert" }
  | { readonly do: "take"; readonly count: number }
  | { readonly do: "takeUntil"; readonly delay: number }
  | { readonly do: "cancel"; readonly pick: number }
  | { readonly do: "adapt"; readonly taken: number };

const delay = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 0.25, 1, 1, 2, 3.75) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e-12, 1e-6, 1e4, 1e7, 1e12) },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("schedule" as const), delay, count: fc.constant(1) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("schedule" as const),
      delay,
      count: fc.integer({ min: 2, max: 150 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reserve" as const), delay }) },
  { weight: 1, arbitrary: fc.constant({ do: "insert" as const }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant("take" as const), count: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("takeUntil" as const), delay }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cancel" as const), pick: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("adapt" as const), taken: fc.integer({ min: 0, max: 5000 }) }),
  },
);

/** Runs the commands on the event list and on its slow twin, and compares whatever comes out of them. */
function compare(commands: readonly Command[], scale: number, capacity: number): void {
  const events = new EventList(capacity);
  const twin = new PlannedList<number>();
  const reserved: { entry: number; order: number; delay: number }[] = [];
  const atMs = (delayed: number): number => now(events) + delayed * scale;
  const takeOne = (limit: number): boolean => {
    const expected = twin.take(limit);
    const entry = events.take();
    expect(entry).toBe(expected?.what ?? NONE);
    expect(now(events)).toBe(twin.nowMs);
    if (entry === NONE) return false;
    events.release(entry);
    return true;
  };
  for (const step of commands) {
    switch (step.do) {
      case "schedule":
        for (let i = 0; i < step.count; i += 1) {
          const time = atMs(step.delay);
          twin.plan(time, plan(events, time));
        }
        break;
      case "reserve": {
        const entry = events.allocate();
        events.reserveSequence(events.sequence, entry);
        reserved.push({ entry, order: twin.reserve(), delay: step.delay });
        break;
      }
      case "insert": {
        const next = reserved.pop();
        if (next === undefined) break;
        events.time[next.entry] = atMs(next.delay);
        events.insert(next.entry, 0);
        twin.plan(atMs(next.delay), next.entry, next.order);
        break;
      }
      case "take":
        events.setLimit(Number.POSITIVE_INFINITY);
        for (let i = 0; i < step.count; i += 1) takeOne(Number.POSITIVE_INFINITY);
        break;
      case "takeUntil": {
        const limit = atMs(step.delay);
        events.setLimit(limit);
        while (takeOne(limit));
        break;
      }
      case "cancel": {
        const pending = twin.inOrder();
        const chosen = pending[step.pick % Math.max(1, pending.length)];
        if (chosen === undefined) break;
        events.cancel(chosen.what);
        events.release(chosen.what);
        twin.cancel((entry) => entry === chosen.what);
        break;
      }
      case "adapt":
        events.adapt(step.taken);
        break;
    }
    expect(events.pendingCount).toBe(twin.size);
  }
  expect(takeAll(events)).toEqual(twin.inOrder().map((planned) => planned.what));
}

describe("the event list beside an array that is searched", () => {
  it.each([1e-3, 1, 1000, 1e9])("does the same, whatever happens, with times near %f ms", (scale) => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 150 }), (commands) => compare(commands, scale, 8)),
      SETTINGS,
    );
  });

  it("does the same when the scale of time changes under it", () => {
    const scales = [1e-6, 1e-3, 1, 1e3, 1e6, 1e9];
    const events = new EventList(16);
    const twin = new PlannedList<number>();
    const taken: [number, number][] = [];
    const expected: [number, number][] = [];
    let state = 12345;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return (state >>> 0) / 2 ** 32;
    };
    for (const scale of [...scales, ...scales.reverse(), ...scales]) {
      for (let round = 0; round < 400; round += 1) {
        const time =
          now(events) + (random() < 0.3 ? Math.floor(random() * 3) : -Math.log(1 - random())) * scale;
        twin.plan(time, plan(events, time));
        events.setLimit(Number.POSITIVE_INFINITY);
        if (twin.size > 60) {
          const entry = events.take();
          taken.push([entry, now(events)]);
          expected.push([twin.take()?.what ?? NONE, twin.nowMs]);
          events.release(entry);
        }
        if (random() < 0.01) events.adapt(100);
      }
    }
    expect(taken).toEqual(expected);
    expect(takeAll(events)).toEqual(twin.inOrder().map((planned) => planned.what));
  });
});

describe("a crowd of events", () => {
  /** Plans events at the times, in the order given, and expects them back sorted, those of one time in the order of scheduling. */
  function expectSorted(times: readonly number[]): void {
    const events = new EventList();
    const entries = times.map((time) => plan(events, time));
    const order = [...entries.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    const taken: number[] = [];
    events.setLimit(Number.POSITIVE_INFINITY);
    for (let entry = events.take(); entry !== NONE; entry = events.take()) {
      taken.push(entry);
      if (taken.length % 4096 === 0) events.adapt(4096);
    }
    expect(taken).toEqual(order.map((at) => entries[at]));
  }

  it("at a few instants, scheduled in turn", () => {
    expectSorted(Array.from({ length: 30_000 }, (_, i) => [5, 1, 5, 3, 1][i % 5] ?? 0));
  });

  it("at instants that differ by a rounding error", () => {
    expectSorted(Array.from({ length: 12_000 }, (_, i) => 1000 + (i % 7) * 2 ** -43));
  });

  it("evenly over a wide time, scheduled backwards", () => {
    expectSorted(Array.from({ length: 30_000 }, (_, i) => (30_000 - i) * 12.5));
  });

  it("half of it now and half of it in a week", () => {
    expectSorted(Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? i * 1e-3 : 6e8 + i)));
  });

  it("with times over all magnitudes", () => {
    expectSorted(Array.from({ length: 12_000 }, (_, i) => 10 ** (((i * 0.618033988749895) % 1) * 24 - 12)));
  });
});
