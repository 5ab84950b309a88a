import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { merge, QUICK_STUDIES, study } from "../../support/study-programs";

const SHARDS = 3;

/**
 * Does what GNU parallel does with the recipe's words: runs the command for each line of standard input, with the line in place of {}. For where the real
 * one is not installed.
 */
const STAND_IN = `#!/usr/bin/env node
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const words = process.argv.slice(2);
while (words[0].startsWith("-")) words.splice(0, words[0] === "-q" ? 1 : 2);
for (const line of readFileSync(0, "utf8").trim().split("\\n")) {
  const [program, ...rest] = words.map((word) => word.replaceAll("{}", line));
  execFileSync(program, rest, { stdio: ["ignore", "inherit", "inherit"] });
}
`;

let folder = "";
let whole = "";
let path = process.env.PATH ?? "";

const at = (...names: string[]): string => join(folder, ...names);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-recipes-"));
  writeFileSync(at("study.json"), QUICK_STUDIES.sweep);
  whole = study([at("study.json"), "--json"]).out;
  if (spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout?.startsWith("GNU parallel") === true)
    return;
  mkdirSync(at("bin"));
  writeFileSync(at("bin", "parallel"), STAND_IN);
  chmodSync(at("bin", "parallel"), 0o755);
  path = `${at("bin")}${delimiter}${path}`;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs words as a tool would, with variables in the environment. */
function run(words: readonly string[], variables: Readonly<Record<string, string>> = {}): string {
  const [program = "", ...rest] = words;
  const { status, stdout, stderr } = spawnSync(program, rest, {
    encoding: "utf8",
    env: { ...process.env, PATH: path, ...variables },
  });
  expect({ status, error: stderr.replace(/^.*: \d+ of \d+ runs, shard \d+\/\d+$\n/gm, "") }).toEqual({
    status: 0,
    error: "",
  });
  return stdout;
}

const partFiles = (parts: string): string[] =>
  Array.from({ length: SHARDS }, (_, shard) => at(parts, `${shard}.jsonl`));

/** The script that a block of a YAML file holds, without the block's indentation. */
function blockIn(yaml: string): string {
  const [, indent = "", block = ""] = /- \|\n( +)([\s\S]*?)\n(?!\1)/.exec(yaml) ?? [];
  return block.replaceAll(`\n${indent}`, "\n");
}

/** The value of a field in a YAML file that has it once. */
function fieldIn(yaml: string, field: string): string | undefined {
  return new RegExp(`^ *${field}: (.*)$`, "m").exec(yaml)?.[1];
}

describe("the recipes give the same document as one run, to the last bit", () => {
  it("with GNU parallel", () => {
    const words = ["sh", "docs/recipes/parallel.sh", at("study.json"), String(SHARDS), at("by parallel")];
    expect(run(words)).toBe(whole);
  });

  it("with a Slurm array, whose tasks are numbered from 0", () => {
    const recipe = readFileSync("docs/recipes/slurm-array.sh", "utf8");
    expect(recipe).toMatch(/^#SBATCH --array=0-\d+$/m);
    for (let task = 0; task < SHARDS; task += 1)
      run(["sh", "docs/recipes/slurm-array.sh", at("study.json"), at("by-slurm")], {
        SLURM_ARRAY_TASK_ID: String(task),
        SLURM_ARRAY_TASK_COUNT: String(SHARDS),
        SLURM_CPUS_PER_TASK: "1",
      });
    // One task again, alone in its array.
    run(["sh", "docs/recipes/slurm-array.sh", at("study.json"), at("by-slurm")], {
      SHARDS: String(SHARDS),
      SLURM_ARRAY_TASK_ID: "1",
      SLURM_ARRAY_TASK_COUNT: "1",
    });
    expect(merge(...partFiles("by-slurm"), "--json").out).toBe(whole);
  });

  it("with a Kubernetes Indexed Job, whose completion index is the shard", () => {
    const recipe = readFileSync("docs/recipes/kubernetes-job.yaml", "utf8");
    expect(fieldIn(recipe, "completionMode")).toBe("Indexed");
    expect(/name: SHARDS\n +value: "(\d+)"/.exec(recipe)?.[1]).toBe(fieldIn(recipe, "completions"));
    const script = blockIn(recipe);
    for (let index = 0; index < SHARDS; index += 1)
      run(["sh", "-c", script], {
        JOB_COMPLETION_INDEX: String(index),
        SHARDS: String(SHARDS),
        STUDY: at("study.json"),
        PARTS: at("by-kubernetes"),
      });
    expect(merge(...partFiles("by-kubernetes"), "--json").out).toBe(whole);
  });
});
