import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../src/scenario/paths";
import { findPreset } from "../../../src/scenario/presets";
import { readScenario } from "../../../src/scenario/read-scenario";
import { MEASURE_NAMES, type Question } from "../../../src/study/question-types";
import { readQuestion } from "../../../src/study/read-question";

const BASE = readScenario({
  schema: 1,
  workloads: [{ name: "site", kind: "closed", clients: 50, thinkMs: { dist: "exponential", mean: 100 } }],
  fleets: [{ name: "web", dynos: 5, threads: 4 }],
}).scenario;

const dynos = (...values: unknown[]) => ({ path: "fleets.web.dynos", values });

function questionOf(input: unknown): Question {
  const { question, problems } = readQuestion(input, BASE);
  expect(problems).toEqual([]);
  if (question === null) throw new Error("no question");
  return question;
}

/** What is reported, as `path: sentence`. */
function reported(input: unknown): string[] {
  return readQuestion(input, BASE).problems.map(({ path, sentence }) => `${path}: ${sentence}`);
}

describe("a question with only what it must say", () => {
  it.each<[object, Question]>([
    [
      { kind: "compare", others: [{ changes: { "pooler.enabled": true } }, { name: "big", changes: {} }] },
      {
        kind: "compare",
        others: [
          { name: "B", changes: { "pooler.enabled": true } },
          { name: "big", changes: {} },
        ],
        replications: 8,
      },
    ],
    [{ kind: "capacity" }, { kind: "capacity", replications: 4, points: 16 }],
    [
      { kind: "sweep", axes: [dynos(1, 2)] },
      { kind: "sweep", axes: [{ path: "fleets.web.dynos", values: [1, 2] }], replications: 4 },
    ],
    [
      { kind: "cheapest", axes: [dynos(1, 2)] },
      { kind: "cheapest", axes: [{ path: "fleets.web.dynos", values: [1, 2] }], replications: 8 },
    ],
    [{ kind: "sensitivity" }, { kind: "sensitivity", of: "p95", by: 0.2, replications: 8 }],
    [{ kind: "precision" }, { kind: "precision", of: "p95", within: 0.02, most: 256 }],
  ])("has the usual in place of the rest: %j", (input, question) => {
    expect(questionOf(input)).toEqual(question);
  });
});

describe("an axis", () => {
  const axesOf = (...axes: object[]) => {
    const question = questionOf({ kind: "sweep", axes });
    return question.kind === "sweep" ? question.axes : [];
  };

  it("may have a range in place of values: whole numbers where the field is whole", () => {
    expect(axesOf({ path: "fleets.web.dynos", from: 1, to: 4, steps: 12 })[0]?.values).toEqual([1, 2, 3, 4]);
  });

  it("may have equal factors", () => {
    const range = { path: "endpoints.page.steps.0.ms", from: 1, to: 100, steps: 3, scale: "log" };
    expect(axesOf(range)[0]?.values).toEqual([1, 10, 100]);
  });

  it("may have words, truth values and null", () => {
    const [runtime, limit] = axesOf(
      { path: "fleets.web.runtime", values: ["gvl", "parallel"] },
      { path: "fleets.web.maxOutstandingPerDyno", values: [null, 5] },
    );
    expect(runtime?.values).toEqual(["gvl", "parallel"]);
    expect(limit?.values).toEqual([null, 5]);
  });

  it("calls things by their names, however the document does", () => {
    expect(axesOf({ path: "fleets.0.dynos", values: [1] })[0]?.path).toBe("fleets.web.dynos");
  });
});

describe("what is wrong", () => {
  it.each<[what: string, input: unknown, told: RegExp]>([
    ["nothing", undefined, /^: The document is null, but must be an object whose "kind"/],
    ["no object", [1], /^: The document is a list of 1/],
    ["no kind", {}, /^kind: kind is nothing, but must be one of: compare, capacity, sweep,/],
    ["an unknown kind", { kind: "guess" }, /^kind: kind is "guess"/],
    ["nothing to compare with", { kind: "compare" }, /^others: others has nothing to compare with/],
    [
      "too many to compare",
      { kind: "compare", others: [{}, {}, {}, {}] },
      /^others: others is a list of 4, .* 1 to 3/,
    ],
    [
      "changes that cannot be made",
      { kind: "compare", others: [{ changes: { "fleets.web.dinos": 3 } }] },
      /^others\.0\.changes\.fleets\.web\.dinos: In others\.0\.changes: There is no place fleets\.web\.dinos/,
    ],
    [
      "changes that are none",
      { kind: "compare", others: [{ changes: 3 }] },
      /^others\.0\.changes: .* must be an object/,
    ],
    ["no axis", { kind: "sweep" }, /^axes: axes has no axis that can be used/],
    [
      "three axes of a sweep",
      { kind: "sweep", axes: [dynos(1), dynos(1), dynos(1)] },
      /^axes: axes is a list of 3, .* 1 to 2/,
    ],
    [
      "an axis without values",
      { kind: "sweep", axes: [{ path: "fleets.web.dynos" }] },
      /^axes\.0\.values: .* must be there/,
    ],
    [
      "half a range",
      { kind: "sweep", axes: [{ path: "fleets.web.dynos", from: 1 }] },
      /^axes\.0\.to: .* must be there/,
    ],
    [
      "values and a range",
      { kind: "sweep", axes: [{ ...dynos(1), from: 1, to: 2 }] },
      /^axes\.0\.from: axes\.0\.from is 1, but must be absent, since values is given/,
    ],
    [
      "equal factors from nothing",
      { kind: "sweep", axes: [{ path: "fleets.web.dynos", from: 0, to: 2, scale: "log" }] },
      /^axes\.0\.from: .* above 0/,
    ],
    [
      "a path that leads nowhere",
      { kind: "sweep", axes: [{ path: "fleets.web.dinos", values: [1] }] },
      /^axes\.0\.path: In axes\.0\.path: There is no place fleets\.web\.dinos; fleets\.web has .*dynos/,
    ],
    ["no path", { kind: "sweep", axes: [{ path: "..", values: [1] }] }, /^axes\.0\.path: .*is not a path/],
    [
      "a path of many values",
      { kind: "sweep", axes: [{ path: "workloads.site.thinkMs", values: [1] }] },
      /^axes\.0\.path: .*workloads\.site\.thinkMs is not a single value\. It has dist, mean\./,
    ],
    [
      "an axis twice",
      { kind: "cheapest", axes: [dynos(1), { path: "fleets.0.dynos", values: [2] }] },
      /^axes\.1\.path: .* a path that no other axis has/,
    ],
    [
      "more values than can be",
      { kind: "sweep", axes: [dynos(...Array(201).keys())] },
      /^axes\.0\.values: .* 1 to 200/,
    ],
    ["an unknown field", { kind: "capacity", clients: 3 }, /^clients: There is no field clients/],
    [
      "an unknown field of an axis",
      { kind: "sweep", axes: [{ ...dynos(1), step: 3 }] },
      /^axes\.0\.step: There is no field/,
    ],
  ])("is told by its path: %s", (_what, input, told) => {
    expect(reported(input)[0]).toMatch(told);
  });

  it.each<[input: object, path: string, usual: number | string]>([
    [{ kind: "compare", others: [{}], replications: 1 }, "replications", 8],
    [{ kind: "capacity", replications: 1 }, "replications", 4],
    [{ kind: "capacity", points: 4 }, "points", 16],
    [{ kind: "capacity", points: 61 }, "points", 16],
    [{ kind: "sweep", axes: [dynos(1)], replications: 1001 }, "replications", 4],
    [{ kind: "sweep", axes: [dynos(1)], replications: 1.5 }, "replications", 4],
    [{ kind: "cheapest", axes: [dynos(1)], replications: 3 }, "replications", 8],
    [{ kind: "sensitivity", by: 0.001 }, "by", 0.2],
    [{ kind: "sensitivity", by: 1 }, "by", 0.2],
    [{ kind: "sensitivity", of: "luck" }, "of", "p95"],
    [{ kind: "precision", within: 0 }, "within", 0.02],
    [{ kind: "precision", within: 0.6 }, "within", 0.02],
    [{ kind: "precision", most: 3 }, "most", 256],
    [{ kind: "precision", most: 10_001 }, "most", 256],
  ])("is the usual instead where a number is out of range: %j", (input, path, usual) => {
    const { question, problems } = readQuestion(input, BASE);
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(question).toHaveProperty(path, usual);
  });

  it("is left out where it is a value that the scenario refuses, or has already", () => {
    const { question, problems } = readQuestion(
      { kind: "sweep", axes: [dynos(1, 1.5, -1, "many", {}, 2, 1)] },
      BASE,
    );
    expect(problems.map(({ path }) => path)).toEqual([1, 2, 3, 4, 6].map((at) => `axes.0.values.${at}`));
    expect(problems[1]?.sentence).toBe(
      "In axes.0.values.2: fleets.web.dynos is -1, but must be a whole number from 0 to 10,000.",
    );
    expect(question).toMatchObject({ axes: [{ values: [1, 2] }] });
  });

  it("leaves nothing to ask where no value is left", () => {
    const { question, problems } = readQuestion({ kind: "sweep", axes: [dynos(-1)] }, BASE);
    expect(question).toBeNull();
    expect(problems.map(({ path }) => path)).toEqual(["axes.0.values.0", "axes.0", "axes"]);
  });

  it("leaves out a scenario that cannot be as it is meant, and keeps the others", () => {
    const others = [
      { name: "bad", changes: { "fleets.web.dynos": -1, "pooler.enabled": true } },
      { name: "good", changes: { "fleets.web.dynos": 9 } },
    ];
    const { question } = readQuestion({ kind: "compare", others }, BASE);
    expect(question).toMatchObject({ others: [{ name: "good" }] });
  });

  it("leaves nothing to search where the configurations are too many", () => {
    const all = Array.from({ length: 60 }, (_, value) => value + 1);
    const axes = ["dynos", "threads", "processes"].map((field) => ({
      path: `fleets.web.${field}`,
      values: all,
    }));
    const { question, problems } = readQuestion({ kind: "cheapest", axes }, BASE);
    expect(question).toBeNull();
    expect(problems.at(-1)?.sentence).toBe(
      "axes has 216,000 configurations, but must have at most 100,000 configurations.",
    );
  });
});

const anyQuestion: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({
    kind: fc.constant("compare"),
    others: fc.array(
      fc.record({
        name: fc.string({ unit: "grapheme", maxLength: 20 }),
        changes: fc.record(
          { "fleets.web.dynos": fc.nat(100), "pooler.enabled": fc.boolean(), name: fc.constant("other") },
          { requiredKeys: [] },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    replications: fc.integer({ min: 2, max: 1000 }),
  }),
  fc.record({
    kind: fc.constantFrom("sweep", "cheapest"),
    axes: fc
      .uniqueArray(fc.constantFrom("fleets.web.dynos", "fleets.0.threads", "run.seed"), {
        minLength: 1,
        maxLength: 2,
      })
      .chain((paths) =>
        fc.tuple(
          ...paths.map((path) =>
            fc.oneof(
              fc.record({
                path: fc.constant(path),
                values: fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 9 }),
              }),
              fc.record({
                path: fc.constant(path),
                from: fc.integer({ min: 1, max: 50 }),
                to: fc.integer({ min: 1, max: 900 }),
                steps: fc.integer({ min: 2, max: 20 }),
                scale: fc.constantFrom("linear", "log"),
              }),
            ),
          ),
        ),
      ),
    replications: fc.integer({ min: 4, max: 1000 }),
  }),
  fc.record({ kind: fc.constant("capacity"), points: fc.integer({ min: 5, max: 60 }) }),
  fc.record({
    kind: fc.constant("sensitivity"),
    of: fc.constantFrom(...MEASURE_NAMES),
    by: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant("precision"),
    within: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
    most: fc.integer({ min: 4, max: 10_000 }),
  }),
);

describe("a question as JSON", () => {
  it("is read as the same question again, without a problem", () => {
    fc.assert(
      fc.property(anyQuestion, (input) => {
        const question = questionOf(input);
        expect(questionOf(JSON.parse(JSON.stringify(question)))).toEqual(question);
      }),
      { numRuns: 100 },
    );
  });

  it("may be anything at all, without reading ever failing", () => {
    const field = fc.constantFrom("axes", "others", "replications", "of", "by", "within", "most", "points");
    const hostile = fc.oneof(
      fc.anything(),
      fc
        .tuple(
          fc.constantFrom("compare", "sweep", "cheapest", "sensitivity", "capacity"),
          fc.dictionary(field, fc.jsonValue()),
        )
        .map(([kind, fields]) => ({ kind, ...fields })),
      fc
        .array(
          fc.record({
            path: fc.oneof(fc.string(), fc.constant("fleets.web.dynos")),
            values: fc.array(fc.jsonValue()),
          }),
        )
        .map((axes) => ({ kind: "sweep", axes })),
      fc.array(fc.record({ changes: fc.jsonValue() })).map((others) => ({ kind: "compare", others })),
    );
    fc.assert(
      fc.property(hostile, (input) => {
        const { question, problems } = readQuestion(input, BASE);
        if (question === null) expect(problems).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("asks only what the scenario can be: every value of every axis, and every scenario to compare with", () => {
    const base = findPreset("default")?.scenario ?? BASE;
    const { question } = readQuestion(
      { kind: "sweep", axes: [{ path: "run.warmupS", from: 0, to: 1000, steps: 9 }] },
      base,
    );
    if (question?.kind !== "sweep") throw new Error("no sweep");
    for (const { path, values } of question.axes)
      for (const value of values) expect(applyChanges(base, [{ path, value }]).ok).toBe(true);
    expect(question.axes[0]?.values.length).toBeLessThan(9);
  });
});
