import { describe, expect, it } from "vitest";
import { applyChanges, type PathValue } from "../../../src/scenario/paths";
import { readScenario } from "../../../src/scenario/read-scenario";
import { STORIES } from "../../../src/scenario/stories";
import type { Scenario } from "../../../src/scenario/types";
import { changesBetween } from "../../../src/ui/scenario/changes/changes-between";
import { changeText } from "../../../src/ui/shell/change";

/** Each step of the stories with what it changes from the step before, in words. */
const STEPS = STORIES.flatMap(({ steps }) =>
  steps.map((step, place) => {
    const before = steps[place - 1];
    const changes = before === undefined ? [] : changesBetween(before.scenario, step.scenario);
    return { id: step.id, isFirst: before === undefined, changes, texts: changes.map(changeText) };
  }),
);

const { scenario: STANDARD } = readScenario({ schema: 1 });

function textsOf(changes: readonly PathValue[], from: Scenario = STANDARD): readonly string[] {
  const { ok, scenario } = applyChanges(from, changes);
  expect(ok).toBe(true);
  return changesBetween(from, scenario).map(changeText);
}

describe("what the steps of the stories change", () => {
  it.each(STEPS.filter(({ isFirst }) => !isFirst))(
    "step $id says it without a path of the document",
    ({ texts }) => {
      expect(texts.length).toBeGreaterThan(0);
      for (const text of texts) {
        // Dots stand in names of the catalogue ("db.r5.large"), between no names of fields.
        expect(text).not.toMatch(
          /\b(?:run|slo|workloads|endpoints|edge|fleets|pooler|database|timeline)\.\w/,
        );
        expect(text).not.toMatch(/\b(?!db\.)[a-z]+[A-Z]?[a-z]*\.[a-z]/);
        expect(text).not.toMatch(/undefined|NaN|null|\[object/);
      }
    },
  );

  it("no step says the same thing twice", () => {
    for (const { texts } of STEPS) expect(new Set(texts).size).toBe(texts.length);
  });

  it.each([
    ["A6", ["Clients 500 → 200", "Pooler off → on", "Plan Standard-3 → Standard-0"]],
    [
      "A9",
      [
        "Endpoint safe added: a query of 500 ms, 500 ms of other waiting",
        "Fleet readers added: 10 dynos",
        "Timeline: deploy of web at 20 s removed",
        "Clients 120 → 150",
        "Dynos of web 12 → 10",
        "Queries of page read → write",
        "Share of page 100 % → 50 %",
        "Share of safe 0 % → 50 %",
        "Preboot of web on → off",
        "Replicas 0 → 1",
        "Length of the run 4 min → 45 s",
      ],
    ],
    [
      "A11",
      [
        "Timeline: 1 dyno of web 3 times as slow for 10 min at 30 s added",
        "Timeline: 1 dyno of web stopped at 80 s added",
        "Clients 15 → 30",
        "Dynos 1 → 5",
        "Dyno type 1 vCPU, 1 GB, $50 a month → Heroku Standard-2X",
        "Request step 2: exponential 500 ms on the processor → 500 ms of other waiting",
        "Length of the run 5 min → 2 min",
      ],
    ],
    [
      "B1",
      [
        "Policy slow up: datapoints 1 of 1 → 3 of 3",
        "Policy fast up: datapoints 1 of 1 → 3 of 3",
        "Policy slow down: period 5 min → 2 min",
        "Policy slow down: below 15 % → 20 %",
      ],
    ],
    [
      "C3",
      [
        "Plan Amazon RDS for PostgreSQL db.t3.medium → Amazon Aurora PostgreSQL db.r5.large",
        "Replicas 0 → 1",
        "Reads go to the primary → replicas",
        "Autoscaler of replicas added: 1 to 4 replicas by processor use",
        "Length of the run 20 min → 25 min",
      ],
    ],
    ["C6", ["Replica chosen by DNS, at connect → by a proxy, per query"]],
    [
      "D4",
      [
        "Workload spike removed",
        "Workload visitors added: 3,000 clients",
        "Request steps now 3 queries of 20 ms, 425 ms of other waiting, exponential 15 ms on the processor",
        "Edge connections 1,536 → no limit",
        "Length of the run 20 s → 5 min",
      ],
    ],
    [
      "D8",
      [
        "Workload heartbeats removed",
        "Endpoint beat removed",
        "Timeline: dynos set to 10 at 9:10 min added",
        "Timeline: dynos set to 1 at 17:30 min added",
        "Traffic over time of visitors steady → from 150 to 3000 clients",
        "Dynos 10 → 1",
        "Start of visitors spread over 2 min → 10 s",
        "Edge connections 1,536 → no limit",
        "Length of the run 5 min → 30 min",
      ],
    ],
    [
      "E6",
      [
        "Requests per second 1,000 → 400",
        "Queries in a row of fetch 3 → 1",
        "Queries in a row of save 6 → 1",
        "Database processor time per query of save 1 ms → 2 ms",
        "Query time of save 10 ms → 15 ms",
        "Share of fetch 60 % → 95 %",
        "Share of save 40 % → 5 %",
        "Replicas 15 → 3",
      ],
    ],
  ])("%s", (id, texts) => {
    expect(STEPS.find((step) => step.id === id)?.texts).toEqual(texts);
  });
});

describe("the words for changes that no story makes", () => {
  it("a time that begins to vary is told by its distribution", () => {
    const { name } = STANDARD.endpoints[0] ?? { name: "" };
    const constant = applyChanges(STANDARD, [
      { path: `endpoints.${name}.steps`, value: [{ kind: "wait", ms: 500 }] },
    ]).scenario;
    const path = `endpoints.${name}.steps.0.ms`;
    expect(textsOf([{ path, value: { dist: "lognormal", p50: 300, p99: 2000 } }], constant)).toEqual([
      "Other waiting 500 ms → lognormal p50 300 ms p99 2 s",
    ]);
    expect(textsOf([{ path, value: { dist: "uniform", min: 100, max: 1500 } }], constant)).toEqual([
      "Other waiting 500 ms → uniform 100 ms to 1.5 s",
    ]);
  });

  it("what no control shows is named by its words in the document", () => {
    const { name, safe } = STANDARD.endpoints[0] ?? { name: "", safe: false };
    expect(textsOf([{ path: `endpoints.${name}.safe`, value: !safe }])).toEqual([
      `Safe ${safe ? "on → off" : "off → on"}`,
    ]);
  });

  it("a health check that comes, and then its numbers", () => {
    const { name } = STANDARD.fleets[0] ?? { name: "" };
    const check = { everyMs: 10_000, timeoutMs: 2000, fall: 3, rise: 2, throughApp: false };
    const path = `fleets.${name}.healthCheck`;
    expect(textsOf([{ path, value: check }])).toEqual(["Health check off → on"]);
    const checked = applyChanges(STANDARD, [{ path, value: check }]).scenario;
    expect(textsOf([{ path: `${path}.fall`, value: 5 }], checked)).toEqual([
      "Health check: failures until it is out 3 → 5",
    ]);
  });

  it("traffic of another kind, and what that kind has", () => {
    const { name } = STANDARD.workloads[0] ?? { name: "" };
    const path = `workloads.${name}`;
    const changes = [
      { path: `${path}.kind`, value: "open" },
      { path: `${path}.requestsPerSecond`, value: 120 },
    ];
    expect(textsOf(changes)).toEqual([
      "Kind of traffic clients → a rate",
      "Requests per second now 120",
      "Arrivals now at random (Poisson)",
    ]);
  });

  it("an event that happens at another time has moved", () => {
    const deploy = { do: "failover", atS: 10 };
    const early = applyChanges(STANDARD, [{ path: "timeline", value: [deploy] }]).scenario;
    expect(textsOf([{ path: "timeline", value: [{ ...deploy, atS: 20 }] }], early)).toEqual([
      "Timeline: failover of the database at 10 s → at 20 s",
    ]);
  });

  it("nothing where nothing differs but the name", () => {
    expect(textsOf([{ path: "name", value: "Another name" }])).toEqual([]);
  });
});

describe("a number on its way", () => {
  const between = (id: string, subject: string, share: number) =>
    STEPS.find((step) => step.id === id)
      ?.changes.find((change) => change.subject === subject)
      ?.values?.between?.(share);

  it("counts in whole steps where it is whole, from the old value to the new", () => {
    expect([0, 0.501, 1].map((share) => between("A6", "Clients", share))).toEqual(["500", "350", "200"]);
  });

  it("and in steps of its own size where it is not", () => {
    expect([0, 0.2, 1].map((share) => between("E5", "Share of fetch", share))).toEqual([
      "95 %",
      "88 %",
      "60 %",
    ]);
    expect(between("D5", "Pooler overhead per query", 0.5)).toBe("0.55 ms");
  });
});
