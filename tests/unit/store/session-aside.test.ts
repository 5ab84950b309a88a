import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import { settle } from "../../support/fake-client";
import { DYNOS, OPENING, openSession } from "../../support/open-session";

const other: Scenario = { ...OPENING, run: { ...OPENING.run, seed: 99 } };

/** A session whose first run is complete. */
async function idle() {
  const opened = await openSession();
  opened.client.latest.complete();
  await settle();
  return opened;
}

describe("a scenario that is simulated aside", () => {
  it("gives its result, and shows nothing of it", async () => {
    const { session, client } = await idle();
    const shown = session.run.getState();
    const result = session.simulateAside(other);
    expect(client.latest.request.scenario).toEqual(other);
    client.latest.complete();
    expect(await result).toMatchObject({ figures: { scenario: other } });
    expect(session.run.getState()).toBe(shown);
  });

  it("has its result at once where it is the one that is shown", async () => {
    const { session, client } = await idle();
    const runs = client.runs.length;
    const renamed = { ...OPENING, name: "another name" };
    expect(await session.simulateAside(renamed)).toMatchObject({ figures: { scenario: renamed } });
    expect(client.runs).toHaveLength(runs);
  });

  it("is for later while the page simulates, and when the page comes first", async () => {
    const { session, client } = await openSession();
    expect(await session.simulateAside(other)).toBe("later");
    client.latest.complete();
    await settle();
    const result = session.simulateAside(other);
    session.edit(DYNOS, 30);
    expect(await result).toBe("later");
  });

  it("says why where it comes to nothing", async () => {
    const { session, client } = await idle();
    const result = session.simulateAside(other);
    client.latest.fail("crashed");
    expect(await result).toEqual({ failure: "ended: crashed" });
  });
});
