import { describe, expect, it } from "vitest";
import { OPENING_PRESET_ID, PRESETS } from "../../../src/scenario/presets";
import { readHash, writeHash } from "../../../src/share/link";
import { settle } from "../../support/fake-client";
import { FakeEnvironment } from "../../support/fake-environment";
import { DYNOS, drag, OPENING, openSession } from "../../support/open-session";

describe("opening the page", () => {
  it("for the first time shows the opening example, and simulates it whole", async () => {
    const { client, state, environment } = await openSession();
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
    const before = await openSession();
    before.session.edit(DYNOS, 99);
    const link = `#from=${OPENING_PRESET_ID}&${DYNOS}=75&pooler.enabled=true`;
    const { dynos, state, client } = await openSession(new FakeEnvironment(link, before.environment.kept));
    expect(dynos()).toBe(75);
    expect(state()).toMatchObject({ scenario: { pooler: { enabled: true } }, canUndo: false, problems: [] });
    expect(client.runs).toHaveLength(1);
  });

  it("without a link goes on with what was worked on last", async () => {
    const before = await openSession();
    before.session.edit(DYNOS, 99);
    const { state, environment, inAddress } = await openSession(
      new FakeEnvironment("", before.environment.kept),
    );
    expect(state().scenario).toEqual(before.state().scenario);
    expect(environment.entries).toHaveLength(1);
    expect(await inAddress()).toEqual(before.state().scenario);
  });

  it("with a faulty link shows what could be read, lists the rest, and leaves the link as it came", async () => {
    const link = `#from=${OPENING_PRESET_ID}&${DYNOS}=75&run.seed=minus&__proto__.x=1`;
    const { dynos, state, environment, session } = await openSession(new FakeEnvironment(link));
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
    const { session, dynos, state } = await openSession(environment);
    expect(state().scenario).toEqual(OPENING);
    session.edit(DYNOS, 30);
    session.pin();
    session.unpin();
    session.preferences.setState({ theme: "dark" });
    expect(dynos()).toBe(30);
  });
});

describe("editing", () => {
  it("shows a preview while dragging and the whole on release, and reloading keeps the result of the drag", async () => {
    const { session, client, environment } = await openSession();
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
    const reloaded = await openSession(new FakeEnvironment(environment.address.hash(), environment.kept));
    expect(reloaded.dynos()).toBe(27);
  });

  it("returns what is wrong with a value, and runs nothing", async () => {
    const { session, client } = await openSession();
    expect(session.edit(DYNOS, 1e308)[0]?.path).toBe(DYNOS);
    expect(session.edit(DYNOS, "<b>", { dragging: true })[0]?.path).toBe(DYNOS);
    expect(client.runs).toHaveLength(1);
  });

  it("a new name changes the address, but simulates nothing", async () => {
    const { session, client, inAddress } = await openSession();
    client.latest.complete();
    await settle();
    session.edit("name", "Monday");
    expect((await inAddress()).name).toBe("Monday");
    expect(client.runs).toHaveLength(1);
    expect(session.run.getState().summary?.figures.scenario.name).toBe("Monday");
  });

  it("goes back to a preset's value, field by field", async () => {
    const { session, state } = await openSession();
    session.edit(DYNOS, 30);
    session.edit("pooler.enabled", true);
    session.resetField(DYNOS);
    expect(state().scenario).toEqual({ ...OPENING, pooler: { ...OPENING.pooler, enabled: true } });
    session.resetField("no.such.field");
    session.undo();
    expect(state().scenario.fleets[0]?.dynos).toBe(30);
  });

  it("opens another preset as one step", async () => {
    const { session, state } = await openSession();
    const other = PRESETS.at(-1);
    if (other === undefined) throw new Error("expected presets");
    session.replaceScenario(other.scenario, other.id);
    expect(state()).toMatchObject({ baseId: other.id, scenario: other.scenario });
    session.undo();
    expect(state()).toMatchObject({ baseId: OPENING_PRESET_ID, scenario: OPENING });
  });

  it("imports a file as one step, what can be read of it", async () => {
    const { session, state, dynos } = await openSession();
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

  it("keeps an entry of the timeline after the end of the run, whether a file has it or the run is shortened", async () => {
    const { session, state } = await openSession();
    const text = '{ "schema": 1, "run": { "durationS": 30 }, "timeline": [{ "atS": 40, "do": "failover" }] }';
    expect(session.importText(text).map(({ path }) => path)).toEqual(["timeline.0.atS"]);
    expect(session.edit("run.durationS", 20)).toEqual([]);
    expect(state().scenario.timeline).toHaveLength(1);
  });

  it.each(["", "not JSON", "[]", "7", '{ "schema": 99 }'])(
    "keeps the user's work where a file is %j",
    async (text) => {
      const { session, state } = await openSession();
      session.edit(DYNOS, 30);
      const before = state().scenario;
      expect(session.importText(text)).not.toEqual([]);
      expect(state().scenario).toBe(before);
      expect(state().problems).not.toEqual([]);
    },
  );

  it("can be cancelled and run again", async () => {
    const { session, client } = await openSession();
    session.cancel();
    await settle();
    expect(session.run.getState().status).toBe("cancelled");
    session.rerun();
    client.latest.complete();
    await settle();
    expect(session.run.getState().status).toBe("done");
  });

  it("a crash keeps the scenario", async () => {
    const { session, client, dynos } = await openSession();
    session.edit(DYNOS, 30);
    client.latest.fail("crashed");
    await settle();
    expect(session.run.getState()).toMatchObject({ status: "failed", failure: { code: "crashed" } });
    expect(dynos()).toBe(30);
  });
});

describe("a link to share", () => {
  it("is the whole address, and leads to the same scenario", async () => {
    const { session, state } = await openSession();
    session.edit(DYNOS, 30);
    const link = new URL((await session.shareLink()) ?? "");
    expect(link.origin).toBe("https://headroom.example");
    expect((await readHash(link.hash)).scenario).toEqual(state().scenario);
  });

  it("is compact where the readable one is too long", async () => {
    const { session, state } = await openSession();
    session.edit("notes", "All that was said in the review. ".repeat(200));
    const link = new URL((await session.shareLink()) ?? "");
    expect(link.hash).toMatch(/^#s=1\./);
    expect(link.href.length).toBeLessThan(2_000);
    expect((await readHash(link.hash)).scenario).toEqual(state().scenario);
  });

  it("opened in its compact form, the address is spelled out", async () => {
    const first = await openSession();
    first.session.edit("notes", "All that was said in the review. ".repeat(200));
    const { hash } = new URL((await first.session.shareLink()) ?? "");
    const { state, environment } = await openSession(new FakeEnvironment(hash));
    expect(state().scenario).toEqual(first.state().scenario);
    expect(environment.address.hash()).toBe(writeHash(state().baseId, state().scenario));
  });

  it("is none for a recording of many requests, which stays in this browser", async () => {
    const first = await openSession();
    first.session.edit(DYNOS, 30);
    // Without two neighbours alike, so that compressing does not help.
    const requests = Array.from({ length: 40_000 }, (_, row) => [row * 10, [(row * 7919) % 9973, row % 997]]);
    const workload = { name: "hey", kind: "replay", endpoint: "page", requests };
    expect(first.session.edit("workloads.hey", workload)).toEqual([]);
    expect(first.environment.address.hash()).toBe("");
    expect(await first.session.shareLink()).toBeNull();

    const { state } = await openSession(new FakeEnvironment("", first.environment.kept));
    expect(state().scenario).toEqual(first.state().scenario);
    first.session.undo();
    expect((await readHash(first.environment.address.hash())).scenario).toEqual(first.state().scenario);
  });
});
