import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function stories(...words: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["src/cli/stories.mjs", ...words], {
    encoding: "utf8",
  });
  return { status, out: stdout, err: stderr };
}

/** A file with a story in it. */
function storyFile(document: object): string {
  const path = join(mkdtempSync(join(tmpdir(), "headroom-")), "own.json");
  writeFileSync(path, JSON.stringify(document));
  return path;
}

describe("npm run stories", () => {
  it("prints each claim of a step with its bound, what a run gives, and what comes of it", () => {
    const { status, out } = stories("heroku-pooling", "A7");
    expect(status).toBe(0);
    expect(out).toMatch(/^heroku-pooling A7 · Failure becomes slowness$/m);
    expect(out).toMatch(/^ {2}c300 +agrees +1\.67 s .* 1\.62 s to 1\.72 s +derived: 300 clients/m);
    expect(out).toMatch(/^4 claims, 0 do not come out$/m);
  });

  it("gives the same as JSON, with neighbours of the assumptions where they are asked for", () => {
    const { status, out } = stories("traffic-spike", "D1", "--json", "--neighbours");
    expect(status).toBe(0);
    const [report] = JSON.parse(out) as [
      { step: string; runs: { neighbour: string | null; claims: { verdict: string; value: number }[] }[] },
    ];
    expect(report.step).toBe("D1");
    expect(report.runs[0]?.neighbour).toBeNull();
    expect(report.runs[0]?.claims.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it("says why where a claim is known to differ", () => {
    const { out } = stories("heroku-pooling", "A8");
    expect(out).toMatch(/^ {2}four-times +differs/m);
    expect(out).toMatch(/^ {4}four-times: With the article's own requests/m);
  });

  it("runs a story of one's own out of its file", () => {
    const file = storyFile({
      headroomStory: 1,
      base: {
        run: { durationS: 20, warmupS: 5, replications: 1 },
        workloads: [{ kind: "closed", clients: 4 }],
      },
      steps: [
        {
          title: "Four clients",
          claims: [
            {
              id: "in-line",
              status: "derived",
              text: "Nobody waits",
              measured: { metric: "queueP95" },
              atMost: 0,
            },
          ],
        },
      ],
    });
    const { status, out } = stories(file, "1");
    expect(out).toMatch(/ 1 · Four clients$/m);
    expect(out).toMatch(/^ {2}in-line +agrees +0/m);
    expect(status).toBe(0);
  });

  it("names what is wrong in a story's file by path, and runs nothing", () => {
    const { status, out, err } = stories(
      storyFile({ headroomStory: 1, steps: [{ title: "One", changes: { "pooler.enabled": "maybe" } }] }),
    );
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(/^In steps\.0\.changes: pooler\.enabled is "maybe", but must be true or false\.$/m);
  });

  it.each<[what: string, words: readonly string[], named: RegExp]>([
    ["an unknown story", ["nonsense"], /There is no story nonsense; there are: heroku-pooling,/],
    ["an unknown step", ["heroku-pooling", "Z1"], /heroku-pooling has no step Z1; there are: A1,/],
    ["an unknown option", ["--nonsense"], /There is no option --nonsense/],
    ["a file that is not there", ["nowhere.json"], /The file nowhere\.json cannot be read/],
    ["a word too many", ["heroku-pooling", "A1", "A2"], /A2 is one word too many/],
  ])("ends with 2 for %s, and says what there is", (_, words, named) => {
    const { status, err } = stories(...words);
    expect(status).toBe(2);
    expect(err).toMatch(named);
    expect(err).toContain("usage: npm run --silent stories");
  });
});
