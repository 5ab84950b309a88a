import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Books, Simulation } from "../../src/engine";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { builtEngine } from "../support/built-engine.mjs";
import { changingScenario } from "../support/changing-scenario";
import { endOfTraffic } from "../support/engine-limits";
import { atMost, holds, same } from "../support/holding";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";

const { compile, compileChange, Simulation: Engine } = await builtEngine();

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

/** How many scenarios are quick enough for every run of the tests. */
const QUICK = 60;

const moments = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 6000 }), fc.double({ min: 0, max: 6000, noNaN: true })), {
    minLength: 3,
    maxLength: 20,
  })
  .map((times) => times.sort((a, b) => a - b));

function begin(scenario: Scenario): Simulation {
  return new Engine(compile(withSizes(scenario)), 0);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What holds at every moment whatever was changed before. */
function expectSound(books: Books): void {
  const levels = Object.values(books).flatMap((value: number | readonly number[]) => value);
  holds(
    "levels are whole numbers from 0",
    levels.every((level) => Number.isInteger(level) && level >= 0),
  );
  same("sent", books.sent, books.ok + books.failed + books.inFlight);
  same("busy threads", sum(books.busyThreadsOfProcesses), sum(books.busyThreadsOfDynos));
  atMost("computing threads", sum(books.computingOfProcesses), sum(books.busyThreadsOfProcesses));
  atMost(
    "requests that wait for a connection",
    sum(books.waitingForConnections),
    sum(books.busyThreadsOfDynos),
  );
  same("slots of pools", sum(books.takenSlots), books.checkedOut + books.idle + books.opening);
  atMost("busy server connections", books.poolerBusy, books.poolerOpen);
  atMost("queries that run", books.databaseActive, books.databaseOpen);
  books.replicasActive.forEach((active, i) => {
    atMost("queries that run on a replica", active, books.replicasOpen[i] ?? 0);
  });
}

/** The same to the last bit, of everything that was recorded. */
function expectSameRecord(one: Simulation, other: Simulation): void {
  // The test runner's own comparison takes a hundred times as long; it is asked only for what differs.
  if (!isDeepStrictEqual(other.record(), one.record())) expect(other.record()).toEqual(one.record());
}

describe("a system that changes while it runs", () => {
  it("keeps its books at every moment", async () => {
    await expectAlways([changingScenario, moments], QUICK, (scenario, times) => {
      const simulation = begin(scenario);
      for (const time of times) {
        simulation.advance(time);
        expectSound(simulation.books());
        const levels = simulation.levels();
        same("requests sent", levels.sent, simulation.books().sent);
      }
      simulation.advance(Number.POSITIVE_INFINITY);
      expectSound(simulation.books());
    });
  });

  it("gives the same record however its run is divided, and whenever somebody looks", async () => {
    await expectAlways([changingScenario, moments], QUICK, (scenario, times) => {
      const whole = begin(scenario);
      whole.advance(Number.POSITIVE_INFINITY);
      const parts = begin(scenario);
      for (const time of times) {
        parts.advance(time);
        parts.advance(time + 1, 1);
        parts.record();
        parts.levels();
      }
      parts.advance(Number.POSITIVE_INFINITY);
      expectSameRecord(whole, parts);
    });
  });

  it("goes the same way when its changes are made by hand, as in a live session, and when its timeline makes them", async () => {
    await expectAlways([changingScenario], QUICK, (scenario) => {
      const byTimeline = begin(scenario);
      byTimeline.advance(Number.POSITIVE_INFINITY);
      const sized = withSizes(scenario);
      const byHand = new Engine(compile({ ...sized, changes: [] }), 0);
      for (const change of sized.changes) {
        byHand.advance(Math.round(change.atS * 1e6) / 1e3);
        if (change.atS < scenario.run.durationS) byHand.apply(compileChange(change, sized));
      }
      byHand.advance(Number.POSITIVE_INFINITY);
      expectSameRecord(byTimeline, byHand);
    });
  });

  it("has nothing under way any more when its traffic has ended and its servers are back", async () => {
    await expectAlways([changingScenario], QUICK, (scenario) => {
      const calm: Scenario = {
        ...scenario,
        run: { ...scenario.run, durationS: 400, warmupS: 0 },
        workloads: scenario.workloads.map((workload) =>
          workload.kind === "burst" ? { ...workload, everyMs: 1e9 } : workload,
        ),
      };
      const traces = calm.workloads.some(
        (workload) => workload.kind === "open" && workload.trace !== undefined,
      );
      const simulation = begin(calm);
      simulation.advance(6000);
      for (const change of endOfTraffic(calm)) simulation.apply(change);
      // A measured curve can't be changed: it goes on with its last rate.
      if (traces) return;
      simulation.advance(Number.POSITIVE_INFINITY);
      const books = simulation.books();
      expectSound(books);
      same("requests in flight", books.inFlight, 0);
      same("slots at the edge", books.edgeConnections, 0);
      same("busy threads", sum(books.busyThreadsOfDynos), 0);
      same("requests in lines", sum(books.waitingAtDynos) + books.waitingAtBalancers, 0);
      same("connections checked out", books.checkedOut, 0);
      same("connections being opened", books.opening, 0);
      same("queries that run", books.databaseActive + sum(books.replicasActive), 0);
      same("queries in poolers' lines", books.poolerWaiting, 0);
    });
  });
});
