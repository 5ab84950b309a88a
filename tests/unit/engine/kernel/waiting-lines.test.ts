import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventList, NONE } from "../../../../src/engine/kernel/event-list";
import { WaitingLines } from "../../../../src/engine/kernel/waiting-lines";
import { ArrayLines } from "../../../support/slow-twins";

describe("waiting lines", () => {
  it("serve whoever came first", () => {
    const lines = new WaitingLines(new EventList(), 1);
    for (const entry of [7, 3, 5]) lines.join(0, entry);
    expect(lines.length(0)).toBe(3);
    expect([0, 0, 0, 0].map((line) => lines.takeFirst(line))).toEqual([7, 3, 5, NONE]);
    expect(lines.length(0)).toBe(0);
  });

  it.each([
    ["front", 7, [3, 5]],
    ["middle", 3, [7, 5]],
    ["end", 5, [7, 3]],
  ])("can be left from the %s", (_place, leaver, rest) => {
    const lines = new WaitingLines(new EventList(), 1);
    for (const entry of [7, 3, 5]) lines.join(0, entry);
    lines.leave(0, leaver);
    lines.join(0, 9);
    expect([0, 0, 0, 0].map((line) => lines.takeFirst(line))).toEqual([...rest, 9, NONE]);
  });

  it("do not touch each other, and more can be added", () => {
    const lines = new WaitingLines(new EventList(), 2);
    lines.join(0, 1);
    lines.join(1, 2);
    lines.grow(4);
    expect(lines.takeFirst(3)).toBe(NONE);
    lines.join(3, 4);
    lines.join(0, 5);
    expect([0, 1, 2, 3].map((line) => lines.length(line))).toEqual([2, 1, 0, 1]);
    expect([0, 0, 1, 3].map((line) => lines.takeFirst(line))).toEqual([1, 5, 2, 4]);
  });

  it("hold entries that came when the event list had to grow", () => {
    const events = new EventList(2);
    const lines = new WaitingLines(events, 1);
    const entries = Array.from({ length: 500 }, () => events.allocate());
    for (const entry of entries) lines.join(0, entry);
    expect(entries.map(() => lines.takeFirst(0))).toEqual(entries);
  });
});

const command = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("join" as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("takeFirst" as const), pick: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("leave" as const), pick: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("grow" as const), pick: fc.integer({ min: 1, max: 8 }) }),
  },
);

describe("waiting lines beside arrays", () => {
  it("do the same, whatever happens", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.array(command, { maxLength: 200 }),
        (count, commands) => {
          const events = new EventList(4);
          const lines = new WaitingLines(events, count);
          const twin = new ArrayLines(count);
          for (const { do: what, pick } of commands) {
            const line = pick % twin.lines.length;
            if (what === "join") {
              const entry = events.allocate();
              lines.join(line, entry);
              twin.line(line).push(entry);
            } else if (what === "takeFirst") {
              const taken = lines.takeFirst(line);
              expect(taken).toBe(twin.line(line).shift() ?? NONE);
              if (taken !== NONE) events.release(taken);
            } else if (what === "leave") {
              const standing = twin.standing();
              const leaver = standing[pick % Math.max(1, standing.length)];
              if (leaver === undefined) continue;
              lines.leave(leaver.line, leaver.entry);
              twin.leave(leaver.line, leaver.entry);
              events.release(leaver.entry);
            } else {
              lines.grow(pick);
              twin.grow(pick);
            }
            expect(twin.lines.map((_, number) => lines.length(number))).toEqual(
              twin.lines.map((all) => all.length),
            );
          }
          expect(twin.lines.map((all, number) => all.map(() => lines.takeFirst(number)))).toEqual(twin.lines);
        },
      ),
      { seed: 20_260_804, numRuns: 300 },
    );
  });
});
