import { describe, expect, it } from "vitest";
import { findPreset } from "../../../src/scenario/presets";
import { findStepScenario } from "../../../src/scenario/stories";
import { readStudy, readStudyText } from "../../../src/study/read-study";
import { studyDocument } from "../../../src/study/study-file";

const question = { kind: "capacity", replications: 4, points: 16 };
const study = (base: unknown) => ({ headroomStudy: 1, base, question });

describe("a study's file", () => {
  it("may begin from a preset, with something else set", () => {
    const { study: read, problems } = readStudy(
      study({ preset: "carwow-pooling", set: { "fleets.web.dynos": 7 } }),
    );
    expect(problems).toEqual([]);
    expect(read?.question).toEqual(question);
    expect(read?.base.fleets[0]).toEqual({ ...findPreset("carwow-pooling")?.scenario.fleets[0], dynos: 7 });
  });

  it("may begin from a step of a story", () => {
    expect(readStudy(study({ preset: "heroku-pooling.a6" })).study?.base).toEqual(
      findStepScenario("heroku-pooling.a6"),
    );
  });

  it("may have a scenario of its own", () => {
    const { study: read, problems } = readStudy(
      study({ scenario: { name: "mine", fleets: [{ dynos: 3 }] } }),
    );
    expect(problems).toEqual([]);
    expect(read?.base).toMatchObject({ name: "mine", fleets: [{ name: "web", dynos: 3 }] });
  });

  it("is read as the same study when it is written", () => {
    const { study: read } = readStudy(study({ preset: "carwow-pooling" }));
    if (read === null) throw new Error("no study");
    expect(readStudyText(JSON.stringify(studyDocument(read)))).toEqual({ study: read, problems: [] });
  });

  it.each<[what: string, content: unknown, told: RegExp]>([
    ["no object", [], /^: The document is a list of 0, but must be a study/],
    ["no question", { headroomStudy: 1, base: {} }, /^: The document is .* a base and a question/],
    ["no version", { base: { preset: "default" }, question }, /^headroomStudy: headroomStudy is missing/],
    [
      "a newer version",
      { headroomStudy: 2, question },
      /^headroomStudy: This study is of version 2, .* newer/,
    ],
    ["no base", study(undefined), /^base: base is null, but must be an object with preset, scenario, set/],
    ["neither preset nor scenario", study({}), /^base\.preset: .* must be there/],
    ["both", study({ preset: "default", scenario: {} }), /^base\.scenario: .* absent, since preset is given/],
    ["an unknown preset", study({ preset: "nonsense" }), /^base\.preset: base\.preset is "nonsense"/],
    [
      "a wrong scenario",
      study({ scenario: { flets: [] } }),
      /^base\.scenario\.flets: In base\.scenario: There is no field/,
    ],
    [
      "a wrong setting",
      study({ preset: "default", set: { "fleets.web.dynos": -1 } }),
      /^base\.set\.fleets\.web\.dynos: In base\.set/,
    ],
    [
      "an entry of the timeline without effect",
      study({ scenario: { run: { durationS: 30 }, timeline: [{ atS: 31, do: "failover" }] } }),
      /^base\.timeline\.0\.atS: /,
    ],
    ["an unknown field", { ...study({ preset: "default" }), notes: "x" }, /^notes: There is no field notes/],
    [
      "a wrong question",
      { ...study({ preset: "default" }), question: { kind: "capacity", points: 1 } },
      /^question\.points: question\.points is 1, but must be a whole number from 5 to 60/,
    ],
  ])("is told by path what is wrong with it: %s", (_what, content, told) => {
    const [problem] = readStudy(content).problems;
    expect(`${problem?.path}: ${problem?.sentence}`).toMatch(told);
  });

  it("is told where it is not JSON", () => {
    expect(readStudyText("{ nonsense").problems[0]?.sentence).toMatch(/^The file is not JSON: /);
  });
});
