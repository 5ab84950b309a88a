import { describe, expect, it } from "vitest";
import { packed } from "../../../../src/engine/record/packed";

const record = {
  count: 3,
  none: null,
  word: "drawn",
  bytes: Uint8Array.of(1, 2, 3),
  column: Float64Array.of(0.1, -0, Number.NaN, Infinity),
  rows: [{ pages: Int32Array.of(-1, 2) }, { pages: new Int32Array(0) }],
  counts: Uint32Array.of(0xffffffff),
};

describe("a packed record", () => {
  it("says the same", () => {
    expect(packed(record)).toEqual(record);
  });

  it("has all its columns in one block of memory, none over another", () => {
    const { bytes, column, counts, rows } = packed(record);
    const columns = [bytes, column, counts, ...rows.map(({ pages }) => pages)];
    expect(new Set(columns.map(({ buffer }) => buffer)).size).toBe(1);
    const filled = columns.filter(({ byteLength }) => byteLength > 0);
    filled.sort((one, other) => one.byteOffset - other.byteOffset);
    for (const [i, next] of filled.slice(1).entries())
      expect(next.byteOffset).toBeGreaterThanOrEqual(
        (filled[i]?.byteOffset ?? 0) + (filled[i]?.byteLength ?? 0),
      );
  });

  it("shares no memory with the record", () => {
    const copy = packed(record);
    copy.column[0] = 7;
    expect(record.column[0]).toBe(0.1);
  });

  it("holds a column once that stands in several places", () => {
    const column = Float64Array.of(1, 2);
    const { one, other } = packed({ one: column, other: column });
    expect(one.byteOffset).toBe(other.byteOffset);
    expect(one.buffer.byteLength).toBe(16);
  });

  it("takes no columns that it would read back as others", () => {
    expect(() => packed({ column: new Float32Array(2) })).toThrow(/another type/);
  });

  it("survives the way to another thread", () => {
    const copy = packed(record);
    const arrived = structuredClone(copy, { transfer: [copy.column.buffer] });
    expect(arrived).toEqual(record);
    expect(copy.column.byteLength).toBe(0);
  });
});
