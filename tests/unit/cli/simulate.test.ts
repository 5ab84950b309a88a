import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resultDocument } from "../../../src/analysis/result-document";
import { findPreset } from "../../../src/scenario/presets";
import { summaryOf } from "../../support/judged";

interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the program as its user does, but for npm. */
function simulate(words: readonly string[], input = ""): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["src/cli/simulate.mjs", ...words], {
    encoding: "utf8",
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, out: stdout, error: stderr };
}

interface ResultDocument {
  readonly scenario: {
    readonly name: string;
    readonly run: { readonly seed: number; readonly replications: number; readonly durationS: number };
    readonly fleets: readonly { readonly dynos: number; readonly threads: number }[];
    readonly pooler: { readonly enabled: boolean };
  };
  readonly requests: unknown;
  readonly slo: { readonly met: boolean };
}

/** The document that a run prints, and nothing else. */
function documentOf(words: readonly string[], input = ""): ResultDocument {
  const { status, out, error } = simulate([...words, "--json"], input);
  expect({ status, error }).toEqual({ status: 0, error: "" });
  return JSON.parse(out) as ResultDocument;
}

const QUICK = {
  schema: 1,
  name: "quick",
  run: { durationS: 10, warmupS: 1, replications: 2 },
  fleets: [{ name: "web", dynos: 30 }],
};

let folder = "";
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-simulate-"));
  // The first start bundles the program.
  simulate(["--preset", "default", "--set", "run.durationS=6", "--replications", "1"]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("simulate", () => {
  it("prints a table for people", () => {
    const { status, out, error } = simulate([file("quick.json", JSON.stringify(QUICK))]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toMatch(/^quick: 2 replications of 10 s/);
    for (const row of [
      "throughput",
      "failure rate",
      "latency p95",
      "queue time p95",
      "monthly cost",
      "measured requests:",
    ]) {
      expect(out).toContain(row);
    }
    expect(out).not.toMatch(/NaN|undefined|null/);
  });

  it("prints the result document with --json, and nothing else on standard output", () => {
    const { status, out, error } = simulate(["--preset", "carwow-one-dyno", "--replications", "2", "--json"]);
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out.trimEnd()).not.toContain("\n");
    const preset = findPreset("carwow-one-dyno")?.scenario;
    if (preset === undefined) throw new Error("no preset");
    const { wallMs: _printed, ...printed } = JSON.parse(out) as { wallMs: number };
    const summary = summaryOf({ ...preset, run: { ...preset.run, replications: 2 } });
    const { wallMs: _expected, ...expected } = JSON.parse(JSON.stringify(resultDocument(summary))) as {
      wallMs: number;
    };
    expect(printed).toEqual(expected);
  });

  it("has no line of progress where nobody watches a terminal", () => {
    expect(simulate(["--preset", "carwow-one-dyno", "--replications", "1"]).error).toBe("");
  });

  it("reads standard input where the file is -", () => {
    const { scenario } = documentOf(["-"], JSON.stringify(QUICK));
    expect(scenario).toMatchObject({ name: "quick", fleets: [{ dynos: 30 }] });
  });

  it("works as npm runs it", () => {
    const { status, stdout } = spawnSync("npm", ["run", "--silent", "simulate", "--", "-", "--json"], {
      encoding: "utf8",
      input: JSON.stringify(QUICK),
      shell: process.platform === "win32",
    });
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as ResultDocument).scenario.name).toBe("quick");
  });
});

describe("what lies over what", () => {
  it("a file lies over the preset: what it does not say is the preset's", () => {
    const over = file(
      "over.json",
      JSON.stringify({ schema: 1, run: { replications: 1 }, fleets: [{ name: "web", threads: 3 }] }),
    );
    const { scenario } = documentOf([over, "--preset", "carwow-one-dyno"]);
    expect(scenario.run).toMatchObject({ replications: 1, durationS: 45 });
    expect(scenario.fleets).toMatchObject([{ dynos: 1, threads: 3 }]);
  });

  it("--set lies over both, whatever the order of words", () => {
    const over = file(
      "over2.json",
      JSON.stringify({ schema: 1, fleets: [{ name: "web", dynos: 4, threads: 3 }] }),
    );
    const { scenario } = documentOf([
      "--set",
      "fleets.web.threads=5",
      "--replications",
      "1",
      over,
      "--preset",
      "carwow-one-dyno",
    ]);
    expect(scenario.fleets).toMatchObject([{ dynos: 4, threads: 5 }]);
  });

  it("--seed and --replications are short for --set", () => {
    const words = [file("quick2.json", JSON.stringify(QUICK)), "--seed", "42", "--replications", "3"];
    expect(documentOf(words).scenario.run).toMatchObject({ seed: 42, replications: 3 });
  });

  it("values stand as in a link", () => {
    const words = [
      "--set",
      "endpoints.page.steps.0.ms=exponential(20)",
      "--set",
      "pooler.enabled=true",
      "--set",
      "name=two words",
    ];
    const { scenario } = documentOf(["-", ...words], JSON.stringify(QUICK));
    expect(scenario).toMatchObject({
      name: "two words",
      pooler: { enabled: true },
      endpoints: [{ steps: [{ ms: { dist: "exponential", mean: 20 } }, {}] }],
    });
  });

  it("another seed gives other numbers, the same seed the same", () => {
    const counts = (seed: string): unknown =>
      documentOf(["-", "--seed", seed, "--set", "fleets.web.dynos=22"], JSON.stringify(QUICK)).requests;
    const first = counts("1");
    expect(counts("1")).toEqual(first);
    expect(counts("2")).not.toEqual(first);
  });
});

describe("the exit status", () => {
  const missed = ["--preset", "carwow-pooling", "--replications", "1"];
  const met = ["--preset", "carwow-pooling-on", "--replications", "1"];

  it("is 1 where the scenario misses its objective and --check was given", () => {
    expect(simulate([...missed, "--check"]).status).toBe(1);
    const { status, out } = simulate([...missed, "--check", "--json"]);
    expect(status).toBe(1);
    expect((JSON.parse(out) as ResultDocument).slo.met).toBe(false);
  });

  it("is 0 without --check, or where the objective is met", () => {
    expect(simulate(missed).status).toBe(0);
    expect(simulate([...met, "--check"]).status).toBe(0);
  });

  it("is 0 with --check where there is no objective", () => {
    expect(simulate(["-", "--check"], JSON.stringify(QUICK)).status).toBe(0);
  });

  it("is 2 for bad input, --check or not", () => {
    expect(simulate([...missed, "--check", "--set", "fleets.web.dynos=x"]).status).toBe(2);
  });
});

/** Words, standard input, and what standard error must name. */
const BAD: readonly (readonly [
  what: string,
  words: readonly string[],
  input: string,
  named: readonly (string | RegExp)[],
])[] = [
  ["no file", [], "", ["FILE", "usage:"]],
  ["an unknown option", ["-", "--nonsense"], "{}", ["--nonsense", "usage:"]],
  ["a file that is not there", ["nowhere/none.json"], "", ["nowhere/none.json", /ENOENT|no such file/]],
  ["a folder for a file", ["src"], "", ["src", /EISDIR|directory/]],
  ["an unknown preset", ["--preset", "nonsense"], "", ["nonsense", "carwow-pooling"]],
  ["what is not JSON", ["-"], "{ nonsense", ["JSON"]],
  ["a newer schema", ["-"], '{"schema":2}', ["schema", "2"]],
  ["an unknown field", ["-"], '{"schema":1,"flets":[]}', ["flets"]],
  [
    "a wrong type in a file",
    ["-"],
    '{"schema":1,"fleets":[{"name":"web","dynos":"many"}]}',
    ["fleets.web.dynos", "many", "10,000"],
  ],
  ["a hostile key", ["-"], '{"schema":1,"__proto__":{"x":1}}', ["__proto__"]],
  [
    "an unknown path",
    ["--preset", "default", "--set", "fleets.web.dinos=3"],
    "",
    ["fleets.web.dinos", "dynos"],
  ],
  [
    "a wrong value after --set",
    ["--preset", "default", "--set", "fleets.web.dynos=many"],
    "",
    ["fleets.web.dynos", "many", "10,000"],
  ],
  ["a path through __proto__", ["--preset", "default", "--set", "__proto__.x=1"], "", ["__proto__"]],
  ["a seed that is no number", ["--preset", "default", "--seed", "lucky"], "", ["run.seed", "lucky"]],
  [
    "an entry of the timeline after the end of the run",
    ["-"],
    '{"schema":1,"run":{"durationS":30},"timeline":[{"atS":31,"do":"failover"}]}',
    ["timeline.0.atS", "31", "run.durationS"],
  ],
  [
    "an entry about an unknown fleet",
    ["-"],
    '{"schema":1,"timeline":[{"atS":5,"do":"deploy","fleet":"nowhere"}]}',
    ["timeline.0.fleet", "nowhere", "web"],
  ],
  [
    "an entry that sets what no run can change",
    ["--preset", "default", "--set", 'timeline=[{"atS":5,"do":"set","path":"run.seed","value":2}]'],
    "",
    ["timeline.0.path", "run.seed"],
  ],
  [
    "traffic that goes back in time",
    ["-"],
    '{"schema":1,"workloads":[{"name":"site","kind":"open","profile":[[0,1],[20,2],[10,1]]}]}',
    ["workloads.site.profile", "in order of time"],
  ],
  [
    "policies that contradict each other",
    ["-"],
    JSON.stringify({
      schema: 1,
      fleets: [
        {
          name: "web",
          autoscaler: {
            policies: [
              { name: "up", statistic: "max", above: 0.6 },
              { name: "down", statistic: "max", below: 0.7 },
            ],
          },
        },
      ],
    }),
    ["fleets.web.autoscaler.policies.down.below", "0.7", "up"],
  ],
];

describe("bad input", () => {
  it.each(BAD)("is named on standard error, and nothing is printed: %s", (_what, words, input, named) => {
    const { status, out, error } = simulate(words, input);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    for (const name of named) expect(error).toMatch(name);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it("is named with its path, what was found and what is allowed, each on a line", () => {
    const { error } = simulate([
      "--preset",
      "default",
      "--set",
      "fleets.web.dynos=-5",
      "--set",
      "pooler.mode=fast",
    ]);
    expect(error).toMatch(/^ {2}path: fleets\.web\.dynos$/m);
    expect(error).toMatch(/^ {2}found: -5$/m);
    expect(error).toMatch(/^ {2}allowed: a whole number from 0 to 10,000$/m);
    expect(error).toMatch(/^ {2}path: pooler\.mode$/m);
  });
});
