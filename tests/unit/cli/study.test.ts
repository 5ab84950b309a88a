import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerTable } from "../../../src/cli/answers/answer-table";
import { thisThread } from "../../../src/cli/simulate-run";
import { parseStudyArguments } from "../../../src/cli/study-arguments";
import { refuseShards } from "../../../src/cli/write-part";
import { ENGINE_VERSION } from "../../../src/engine";
import { answerQuestion } from "../../../src/study/answer-question";
import { readStudyText } from "../../../src/study/read-study";
import { CURVE } from "../../support/study-fixtures";
import { QUICK_STUDIES, study } from "../../support/study-programs";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-study-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Kind = keyof typeof QUICK_STUDIES;

/** What is printed for a study, without starting the program. */
async function tableOf(text: string): Promise<string> {
  const { study: read } = readStudyText(text);
  if (read === null) throw new Error("no study");
  return answerTable(await answerQuestion(read.question, read.base, thisThread, () => undefined));
}

describe("headroom on the command line", () => {
  const said = (isSure: boolean) =>
    answerTable({
      ...CURVE,
      headroom: { kind: "found", metAt: 276, missedAt: 280, share: 0.38, isSure },
    })
      .split("\n")[0]
      ?.replace(/\s/g, " ");

  it("is said with the doubt there is", () => {
    const between = "the objective is met up to 276 clients, and missed at 280.";
    expect(said(true)).toBe(`You have 38 % headroom: ${between}`);
    expect(said(false)).toBe(
      `You have about 38 % headroom: ${between} The intervals there reach over the limit: more replications may move it.`,
    );
  });
});

describe("study", () => {
  it.each<[kind: Kind, said: RegExp]>([
    [
      "compare",
      /against two: 3 replications of each, with the same random numbers[\s\S]*two, beside[\s\S]*fleets\.web\.dynos = 2/,
    ],
    ["sweep", /latency p95: fleets\.web\.dynos downwards, fleets\.web\.threads across/],
    [
      "sensitivity",
      /latency p95 is .* With each input 20 % smaller, and 20 % larger:[\s\S]*fleets\.web\.threads/,
    ],
    ["capacity", /requests per second +throughput +p95 +failures +objective/],
    ["cheapest", /The cheapest that meets the objective costs \$[\s\S]*fleets\.web\.dynos = /],
    ["precision", /latency p95 is .* over \d+ replications\./],
  ])("has a table for people: %s", async (kind, said) => {
    const out = await tableOf(QUICK_STUDIES[kind]);
    expect(out).toMatch(said);
    expect(out).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it("prints the table", async () => {
    const table = await tableOf(QUICK_STUDIES.sensitivity);
    expect(study(["-"], QUICK_STUDIES.sensitivity)).toEqual({ status: 0, out: table, error: "" });
  });

  it("says so where no difference can be shown yet", async () => {
    const same = JSON.parse(QUICK_STUDIES.compare) as { question: { others: object[] } };
    same.question.others = [
      { name: "longer name of a page", changes: { "endpoints.page.steps.0.ms.mean": 150.01 } },
    ];
    expect(await tableOf(JSON.stringify(same))).toMatch(/no difference can be shown yet/);
  });

  it.each<Kind>(["compare", "sweep", "cheapest"])(
    "prints the same document with any number of workers, to the last bit: %s",
    (kind) => {
      const file = join(folder, `${kind}.json`);
      writeFileSync(file, QUICK_STUDIES[kind]);
      const alone = study([file, "--json", "--workers", "1"]);
      expect(alone).toMatchObject({ status: 0, error: "" });
      expect(study([file, "--json", "--workers", "3"])).toEqual(alone);
      const document = JSON.parse(alone.out) as object;
      expect(document).toMatchObject({
        headroomAnswer: 1,
        engine: ENGINE_VERSION,
        base: { fleets: [{ name: "web" }] },
        question: { kind },
        answer: { kind },
      });
      expect(alone.out).not.toContain("wallMs");
    },
  );
});

describe("what cannot be asked", () => {
  const wrong = (change: object) =>
    JSON.stringify({ ...(JSON.parse(QUICK_STUDIES.sweep) as object), ...change });

  it.each<[what: string, words: readonly string[], named: RegExp]>([
    ["no file", [], /There is no study: name its file/],
    ["two files", ["a.json", "b.json"], /only one study, but there are a\.json, b\.json/],
    ["an unknown option", ["-", "--fast"], /There is no option --fast/],
    ["no workers", ["-", "--workers", "0"], /--workers is 0, but must be a whole number from 1 to 256/],
    ["an option without its value", ["-", "--shard"], /--shard needs a value/],
    ["a shard beyond the last", ["-", "--shard=5/4"], /--shard is 5\/4, but must be i\/n with i from 0/],
    [
      "a shard that is no fraction",
      ["-", "--shard", "half"],
      /--shard is half, but must be i\/n with i from 0 to n − 1/,
    ],
    ["the answer of a shard", ["-", "--shard", "0/4", "--json"], /the parts' answer is what merge prints/],
    ["a part's name without a shard", ["-", "--out", "x"], /--out is for the part that --shard i\/n writes/],
  ])("is said in a sentence: %s", (_what, words, named) => {
    const given = parseStudyArguments(words);
    expect("sentences" in given ? given.sentences.join("\n") : "").toMatch(named);
  });

  it("leaves shards to be counted from 0 or from 1: n/n is 0/n", () => {
    const shardOf = (text: string) => {
      const given = parseStudyArguments(["study.json", "--shard", text]);
      return "sentences" in given ? given.sentences : given.shard;
    };
    expect([0, 1, 2, 3].map((i) => shardOf(`${i}/4`))).toEqual(
      [0, 1, 2, 3].map((shard) => ({ shard, of: 4 })),
    );
    expect(shardOf("4/4")).toEqual({ shard: 0, of: 4 });
  });

  it.each<[what: string, words: readonly string[], input: string, named: RegExp]>([
    ["an option", ["-", "--shard", "5/4"], "", /--shard is 5\/4/],
    ["a file that is not there", ["nowhere.json"], "", /nowhere\.json can't be read/],
    ["what is not JSON", ["-"], "{", /The file is not JSON/],
    [
      "a wrong place",
      ["-"],
      wrong({ question: { kind: "sweep", axes: [{ path: "fleets.web.dinos", values: [1] }] } }),
      /^ {2}path: question\.axes\.0\.path$/m,
    ],
    [
      "a shard of what decides on the way",
      ["-", "--shard", "0/2"],
      QUICK_STUDIES.capacity,
      /of the kind capacity decides on the way which runs it wants, so it has no shards/,
    ],
  ])("is said on standard error, and nothing is simulated: %s", (_what, words, input, named) => {
    const { status, out, error } = study(words, input);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toMatch(named);
    expect(error).toContain("usage: npm run --silent study");
    expect(error).not.toMatch(/\n\s+at /);
  });

  it("has shards only of the kinds whose runs are known beforehand", () => {
    const kinds = Object.keys(QUICK_STUDIES) as Kind[];
    expect(kinds.filter((kind) => refuseShards(kind) === null)).toEqual(["compare", "sweep", "sensitivity"]);
  });
});
