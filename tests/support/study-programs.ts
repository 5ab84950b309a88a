import { spawnSync } from "node:child_process";

export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

function run(program: string, words: readonly string[], input: string): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    encoding: "utf8",
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, out: stdout, error: stderr };
}

/** Runs `study` as its user does, but for npm. */
export function study(words: readonly string[], input = ""): Ended {
  return run("src/cli/study.mjs", words, input);
}

/** Runs `merge` as its user does, but for npm. */
export function merge(...words: readonly string[]): Ended {
  return run("src/cli/merge.mjs", words, "");
}

/** A scenario that takes a few milliseconds to simulate. */
const QUICK = {
  run: { durationS: 5, warmupS: 1, seed: 7 },
  workloads: [{ name: "site", kind: "open", requestsPerSecond: 20 }],
  endpoints: [
    { name: "page", fleet: "web", steps: [{ kind: "wait", ms: { dist: "exponential", mean: 150 } }] },
  ],
  fleets: [{ name: "web", dynos: 1, threads: 4 }],
  slo: { p95Ms: 600 },
};

/** A question of each kind about it, as a file. */
export const QUICK_STUDIES = {
  compare: studyOf({
    kind: "compare",
    others: [{ name: "two", changes: { "fleets.web.dynos": 2 } }],
    replications: 3,
  }),
  sweep: studyOf({
    kind: "sweep",
    axes: [
      { path: "fleets.web.dynos", values: [1, 2, 3] },
      { path: "fleets.web.threads", values: [2, 4] },
    ],
    replications: 2,
  }),
  sensitivity: studyOf({ kind: "sensitivity", replications: 2 }),
  capacity: studyOf({ kind: "capacity", replications: 2, points: 5 }),
  cheapest: studyOf({
    kind: "cheapest",
    axes: [{ path: "fleets.web.dynos", values: [1, 2, 3] }],
    replications: 4,
  }),
  precision: studyOf({ kind: "precision", most: 12 }),
};

function studyOf(question: object): string {
  return JSON.stringify({ headroomStudy: 1, base: { scenario: QUICK }, question });
}
