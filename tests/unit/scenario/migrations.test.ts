import { describe, expect, it } from "vitest";
import {
  CURRENT_SCHEMA,
  MIGRATIONS,
  type Migration,
  migrate,
  schemaAfter,
} from "../../../src/scenario/migrations";
import { readScenario } from "../../../src/scenario/read-scenario";

/**
 * A document of each older schema, by the version of the migration that takes it further. A migration without one
 * fails the test below, so that none is ever released untried.
 */
const DOCUMENTS: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {};

describe("the migrations", () => {
  it("lead from schema 1 to the current one without a gap", () => {
    expect(MIGRATIONS.map((migration) => migration.version)).toEqual(MIGRATIONS.map((_, index) => index + 2));
    expect(CURRENT_SCHEMA).toBe(1 + MIGRATIONS.length);
    expect(new Set(MIGRATIONS.map((migration) => migration.title)).size).toBe(MIGRATIONS.length);
  });

  it("are each tried on a document that they change", () => {
    for (const { version, up } of MIGRATIONS) {
      const document = DOCUMENTS[version];
      expect(document, `a document for migration ${version}`).toBeDefined();
      if (document === undefined) continue;
      expect(up(document)).not.toEqual(document);
      expect(readScenario(document).ok).toBe(true);
    }
  });
});

describe("migrating", () => {
  const steps: readonly Migration[] = [
    { version: 2, title: "a becomes b", up: ({ a, ...rest }) => ({ ...rest, b: a }) },
    { version: 3, title: "b is doubled", up: ({ b, ...rest }) => ({ ...rest, b: Number(b) * 2 }) },
  ];

  it("takes every step that a document has not seen", () => {
    expect(schemaAfter(steps)).toBe(3);
    expect(migrate({ schema: 1, a: 4 }, steps)).toEqual({ schema: 3, b: 8 });
    expect(migrate({ schema: 2, b: 4 }, steps)).toEqual({ schema: 3, b: 8 });
    expect(migrate({ schema: 3, b: 4 }, steps)).toEqual({ schema: 3, b: 4 });
  });

  it.each([[null], [[]], ["x"], [{}], [{ schema: "1" }], [{ schema: 0.5 }], [{ schema: -1 }]])(
    "leaves alone what names no older schema: %j",
    (document) => {
      expect(migrate(document, steps)).toBe(document);
    },
  );
});
