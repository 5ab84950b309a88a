import { describe, expect, it, vi } from "vitest";
import type { Scenario, TimelineEntry } from "../../../src/scenario/types";
import { readHash, writeHash } from "../../../src/share/link";
import { createSession } from "../../../src/store/session";
import { FakeClient, settle } from "../../support/fake-client";
import { FakeEnvironment } from "../../support/fake-environment";
import { openLive } from "../../support/open-live";
import { DYNOS, drag, dynosOf, OPENING, openSession } from "../../support/open-session";

const CLIENTS = "workloads.hey.clients";
const set = (atS: number, path: string, value: unknown): TimelineEntry => ({ atS, do: "set", path, value });

function withTimeline(timeline: readonly TimelineEntry[]): Scenario {
  return { ...OPENING, timeline };
}

describe("pressing play", () => {
  it("lets the scenario run live from 0, one replication of it, instead of whole runs", async () => {
    const { client, live, session, liveState } = await openLive();
    expect(live.runs).toHaveLength(1);
    expect(live.latest).toMatchObject({ nowMs: 0, speed: 1 });
    expect(live.latest.scenario).toEqual({ ...OPENING, run: { ...OPENING.run, replications: 1 } });
    expect(client.latest.hasEnded).toBe(true);
    expect(session.run.getState().status).toBe("live");
    expect(liveState()).toMatchObject({ status: "running", nowS: 0, recorded: [] });
  });

  it("shows the picture of the running system where results are shown", async () => {
    const { session, live, passTo, liveState } = await openLive();
    passTo(7);
    expect(session.run.getState().summary?.figures.requests.ok).toBe(7_000);
    expect(liveState()).toMatchObject({ nowS: 7, window: { fromS: 0, toS: 60 } });
    live.latest.passTo(100_000, { durationS: 120 });
    expect(liveState().window).toEqual({ fromS: 40, toS: 100 });
    live.latest.passTo(3_000_000, { durationS: 3_840 });
    expect(liveState().window).toEqual({ fromS: 2_040, toS: 3_000 });
  });

  it("again after a pause goes on", async () => {
    const { session, live, liveState } = await openLive();
    session.live.pause();
    expect(live.latest.speed).toBeNull();
    expect(liveState().status).toBe("paused");
    session.live.play();
    expect(live.latest.speed).toBe(1);
    expect(liveState().status).toBe("running");
  });

  it("says so where the live mode cannot be fetched, and tries again", async () => {
    const environment = new FakeEnvironment();
    const loadLive = vi.fn(() => Promise.reject(new Error("offline")));
    const session = createSession({
      client: new FakeClient(),
      loadLive,
      loadStudies: () => Promise.reject(new Error("offline")),
      environment,
    });
    await session.ready;
    session.live.play();
    await vi.waitFor(() => expect(session.live.store.getState().status).toBe("failed"));
    expect(session.live.store.getState().failure?.message).toContain("offline");
    session.live.play();
    await vi.waitFor(() => expect(loadLive).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(session.live.store.getState().status).toBe("failed"));
    session.live.stop();
    expect(session.run.getState().status).toBe("running");
  });

  it("and stop before it has come leaves nothing running", async () => {
    const { session, live } = await openSession();
    session.live.play();
    session.live.stop();
    await settle();
    expect(live.runs).toHaveLength(0);
    expect(session.live.store.getState().status).toBe("off");
  });
});

describe("the speed", () => {
  it("is chosen while it runs, and before", async () => {
    const { session, live, liveState } = await openLive();
    session.live.setSpeed(20);
    expect(live.latest.speed).toBe(20);
    session.live.setSpeed("max");
    expect(live.latest.speed).toBe(Number.POSITIVE_INFINITY);
    session.live.pause();
    session.live.setSpeed(5);
    expect(live.latest.speed).toBeNull();
    session.live.play();
    expect(live.latest.speed).toBe(5);
    live.latest.show({ speedReached: 3.8 });
    expect(liveState()).toMatchObject({ speed: 5, speedReached: 3.8 });
  });

  it("does not matter for a step: one second, and a pause", async () => {
    const { session, live, liveState } = await openLive();
    session.live.step();
    expect(live.latest.nowMs).toBe(1_000);
    expect(liveState()).toMatchObject({ status: "paused", nowS: 1 });
  });
});

describe("a value changed while it runs", () => {
  it("is set in the running system, at that time, and written down", async () => {
    const { session, passTo, done, live, dynos, liveState, client, environment } = await openLive();
    const { entries } = environment;
    const runs = client.runs.length;
    passTo(12.345);
    session.edit(DYNOS, 30);
    await settle();
    expect(done()).toEqual([set(12.345, DYNOS, 30)]);
    expect(liveState().recorded).toEqual(done());
    expect(live.latest.took).toMatchObject([{ atMs: 12_345, change: { do: "set" } }]);
    expect(dynosOf(live.latest.present)).toBe(30);
    expect(dynos()).toBe(30);
    expect(live.latest.isHeld).toBe(false);
    // No whole run, and no step of the address.
    expect(client.runs).toHaveLength(runs);
    expect(environment.entries).toBe(entries);
  });

  it("by dragging is set ten times a second at most, and only what was set is written down", async () => {
    const { session, passTo, done, environment } = await openLive();
    for (let tenth = 0; tenth < 10; tenth += 1) {
      passTo(10 + tenth / 100);
      drag(session, [26 + tenth]);
      await settle();
      environment.clock.advance(20);
      await settle();
    }
    session.commitEdit();
    await settle();
    const values = done().map((entry) => (entry.do === "set" ? entry.value : null));
    expect(values.length).toBeLessThanOrEqual(4);
    expect(values[0]).toBe(26);
    expect(values.at(-1)).toBe(35);
    expect(new Set(values).size).toBe(values.length);
  });

  it("by dragging there and back again is not written down twice", async () => {
    const { session, passTo, done, environment } = await openLive();
    passTo(10);
    drag(session, [30]);
    await settle();
    environment.clock.advance(200);
    session.commitEdit();
    await settle();
    expect(done()).toEqual([set(10, DYNOS, 30)]);
  });

  it("together with others is one entry each, at the same time and in order", async () => {
    const { session, passTo, done, live } = await openLive();
    passTo(5);
    session.applyChanges([
      { path: "pooler.enabled", value: true },
      { path: DYNOS, value: 75 },
    ]);
    await settle();
    expect(done().map(({ atS }) => atS)).toEqual([5, 5]);
    expect(live.latest.present).toMatchObject({ pooler: { enabled: true }, fleets: [{ dynos: 75 }] });
  });

  it("that only stands together with another is one entry for both", async () => {
    const steps = OPENING.endpoints[0]?.steps ?? [];
    const { session, passTo, done, live } = await openLive({
      ...OPENING,
      endpoints: [
        { name: "page", fleet: "web", safe: true, steps },
        { name: "search", fleet: "web", safe: true, steps },
      ],
      workloads: OPENING.workloads.map((workload) => ({ ...workload, mix: { page: 0.5, search: 0.5 } })),
    });
    passTo(5);
    session.edit("workloads.hey.mix", { page: 0.9, search: 0.1 });
    await settle();
    expect(done()).toEqual([set(5, "workloads.hey.mix", { page: 0.9, search: 0.1 })]);
    expect(live.latest.present.workloads[0]).toMatchObject({ mix: { page: 0.9, search: 0.1 } });
  });

  it("while the system is brought to a stand is part of the same change", async () => {
    const { session, passTo, done, live } = await openLive();
    passTo(5);
    live.latest.waits = true;
    session.edit(DYNOS, 30);
    session.edit(CLIENTS, 400);
    passTo(6);
    live.latest.letGo();
    await settle();
    expect(done()).toEqual([set(6, CLIENTS, 400), set(6, DYNOS, 30)]);
  });

  it("is set back by undo, as another entry", async () => {
    const { session, passTo, done, dynos, state } = await openLive();
    passTo(5);
    session.edit(DYNOS, 30);
    await settle();
    expect(state().canUndo).toBe(true);
    passTo(8);
    session.undo();
    await settle();
    expect(dynos()).toBe(25);
    expect(done()).toEqual([set(5, DYNOS, 30), set(8, DYNOS, 25)]);
    expect(state().canUndo).toBe(false);
  });

  it("that no running system feels is no entry: its name, its objective", async () => {
    const { session, passTo, done, live } = await openLive();
    passTo(5);
    session.edit("name", "An evening");
    session.edit("slo.p95Ms", 900);
    await settle();
    expect(done()).toEqual([]);
    expect(live.latest.scenario).toMatchObject({ name: "An evening", slo: { p95Ms: 900 } });
    expect(live.runs).toHaveLength(1);
  });

  it.each([
    ["run.seed", () => 7],
    ["fleets", (present: Scenario) => [...present.fleets, { name: "jobs", dynos: 2 }]],
  ])("that a running system cannot do (%s) begins again at 0, and says so", async (path, valueIn) => {
    const { session, passTo, live, liveState, state } = await openLive();
    passTo(5);
    session.edit(DYNOS, 30);
    await settle();
    session.edit(path, valueIn(state().scenario));
    await settle();
    expect(live.runs).toHaveLength(2);
    expect(live.latest).toMatchObject({ nowMs: 0, speed: 1 });
    expect(dynosOf(live.latest.scenario)).toBe(30);
    expect(live.latest.scenario.run.seed).toBe(state().scenario.run.seed);
    expect(live.latest.scenario.fleets).toHaveLength(state().scenario.fleets.length);
    expect(liveState()).toMatchObject({ recorded: [], nowS: 0 });
    expect(liveState().notice).toContain("began again");
  });
});

describe("a value that a running system cannot be given", () => {
  it("begins the run again when it is let go, not while it is dragged", async () => {
    const { session, passTo, live, environment } = await openLive();
    passTo(5);
    for (const warmupS of [6, 7, 8]) {
      session.edit("run.warmupS", warmupS, { dragging: true });
      await settle();
      environment.clock.advance(200);
      await settle();
    }
    expect(live.runs).toHaveLength(1);
    expect(live.latest.isHeld).toBe(false);
    session.commitEdit();
    await settle();
    expect(live.runs).toHaveLength(2);
    expect(live.latest.scenario.run.warmupS).toBe(8);
  });
});

describe("the scenario's own timeline", () => {
  const OWN = [set(20, DYNOS, 30), set(40, DYNOS, 35)];

  it("moves the controls as time passes it", async () => {
    const { passTo, dynos, liveState } = await openLive(withTimeline(OWN));
    passTo(19);
    expect(dynos()).toBe(25);
    passTo(21);
    expect(dynos()).toBe(30);
    expect(liveState().recorded).toEqual([]);
  });

  it("keeps what it has set when the reader undoes something else", async () => {
    const { session, passTo, dynos, done, state } = await openLive(withTimeline(OWN));
    passTo(10);
    session.edit(CLIENTS, 400);
    await settle();
    passTo(21);
    session.undo();
    await settle();
    expect(dynos()).toBe(30);
    expect(done()).toEqual([set(10, CLIENTS, 400), set(21, CLIENTS, 200)]);
    expect(state().canUndo).toBe(false);
  });

  it("that passes just before a change is not undone by it", async () => {
    const { session, live, dynos, done } = await openLive(withTimeline(OWN));
    // The page has not heard of it yet.
    live.latest.nowMs = 20_010;
    live.latest.step(0);
    live.latest.took.length = 1;
    session.edit(CLIENTS, 400);
    await settle();
    expect(done()).toEqual([set(20.01, CLIENTS, 400)]);
    expect(dynos()).toBe(30);
    expect(dynosOf(live.latest.present)).toBe(30);
  });

  it("can be changed where it is still to come, and begins again where it is not", async () => {
    const { session, passTo, live, dynos } = await openLive(withTimeline(OWN));
    passTo(30);
    session.edit("timeline", [OWN[0], set(41, DYNOS, 50)]);
    await settle();
    expect(live.runs).toHaveLength(1);
    passTo(42);
    expect(dynos()).toBe(50);
    session.edit("timeline", [set(41, DYNOS, 50)]);
    await settle();
    expect(live.runs).toHaveLength(2);
    expect(live.latest.scenario.timeline).toEqual([set(41, DYNOS, 50)]);
    expect(dynosOf(live.latest.scenario)).toBe(25);
    expect(dynos()).toBe(25);
  });
});

describe("what can be done to the system", () => {
  it.each([
    ["deploy", { do: "deploy", fleet: "web" }],
    ["killDyno", { do: "killDyno", fleet: "web", count: 1, graceful: false, backAfterS: 20 }],
    ["failover", { do: "failover" }],
    ["restartDatabase", { do: "restartDatabase", downS: 5 }],
  ] as const)("is written down: %s", async (action, entry) => {
    const { session, passTo, done, live } = await openLive();
    passTo(3.21);
    session.live.act({ do: action, fleet: "web" });
    await settle();
    expect(done()).toEqual([{ atS: 3.21, ...entry }]);
    expect(live.latest.took).toMatchObject([{ atMs: 3_210, change: { do: action } }]);
  });

  it("is four times the traffic, for 20 s, and not twice at a time", async () => {
    const { session, passTo, done, state, live } = await openLive();
    const clients = () => state().scenario.workloads[0];
    passTo(10);
    session.live.act({ do: "spike" });
    session.live.act({ do: "spike" });
    await settle();
    expect(done()).toEqual([set(10, CLIENTS, 800), set(30, CLIENTS, 200)]);
    expect(live.latest.took).toHaveLength(1);
    expect(clients()).toMatchObject({ clients: 800 });
    expect(state().canUndo).toBe(false);
    passTo(31);
    expect(clients()).toMatchObject({ clients: 200 });
  });

  it("leaves traffic that the reader has set since as it is when the spike ends", async () => {
    const { session, passTo, done, state } = await openLive();
    passTo(10);
    session.live.act({ do: "spike" });
    await settle();
    passTo(15);
    session.edit(CLIENTS, 300);
    await settle();
    expect(done()).toEqual([set(10, CLIENTS, 800), set(15, CLIENTS, 300)]);
    passTo(35);
    expect(state().scenario.workloads[0]).toMatchObject({ clients: 300 });
  });
});

describe("stopping", () => {
  it("keeps the session as a scenario, which is one step and simulated whole", async () => {
    const { session, passTo, state, client, environment, inAddress } = await openLive();
    passTo(10);
    session.edit(DYNOS, 30);
    await settle();
    passTo(12);
    session.live.act({ do: "killDyno", fleet: "web" });
    await settle();
    passTo(33.333);
    session.live.stop();
    await settle();
    const kept = state().scenario;
    expect(kept.run).toMatchObject({ durationS: 33.333, replications: 1, warmupS: OPENING.run.warmupS });
    expect(kept.timeline).toMatchObject([{ atS: 10 }, { atS: 12, do: "killDyno" }]);
    expect(dynosOf(kept)).toBe(25);
    expect(session.live.store.getState().status).toBe("off");
    expect(client.latest.request).toEqual({ scenario: kept, replications: 1 });
    expect(await inAddress()).toEqual(kept);
    session.undo();
    expect(state()).toMatchObject({ scenario: OPENING, canUndo: false });
    expect(environment.address.hash()).toBe(writeHash(state().baseId, OPENING));
  });

  it("leaves everything as it was where nothing was done", async () => {
    const { session, passTo, state, client, environment } = await openLive();
    passTo(20);
    session.live.stop();
    await settle();
    expect(state()).toMatchObject({ scenario: OPENING, canUndo: false });
    expect(environment.entries).toHaveLength(1);
    expect(client.latest.request.scenario).toBe(OPENING);
  });

  it("leaves out what was still to come, and lasts long enough to measure something", async () => {
    const { session, passTo, state } = await openLive(withTimeline([set(40, DYNOS, 99)]));
    passTo(2);
    session.live.act({ do: "spike" });
    await settle();
    passTo(3);
    session.live.stop();
    expect(state().scenario.timeline).toEqual([set(2, CLIENTS, 800)]);
    expect(state().scenario.run.durationS).toBe(OPENING.run.warmupS + 1);
  });

  it("keeps what was done at the very last moment", async () => {
    const { session, passTo, state } = await openLive();
    passTo(20);
    session.live.pause();
    session.live.act({ do: "failover" });
    await settle();
    session.live.stop();
    expect(state().scenario).toMatchObject({
      run: { durationS: 21 },
      timeline: [{ atS: 20, do: "failover" }],
    });
  });

  it("is what opening another scenario does first, so that the session is one step back", async () => {
    const { session, passTo, state } = await openLive();
    passTo(20);
    session.live.act({ do: "failover" });
    await settle();
    passTo(25);
    session.replaceScenario({ ...OPENING, name: "Another" });
    expect(session.live.store.getState().status).toBe("off");
    expect(state().scenario.name).toBe("Another");
    session.undo();
    expect(state().scenario.timeline).toEqual([{ atS: 20, do: "failover" }]);
    session.undo();
    expect(state().scenario).toBe(OPENING);
  });

  it("is what going to another address does, too", async () => {
    const { session, passTo, state, environment, live } = await openLive();
    passTo(20);
    session.live.act({ do: "failover" });
    await settle();
    environment.type(`#from=${state().baseId}&${DYNOS}=75`);
    await vi.waitFor(() => expect(dynosOf(state().scenario)).toBe(75));
    expect(live.latest.hasEnded).toBe(true);
    expect(session.live.store.getState().status).toBe("off");
    session.undo();
    expect(state().scenario.timeline).toHaveLength(1);
  });
});

describe("a live session's link", () => {
  it("opens to the scenario that stopping would leave", async () => {
    const { session, passTo, state } = await openLive();
    passTo(10);
    session.edit(DYNOS, 30);
    await settle();
    passTo(17.25);
    session.live.act({ do: "spike" });
    await settle();
    passTo(18);
    const link = new URL((await session.shareLink()) ?? "");
    const shared = session.toShare();
    session.live.stop();
    expect(state().scenario).toEqual(shared);
    expect((await readHash(link.hash)).scenario).toEqual(shared);
    expect((await readHash(link.hash)).problems).toEqual([]);
  });

  it("is pinned as a baseline the same way", async () => {
    const { session, passTo } = await openLive();
    passTo(10);
    session.edit(DYNOS, 30);
    await settle();
    passTo(17);
    session.pin();
    expect(session.baseline.getState().scenario).toEqual(session.toShare());
  });
});

describe("beginning again", () => {
  it("is at 0, with the values as they are and nothing recorded", async () => {
    const { session, passTo, live, dynos, liveState } = await openLive(withTimeline([set(20, DYNOS, 30)]));
    passTo(10);
    session.edit(CLIENTS, 400);
    session.live.act({ do: "deploy", fleet: "web" });
    await settle();
    passTo(25);
    expect(dynos()).toBe(30);
    session.live.reset();
    expect(live.latest).toMatchObject({ nowMs: 0, speed: 1 });
    expect(live.latest.scenario.workloads[0]).toMatchObject({ clients: 400 });
    expect(live.latest.timeline).toEqual([set(20, DYNOS, 30)]);
    // What the timeline sets is set at its time.
    expect(dynos()).toBe(25);
    expect(liveState()).toMatchObject({ recorded: [], nowS: 0, notice: null });
  });

  it("stays paused where it was", async () => {
    const { session, live } = await openLive();
    session.live.pause();
    session.live.reset();
    expect(live.latest.speed).toBeNull();
  });
});

describe("a live run that fails", () => {
  it("says why, and is taken up where it was, with all that was done", async () => {
    const { session, passTo, live, liveState, dynos } = await openLive();
    passTo(10);
    session.edit(DYNOS, 30);
    await settle();
    passTo(20);
    live.latest.fail("crashed");
    expect(liveState()).toMatchObject({ status: "failed", failure: { code: "crashed" }, nowS: 20 });
    expect(dynos()).toBe(30);
    // What is changed meanwhile is done when it goes on.
    session.edit(CLIENTS, 400);
    session.live.play();
    await settle();
    expect(live.runs).toHaveLength(2);
    expect(live.latest).toMatchObject({ nowMs: 20_000, speed: 1 });
    expect(live.latest.timeline).toEqual([set(10, DYNOS, 30), set(20, CLIENTS, 400)]);
    live.latest.passTo(1_000, { phase: "catching-up", summary: null });
    expect(liveState()).toMatchObject({ status: "restarting", nowS: 20 });
    passTo(21);
    expect(liveState()).toMatchObject({ status: "running", nowS: 21, failure: null });
  });

  it("can still be kept as a scenario", async () => {
    const { session, passTo, live, state } = await openLive();
    passTo(10);
    session.live.act({ do: "failover" });
    await settle();
    passTo(20);
    live.latest.fail("crashed");
    session.live.stop();
    expect(state().scenario).toMatchObject({ run: { durationS: 20 }, timeline: [{ atS: 10 }] });
  });

  it("while it was to be changed does that when it goes on", async () => {
    const { session, passTo, live } = await openLive();
    passTo(10);
    live.latest.waits = true;
    session.live.act({ do: "failover" });
    live.latest.fail("crashed");
    await settle();
    session.live.play();
    await settle();
    expect(live.latest.timeline).toEqual([{ atS: 10, do: "failover" }]);
  });

  it.each([
    ["overrun", "2,000,000 requests"],
    ["longest", "1,000,000 s"],
  ] as const)("to go on (%s) pauses and says why", async (halted, words) => {
    const { live, liveState } = await openLive();
    live.latest.passTo(9_000, { halted, phase: "paused" });
    expect(liveState()).toMatchObject({ status: "paused", nowS: 9 });
    expect(liveState().notice).toContain(words);
  });
});

describe("leaving the page", () => {
  it("ends the live run and its worker", async () => {
    const { session, live } = await openLive();
    session.dispose();
    expect(live.latest.hasEnded).toBe(true);
    expect(live.isDisposed).toBe(true);
  });
});
