import { describe, expect, it } from "vitest";
import { settle } from "../../support/fake-client";
import { FakeEnvironment } from "../../support/fake-environment";
import { DYNOS, drag, dynosOf, OPENING, openSession } from "../../support/open-session";

describe("the baseline", () => {
  it("keeps the scenario and its result while the scenario goes on", async () => {
    const { session, client } = await openSession();
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
    const { session, client } = await openSession();
    client.latest.update(0.5);
    session.pin();
    expect(session.baseline.getState()).toMatchObject({ scenario: OPENING, summary: null });
    client.latest.complete();
    await settle();
    expect(session.baseline.getState().summary?.figures.scenario).toBe(OPENING);
    expect(client.runs).toHaveLength(1);
  });

  it("pinned and left before its run was complete is simulated once nothing else is to do", async () => {
    const { session, client } = await openSession();
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
    const before = await openSession();
    before.session.pin();
    before.session.edit(DYNOS, 30);
    const { session, client } = await openSession(new FakeEnvironment("", before.environment.kept));
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
    const later = await openSession(new FakeEnvironment("", before.environment.kept));
    expect(later.session.baseline.getState().scenario).toBeNull();
  });

  it("that cannot be simulated is tried once", async () => {
    const { session, client } = await openSession();
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
