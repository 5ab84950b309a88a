import { describe, expect, it } from "vitest";
import {
  DATABASE_PLANS,
  DYNO_TYPES,
  findDatabasePlan,
  findDynoType,
  resolveDatabasePlan,
  resolveDynoType,
} from "../../../src/scenario/catalogue";

describe("every entry of the catalogue", () => {
  it.each([...DYNO_TYPES, ...DATABASE_PLANS].map((entry) => [entry.id, entry] as const))(
    "%s has a size, a price, a source and a date",
    (_id, entry) => {
      expect(entry.vcpus).toBeGreaterThan(0);
      expect(entry.memoryMb).toBeGreaterThan(0);
      expect(entry.monthlyUsd).toBeGreaterThan(0);
      expect(entry.title).not.toBe("");
      expect(entry.source.length).toBeGreaterThan(10);
      expect(entry.asOf).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
      expect(["documented", "reported", "assumed"]).toContain(entry.confidence);
      if ("connectionLimit" in entry) expect(entry.connectionLimit).toBeGreaterThan(0);
    },
  );

  it("has an id of its own", () => {
    expect(new Set(DYNO_TYPES.map((entry) => entry.id)).size).toBe(DYNO_TYPES.length);
    expect(new Set(DATABASE_PLANS.map((entry) => entry.id)).size).toBe(DATABASE_PLANS.length);
  });
});

describe("known sizes", () => {
  it.each([
    ["standard-1x", 0.25, 512, 25],
    ["standard-2x", 0.5, 1024, 50],
    ["performance-m", 2, 2560, 250],
    ["performance-l", 8, 14_336, 500],
    ["dyno-2c-4gb", 2, 4096, 150],
    ["private-m", 2, 2560, 450],
    ["fargate-1vcpu-2gb", 1, 2048, 36.04],
    ["m5.large", 2, 8192, 70.08],
  ])("%s", (id, vcpus, memoryMb, monthlyUsd) => {
    expect(resolveDynoType(id)).toMatchObject({ vcpus, memoryMb, monthlyUsd });
  });

  it.each([
    ["standard-0", 2, 4096, 50, 120],
    ["standard-2", 2, 8192, 200, 400],
    ["standard-3", 2, 15_616, 400, 500],
    ["premium-3", 2, 15_616, 750, 500],
    ["essential-2", 1, 1024, 20, 40],
    ["db.r5.large", 2, 16_384, 182.5, 1742],
    ["mysql.db.t2.medium", 2, 4096, 49.64, 341],
    ["aurora-mysql.db.r4.xlarge", 4, 31_232, 423.4, 2000],
    ["aurora-postgresql.db.r5.large", 2, 16_384, 211.7, 1600],
  ])("%s", (id, vcpus, memoryMb, monthlyUsd, connectionLimit) => {
    expect(resolveDatabasePlan(id)).toMatchObject({ vcpus, memoryMb, monthlyUsd, connectionLimit });
  });

  it("standard-0 refuses later than it advertises", () => {
    expect(resolveDatabasePlan("standard-0")).toMatchObject({
      connectionLimit: 120,
      enforcedConnectionLimit: 240,
      usableLimit: 240,
    });
    expect(resolveDatabasePlan("standard-2")).toMatchObject({
      enforcedConnectionLimit: null,
      usableLimit: 400,
    });
  });
});

describe("one's own sizes", () => {
  it("are taken as they are", () => {
    const own = { vcpus: 3, memoryMb: 500, monthlyUsd: 9 };
    expect(resolveDynoType(own)).toMatchObject(own);
    expect(resolveDatabasePlan({ ...own, connectionLimit: 7 })).toMatchObject({ ...own, usableLimit: 7 });
    expect(resolveDatabasePlan({ ...own, connectionLimit: 7, enforcedConnectionLimit: 4 }).usableLimit).toBe(
      4,
    );
  });

  it("are not in the catalogue, nor is what every object has", () => {
    expect(findDynoType("constructor")).toBeUndefined();
    expect(findDatabasePlan("__proto__")).toBeUndefined();
  });
});
