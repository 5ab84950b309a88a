import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { createPreferences, readPreferences, STANDARD_PREFERENCES } from "../../../src/store/preferences";
import { Stored } from "../../../src/store/stored";
import { FakeEnvironment } from "../../support/fake-environment";

const SCENARIO_KEY = "headroom.1.scenario";

function setUp() {
  const environment = new FakeEnvironment();
  return { environment, stored: new Stored(environment.storage) };
}

describe("what is kept over visits", () => {
  it("is read back as it was", () => {
    const { stored } = setUp();
    stored.write("scenario", { baseId: "any", scenario: DEFAULT_SCENARIO });
    expect(stored.readLastScenario()).toEqual({ baseId: "any", scenario: DEFAULT_SCENARIO, problems: [] });
    stored.write("baseline", DEFAULT_SCENARIO);
    expect(stored.readBaseline()).toEqual(DEFAULT_SCENARIO);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    "7",
    '"text"',
    "{}",
    '{"baseId":1,"scenario":{}}',
    '{"baseId":"a","scenario":[]}',
  ])("counts as nothing where it is %j", (text) => {
    const { environment, stored } = setUp();
    environment.kept.set(SCENARIO_KEY, text);
    environment.kept.set("headroom.1.baseline", text);
    expect(stored.readLastScenario()).toBeNull();
    expect(stored.readBaseline()).toBeNull();
  });

  it("gives what can be read of a damaged scenario, with the problems", () => {
    const { environment, stored } = setUp();
    const damaged = { ...DEFAULT_SCENARIO, run: { ...DEFAULT_SCENARIO.run, durationS: "long", seed: 7 } };
    environment.kept.set(SCENARIO_KEY, JSON.stringify({ baseId: "any", scenario: damaged }));
    const last = stored.readLastScenario();
    expect(last?.scenario.run.seed).toBe(7);
    expect(last?.problems.map((problem) => problem.path)).toEqual(["run.durationS"]);
  });

  it("breaks nothing where storage is forbidden or full", () => {
    const { environment, stored } = setUp();
    environment.refusesStorage = true;
    expect(stored.readLastScenario()).toBeNull();
    expect(stored.readBaseline()).toBeNull();
    expect(() => stored.write("scenario", {})).not.toThrow();
    expect(() => stored.remove("scenario")).not.toThrow();
  });
});

describe("preferences", () => {
  it("are kept as they change", () => {
    const { stored } = setUp();
    createPreferences(stored, STANDARD_PREFERENCES).setState({
      theme: "dark",
      openSections: ["traffic"],
      picture: "closed",
    });
    expect(createPreferences(stored, STANDARD_PREFERENCES).getState()).toEqual({
      ...STANDARD_PREFERENCES,
      theme: "dark",
      openSections: ["traffic"],
      picture: "closed",
    });
  });

  it("that cannot be understood are the standard ones, one by one", () => {
    const standard = { ...STANDARD_PREFERENCES, openSections: ["dynos"] };
    const odd = {
      theme: "neon",
      latencyScale: "log",
      openSections: "all",
      picture: "half",
      hiddenSeries: ["p50", 3, "x".repeat(999)],
    };
    expect(readPreferences(odd, standard)).toEqual({
      ...standard,
      latencyScale: "log",
      hiddenSeries: ["p50"],
    });
    for (const input of [undefined, null, 3, "dark", []])
      expect(readPreferences(input, standard)).toBe(standard);
  });
});
