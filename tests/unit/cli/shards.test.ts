import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { joinParts } from "../../../src/cli/join-parts";
import { thisThread } from "../../../src/cli/simulate-run";
import { writePart } from "../../../src/cli/write-part";
import { ENGINE_VERSION } from "../../../src/engine";
import { answerDocument } from "../../../src/study/answer-document";
import { answerQuestion } from "../../../src/study/answer-question";
import { readStudyText } from "../../../src/study/read-study";
import type { Simulator } from "../../../src/study/simulator";
import type { Study } from "../../../src/study/study-file";
import { merge, QUICK_STUDIES, study } from "../../support/study-programs";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-shards-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

function file(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

type Kind = "compare" | "sweep" | "sensitivity";

function studyOf(kind: Kind): Study {
  const { study: read } = readStudyText(QUICK_STUDIES[kind]);
  if (read === null) throw new Error("no study");
  return read;
}

/** Simulates all parts of a study. */
function partsOf(kind: Kind, of: number): Promise<string[]> {
  return Promise.all(
    Array.from({ length: of }, async (_, shard) => {
      const file = at(`${kind}-${shard}-${of}.jsonl`);
      await writePart(studyOf(kind), { shard, of }, file, thisThread);
      return file;
    }),
  );
}

/** What one run prints, without starting the program. */
async function whole(kind: Kind): Promise<string> {
  const asked = studyOf(kind);
  const answer = await answerQuestion(asked.question, asked.base, thisThread, () => undefined);
  return `${JSON.stringify(answerDocument(asked, answer))}\n`;
}

/** What merging prints, without starting the program. */
async function merged(files: readonly string[]): Promise<string> {
  const joined = joinParts(files);
  if ("sentences" in joined) throw new Error(joined.sentences.join(" "));
  const { base, question } = joined.study;
  const answer = await answerQuestion(question, base, joined.simulator, () => undefined);
  return `${JSON.stringify(answerDocument(joined.study, answer))}\n`;
}

describe("parts", () => {
  it.each<[Kind, number]>([
    ["compare", 2],
    ["sweep", 5],
    ["sensitivity", 3],
    ["compare", 8],
  ])("give the same document as one run, in any order, to the last bit: %s in %i", async (kind, of) => {
    const expected = await whole(kind);
    const order = fc.shuffledSubarray(await partsOf(kind, of), { minLength: of, maxLength: of });
    await fc.assert(
      fc.asyncProperty(order, async (files) => {
        expect(await merged(files)).toBe(expected);
      }),
      { numRuns: 12 },
    );
  });

  it("are written and merged by the programs", async () => {
    const [first = "", second = ""] = await partsOf("sweep", 2);
    const out = at("by-program.jsonl");
    const words = ["-", "--shard", "1/2", "--out", out, "--workers", "2"];
    expect(study(words, QUICK_STUDIES.sweep)).toEqual({
      status: 0,
      out: `${out}: 6 of 12 runs, shard 1/2\n`,
      error: "",
    });
    expect(readFileSync(out, "utf8")).toBe(readFileSync(second, "utf8"));
    expect(merge(out, first, "--json")).toEqual({ status: 0, out: await whole("sweep"), error: "" });
    expect(merge(out, first).out).toBe(study(["-"], QUICK_STUDIES.sweep).out);
  });

  it("leave nothing that looks whole where they die", async () => {
    const file = at("dead.jsonl");
    const dying: Simulator = {
      async simulate(runs, onRecord) {
        await thisThread.simulate(runs.slice(0, 1), onRecord);
        throw new Error("out of memory");
      },
    };
    await expect(writePart(studyOf("sweep"), { shard: 0, of: 2 }, file, dying)).rejects.toThrow(
      "out of memory",
    );
    expect(readdirSync(folder).filter((name) => name.startsWith("dead"))).toEqual([]);
  });
});

describe("parts that do not make a whole", () => {
  let parts: string[] = [];
  beforeAll(async () => {
    parts = await partsOf("sweep", 3);
  });

  const changed = (name: string, change: (text: string) => string): string =>
    file(name, change(readFileSync(parts[1] ?? "", "utf8")));

  function sentences(...files: readonly string[]): string {
    const joined = joinParts(files);
    return "sentences" in joined ? joined.sentences.join("\n") : "joined";
  }

  it("are named where they are missing, with how they are run", () => {
    expect(sentences(parts[1] ?? "")).toBe(
      [
        "0/3, 2/3 are missing. Run:",
        "  npm run --silent sweep -- STUDY.json --shard 0/3",
        "  npm run --silent sweep -- STUDY.json --shard 2/3",
      ].join("\n"),
    );
  });

  it("are named, both of them, where they are doubled", () => {
    const twin = changed("twin.jsonl", (text) => text);
    expect(sentences(...parts, twin)).toBe(`${parts[1]} and ${twin} are the same part, 1/3: leave one out.`);
  });

  it.each<[what: string, change: (text: string) => string, said: string]>([
    ["no part", () => "hello", "is no part of a study"],
    ["empty", () => "", "is no part of a study"],
    [
      "cut off between lines",
      (text) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1),
      "is not whole: run its part again",
    ],
    ["cut off within a line", (text) => text.slice(0, text.length / 2), "is not whole: run its part again"],
    [
      "of a newer version",
      (text) => text.replace('"headroomPart":1', '"headroomPart":2'),
      "was written by a newer version of Headroom",
    ],
    [
      "of another engine",
      (text) => text.replace(`"engine":"${ENGINE_VERSION}"`, '"engine":"0.1"'),
      `was simulated by engine 0.1, and this is engine ${ENGINE_VERSION}: run its part again`,
    ],
    [
      "with a study that cannot be",
      (text) => text.replace('"dynos":1', '"dynos":-1'),
      "holds a study that cannot be read",
    ],
    [
      "of a shard that cannot be",
      (text) => text.replace('"shard":1', '"shard":3'),
      "is damaged: run its part again",
    ],
  ])("are named where one is %s", (_what, change, said) => {
    const bad = changed("bad.jsonl", change);
    expect(sentences(parts[0] ?? "", bad, parts[2] ?? "")).toContain(`${bad} ${said}`);
  });

  it("are named where one is of another study, or of another number of parts", async () => {
    const [first = "", , third = ""] = parts;
    const other = changed("other.jsonl", (text) => text.replace('"seed":7', '"seed":8'));
    expect(sentences(first, other, third)).toBe(`${other} is a part of another study than ${first}.`);
    const [half = ""] = await partsOf("sweep", 2);
    expect(sentences(first, half)).toBe(`${half} is one of 2 parts, but ${first} is one of 3.`);
  });

  it("are named where a record is damaged", () => {
    const bad = changed("record.jsonl", (text) => text.replace('{"run":4,"record":{', '{"run":4,"record":['));
    const { status, out, error } = merge(parts[0] ?? "", bad, parts[2] ?? "", "--json");
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toContain(`${bad} is damaged: run 4 cannot be read. Run its part again.`);
  });

  it.each<[what: string, words: readonly string[], said: RegExp]>([
    ["there are none", [], /There are no parts to join/],
    ["a file is not there", ["nowhere.jsonl"], /nowhere\.jsonl can't be read/],
    ["an option is unknown", ["--all"], /There is no option --all/],
  ])("end with 2 where %s", (_what, words, said) => {
    const { status, out, error } = merge(...words);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toMatch(said);
    expect(error).toContain("usage: npm run --silent merge");
  });
});
