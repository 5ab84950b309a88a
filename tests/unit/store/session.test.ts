import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { findPreset, OPENING_PRESET_ID, PRESETS } from "../../../src/scenario/presets";
import type { Scenario } from "../../../src/scenario/types";
import { readHash, writeHash } from "../../../src/share/link";
import { createSession, type Session } from "../../../src/store/session";
import { FakeClient, settle } from "../../support/fake-client";
import { FakeEnvironment } from "../../support/fake-environment";

const DYNOS = "fleets.web.dynos";
const OPENING = findPreset(OPENING_PRESET_ID)?.scenario ?? DEFAULT_SCENARIO;

async function open(environment = new FakeEnvironment()) {
  const client = new FakeClient();
  const session = createSession({ client, environment });
  await session.ready;
  const state = () => session.scenario.getState();
  const dynos = (): number | undefined => dynosOf(state().scenario);
  const inAddress = async (): Promise<Scenario> => (await readHash(environment.address.hash())).scenario;
  return { client, environment, session, state, dynos, inAddress };
}

function dynosOf(scenario: Scenario | undefined | null): number | undefined {
  return scenario?.fleets[0]?.dynos;
}

function drag(session: Session, values: readonly number[]): void {
  for (const value of values) session.edit(DYNOS, value, { dragging: true });
}

describe("opening the page", () => {
  it("for the first time shows the opening example, and simulates it whole", async () => {
    const { client, state, environment } = await open();
    expect(state()).toMatchObject({
      baseId: OPENING_PRESET_ID,
      scenario: OPENING,
      canUndo: false,
      problems: [],
    });
    expect(environment.entries).toEqual([writeHash(OPENING_PRESET_ID, OPENING)]);
    expect(client.runs.map((run) => run.request)).toEqual([
      { scenario: OPENING, replications: OPENING.run.replications },
    ]);
  });

  it("with a link shows the link's scenario, whatever was worked on before", async () => {
    const before = await open();
    before.session.edit(DYNOS, 99);
    const link = `#from=${OPENING_PRESET_ID}&${DYNOS}=75&pooler.enabled=true`;
    const { dynos, state, client } = await open(new FakeEnvironment(link, before.environment.kept));
    expect(dynos()).toBe(75);
    expect(state()).toMatchObject({ scenario: { pooler: { enabled: true } }, canUndo: false, problems: [] });
    expect(client.runs).toHaveLength(1);
  });

  it("without a link goes on with what was worked on last", async () => {
    const before = await open();
    before.session.edit(DYNOS, 99);
    const { state, environment, inAddress } = await open(new FakeEnvironment("", before.environment.kept));
    expect(state().scenario).toEqual(before.state().scenario);
    expect(environment.entries).toHaveLength(1);
    expect(await inAddress()).toEqual(before.state().scenario);
  });

  it("with a faulty link shows what could be read, lists the rest, and leaves the link as it came", async () => {
    const link = `#from=${OPENING_PRESET_ID}&${DYNOS}=75&run.seed=minus&__proto__.x=1`;
    const { dynos, state, environment, session } = await open(new FakeEnvironment(link));
    expect(dynos()).toBe(75);
    expect(state().problems.length).toBeGreaterThanOrEqual(2);
    expect(environment.entries).toEqual([link]);
    session.dismissProblems();
    expect(state().problems).toEqual([]);
    expect(environment.address.hash()).toBe(writeHash(OPENING_PRESET_ID, state().scenario));
  });

  it("works without storage", async () => {
    const environment = new FakeEnvironment();
    environment.refusesStorage = true;
    const { session, dynos, state } = await open(environment);
    expect(state().scenario).toEqual(OPENING);
    session.edit(DYNOS, 30);
    session.pin();
    session.unpin();
    session.preferences.setState({ theme: "dark" });
    expect(dynos()).toBe(30);
  });
});

describe("the address bar", () => {
  it("holds the scenario after each edit, one entry of the browser's history each", async () => {
    const { session, environment, inAddress, state } = await open();
    session.edit(DYNOS, 30);
    session.edit("pooler.enabled", true);
    expect(environment.entries).toHaveLength(3);
    expect(await inAddress()).toEqual(state().scenario);
  });

  it("has one entry for a whole drag", async () => {
    const { session, environment } = await open();
    drag(session, [26, 27, 28]);
    expect(environment.entries).toHaveLength(1);
    session.commitEdit();
    expect(environment.entries).toHaveLength(2);
    session.commitEdit();
    expect(environment.entries).toHaveLength(2);
  });

  it("back and forward go through the committed scenarios, and agree with undo and redo", async () => {
    const { session, environment, dynos, state } = await open();
    session.edit(DYNOS, 30);
    session.edit(DYNOS, 40);
    environment.go(-1);
    await settle();
    expect(dynos()).toBe(30);
    expect(state()).toMatchObject({ canUndo: true, canRedo: true });
    environment.go(-1);
    await settle();
    expect(state()).toMatchObject({ scenario: OPENING, canUndo: false, canRedo: true });
    environment.go(2);
    await settle();
    expect(dynos()).toBe(40);
    expect(environment.entries).toHaveLength(3);
  });

  it("follows undo and redo", async () => {
    const { session, environment, inAddress, dynos } = await open();
    session.edit(DYNOS, 30);
    session.undo();
    expect(await inAddress()).toEqual(OPENING);
    environment.go(-1);
    await settle();
    expect(dynos()).toBe(30);
    session.undo();
    session.redo();
    expect(dynosOf(await inAddress())).toBe(30);
  });

  it("opens a link that is pasted into it, as a step that can be undone", async () => {
    const { session, environment, dynos, client } = await open();
    environment.type(`#from=${OPENING_PRESET_ID}&${DYNOS}=50`);
    await settle();
    expect(dynos()).toBe(50);
    expect(dynosOf(client.latest.request.scenario)).toBe(50);
    session.undo();
    expect(dynos()).toBe(25);
  });

  it("that is emptied, or leads to a place in the page, gets the scenario back", async () => {
    const { environment, dynos, inAddress } = await open();
    for (const hash of ["", "#", "#results"]) {
      environment.type(hash);
      await settle();
      expect(dynos()).toBe(25);
      expect(await inAddress()).toEqual(OPENING);
    }
  });

  it("an edit made while a link is being read wins over it", async () => {
    const { session, environment, dynos, inAddress } = await open();
    environment.type(`#from=${OPENING_PRESET_ID}&${DYNOS}=50`);
    session.edit(DYNOS, 60);
    await settle();
    expect(dynos()).toBe(60);
    expect(dynosOf(await inAddress())).toBe(60);
  });

  it("that the browser refuses to write is written a little later", async () => {
    const { session, environment, dynos } = await open();
    environment.refusesAddress = true;
    session.edit(DYNOS, 30);
    session.edit(DYNOS, 31);
    environment.refusesAddress = false;
    environment.clock.advance(1_000);
    expect(dynos()).toBe(31);
    expect(dynosOf((await readHash(environment.address.hash())).scenario)).toBe(31);
  });

  it("is no longer listened to once the session is over", async () => {
    const { session, environment, dynos } = await open();
    session.dispose();
    environment.type(`#from=${OPENING_PRESET_ID}&${DYNOS}=50`);
    await settle();
    expect(dynos()).toBe(25);
  });
});

describe("editing", () => {
  it("shows a preview while dragging and the whole on release, and reloading keeps the result of the drag", async () => {
    const { session, client, environment } = await open();
    client.latest.complete();
    await settle();
    drag(session, [26, 27]);
    expect(client.latest.request).toMatchObject({ replications: 2 });
    session.commitEdit();
    expect(client.latest.request).toEqual({
      scenario: session.scenario.getState().scenario,
      replications: 8,
    });
    expect(session.run.getState().lastChangedPath).toBe(DYNOS);
    const reloaded = await open(new FakeEnvironment(environment.address.hash(), environment.kept));
    expect(reloaded.dynos()).toBe(27);
  });

  it("returns what is wrong with a value, and runs nothing", async () => {
    const { session, client } = await open();
    expect(session.edit(DYNOS, 1e308)[0]?.path).toBe(DYNOS);
    expect(session.edit(DYNOS, "<b>", { dragging: true })[0]?.path).toBe(DYNOS);
    expect(client.runs).toHaveLength(1);
  });

  it("a new name changes the address, but simulates nothing", async () => {
    const { session, client, inAddress } = await open();
    client.latest.complete();
    await settle();
    session.edit("name", "Monday");
    expect((await inAddress()).name).toBe("Monday");
    expect(client.runs).toHaveLength(1);
    expect(session.run.getState().summary?.figures.scenario.name).toBe("Monday");
  });

  it("goes back to a preset's value, field by field", async () => {
    const { session, state } = await open();
    session.edit(DYNOS, 30);
    session.edit("pooler.enabled", true);
    session.resetField(DYNOS);
    expect(state().scenario).toEqual({ ...OPENING, pooler: { ...OPENING.pooler, enabled: true } });
    session.resetField("no.such.field");
    session.undo();
    expect(state().scenario.fleets[0]?.dynos).toBe(30);
  });

  it("opens another preset as one step", async () => {
    const { session, state } = await open();
    const other = PRESETS.at(-1);
    if (other === undefined) throw new Error("expected presets");
    session.replaceScenario(other.scenario, other.id);
    expect(state()).toMatchObject({ baseId: other.id, scenario: other.scenario });
    session.undo();
    expect(state()).toMatchObject({ baseId: OPENING_PRESET_ID, scenario: OPENING });
  });

  it("imports a file as one step, what can be read of it", async () => {
    const { session, state, dynos } = await open();
    expect(session.importText('{ "schema": 1, "fleets": [{ "name": "web", "dynos": 12 }] }')).toEqual([]);
    expect(dynos()).toBe(12);
    const problems = session.importText(
      '{ "schema": 1, "fleets": [{ "name": "web", "dynos": 13, "threads": -4 }] }',
    );
    expect(problems).toHaveLength(1);
    expect(dynos()).toBe(13);
    expect(state().problems).toBe(problems);
    session.undo();
    expect(dynos()).toBe(12);
  });

  it.each(["", "not JSON", "[]", "7", '{ "schema": 99 }'])(
    "keeps the user's work where a file is %j",
    async (text) => {
      const { session, state } = await open();
      session.edit(DYNOS, 30);
      const before = state().scenario;
      expect(session.importText(text)).not.toEqual([]);
      expect(state().scenario).toBe(before);
      expect(state().problems).not.toEqual([]);
    },
  );

  it("can be cancelled and run again", async () => {
    const { session, client } = await open();
    session.cancel();
    await settle();
    expect(session.run.getState().status).toBe("cancelled");
    session.rerun();
    client.latest.complete();
    await settle();
    expect(session.run.getState().status).toBe("done");
  });

  it("a crash keeps the scenario", async () => {
    const { session, client, dynos } = await open();
    session.edit(DYNOS, 30);
    client.latest.fail("crashed");
    await settle();
    expect(session.run.getState()).toMatchObject({ status: "failed", failure: { code: "crashed" } });
    expect(dynos()).toBe(30);
  });
});

describe("the baseline", () => {
  it("keeps the scenario and its result while the scenario goes on", async () => {
    const { session, client } = await open();
    client.latest.complete();
    await settle();
    session.pin();
    const pinned = session.baseline.getState();
    expect(pinned.scenario).toEqual(OPENING);
    expect(pinned.summary?.figures.replications).toBe(8);
    session.edit(DYNOS, 30);
    client.latest.complete();
    await settle();
    expect(session.baseline.getState()).toBe(pinned);
    session.unpin();
    expect(session.baseline.getState()).toEqual({ scenario: null, summary: null });
  });

  it("pinned while its run is under way gets the complete result, never a part of it", async () => {
    const { session, client } = await open();
    client.latest.update(0.5);
    session.pin();
    expect(session.baseline.getState()).toMatchObject({ scenario: OPENING, summary: null });
    client.latest.complete();
    await settle();
    expect(session.baseline.getState().summary?.figures.scenario).toBe(OPENING);
    expect(client.runs).toHaveLength(1);
  });

  it("pinned and left before its run was complete is simulated once nothing else is to do", async () => {
    const { session, client } = await open();
    session.pin();
    session.edit(DYNOS, 30);
    expect(dynosOf(client.latest.request.scenario)).toBe(30);
    client.latest.complete();
    await settle();
    expect(client.runs).toHaveLength(3);
    expect(client.latest.request).toEqual({ scenario: OPENING, replications: 8 });
    expect(session.run.getState().status).toBe("done");
    client.latest.complete();
    await settle();
    expect(dynosOf(session.baseline.getState().summary?.figures.scenario)).toBe(25);
    expect(dynosOf(session.run.getState().summary?.figures.scenario)).toBe(30);
  });

  it("is there again after a reload, simulated anew after the scenario itself", async () => {
    const before = await open();
    before.session.pin();
    before.session.edit(DYNOS, 30);
    const { session, client } = await open(new FakeEnvironment("", before.environment.kept));
    expect(session.baseline.getState()).toEqual({ scenario: OPENING, summary: null });
    client.latest.complete();
    await settle();
    drag(session, [31]);
    expect(client.runs[1]?.hasEnded).toBe(true);
    session.commitEdit();
    client.latest.complete();
    await settle();
    client.latest.complete();
    await settle();
    expect(dynosOf(session.baseline.getState().summary?.figures.scenario)).toBe(25);
    before.session.unpin();
    const later = await open(new FakeEnvironment("", before.environment.kept));
    expect(later.session.baseline.getState().scenario).toBeNull();
  });

  it("that cannot be simulated is tried once", async () => {
    const { session, client } = await open();
    session.pin();
    session.edit(DYNOS, 30);
    client.latest.complete();
    await settle();
    client.latest.fail("crashed");
    await settle();
    session.edit(DYNOS, 31);
    client.latest.complete();
    await settle();
    expect(client.runs).toHaveLength(4);
    expect(session.baseline.getState().summary).toBeNull();
    expect(session.run.getState().status).toBe("done");
  });
});

describe("a link to share", () => {
  it("is the whole address, and leads to the same scenario", async () => {
    const { session, state } = await open();
    session.edit(DYNOS, 30);
    const link = new URL(await session.shareLink());
    expect(link.origin).toBe("https://headroom.example");
    expect((await readHash(link.hash)).scenario).toEqual(state().scenario);
  });

  it("is compact where the readable one is too long", async () => {
    const { session, state } = await open();
    session.edit("notes", "All that was said in the review. ".repeat(200));
    const link = new URL(await session.shareLink());
    expect(link.hash).toMatch(/^#s=1\./);
    expect(link.href.length).toBeLessThan(2_000);
    expect((await readHash(link.hash)).scenario).toEqual(state().scenario);
  });

  it("opened in its compact form, the address is spelled out", async () => {
    const first = await open();
    first.session.edit("notes", "All that was said in the review. ".repeat(200));
    const { hash } = new URL(await first.session.shareLink());
    const { state, environment } = await open(new FakeEnvironment(hash));
    expect(state().scenario).toEqual(first.state().scenario);
    expect(environment.address.hash()).toBe(writeHash(state().baseId, state().scenario));
  });
});
