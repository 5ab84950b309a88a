import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fetchPresets } from "../../src/scenario/known-presets";
import { findPreset, PRESETS } from "../../src/scenario/presets";
import { entriesWithoutEffect, readScenario } from "../../src/scenario/read-scenario";
import { readHash, withQuestion, writeCompactHash, writeHash } from "../../src/share/link";
import { formatValue, parseValue } from "../../src/share/value-text";
import { anyScenario } from "../support/arbitrary-scenario";

const SETTINGS = { seed: 20_210_206, numRuns: 200 };
// A link leans only on a preset that is there.
await fetchPresets();
const presetIds = fc.constantFrom(...PRESETS.map((preset) => preset.id));

describe("every scenario", () => {
  it("comes back from its readable link to the letter, whatever preset the link leans on", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, presetIds, async (scenario, baseId) => {
        const content = await readHash(writeHash(baseId, scenario));
        // Entries after the end of the run come back too, and are named.
        const problems = entriesWithoutEffect(scenario, findPreset(baseId)?.scenario);
        expect(content).toEqual({ baseId, scenario, problems });
        expect(JSON.stringify(content.scenario)).toBe(JSON.stringify(scenario));
      }),
      SETTINGS,
    );
  });

  it("comes back when a browser or a chat tool has percent-encoded what it does not like", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, presetIds, async (scenario, baseId) => {
        const address = new URL(writeHash(baseId, scenario), "https://example.test/");
        const pasted = address.hash.replace(/[()",:|^`]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
        expect((await readHash(address.hash)).scenario).toEqual(scenario);
        expect((await readHash(pasted)).scenario).toEqual(scenario);
      }),
      SETTINGS,
    );
  });

  it("comes back from its compact link to the letter", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, async (scenario) => {
        const hash = await writeCompactHash(scenario);
        expect(hash).toMatch(/^#s=1\.[\w-]+$/);
        const content = await readHash(hash);
        expect(content).toEqual({ baseId: "default", scenario, problems: entriesWithoutEffect(scenario) });
        expect(JSON.stringify(content.scenario)).toBe(JSON.stringify(scenario));
      }),
      SETTINGS,
    );
  });
});

describe("every question about a scenario", () => {
  const questions = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string({ unit: "grapheme", minLength: 1 }),
  );

  it("comes back from both forms of its link to the letter, beside its scenario", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, presetIds, questions, async (scenario, baseId, question) => {
        for (const hash of [writeHash(baseId, scenario), await writeCompactHash(scenario)]) {
          const asking = withQuestion(hash, question);
          expect(asking).toMatch(/^#[\w.~%&=(),:@/-]*[\w)]$/);
          const alone = await readHash(hash);
          expect(await readHash(asking)).toEqual({ ...alone, question });
        }
      }),
      SETTINGS,
    );
  });
});

describe("links of plain characters", () => {
  it("hold nothing that would end a link in a text, or start something in a page", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, presetIds, async (scenario, baseId) => {
        expect(writeHash(baseId, scenario)).toMatch(/^#[\w.~%&=(),:@/-]*[\w)]$/);
      }),
      SETTINGS,
    );
  });
});

describe("any text at all after the #", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "#",
      "&",
      "=",
      "%",
      "from=",
      "s=1.",
      "schema=2",
      "__proto__=",
      "constructor.prototype.x=1",
    ),
    fc.constantFrom(
      "fleets.web.dynos=",
      "fleets.0.",
      "workloads.hey.mix.__proto__=1",
      "timeline=",
      "%7B",
      "[[[[",
    ),
    fc.constantFrom(
      "from=default",
      "NaN",
      "1e999",
      "-1",
      "exponential(",
      "<script>",
      "%E0%A4%A",
      ".",
      "name=x",
    ),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  const hash = fc
    .array(piece, { maxLength: 12 })
    .chain((parts) => fc.constantFrom(parts.join(""), parts.join("&")));

  it("opens to a valid scenario, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(hash, async (text) => {
        const content = await readHash(text);
        expect(readScenario(content.scenario)).toEqual({ ok: true, scenario: content.scenario });
        expect(PRESETS.map((preset) => preset.id)).toContain(content.baseId);
        expect("x" in {}).toBe(false);
      }),
      { ...SETTINGS, numRuns: 1000 },
    );
  });
});

describe("every JSON value", () => {
  it("comes back from its text", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(parseValue(formatValue(plain))).toEqual(plain);
      }),
      { ...SETTINGS, numRuns: 1000 },
    );
  });

  it("comes back from its text where it is a text, however it looks", () => {
    const looksLikeMore = fc.constantFrom(
      "1",
      "-0.5e3",
      "true",
      "null",
      '"a"',
      "[1]",
      "{",
      "gamma(1,2)",
      "uniform()",
    );
    fc.assert(
      fc.property(fc.oneof(looksLikeMore, fc.string({ unit: "grapheme" })), (text) => {
        expect(parseValue(formatValue(text))).toBe(text);
      }),
      { ...SETTINGS, numRuns: 1000 },
    );
  });
});
