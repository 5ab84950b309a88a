import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { applyChanges } from "../../../src/scenario/paths";
import { findPreset, OPENING_PRESET_ID } from "../../../src/scenario/presets";
import type { Scenario } from "../../../src/scenario/types";
import { deflateText } from "../../../src/share/deflate";
import {
  COMFORTABLE_LINK_LENGTH,
  readHash,
  withQuestion,
  writeCompactHash,
  writeHash,
} from "../../../src/share/link";

const opening = findPreset(OPENING_PRESET_ID)?.scenario ?? DEFAULT_SCENARIO;

function openingWith(changes: Readonly<Record<string, unknown>>): Scenario {
  const result = applyChanges(
    opening,
    Object.entries(changes).map(([path, value]) => ({ path, value })),
  );
  expect(result.ok).toBe(true);
  return result.scenario;
}

async function sentences(hash: string): Promise<readonly string[]> {
  return (await readHash(hash)).problems.map((problem) => problem.sentence);
}

describe("the readable link", () => {
  it("names the preset, and then what differs", () => {
    const scenario = openingWith({
      "fleets.web.dynos": 75,
      "pooler.enabled": true,
      "endpoints.page.steps.0.ms": { dist: "exponential", mean: 500 },
    });
    expect(writeHash(OPENING_PRESET_ID, opening)).toBe("#from=carwow-pooling");
    expect(writeHash(OPENING_PRESET_ID, scenario)).toBe(
      "#from=carwow-pooling&endpoints.page.steps.0.ms=exponential(500)&fleets.web.dynos=75&pooler.enabled=true",
    );
  });

  it("can be written by hand, in any order", async () => {
    const content = await readHash("fleets.web.dynos=75&pooler.enabled=true&from=carwow-pooling&");
    expect(content).toEqual({
      baseId: OPENING_PRESET_ID,
      scenario: openingWith({ "fleets.web.dynos": 75, "pooler.enabled": true }),
      problems: [],
    });
  });

  it("codes what a link cannot hold, names and punctuation at the end included", async () => {
    const scenario = openingWith({
      fleets: [{ name: "web" }, { name: "a.b & c=d" }],
      notes: "Why? 100 % sure.",
    });
    const changed = applyChanges(scenario, [{ path: "fleets.a%2Eb %26 c%3Dd.dynos", value: 3 }]).scenario;
    const hash = writeHash(OPENING_PRESET_ID, changed);
    expect(hash).toMatch(/^#[\w.%&=():,-]+$/);
    expect(writeHash(OPENING_PRESET_ID, openingWith({ notes: "Why." }))).toBe(
      "#from=carwow-pooling&notes=Why%2E",
    );
    expect((await readHash(hash)).scenario).toEqual(changed);
  });

  it("holds the longest names", async () => {
    const names = ["長", "🚀"].map((character) => character.repeat(100 / character.length));
    const scenario = openingWith({
      endpoints: names.map((name) => ({ name })),
      "workloads.hey.mix": { [`${names[0]}`]: 0.5, [`${names[1]}`]: 0.5 },
    });
    expect((await readHash(writeHash(OPENING_PRESET_ID, scenario))).scenario).toEqual(scenario);
  });

  it("opens the page's first scenario where there is nothing in it", async () => {
    const content = { baseId: OPENING_PRESET_ID, scenario: opening, problems: [] };
    expect(await readHash("")).toEqual(content);
    expect(await readHash("#")).toEqual(content);
  });
});

describe("the compact link", () => {
  it("holds the whole scenario, and stays short", async () => {
    const endpoints = Array.from({ length: 60 }, (_, index) => ({
      name: `endpoint ${index}`,
      steps: [{ kind: "wait", ms: index }],
    }));
    const scenario = openingWith({ endpoints, "workloads.hey.mix": { "endpoint 3": 1 } });
    const hash = await writeCompactHash(scenario);
    expect(writeHash(OPENING_PRESET_ID, scenario).length).toBeGreaterThan(COMFORTABLE_LINK_LENGTH);
    expect(hash.length).toBeLessThan(COMFORTABLE_LINK_LENGTH);
    expect(await readHash(hash)).toEqual({ baseId: "default", scenario, problems: [] });
  });

  it("can keep what the scenario began from", async () => {
    const hash = await writeCompactHash(opening, OPENING_PRESET_ID);
    expect(await readHash(hash)).toEqual({ baseId: OPENING_PRESET_ID, scenario: opening, problems: [] });
  });

  it("can be changed by hand too", async () => {
    const hash = await writeCompactHash(opening, OPENING_PRESET_ID);
    expect((await readHash(`${hash}&fleets.web.dynos=3`)).scenario).toEqual(
      openingWith({ "fleets.web.dynos": 3 }),
    );
  });

  it.each([
    ["#s=", 'In the link, "s" is not of a form that this version reads.'],
    ["#s=2.abc", 'In the link, "s" is not of a form that this version reads.'],
    ["#s=1.a*b", 'In the link, "s" cannot be unpacked (it holds characters that do not belong in it).'],
  ])("that is damaged says so: %s", async (hash, sentence) => {
    expect(await sentences(hash)).toEqual([sentence]);
  });

  it("cut short or changed opens something valid, and says so", async () => {
    const hash = await writeCompactHash(opening);
    for (const damaged of [hash.slice(0, -20), hash.slice(0, 6), hash.replace("1.", "1.AAA")]) {
      const { scenario, problems } = await readHash(damaged);
      expect(problems).toHaveLength(1);
      expect(scenario).toEqual(DEFAULT_SCENARIO);
    }
  });

  it("that unpacks to more than can be is stopped while it unpacks", async () => {
    const bomb = await deflateText(" ".repeat(100 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(200_000);
    expect(await sentences(`#s=1.${bomb}`)).toEqual([
      'In the link, "s" cannot be unpacked (it holds more than 16777216 bytes).',
    ]);
  });

  it("that holds something else is read as far as it goes", async () => {
    const hash = `#s=1.${await deflateText('{"schema":1,"fleets":[{"dynos":-1,"threads":3}]}')}`;
    const { scenario, problems } = await readHash(hash);
    expect(problems.map((problem) => problem.path)).toEqual(["fleets.0.dynos"]);
    expect(scenario.fleets[0]).toMatchObject({ dynos: 25, threads: 3 });
  });
});

describe("a link with a question", () => {
  const QUESTION = JSON.stringify({
    kind: "sweep",
    axes: [{ path: "fleets.web.dynos", values: [10, 20] }],
    replications: 2,
  });

  it("says it after the scenario, in what a link may hold", () => {
    const hash = withQuestion(
      writeHash(OPENING_PRESET_ID, openingWith({ "fleets.web.dynos": 75 })),
      QUESTION,
    );
    expect(hash).toBe(
      "#from=carwow-pooling&fleets.web.dynos=75&study=%7B%22kind%22:%22sweep%22,%22axes%22:%5B%7B%22path%22:%22fleets.web.dynos%22,%22values%22:%5B10,20%5D%7D%5D,%22replications%22:2%7D",
    );
  });

  it("gives the scenario and the question's own text back, whatever it is", async () => {
    const scenario = openingWith({ "fleets.web.dynos": 75 });
    for (const question of [QUESTION, "nonsense", "a&b=c#d", "100 %", "ends in a point."]) {
      const hash = withQuestion(writeHash(OPENING_PRESET_ID, scenario), question);
      expect(await readHash(hash)).toEqual({ baseId: OPENING_PRESET_ID, scenario, question, problems: [] });
    }
  });

  it("may have the scenario in the compact form", async () => {
    const hash = withQuestion(await writeCompactHash(opening), QUESTION);
    expect(await readHash(hash)).toMatchObject({ scenario: opening, question: QUESTION, problems: [] });
  });

  it("may say it twice: the last counts, and that is told", async () => {
    const { question, problems } = await readHash("#from=carwow-pooling&study=1&study=2");
    expect(question).toBe("2");
    expect(problems.map(({ path }) => path)).toEqual(["study"]);
  });

  it("whose % codes are broken has none, and says so", async () => {
    const content = await readHash("#from=carwow-pooling&study=%7");
    expect(content).not.toHaveProperty("question");
    expect(content.problems.map(({ path }) => path)).toEqual(["study"]);
  });
});

describe("a link with something wrong in it", () => {
  it("keeps the rest, and lists what it left out and why", async () => {
    const content = await readHash(
      "#from=carwow-pooling&fleets.web.dynos=75&fleets.web.threads=many&fleets.wbe.dynos=3&pooler.enabled&name=%zz",
    );
    expect(content.scenario).toEqual(openingWith({ "fleets.web.dynos": 75 }));
    expect(content.problems.map((problem) => problem.sentence)).toEqual([
      'In the link, "pooler.enabled" is not of the form path=value.',
      'In the link, "name" has a broken % code in its value.',
      "There is no place fleets.wbe.dynos; fleets has web.",
      'fleets.web.threads is "many", but must be a whole number from 1 to 100,000.',
    ]);
  });

  it("of an unknown preset begins with the opening one", async () => {
    const { baseId, scenario, problems } = await readHash("#from=gone&fleets.web.dynos=3");
    expect(baseId).toBe(OPENING_PRESET_ID);
    expect(scenario).toEqual(openingWith({ "fleets.web.dynos": 3 }));
    expect(problems).toMatchObject([{ path: "from", found: '"gone"', instead: OPENING_PRESET_ID }]);
  });

  it("given twice says so, and the last counts", async () => {
    const { scenario, problems } = await readHash("#from=default&from=carwow-pooling&run.seed=1&run.seed=2");
    expect(scenario).toEqual(openingWith({ "run.seed": 2 }));
    expect(problems.map((problem) => problem.path)).toEqual(["from", "run.seed"]);
  });

  it("of a newer schema opens its preset alone", async () => {
    const { scenario, problems } = await readHash("#from=default&schema=2&fleets.web.dynos=3");
    expect(scenario).toEqual(DEFAULT_SCENARIO);
    expect(problems.map((problem) => problem.path)).toEqual(["schema"]);
  });

  it.each([
    "__proto__=1",
    "__proto__.polluted=1",
    "constructor.prototype.polluted=1",
    "workloads.hey.mix.__proto__=1",
    "fleets.web.__proto__={%22dynos%22:1}",
  ])("cannot reach the prototype of objects: %s", async (parameter) => {
    const { scenario, problems } = await readHash(`#from=carwow-pooling&${parameter}`);
    expect(problems.length).toBeGreaterThan(0);
    expect(scenario).toEqual(opening);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("of megabytes is not read", async () => {
    expect(await sentences(`#name=${"x".repeat(3_000_000)}`)).toEqual([
      "The link has 3000005 characters, but may have at most 2097152 characters.",
    ]);
    expect((await sentences(`#${"&a=1".repeat(100_000)}`)).length).toBeLessThan(110);
    expect((await readHash(`#fleets.web.dynos=${"1".repeat(1_000_000)}x`)).scenario).toEqual(opening);
    expect((await readHash(`#fleets.web.dynos=${"(".repeat(1_000_000)}`)).scenario).toEqual(opening);
    expect((await readHash(`#endpoints.page.steps.0.ms=gamma(${" 1,".repeat(500_000)})`)).scenario).toEqual(
      opening,
    );
    expect((await readHash(`#timeline=${"[".repeat(1_000_000)}`)).scenario).toEqual(opening);
  });
});
