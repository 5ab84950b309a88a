import { describe, expect, it, vi } from "vitest";
import { NO_STUDY } from "../../../src/store/study-session";
import { settle } from "../../support/fake-client";
import { FakeStudyClient } from "../../support/fake-study-client";
import { BASE, openStudies, threads } from "../../support/open-studies";

describe("a failure", () => {
  it("is told in a sentence, and what is known stays", async () => {
    const { session, client, clock, state, asked } = openStudies();
    session.ask(threads(2, 3));
    await asked();
    await client.latest.release(0);
    clock.advance(60);
    client.latest.end(new Error("a worker stopped"));
    await vi.waitFor(() => expect(state().status).toBe("failed"));
    expect(state().failure).toBe("The study could not go on: a worker stopped.");
    expect(state().answer?.progress).toEqual({ done: 1, wanted: 2 });
  });

  it("is forgotten when it is asked again", async () => {
    const { session, client, state, asked } = openStudies();
    session.ask(threads(2));
    await asked();
    client.latest.end(new Error("a worker stopped"));
    await vi.waitFor(() => expect(state().status).toBe("failed"));
    session.ask(threads(2));
    expect(state()).toMatchObject({ status: "asking", failure: null });
    await asked(2);
    await client.latest.releaseAll();
    client.latest.end();
    await vi.waitFor(() => expect(state().status).toBe("done"));
  });

  it("to fetch what simulates is told, and it is fetched again the next time", async () => {
    const client = new FakeStudyClient();
    let isOnline = false;
    const { session, state, load } = openStudies({
      load: async () => {
        if (!isOnline) throw new Error("");
        return client;
      },
    });
    session.ask(threads(2));
    await vi.waitFor(() => expect(state().status).toBe("failed"));
    expect(state().failure).toBe("The study could not go on: its code did not arrive.");
    isOnline = true;
    session.ask(threads(2));
    await vi.waitFor(() => expect(client.studies).toHaveLength(1));
    expect(load).toHaveBeenCalledTimes(2);
    expect(state().status).toBe("asking");
  });
});

describe("the question of a link", () => {
  it("is asked of the scenario at hand, without problems", async () => {
    const { session, state } = openStudies();
    expect(await session.open(JSON.stringify(threads(2, 3)))).toEqual([]);
    expect(state()).toMatchObject({ question: threads(2, 3), base: BASE, status: "asking" });
  });

  it("is asked as far as it can be read; the rest is told", async () => {
    const { session, state } = openStudies();
    const text = JSON.stringify({ ...threads(2), axes: [{ path: "fleets.web.threads", values: [2, -1] }] });
    const problems = await session.open(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.sentence).toMatch(/-1/);
    expect(state().question).toEqual(threads(2));
  });

  it.each(["{", "[]", '{"kind":"guess"}', '{"kind":"sweep","axes":[]}'])(
    "that is none is not asked, and told: %s",
    async (text) => {
      const { session, state } = openStudies();
      expect(await session.open(text)).not.toEqual([]);
      expect(state()).toEqual(NO_STUDY);
    },
  );

  it("ends what was asked before, also where it is none itself", async () => {
    const { session, state } = openStudies();
    session.ask(threads(2));
    await session.open("{");
    expect(state()).toEqual(NO_STUDY);
  });

  it("gives way to what came while it was read: the reader's own question, or another link's", async () => {
    const { session, state } = openStudies();
    const [first, second] = [
      session.open(JSON.stringify(threads(2))),
      session.open(JSON.stringify(threads(3))),
    ];
    expect(await first).toEqual([]);
    await second;
    expect(state().question).toEqual(threads(3));
    const third = session.open(JSON.stringify(threads(4)));
    session.ask(threads(5));
    await third;
    expect(state().question).toEqual(threads(5));
  });
});

describe("the end of the session", () => {
  it("stops what is under way and ends what simulates", async () => {
    const { session, client, asked } = openStudies();
    session.ask(threads(2));
    await asked();
    session.dispose();
    await settle();
    expect(client.studies[0]?.signal.aborted).toBe(true);
    expect(client.isDisposed).toBe(true);
  });

  it("needs nothing to have been fetched, nor to have come", async () => {
    const failing = openStudies({
      load: async () => {
        throw new Error("offline");
      },
    });
    failing.session.ask(threads(2));
    expect(() => failing.session.dispose()).not.toThrow();
    expect(() => openStudies().session.dispose()).not.toThrow();
    await settle();
  });
});
