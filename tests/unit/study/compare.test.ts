import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import type { CompareAnswer, ComparedRow } from "../../../src/study/answer-types";
import { compare } from "../../../src/study/compare";
import type { CompareQuestion, MeasureName } from "../../../src/study/question-types";
import { HeldSimulator, station, watching } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";

const nobody = (): void => undefined;

function question(replications: number, ...others: readonly Record<string, unknown>[]): CompareQuestion {
  return {
    kind: "compare",
    others: others.map((changes, index) => ({ name: `other ${index + 1}`, changes })),
    replications,
  };
}

async function compared(
  base: Scenario,
  replications: number,
  ...others: readonly Record<string, unknown>[]
): Promise<CompareAnswer> {
  return compare(question(replications, ...others), base, localSimulator(), nobody);
}

function rowOf({ rows }: CompareAnswer, measure: MeasureName): ComparedRow {
  const row = rows.find((one) => one.measure === measure);
  if (row === undefined) throw new Error(`no ${measure}`);
  return row;
}

/** Half the interval that two figures' own intervals give for their difference, were they not pairs. */
function halfApart({ values }: ComparedRow): number {
  const halves = values.map(({ ci95 }) => ((ci95?.[1] ?? 0) - (ci95?.[0] ?? 0)) / 2);
  return Math.hypot(...halves);
}

describe("scenarios side by side", () => {
  it("have a column each: the first as it is, the others with what differs in them", async () => {
    const base = station({});
    const { columns, rows, replications, isComplete } = await compared(
      base,
      2,
      { "fleets.web.threads": 5 },
      { "fleets.web.threads": 6, "fleets.web.dynos": 2 },
    );
    expect(columns.map(({ name, changes }) => [name, changes])).toEqual([
      ["This scenario", []],
      ["other 1", [{ path: "fleets.web.threads", value: 5 }]],
      [
        "other 2",
        [
          { path: "fleets.web.threads", value: 6 },
          { path: "fleets.web.dynos", value: 2 },
        ],
      ],
    ]);
    expect(columns[0]?.scenario).toEqual(base);
    expect(columns.map(({ scenario }) => scenario.fleets[0]?.threads)).toEqual([4, 5, 6]);
    expect(columns.map(({ summary }) => summary?.figures.replications)).toEqual([2, 2, 2]);
    for (const { values, differences } of rows) {
      expect(values).toHaveLength(3);
      expect(differences[0]).toBeNull();
      expect(differences[1]).not.toBeNull();
    }
    expect([replications, isComplete]).toEqual([2, true]);
  });

  it("call the first by its name, where it has one", async () => {
    const { columns } = await compared({ ...station({}), name: "Monday" }, 2, {});
    expect(columns[0]?.name).toBe("Monday");
  });

  it("that are equal are the same to the last bit", async () => {
    const { rows, columns } = await compared(station({}), 4, {}, { "fleets.web.threads": 4 });
    for (const { differences } of rows)
      for (const difference of differences.slice(1))
        expect(difference).toEqual({ mean: 0, half: 0, verdict: "same" });
    expect(columns[1]?.summary?.series).toEqual(columns[0]?.summary?.series);
  });

  it("have the same requests: what only differs in threads is sent the same", async () => {
    const { columns } = await compared(station({}), 2, { "fleets.web.threads": 40 });
    const [one, other] = columns;
    expect(other?.summary?.series.sent).toEqual(one?.summary?.series.sent);
  });

  it("ask what simulates once, the first replication of all before the second of any", async () => {
    const simulator = new HeldSimulator();
    const done = compare(question(3, { "fleets.web.threads": 5 }), station({}), simulator, nobody);
    await simulator.releaseAll();
    simulator.end();
    await done;
    expect(simulator.asked).toHaveLength(1);
    expect(simulator.asked[0]?.map(({ replication }) => replication)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(new Set(simulator.asked[0]?.map(({ detail }) => detail))).toEqual(new Set(["series"]));
  });
});

describe("a difference", () => {
  it("that is there is shown, with a narrower interval than that of two figures apart", async () => {
    const mean = rowOf(await compared(station({ threads: 3 }), 8, { "fleets.web.threads": 4 }), "mean");
    const difference = mean.differences[1];
    expect(difference?.verdict).toBe("lower");
    expect(difference?.mean).toBeCloseTo((mean.values[1]?.mean ?? 0) - (mean.values[0]?.mean ?? 0), 9);
    expect((difference?.mean ?? 0) + (difference?.half ?? 0)).toBeLessThan(0);
    expect(difference?.half).toBeLessThan(0.9 * halfApart(mean));
  });

  it("has its sign from the first: what is lower one way is higher the other", async () => {
    const there = rowOf(await compared(station({ threads: 3 }), 8, { "fleets.web.threads": 4 }), "mean");
    const back = rowOf(await compared(station({ threads: 4 }), 8, { "fleets.web.threads": 3 }), "mean");
    expect(there.differences[1]?.verdict).toBe("lower");
    expect(back.differences[1]?.verdict).toBe("higher");
    expect(back.differences[1]?.mean).toBeCloseTo(-(there.differences[1]?.mean ?? 0), 9);
    expect(back.differences[1]?.half).toBeCloseTo(there.differences[1]?.half ?? 0, 9);
  });

  it("cannot be shown by a few noisy pairs, and can by many", async () => {
    // A sixth thread is seldom needed, and how often differs from replication to replication.
    const base = station({ threads: 5, run: { durationS: 7, warmupS: 2 } });
    const sixth = { "fleets.web.threads": 6 };
    const few = rowOf(await compared(base, 2, sixth), "mean").differences[1];
    expect(few?.verdict).toBe("unknown");
    expect(few?.half).toBeGreaterThan(Math.abs(few?.mean ?? 0));
    expect(rowOf(await compared(base, 40, sixth), "mean").differences[1]?.verdict).toBe("lower");
  });

  it("is unknown where one of the two was not measured", async () => {
    const row = rowOf(await compared(station({}), 2, { "edge.timeoutMs": 0.001 }), "p95");
    expect(row.values[1]?.mean).toBeNull();
    expect(row.differences[1]).toEqual({ mean: null, half: null, verdict: "unknown" });
  });

  it("of money alone is exact: nothing else in a pair differs", async () => {
    const price = (monthlyUsd: number) => ({
      "fleets.web.dynoType": { vcpus: 1, memoryMb: 1e9, monthlyUsd },
    });
    const answer = await compared(station({}), 4, price(30));
    expect(rowOf(answer, "monthlyUsd").differences[1]).toEqual({ mean: 30, half: 0, verdict: "higher" });
    expect(rowOf(answer, "p95").differences[1]?.verdict).toBe("same");
  });
});

describe("while it is under way", () => {
  it("what is known of whole replications is told, whichever came first", async () => {
    const simulator = new HeldSimulator();
    const { onMore, seen } = watching();
    const done = compare(question(2, { "fleets.web.threads": 5 }), station({}), simulator, onMore);
    // The second of the other, then its first; then those of this scenario.
    await simulator.release(3, 1, 0, 2);
    simulator.end();
    const answer = await done;
    const told = seen.map((one) => (one.kind === "compare" ? one : null));
    expect(told.map((one) => one?.columns.map(({ summary }) => summary?.figures.replications ?? 0))).toEqual([
      [0, 0],
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
    expect(told.map((one) => one?.replications)).toEqual([0, 0, 1, 2]);
    expect(told.map((one) => one?.progress.done)).toEqual([1, 2, 3, 4]);
    expect(told.every((one) => one?.progress.wanted === 4 && !one.isComplete)).toBe(true);
    expect(told[1]?.rows[0]?.differences[1]).toEqual({ mean: null, half: null, verdict: "unknown" });
    expect({ ...told.at(-1), isComplete: true }).toEqual(answer);
  });

  it("fails as what simulates does", async () => {
    const simulator = new HeldSimulator();
    const done = compare(question(2, {}), station({}), simulator, nobody);
    simulator.end(new Error("no memory"));
    await expect(done).rejects.toThrow("no memory");
  });
});
