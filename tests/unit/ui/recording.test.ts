import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Step } from "../../../src/scenario/types";
import {
  guessCurveColumns,
  guessRequestColumns,
  numberColumns,
} from "../../../src/ui/scenario/recording/guess-columns";
import { readCurve, readRequests } from "../../../src/ui/scenario/recording/read-recording";
import { readNumber, readTable } from "../../../src/ui/scenario/recording/text-table";
import { guessTimeUnit, readTime } from "../../../src/ui/scenario/recording/time-units";

/** As a reader who changes nothing gets it. */
function readGuessed(text: string, steps: readonly Step["kind"][] = ["query", "wait"]) {
  const table = readTable(text);
  return readRequests(table, guessRequestColumns(table, steps));
}

describe("a file of values", () => {
  it("is split by what separates it, with the names of its columns", () => {
    for (const separator of [",", ";", "\t"]) {
      const text = `${["at ms", "query", "wait"].join(separator)}\n${["1", "2", "3"].join(separator)}`;
      expect(readTable(text)).toEqual({
        columns: ["at ms", "query", "wait"],
        rows: [{ line: 2, cells: ["1", "2", "3"] }],
      });
    }
  });

  it("makes up names where the first line is data", () => {
    expect(readTable("1,2\n3,4").columns).toEqual(["Column 1", "Column 2"]);
    expect(readTable("2026-11-21T09:00:00Z,4\n").rows).toHaveLength(1);
  });

  it("counts lines as an editor does: blank ones, Windows' ends and quoted breaks included", () => {
    const lines = (text: string) => readTable(text).rows.map(({ line }) => line);
    expect(lines("a,b\r\n1,2\r\n\r\n3,4\r\n")).toEqual([2, 4]);
    expect(lines('1,"two\nlines"\n3,4')).toEqual([1, 3]);
    expect(lines("\uFEFFa,b\n1,2")).toEqual([2]);
  });

  it("reads numbers with a decimal comma, and nothing that is none", () => {
    expect(["12.5", " 1e3 ", "12,5", "-4"].map(readNumber)).toEqual([12.5, 1000, 12.5, -4]);
    expect(["", "a", "1.2.3", "Infinity", "NaN", "1,2,3"].map(readNumber)).toEqual(Array(6).fill(null));
  });
});

describe("times", () => {
  it("are numbers of milliseconds or seconds, or dates, taken as UTC without a zone", () => {
    expect(readTime("12.5", "ms")).toBe(12.5);
    expect(readTime("12.5", "s")).toBe(12_500);
    const noon = Date.UTC(2026, 10, 21, 12);
    expect(readTime("2026-11-21T12:00:00Z", "date")).toBe(noon);
    expect(readTime("2026-11-21 12:00:00.250", "date")).toBe(noon + 250);
    expect(readTime("2026-11-21T14:00:00+02:00", "date")).toBe(noon);
    expect(readTime("2026-11-21 12:00", "date")).toBe(noon);
    expect(readTime("21/11/2026", "date")).toBeNull();
  });

  it.each([
    ["at_ms\n1\n", "ms"],
    ["time (s)\n1\n", "s"],
    ["atMs\n1\n", "ms"],
    ["t\n1795251600.5\n", "s"],
    ["t\n1795251600500\n", "ms"],
    ["t\n0.013\n12.4\n", "s"],
    ["t\n13\n12400\n", "ms"],
    ["t\n2026-11-21T09:00:00Z\n", "date"],
  ])("%j are guessed as %s", (text, unit) => {
    expect(guessTimeUnit(readTable(text), 0)).toBe(unit);
  });
});

describe("recorded requests", () => {
  it("begin at 0 with the first, in order of time", () => {
    const { items, badCount } = readGuessed("at_ms,query_ms,wait_ms\n131,500,512.9\n112.5,500,480.2\n");
    expect(items).toEqual([
      [0, [500, 480.2]],
      [18.5, [500, 512.9]],
    ]);
    expect(badCount).toBe(0);
  });

  it("are read from dates and seconds", () => {
    const { items } = readGuessed(
      "time;query s;wait s\n2026-11-21T09:00:00.000Z;0,5;0,25\n2026-11-21T09:00:01.500Z;0,5;1\n",
    );
    expect(items).toEqual([
      [0, [500, 250]],
      [1500, [500, 1000]],
    ]);
  });

  it("take no time in a step without a column, and need no other columns", () => {
    const table = readTable("id,at_ms,query\nx1,0,12\nx2,5,13\n");
    const columns = guessRequestColumns(table, ["query", "wait"]);
    expect(columns).toMatchObject({ time: 1, durations: [2, null] });
    expect(readRequests(table, columns).items).toEqual([
      [0, [12, 0]],
      [5, [13, 0]],
    ]);
  });

  it("are read by the names of the columns, whatever their order, and with units behind the numbers", () => {
    const table = readTable("view,status,db_time,timestamp\n40ms,OK,311ms,100\n50ms,OK,1.2s,200\n");
    const columns = guessRequestColumns(table, ["query", "cpu", "query", "wait"]);
    expect(columns).toMatchObject({ time: 3, durations: [2, 0, null, null], durationUnit: "ms" });
    expect(numberColumns(table)).toEqual([0, 2, 3]);
    expect(readRequests(table, columns).items).toEqual([
      [0, [311, 40, 0, 0]],
      [100, [1200, 50, 0, 0]],
    ]);
  });

  it("leave out bad lines and name each, the first twenty", () => {
    const { items, badLines, badCount } = readGuessed(
      "at_ms,query_ms,wait_ms\n1,2,3\nx,2,3\n\n2,-1,3\n3,4\n4,5,6\n",
    );
    expect(items).toHaveLength(2);
    expect(badCount).toBe(3);
    expect(badLines).toEqual([
      { line: 3, sentence: "Its time is “x”." },
      { line: 5, sentence: "The duration in “query_ms” is “-1”." },
      { line: 6, sentence: "The duration in “wait_ms” is nothing." },
    ]);
    const many = readGuessed(`at_ms,query_ms\n0,1\n${"1,1\n".repeat(40)}${"x,1\n".repeat(30)}`, ["query"]);
    expect(many.badCount).toBe(30);
    expect(many.badLines).toHaveLength(20);
  });

  it("end with what a scenario can name: later than 11 days is left out", () => {
    const { items, badLines } = readGuessed("at_ms,query_ms\n0,1\n1000000001,1\n", ["query"]);
    expect(items).toHaveLength(1);
    expect(badLines[0]?.line).toBe(3);
  });

  it("are a workload that the document takes as it is", () => {
    const { items } = readGuessed("at_ms,query_ms,wait_ms\n5,2,3\n6,2,3\n");
    const result = readScenario({ schema: 1, workloads: [{ name: "log", kind: "replay", requests: items }] });
    expect(result.ok).toBe(true);
    expect(result.scenario.workloads[0]).toMatchObject({ requests: items });
  });
});

describe("a measured curve", () => {
  it("is seconds and requests a second, from 0 on", () => {
    const table = readTable(
      "time,requests per minute\n2026-11-21T09:05:00Z,6000\n2026-11-21T09:00:00Z,4500\n",
    );
    const columns = guessCurveColumns(table);
    expect(columns).toMatchObject({ time: 0, timeUnit: "date", rate: 1, ratePerS: 60 });
    expect(readCurve(table, columns).items).toEqual([
      [0, 75],
      [300, 100],
    ]);
  });

  it("says how many points are too many", () => {
    const text = Array.from({ length: 20_005 }, (_, second) => `${second},10`).join("\n");
    const { items, beyond } = readCurve(readTable(text), { time: 0, timeUnit: "s", rate: 1, ratePerS: 1 });
    expect(items).toHaveLength(20_000);
    expect(beyond).toBe(5);
    const result = readScenario({ schema: 1, workloads: [{ kind: "open", trace: items }] });
    expect(result.ok).toBe(true);
  });
});
