import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scenarioJsonSchema } from "../../../src/scenario/json-schema";

const FILE = new URL("../../../public/scenario.schema.json", import.meta.url);

describe("the published JSON schema", () => {
  it("says what the program reads (after a change: UPDATE_SCHEMA=1, then format, and look at the difference)", () => {
    const schema = JSON.parse(JSON.stringify(scenarioJsonSchema())) as unknown;
    if (process.env.UPDATE_SCHEMA !== undefined) writeFileSync(FILE, JSON.stringify(schema, null, 2));
    expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(schema);
  });
});
