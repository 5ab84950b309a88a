import { describe, expect, it } from "vitest";
import { parseArguments, type SimulateArguments } from "../../../src/cli/arguments";

const NOTHING: SimulateArguments = {
  file: null,
  preset: null,
  settings: [],
  json: false,
  check: false,
  why: false,
};

const GOOD: readonly (readonly [words: string, expected: Partial<SimulateArguments>])[] = [
  ["run.json", { file: "run.json" }],
  ["-", { file: "-" }],
  ["--preset carwow-pooling", { preset: "carwow-pooling" }],
  ["--preset=carwow-pooling", { preset: "carwow-pooling" }],
  ["run.json --preset default", { file: "run.json", preset: "default" }],
  ["--preset default -", { file: "-", preset: "default" }],
  ["run.json --json", { file: "run.json", json: true }],
  ["--check --json run.json", { file: "run.json", json: true, check: true }],
  [
    "run.json --set fleets.web.dynos=75",
    { file: "run.json", settings: [{ path: "fleets.web.dynos", text: "75" }] },
  ],
  [
    "run.json --set=fleets.web.dynos=75",
    { file: "run.json", settings: [{ path: "fleets.web.dynos", text: "75" }] },
  ],
  ["run.json --set name=a=b=c", { file: "run.json", settings: [{ path: "name", text: "a=b=c" }] }],
  ["run.json --set name=", { file: "run.json", settings: [{ path: "name", text: "" }] }],
  ["run.json --set pool.size=-3", { file: "run.json", settings: [{ path: "pool.size", text: "-3" }] }],
  ["run.json --seed 7", { file: "run.json", settings: [{ path: "run.seed", text: "7" }] }],
  ["run.json --seed=7", { file: "run.json", settings: [{ path: "run.seed", text: "7" }] }],
  ["run.json --seed -1", { file: "run.json", settings: [{ path: "run.seed", text: "-1" }] }],
  ["run.json --replications 20", { file: "run.json", settings: [{ path: "run.replications", text: "20" }] }],
  [
    "--set a=1 run.json --seed 2 --set b=3",
    {
      file: "run.json",
      settings: [
        { path: "a", text: "1" },
        { path: "run.seed", text: "2" },
        { path: "b", text: "3" },
      ],
    },
  ],
];

const BAD: readonly (readonly [words: string, path: string])[] = [
  ["", "FILE"],
  ["--json", "FILE"],
  ["--set fleets.web.dynos=3", "FILE"],
  ["one.json two.json", "FILE"],
  ["- run.json", "FILE"],
  ["run.json --nonsense", "--nonsense"],
  ["run.json --nonsense=3", "--nonsense=3"],
  ["run.json -x", "-x"],
  ["run.json --json=yes", "--json=yes"],
  ["run.json --check=1", "--check=1"],
  ["run.json --preset", "--preset"],
  ["run.json --set", "--set"],
  ["run.json --seed", "--seed"],
  ["run.json --replications", "--replications"],
  ["run.json --set dynos", "--set"],
  ["run.json --set =3", "--set"],
];

const split = (words: string): string[] => words.split(" ").filter((word) => word !== "");

describe("the command line", () => {
  it.each(GOOD)("%s is read", (words, expected) => {
    expect(parseArguments(split(words))).toEqual({ ok: true, arguments: { ...NOTHING, ...expected } });
  });

  it.each(BAD)("“%s” is refused, naming %s", (words, path) => {
    const parsed = parseArguments(split(words));
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems.map((problem) => problem.path)).toContain(path);
    for (const problem of parsed.problems) {
      expect(problem.sentence).toContain(problem.found);
      expect(problem.allowed).not.toBe("");
    }
  });

  it("names everything that is wrong, not only the first", () => {
    const parsed = parseArguments(split("one.json two.json --nonsense --set x --seed"));
    expect(parsed.ok ? [] : parsed.problems.map((problem) => problem.path)).toEqual([
      "--nonsense",
      "--set",
      "--seed",
      "FILE",
    ]);
  });

  it("leaves its words alone", () => {
    const words = ["run.json", "--seed", "3"];
    parseArguments(words);
    expect(words).toEqual(["run.json", "--seed", "3"]);
  });

  // Words are looked up among the options as if every object's own names were options too.
  it.each(["constructor", "toString", "__proto__"])("takes a file called %s for a file", (file) => {
    expect(parseArguments([file])).toEqual({ ok: true, arguments: { ...NOTHING, file } });
  });
});
