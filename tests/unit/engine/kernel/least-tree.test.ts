import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LeastTree } from "../../../../src/engine/kernel/least-tree";
import { CounterRow } from "../../../support/slow-twins";

describe("a tree of counters", () => {
  it("names nobody while all are out", () => {
    expect(new LeastTree(3).firstLeastFrom(0)).toBe(-1);
    expect(new LeastTree(1).firstLeastFrom(0)).toBe(-1);
  });

  it("names the least, wherever the turn is", () => {
    const tree = new LeastTree(4);
    for (const [member, count] of [5, 3, 2, 4].entries()) tree.set(member, count);
    expect([0, 1, 2, 3, 4].map((turn) => tree.firstLeastFrom(turn))).toEqual([2, 2, 2, 2, 2]);
  });

  it("takes equals in turn, and begins anew behind the last", () => {
    const tree = new LeastTree(5);
    for (let member = 0; member < 5; member += 1) tree.set(member, 1);
    const named: number[] = [];
    for (let turn = 0; named.length < 12; turn = (named.at(-1) ?? 0) + 1)
      named.push(tree.firstLeastFrom(turn));
    expect(named).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1]);
  });

  it("does not name who was taken out", () => {
    const tree = new LeastTree(2);
    tree.set(0, 1);
    tree.set(1, 9);
    tree.set(0, LeastTree.OUT);
    expect(tree.firstLeastFrom(0)).toBe(1);
    tree.set(1, LeastTree.OUT);
    expect(tree.firstLeastFrom(1)).toBe(-1);
  });

  it("keeps its counters when it grows, and the new ones are out", () => {
    const tree = new LeastTree(2);
    tree.set(0, 4);
    tree.set(1, 3);
    tree.grow(9);
    expect(tree.firstLeastFrom(5)).toBe(1);
    tree.set(8, 2);
    expect(tree.firstLeastFrom(0)).toBe(8);
  });
});

const command = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("set" as const),
      pick: fc.nat(),
      count: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 1_000_000 }), fc.constant(LeastTree.OUT)),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("find" as const), pick: fc.nat(), count: fc.constant(0) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("grow" as const),
      pick: fc.nat({ max: 40 }),
      count: fc.constant(0),
    }),
  },
);

describe("a tree of counters beside a row of them", () => {
  it("names the same, whatever happens", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 33 }),
        fc.array(command, { maxLength: 200 }),
        (members, commands) => {
          const tree = new LeastTree(members);
          const twin = new CounterRow(members);
          for (const { do: what, pick, count } of commands) {
            const member = pick % twin.members;
            if (what === "set") {
              tree.set(member, count);
              twin.set(member, count === LeastTree.OUT ? Number.POSITIVE_INFINITY : count);
            } else if (what === "grow") {
              tree.grow(pick);
              twin.grow(pick);
            } else {
              // A turn may stand just behind the last member.
              const turn = pick % (twin.members + 1);
              expect(tree.firstLeastFrom(turn)).toBe(twin.firstLeastFrom(turn));
            }
          }
          for (let turn = 0; turn <= twin.members; turn += 1)
            expect(tree.firstLeastFrom(turn)).toBe(twin.firstLeastFrom(turn));
        },
      ),
      { seed: 20_260_804, numRuns: 500 },
    );
  });
});
