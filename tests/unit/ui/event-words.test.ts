import { describe, expect, it } from "vitest";
import type { TimelineEntry } from "../../../src/scenario/types";
import { eventLabel, eventText } from "../../../src/ui/shell/event-words";

const set = (path: string, value: unknown): TimelineEntry => ({ atS: 1, do: "set", path, value });
const kill = { atS: 1, do: "killDyno", fleet: "web", count: 1, graceful: false, backAfterS: null } as const;

describe("an event in words", () => {
  it.each<[TimelineEntry, string, string]>([
    [{ atS: 1, do: "deploy", fleet: "web" }, "deploy of web", "deploy"],
    [kill, "1 dyno of web killed", "kill"],
    [{ ...kill, count: 2, graceful: true }, "2 dynos of web stopped", "stop"],
    [
      { atS: 1, do: "slowDyno", fleet: "web", count: 1, factor: 3, forS: 90 },
      "1 dyno of web 3 times as slow for 90 s",
      "slow",
    ],
    [{ atS: 1, do: "failover" }, "failover of the database", "failover"],
    [{ atS: 1, do: "restartDatabase", downS: 3 }, "restart of the database", "restart"],
    [set("fleets.web.dynos", 30), "web dynos set to 30", "dynos 30"],
    [
      set("workloads.site.requestsPerSecond", 1200),
      "site requests per second set to 1,200",
      "requests per second 1,200",
    ],
    [set("edge.timeoutMs", 30_000), "edge timeout set to 30.0 s", "timeout 30.0 s"],
    [set("edge.timeoutMs", null), "edge timeout set to none", "timeout none"],
    [set("pooler.enabled", true), "pooler enabled set to on", "enabled on"],
    [set("fleets.web.boot.bootS", 5), "web boot set to 5 s", "boot 5 s"],
    [
      set("workloads.site.thinkMs", { dist: "exponential", mean: 500 }),
      "site think set to exponential(500)",
      "think exponential(500)",
    ],
    [set("workloads.site.profile", [[0, 1]]), "site profile set to a list of 1", "profile a list of 1"],
    [set("fleets.a%2Eb.dynos", 3), "a.b dynos set to 3", "dynos 3"],
  ])("%j", (entry, text, label) => {
    expect(eventText(entry)).toBe(text);
    expect(eventLabel(entry)).toBe(label);
  });
});
