import { describe, expect, it } from "vitest";
import { resultDocument } from "../../../src/analysis/result-document";
import { ENGINE_VERSION } from "../../../src/engine";
import { PRESETS } from "../../../src/scenario/presets";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";
import { summaryOf } from "../../support/judged";
import { SHORT_PRESETS } from "../../support/short-presets";
import { tiny } from "../../support/tiny-scenarios";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Everything in a document that JSON does not know, by its path: what would be lost or changed on the way. */
function notJson(value: unknown, path = ""): string[] {
  if (value === null || typeof value === "string" || typeof value === "boolean") return [];
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (Array.isArray(value)) return value.flatMap((item, index) => notJson(item, `${path}.${index}`));
  if (typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.entries(value).flatMap(([name, part]) => notJson(part, `${path}.${name}`));
  }
  return [`${path}: ${Object.prototype.toString.call(value)}`];
}

/** What is there after writing and reading: what tools that run on the document get. */
function documentOf(scenario: Scenario): Record<string, Json> {
  return JSON.parse(JSON.stringify(resultDocument(summaryOf(scenario)))) as Record<string, Json>;
}

function at(document: Json | undefined, path: string): Json | undefined {
  let value: Json | undefined = document;
  for (const name of path.split(".")) {
    value =
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as { readonly [name: string]: Json })[name]
        : undefined;
  }
  return value;
}

const numberAt = (document: Json, path: string): number => Number(at(document, path));

/** Two replications of every preset, and scenarios in which much is missing. */
const SCENARIOS: readonly (readonly [string, Scenario])[] = [
  ...SHORT_PRESETS.map(
    ([id, scenario]) => [id, { ...scenario, run: { ...scenario.run, replications: 2 } }] as const,
  ),
  ["one replication", tiny({})],
  ["nothing succeeds", tiny({ fleet: { dynos: 0 }, slo: { p95Ms: 100, failureRate: 0.1 } })],
  ["nothing is sent", tiny({ closed: { clients: 0 }, slo: { p99Ms: 100 } })],
  ["nothing ends", tiny({ steps: [{ kind: "wait", ms: 9000 }] })],
];

describe.each(SCENARIOS)("the result document: %s", (_name, scenario) => {
  const document = documentOf(scenario);

  it("is plain JSON: nothing is lost on the way, no number is not a number", () => {
    const summary = summaryOf(scenario);
    expect(notJson(resultDocument(summary))).toEqual([]);
    expect(JSON.parse(JSON.stringify(resultDocument(summary)))).toEqual(resultDocument(summary));
  });

  it("has every field of the contract", () => {
    const estimates = ["mean", "p50", "p75", "p90", "p95", "p99", "max"];
    const paths = [
      ..."schema engine scenario replications measuredS simulatedRequests wallMs staleReads retries breakdown".split(
        " ",
      ),
      ..."sent ok failed inFlight failedByKind".split(" ").map((name) => `requests.${name}`),
      ..."throughputPerSecond failureRate".split(" ").flatMap((name) => [`${name}.mean`, `${name}.ci95`]),
      ...["latencyMs", "queueMs", "appMs"].flatMap((name) =>
        estimates.flatMap((key) => [`${name}.${key}.mean`, `${name}.${key}.ci95`]),
      ),
      ..."queue cpu cpuWait wait checkout connect pooler query queryWait"
        .split(" ")
        .map((name) => `stagesMs.${name}`),
      ..."threads cpu pool pooler databaseConnections databaseCpu"
        .split(" ")
        .map((name) => `utilization.${name}`),
      ..."queued databaseConnections poolerClients poolerQueued dynos"
        .split(" ")
        .map((name) => `peaks.${name}`),
      ..."requests latencyMs".split(" ").map((name) => `byEndpoint.page.${name}`),
      ..."requests perDyno.requests perDyno.busyThreads".split(" ").map((name) => `byFleet.web.${name}`),
      ..."bucketS atS sent ok failed failedByKind p50 p95 p99 queueP95 inFlight queued dynos databaseConnections poolerQueued cpu databaseCpu replicas busyThreadsPerDyno"
        .split(" ")
        .map((name) => `series.${name}`),
      ..."monthlyUsd perMillionRequestsUsd".split(" ").map((name) => `cost.${name}`),
      ..."met misses".split(" ").map((name) => `slo.${name}`),
    ];
    expect(paths.filter((path) => at(document, path) === undefined)).toEqual([]);
    expect([document.schema, document.engine]).toEqual([1, ENGINE_VERSION]);
  });

  it("holds the whole scenario, which reads back as the same", () => {
    const read = readScenario(document.scenario);
    expect(read.ok).toBe(true);
    expect(read.scenario).toEqual(scenario);
  });

  it("has books that balance", () => {
    const [sent, ok, failed, inFlight] = ["sent", "ok", "failed", "inFlight"].map((name) =>
      numberAt(document, `requests.${name}`),
    );
    expect(sent).toBe((ok ?? 0) + (failed ?? 0) + (inFlight ?? 0));
    const kinds = Object.values(at(document, "requests.failedByKind") as Record<string, number>);
    expect(kinds.reduce((a, b) => a + b, 0)).toBe(failed);
    expect(numberAt(document, "simulatedRequests")).toBeGreaterThanOrEqual(sent ?? 0);
  });

  it("has stages that add up to the mean latency", () => {
    const stages = Object.values(at(document, "stagesMs") as Record<string, number | null>);
    const mean = at(document, "latencyMs.mean.mean");
    if (mean === null) expect(new Set(stages)).toEqual(new Set([null]));
    else expect(stages.reduce<number>((sum, ms) => sum + (ms ?? 0), 0) / Number(mean)).toBeCloseTo(1, 9);
  });

  it("says where the time goes, adding up to the mean and to each percentile", () => {
    const rows = document.breakdown as { of: string; totalMs: number; stagesMs: Record<string, number> }[];
    expect(rows.map(({ of }) => of)).toEqual(
      numberAt(document, "requests.ok") === 0 ? [] : ["mean", "p50", "p95", "p99"],
    );
    for (const { of, totalMs, stagesMs } of rows) {
      expect(totalMs).toBe(at(document, `latencyMs.${of}.mean`));
      const sum = Object.values(stagesMs).reduce((all, ms) => all + ms, 0);
      expect(sum / totalMs).toBeCloseTo(1, 9);
    }
  });

  it("has series of one length", () => {
    const series = at(document, "series") as Record<string, Json>;
    const { bucketS: _bucketS, failedByKind, failedElsewhere, fleets, ...columns } = series;
    const tables = [
      "busyThreadsPerDyno",
      "queuedPerDyno",
      "statusPerDyno",
      "connectionsPerReplica",
      "upPerReplica",
    ];
    const ofFleets = Object.values(fleets as Record<string, Record<string, Json>>);
    const rows = [
      ...Object.entries(columns).flatMap(([name, column]) =>
        tables.includes(name) ? (column as Json[]) : [column],
      ),
      ...Object.values(failedByKind ?? {}),
      ...Object.values(failedElsewhere ?? {}),
      ...ofFleets.flatMap(({ dynoRows: _dynoRows, ...own }) => Object.values(own)),
    ];
    const lengths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : -1)));
    expect([...lengths]).toEqual([(columns.atS as Json[]).length]);
    const dynos = ofFleets.reduce((all, { dynoRows }) => all + Number(dynoRows), 0);
    expect(columns.busyThreadsPerDyno).toHaveLength(dynos);
    expect(dynos).toBeGreaterThanOrEqual(scenario.fleets.reduce((all, fleet) => all + fleet.dynos, 0));
  });

  it("has null, not a number, where there was nothing to measure", () => {
    const ok = numberAt(document, "requests.ok");
    const ended = ok + numberAt(document, "requests.failed");
    expect(at(document, "latencyMs.p95.mean") === null).toBe(ok === 0);
    expect(at(document, "failureRate.mean") === null).toBe(ended === 0);
    expect(at(document, "throughputPerSecond.ci95") === null).toBe(document.replications === 1);
  });
});

describe("the same scenario and seed", () => {
  it("give the same document, to the last digit", () => {
    const [opening] = PRESETS;
    if (opening === undefined) throw new Error("no preset");
    const scenario = { ...opening.scenario, run: { ...opening.scenario.run, replications: 3 } };
    expect(JSON.stringify(documentOf(scenario))).toBe(JSON.stringify(documentOf(scenario)));
  });

  it("and another seed another one", () => {
    const [opening] = PRESETS;
    if (opening === undefined) throw new Error("no preset");
    const seeded = (seed: number): Json | undefined =>
      documentOf({ ...opening.scenario, run: { ...opening.scenario.run, replications: 1, seed } }).requests;
    expect(seeded(1)).not.toEqual(seeded(2));
    expect(seeded(2 ** 32 + 1)).not.toEqual(seeded(1));
  });
});
