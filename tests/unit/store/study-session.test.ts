import { describe, expect, it, vi } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import { NO_STUDY, type StudySession } from "../../../src/store/study-session";
import type { Question } from "../../../src/study/question-types";
import { sweep } from "../../../src/study/sweep";
import { settle } from "../../support/fake-client";
import { station } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";
import { BASE, openStudies, threads } from "../../support/open-studies";

const PRECISION: Question = { kind: "precision", of: "mean", within: 0.1, most: 20 };

describe("before anything is asked", () => {
  it("nothing is there, and nothing was fetched", () => {
    const { state, load, session } = openStudies();
    expect(state()).toEqual(NO_STUDY);
    expect(session.questionText).toBeNull();
    expect(load).not.toHaveBeenCalled();
  });
});

describe("a question", () => {
  it("is asked of the scenario at hand, and answered", async () => {
    const { session, client, state, asked, at } = openStudies();
    session.ask(threads(2, 4));
    expect(state()).toEqual({
      question: threads(2, 4),
      base: BASE,
      answer: null,
      status: "asking",
      failure: null,
    });
    // What it is about stays, whatever the scenario at hand becomes.
    at.scenario = station({ threads: 9 });
    await asked();
    await client.latest.releaseAll();
    client.latest.end();
    await vi.waitFor(() => expect(state().status).toBe("done"));
    expect(state().base).toBe(BASE);
    expect(state().answer).toEqual(await sweep(threads(2, 4), BASE, localSimulator(), () => undefined));
  });

  it("is what the address says", () => {
    const { session, onQuestion } = openStudies();
    session.ask(threads(2));
    expect(session.questionText).toBe(JSON.stringify(threads(2)));
    expect(onQuestion).toHaveBeenCalledOnce();
    session.close();
    expect(session.questionText).toBeNull();
    expect(onQuestion).toHaveBeenCalledTimes(2);
  });

  it("that is only shown asks nothing until it is asked, but has the workers made ready", async () => {
    const { session, client, state, asked, onQuestion } = openStudies();
    session.ask(threads(2), "later");
    await vi.waitFor(() => expect(client.isWarm).toBe(true));
    expect(state()).toMatchObject({ question: threads(2), status: "idle", answer: null });
    expect(client.studies).toEqual([]);
    expect(onQuestion).toHaveBeenCalledOnce();
    session.ask(threads(2));
    await asked();
    expect(state().status).toBe("asking");
  });

  it("has what simulates fetched once, for all", async () => {
    const { session, load, asked } = openStudies();
    session.ask(threads(2));
    await asked(1);
    session.ask(threads(3));
    await asked(2);
    expect(load).toHaveBeenCalledOnce();
  });
});

describe("pictures on the way", () => {
  it("come a little after what they show, the first sooner than the second, and no more often than that", async () => {
    const { session, client, clock, state, asked } = openStudies();
    session.ask(threads(2, 3, 4, 5));
    await asked();
    let pictures = 0;
    session.store.subscribe(() => {
      pictures += 1;
    });
    await client.latest.release(0, 1);
    expect(pictures).toBe(0);
    clock.advance(40);
    expect(pictures).toBe(1);
    expect(state().answer?.progress).toEqual({ done: 2, wanted: 4 });
    expect(state()).toMatchObject({ status: "asking", answer: { isComplete: false } });
    clock.advance(600);
    expect(pictures).toBe(1);
    await client.latest.release(2, 3);
    clock.advance(70);
    expect(pictures).toBe(1);
    clock.advance(10);
    expect(pictures).toBe(2);
    expect(state().answer?.progress).toEqual({ done: 4, wanted: 4 });
  });

  it("do not come after the end", async () => {
    const { session, client, clock, state, asked } = openStudies();
    session.ask(threads(2, 3));
    await asked();
    await client.latest.releaseAll();
    client.latest.end();
    await vi.waitFor(() => expect(state().status).toBe("done"));
    clock.advance(600);
    expect(state().answer?.isComplete).toBe(true);
  });
});

describe("a cancel", () => {
  it("keeps what is known, tells what simulates, and lets nothing more in", async () => {
    const { session, client, clock, state, asked } = openStudies();
    session.ask(threads(2, 3, 4));
    await asked();
    await client.latest.release(0);
    clock.advance(60);
    const { answer } = state();
    session.cancel();
    expect(state()).toMatchObject({ status: "cancelled", answer, question: threads(2, 3, 4) });
    expect(client.studies[0]?.signal.aborted).toBe(true);
    await client.latest.release(1, 2);
    client.latest.end();
    clock.advance(600);
    await settle();
    expect(state()).toMatchObject({ status: "cancelled", answer });
  });

  it("before what simulates has come is one too", async () => {
    const { session, client, state } = openStudies();
    session.ask(threads(2));
    session.cancel();
    await settle();
    expect(state().status).toBe("cancelled");
    for (const { signal } of client.studies) expect(signal.aborted).toBe(true);
  });

  it.each<[what: string, end: (session: StudySession) => void]>([
    ["nothing was asked", (session) => session.close()],
    ["a question is only shown", (session) => session.ask(threads(2), "later")],
  ])("does nothing where %s", (_what, before) => {
    const { session, state } = openStudies();
    before(session);
    const { status } = state();
    session.cancel();
    expect(state().status).toBe(status);
  });

  it("can be followed by the same question, which keeps the picture until there is a new one", async () => {
    const { session, client, clock, state, asked } = openStudies();
    session.ask(threads(2, 3));
    await asked();
    await client.latest.release(0);
    clock.advance(60);
    session.cancel();
    const { answer } = state();
    session.ask(threads(2, 3));
    expect(state()).toMatchObject({ status: "asking", answer });
    await asked(2);
    await client.latest.releaseAll();
    client.latest.end();
    await vi.waitFor(() => expect(state().status).toBe("done"));
    expect(state().answer?.progress).toEqual({ done: 2, wanted: 2 });
  });
});

describe("a newer question", () => {
  it("takes the place of the older, of which nothing more is heard", async () => {
    const { session, client, clock, state, asked } = openStudies();
    session.ask(threads(2, 3));
    await asked(1);
    const [older] = client.studies;
    await older?.simulator.release(0);
    session.ask(threads(5, 6, 7));
    expect(older?.signal.aborted).toBe(true);
    await asked(2);
    // A picture of the older that was due; the rest of its runs; and its end.
    clock.advance(60);
    await older?.simulator.release(1);
    older?.simulator.end();
    await settle();
    clock.advance(60);
    expect(state()).toMatchObject({ question: threads(5, 6, 7), status: "asking", answer: null });
    await client.latest.releaseAll();
    client.latest.end();
    await vi.waitFor(() => expect(state().status).toBe("done"));
    expect(state().answer?.progress).toEqual({ done: 3, wanted: 3 });
  });

  it("is not touched by the failure of the older", async () => {
    const { session, client, state, asked } = openStudies();
    session.ask(threads(2));
    await asked(1);
    session.ask(threads(3));
    await asked(2);
    client.studies[0]?.simulator.end(new Error("no memory"));
    await settle();
    expect(state()).toMatchObject({ status: "asking", failure: null });
  });

  it.each<[what: string, change: (at: { scenario: Scenario }) => void, next: Question]>([
    ["of another kind", () => undefined, PRECISION],
    [
      "about another scenario",
      (at) => {
        at.scenario = station({ threads: 9 });
      },
      threads(2, 3),
    ],
  ])("%s begins without the older picture", async (_what, change, next) => {
    const { session, client, clock, state, asked, at } = openStudies();
    session.ask(threads(2, 3));
    await asked();
    await client.latest.release(0);
    clock.advance(60);
    expect(state().answer).not.toBeNull();
    change(at);
    session.ask(next);
    expect(state().answer).toBeNull();
  });
});

describe("closing", () => {
  it("stops, forgets, and tells the address", async () => {
    const { session, client, clock, state, asked, onQuestion } = openStudies();
    session.ask(threads(2, 3));
    await asked();
    await client.latest.release(0);
    onQuestion.mockClear();
    session.close();
    expect(state()).toEqual(NO_STUDY);
    expect(onQuestion).toHaveBeenCalledOnce();
    expect(client.studies[0]?.signal.aborted).toBe(true);
    clock.advance(60);
    client.latest.end();
    await settle();
    expect(state()).toEqual(NO_STUDY);
  });

  it("for an address that says so already leaves the address alone", () => {
    const { session, state, onQuestion } = openStudies();
    session.ask(threads(2));
    onQuestion.mockClear();
    session.leave();
    expect(state()).toEqual(NO_STUDY);
    expect(onQuestion).not.toHaveBeenCalled();
  });
});
