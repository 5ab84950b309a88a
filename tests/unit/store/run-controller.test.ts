import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { setAt } from "../../../src/scenario/paths";
import type { Scenario } from "../../../src/scenario/types";
import { RunController } from "../../../src/store/run-controller";
import { FakeClient, settle } from "../../support/fake-client";
import { ManualClock } from "../../support/manual-clock";

const DYNOS = "fleets.web.dynos";

function withDynos(dynos: number, from: Scenario = DEFAULT_SCENARIO): Scenario {
  return setAt(from, DYNOS, dynos).scenario;
}

function setUp() {
  const client = new FakeClient();
  const clock = new ManualClock();
  const onWhole = vi.fn();
  const onIdle = vi.fn();
  const runs = new RunController({ client, now: () => clock.now(), onWhole, onIdle });
  const state = () => runs.store.getState();
  const shownDynos = (): number | undefined => state().summary?.figures.scenario.fleets[0]?.dynos;
  const askedDynos = (): (number | undefined)[] =>
    client.runs.map((run) => run.request.scenario.fleets[0]?.dynos);
  return { client, clock, runs, state, shownDynos, askedDynos, onWhole, onIdle };
}

describe("a whole run", () => {
  it("asks for the scenario as it is, with all its replications", () => {
    const { client, runs } = setUp();
    runs.full(DEFAULT_SCENARIO, null);
    expect(client.latest.request).toEqual({ scenario: DEFAULT_SCENARIO, replications: 8 });
    expect(client.latest.request.scenario).toBe(DEFAULT_SCENARIO);
  });

  it("streams in, then is done", async () => {
    const { client, runs, state, onWhole, onIdle } = setUp();
    expect(state()).toMatchObject({ status: "idle", summary: null });
    runs.full(DEFAULT_SCENARIO, DYNOS);
    expect(state()).toMatchObject({ status: "running", progress: 0, lastChangedPath: DYNOS });
    client.latest.update(0.4);
    expect(state()).toMatchObject({ status: "running", progress: 0.4, isPreview: false });
    expect(state().summary).not.toBeNull();
    expect(onIdle).not.toHaveBeenCalled();
    client.latest.complete();
    await settle();
    expect(state()).toMatchObject({ status: "done", progress: 1, failure: null, isPreview: false });
    expect(onWhole).toHaveBeenCalledOnce();
    expect(onIdle).toHaveBeenCalledOnce();
  });

  it("keeps the last picture until the new one has measured something, or is long in coming", async () => {
    const { client, clock, runs, shownDynos, state } = setUp();
    runs.full(DEFAULT_SCENARIO, null);
    client.latest.complete();
    await settle();
    runs.full(withDynos(30), null);
    client.latest.update(0.05, 0);
    client.latest.update(0.06, 3);
    expect(shownDynos()).toBe(25);
    expect(state().progress).toBe(0.06);
    clock.advance(400);
    client.latest.update(0.06, 0);
    expect(shownDynos()).toBe(30);
  });

  it("does not put a thinner picture of the same scenario in the place of a preview", async () => {
    const { client, runs, state } = setUp();
    runs.preview(DEFAULT_SCENARIO, null);
    client.latest.complete();
    await settle();
    runs.full(DEFAULT_SCENARIO, null);
    client.latest.update(0.2, 60);
    expect(state()).toMatchObject({
      isPreview: true,
      progress: 0.2,
      summary: { figures: { replications: 2 } },
    });
    client.latest.update(0.5, 150);
    expect(state()).toMatchObject({ isPreview: false, summary: { figures: { replications: 8 } } });
  });

  it("is not repeated where only the name or the notes changed; the result bears the new name", async () => {
    const { client, runs, state } = setUp();
    runs.full(DEFAULT_SCENARIO, null);
    const renamed = { ...DEFAULT_SCENARIO, name: "Monday" };
    runs.full(renamed, "name");
    client.latest.complete();
    await settle();
    expect(state().summary?.figures.scenario).toBe(renamed);
    runs.full({ ...renamed, notes: "as measured" }, "notes");
    expect(state().summary?.figures.scenario.notes).toBe("as measured");
    expect(state().status).toBe("done");
    expect(client.runs).toHaveLength(1);
  });

  it("is repeated when asked for", async () => {
    const { client, runs } = setUp();
    runs.full(DEFAULT_SCENARIO, null);
    client.latest.complete();
    await settle();
    runs.rerun(DEFAULT_SCENARIO);
    expect(client.runs).toHaveLength(2);
  });
});

describe("while a slider is dragged", () => {
  it("previews with two replications, and says that it is a preview", async () => {
    const { client, runs, state } = setUp();
    runs.preview(withDynos(26), DYNOS);
    expect(client.latest.request.replications).toBe(2);
    client.latest.complete();
    await settle();
    expect(state()).toMatchObject({ status: "done", isPreview: true, lastChangedPath: DYNOS });
  });

  it("lets the run under way show something before the newest value has its turn; values between are never run", async () => {
    const { client, runs, askedDynos } = setUp();
    for (const dynos of [26, 27, 28, 29]) runs.preview(withDynos(dynos), DYNOS);
    expect(askedDynos()).toEqual([26]);
    client.latest.complete();
    await settle();
    expect(askedDynos()).toEqual([26, 29]);
    for (const dynos of [30, 31]) runs.preview(withDynos(dynos), DYNOS);
    client.latest.update(0.3);
    expect(askedDynos()).toEqual([26, 29, 31]);
    expect(client.runs[1]?.hasEnded).toBe(true);
  });

  it("a preview that has shown something gives way at once", () => {
    const { client, runs, askedDynos } = setUp();
    runs.preview(withDynos(26), DYNOS);
    client.latest.update(0.5);
    runs.preview(withDynos(27), DYNOS);
    expect(askedDynos()).toEqual([26, 27]);
  });

  it("releasing runs the whole at once, whatever the preview is doing", async () => {
    const { client, runs, state, shownDynos, askedDynos } = setUp();
    runs.preview(withDynos(26), DYNOS);
    runs.preview(withDynos(27), DYNOS);
    runs.full(withDynos(27), DYNOS);
    expect(client.runs[0]?.hasEnded).toBe(true);
    expect(client.latest.request.replications).toBe(8);
    client.runs[0]?.update(1);
    await settle();
    expect(state().summary).toBeNull();
    client.latest.complete();
    await settle();
    expect(shownDynos()).toBe(27);
    expect(state().isPreview).toBe(false);
    expect(askedDynos()).toEqual([26, 27]);
  });

  it("back where the drag began, the whole result is shown again without a run", async () => {
    const { client, runs, state, shownDynos } = setUp();
    runs.full(DEFAULT_SCENARIO, null);
    client.latest.complete();
    await settle();
    runs.preview(withDynos(26), DYNOS);
    client.latest.complete();
    await settle();
    expect(state().isPreview).toBe(true);
    runs.preview(withDynos(25), DYNOS);
    expect(shownDynos()).toBe(25);
    expect(state()).toMatchObject({ isPreview: false, status: "done" });
    expect(client.runs).toHaveLength(2);
  });

  it("a scenario of one or two replications is never a preview, and its commit needs no other run", async () => {
    const { client, runs, state } = setUp();
    const single = setAt(withDynos(26), "run.replications", 1).scenario;
    runs.preview(single, DYNOS);
    expect(client.latest.request.replications).toBe(1);
    runs.full(single, DYNOS);
    client.latest.complete();
    await settle();
    expect(state()).toMatchObject({ status: "done", isPreview: false });
    expect(client.runs).toHaveLength(1);
  });
});

describe("ending early", () => {
  it("cancelling keeps what was shown, marked as incomplete", async () => {
    const { client, runs, state } = setUp();
    runs.full(DEFAULT_SCENARIO, null);
    client.latest.update(0.5);
    runs.cancel();
    await settle();
    expect(state()).toMatchObject({ status: "cancelled", failure: null, isPreview: true });
    expect(state().summary).not.toBeNull();
    expect(runs.wholeSummaryOf(DEFAULT_SCENARIO)).toBeNull();
  });

  it.each(["crashed", "internal"] as const)(
    "a run that %s says why, and the next one works",
    async (code) => {
      const { client, runs, state } = setUp();
      runs.full(DEFAULT_SCENARIO, null);
      client.latest.fail(code);
      await settle();
      expect(state()).toMatchObject({ status: "failed", failure: { code } });
      runs.rerun(DEFAULT_SCENARIO);
      expect(state()).toMatchObject({ status: "running", failure: null });
      client.latest.complete();
      await settle();
      expect(state()).toMatchObject({ status: "done", failure: null });
    },
  );

  it("nothing under way, cancelling does nothing", () => {
    const { runs, state } = setUp();
    runs.cancel();
    expect(state().status).toBe("idle");
  });

  it("a quiet run shows nothing, and gives way to any other", async () => {
    const { client, runs, state } = setUp();
    const quiet = runs.quietly(DEFAULT_SCENARIO);
    client.latest.update(0.5);
    runs.cancel();
    expect(state()).toMatchObject({ status: "idle", summary: null });
    runs.full(withDynos(30), null);
    expect(await quiet).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    expect(state().status).toBe("running");
  });
});
