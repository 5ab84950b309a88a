import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readStudyText } from "../../../src/study/read-study";

const DOCUMENT = readFileSync("docs/studies.md", "utf8");
const EXAMPLES = [...DOCUMENT.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) => text);

describe("the studies in docs/studies.md", () => {
  it("are of every kind", () => {
    const kinds = EXAMPLES.map((text) => readStudyText(text).study?.question.kind);
    expect(new Set(kinds)).toEqual(
      new Set(["compare", "capacity", "sweep", "cheapest", "sensitivity", "precision"]),
    );
  });

  it.each(EXAMPLES)("are read without a problem: %s", (text) => {
    expect(readStudyText(text).problems).toEqual([]);
  });
});
