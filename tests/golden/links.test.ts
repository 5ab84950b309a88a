import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PRESETS } from "../../src/scenario/presets";
import { readScenario } from "../../src/scenario/read-scenario";
import { readHash } from "../../src/share/link";

interface ShippedLink {
  /** The version that first wrote such a link. */
  readonly since: string;
  readonly hash: string;
  readonly scenario: unknown;
}

/** Links that people may have kept. An entry is added when something new can stand in a link; none is ever edited. */
const links = JSON.parse(
  readFileSync(new URL("links.json", import.meta.url), "utf8"),
) as readonly ShippedLink[];

describe("links that have been shipped", () => {
  it.each(links.map((link) => [link.hash.slice(0, 80), link] as const))(
    "%s opens what it always did",
    async (_, link) => {
      const { scenario, problems } = await readHash(link.hash);
      expect(problems).toEqual([]);
      // A later schema may add fields: what the link meant is the old document, brought up to date.
      expect(readScenario(link.scenario)).toEqual({ ok: true, scenario });
    },
  );

  it("cover every preset", () => {
    const hashes = links.map((link) => link.hash);
    for (const preset of PRESETS) expect(hashes).toContain(`#from=${preset.id}`);
  });
});
