import { describe, expect, it } from "vitest";
import { OPENING_PRESET_ID } from "../../../src/scenario/presets";
import { readHash } from "../../../src/share/link";
import { settle } from "../../support/fake-client";
import { DYNOS, drag, dynosOf, OPENING, openSession } from "../../support/open-session";

describe("the address bar", () => {
  it("holds the scenario after each edit, one entry of the browser's history each", async () => {
    const { session, environment, inAddress, state } = await openSession();
    session.edit(DYNOS, 30);
    session.edit("pooler.enabled", true);
    expect(environment.entries).toHaveLength(3);
    expect(await inAddress()).toEqual(state().scenario);
  });

  it("has one entry for a whole drag", async () => {
    const { session, environment } = await openSession();
    drag(session, [26, 27, 28]);
    expect(environment.entries).toHaveLength(1);
    session.commitEdit();
    expect(environment.entries).toHaveLength(2);
    session.commitEdit();
    expect(environment.entries).toHaveLength(2);
  });

  it("back and forward go through the committed scenarios, and agree with undo and redo", async () => {
    const { session, environment, dynos, state } = await openSession();
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
    const { session, environment, inAddress, dynos } = await openSession();
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
    const { session, environment, dynos, client } = await openSession();
    environment.type(`#from=${OPENING_PRESET_ID}&${DYNOS}=50`);
    await settle();
    expect(dynos()).toBe(50);
    expect(dynosOf(client.latest.request.scenario)).toBe(50);
    session.undo();
    expect(dynos()).toBe(25);
  });

  it("that is emptied, or leads to a place in the page, gets the scenario back", async () => {
    const { environment, dynos, inAddress } = await openSession();
    for (const hash of ["", "#", "#results"]) {
      environment.type(hash);
      await settle();
      expect(dynos()).toBe(25);
      expect(await inAddress()).toEqual(OPENING);
    }
  });

  it("an edit made while a link is being read wins over it", async () => {
    const { session, environment, dynos, inAddress } = await openSession();
    environment.type(`#from=${OPENING_PRESET_ID}&${DYNOS}=50`);
    session.edit(DYNOS, 60);
    await settle();
    expect(dynos()).toBe(60);
    expect(dynosOf(await inAddress())).toBe(60);
  });

  it("that the browser refuses to write is written a little later", async () => {
    const { session, environment, dynos } = await openSession();
    environment.refusesAddress = true;
    session.edit(DYNOS, 30);
    session.edit(DYNOS, 31);
    environment.refusesAddress = false;
    environment.clock.advance(1_000);
    expect(dynos()).toBe(31);
    expect(dynosOf((await readHash(environment.address.hash())).scenario)).toBe(31);
  });

  it("is no longer listened to once the session is over", async () => {
    const { session, environment, dynos } = await openSession();
    session.dispose();
    environment.type(`#from=${OPENING_PRESET_ID}&${DYNOS}=50`);
    await settle();
    expect(dynos()).toBe(25);
  });
});
