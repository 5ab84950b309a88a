import { act, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Scenario, TimelineEntry } from "../../src/scenario/types";
import type { LiveState } from "../../src/store/live-state";
import SettingEditor from "../../src/ui/scenario/SettingEditor";
import { TimelineBar } from "../../src/ui/timeline/TimelineBar";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";
import { TURNING_POINT } from "../support/summary-fixture";

fillInMissing();

const WIDTH = 900;

beforeEach(() => {
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, WIDTH, 44));
});
afterEach(() => vi.restoreAllMocks());

const DEPLOY: TimelineEntry = { atS: 20, do: "deploy", fleet: "web" };
const FAILOVER: TimelineEntry = { atS: 35, do: "failover" };

async function renderTimeline(
  timeline: readonly TimelineEntry[],
  overrides: Partial<Scenario> = {},
  live: Partial<LiveState> = {},
) {
  const scenario = { ...TURNING_POINT, ...overrides, timeline };
  const result = renderWithSession(<TimelineBar settingEditor={SettingEditor} />, { scenario, live });
  await screen.findByRole("button", { name: "Add event" });
  if (timeline.length > 0) await screen.findByRole("button", { name: "List all events" });
  const entries = () => result.session.scenario.getState().scenario.timeline;
  return { ...result, entries };
}

const mark = (name: string | RegExp) => screen.getByRole("slider", { name });

describe("a run in which nothing happens", () => {
  it("has no ruler, and a button that adds an event in the middle of the run and opens it", async () => {
    const { user, entries } = await renderTimeline([]);
    expect(screen.queryByRole("slider")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Add event" }));
    await user.click(await screen.findByRole("menuitem", { name: "Deploy" }));
    expect(entries()).toEqual([{ atS: 22.5, do: "deploy", fleet: "web" }]);
    expect(await screen.findByRole("dialog", { name: "Deploy of web" })).toBeInTheDocument();
    expect(mark("deploy of web")).toHaveAttribute("aria-valuetext", "22.5 s");
  });
});

describe("the ruler of a live run", () => {
  const LIVE = { status: "running", nowS: 60, durationS: 120 } as const;

  it("is as long as what is simulated, and shows where it has come to", async () => {
    const { session } = await renderTimeline([DEPLOY], {}, LIVE);
    expect(screen.getByText("now at 60 s")).toBeInTheDocument();
    act(() => session.live.store.setState({ nowS: 130.2, durationS: 240 }));
    expect(screen.getByText("now at 130.2 s")).toBeInTheDocument();
    act(() => session.live.store.setState({ status: "off" }));
    expect(screen.queryByText(/^now at/)).toBeNull();
  });

  it("has new events in what is still to come", async () => {
    const { user, entries } = await renderTimeline([], {}, LIVE);
    await user.click(screen.getByRole("button", { name: "Add event" }));
    await user.click(await screen.findByRole("menuitem", { name: "Deploy" }));
    expect(entries()).toEqual([{ atS: 90, do: "deploy", fleet: "web" }]);
  });
});

describe("a mark on the ruler", () => {
  it("says what happens and when", async () => {
    await renderTimeline([DEPLOY, FAILOVER]);
    expect(mark("deploy of web")).toHaveAttribute("aria-valuetext", "20 s");
    expect(mark("failover of the database")).toHaveTextContent("failover");
  });

  it("moves by a step with the arrow keys, and by ten with Shift, as one change when the key is released", async () => {
    const { session, user, entries } = await renderTimeline([DEPLOY, FAILOVER]);
    act(() => mark("deploy of web").focus());
    await user.keyboard("{ArrowRight}");
    expect(entries()[0]?.atS).toBe(20.5);
    expect(session.edit).toHaveBeenLastCalledWith("timeline.0.atS", 20.5, { dragging: true });
    expect(session.commitEdit).toHaveBeenCalled();
    await user.keyboard("{Shift>}{ArrowLeft}{/Shift}");
    expect(entries()[0]?.atS).toBe(15.5);
    await user.keyboard("{End}");
    expect(entries()[0]?.atS).toBe(44.5);
    expect(mark("deploy of web")).toHaveFocus();
  });

  it("is dragged to readable times", async () => {
    const { session, entries } = await renderTimeline([DEPLOY]);
    const element = mark("deploy of web");
    fireEvent.pointerDown(element, { button: 0, clientX: 400, pointerId: 1 });
    // 100 of 900 pixels are 5 of 45 seconds.
    fireEvent.pointerMove(element, { clientX: 501, pointerId: 1 });
    expect(entries()[0]?.atS).toBe(25);
    expect(session.commitEdit).not.toHaveBeenCalled();
    fireEvent.pointerUp(element, { clientX: 501, pointerId: 1 });
    expect(session.commitEdit).toHaveBeenCalled();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("goes away with the Delete key, and leaves the keyboard near", async () => {
    const { user, entries } = await renderTimeline([DEPLOY, FAILOVER]);
    act(() => mark("deploy of web").focus());
    await user.keyboard("{Delete}");
    expect(entries()).toEqual([FAILOVER]);
    expect(screen.getByRole("button", { name: "Add event" })).toHaveFocus();
  });

  it("that comes after the end of the run says that it has no effect", async () => {
    const { user, entries } = await renderTimeline([{ ...DEPLOY, atS: 60 }]);
    const element = mark("deploy of web");
    expect(element).toHaveAttribute("aria-valuetext", "60 s, after the end of the run");
    act(() => element.focus());
    await user.keyboard("{Enter}");
    expect(
      await screen.findByText(/After the end of the run, which lasts 45 s: it has no effect/),
    ).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Done" }));
    act(() => element.focus());
    await user.keyboard("{ArrowLeft}");
    expect(entries()[0]?.atS).toBe(44.5);
  });

  it("shares its place with those too near to it, in a list from which each is opened", async () => {
    const { user } = await renderTimeline([DEPLOY, { ...FAILOVER, atS: 20.5 }, { ...DEPLOY, atS: 30 }]);
    expect(screen.getAllByRole("slider")).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: /events near each other/ }));
    await user.click(await screen.findByRole("menuitem", { name: "20.5 s: failover of the database" }));
    expect(await screen.findByRole("dialog", { name: "Failover of the database" })).toBeInTheDocument();
  });
});

describe("the ruler", () => {
  it("adds an event where it is clicked", async () => {
    const { user, entries, container } = await renderTimeline([DEPLOY]);
    const lane = container.querySelector("[data-can-add]");
    if (lane === null) throw new Error("there is no ruler");
    fireEvent.click(lane, { clientX: 600 });
    await user.click(await screen.findByRole("menuitem", { name: "Restart the database" }));
    expect(entries()[1]).toEqual({ atS: 30, do: "restartDatabase", downS: 3 });
  });

  it("says the times of a whole day as on a clock", async () => {
    await renderTimeline([{ ...DEPLOY, atS: 34_200 }], {
      run: { ...TURNING_POINT.run, durationS: 86_400 },
    });
    expect(mark("deploy of web")).toHaveAttribute("aria-valuetext", "09:30");
    expect(screen.getByText("24:00")).toBeInTheDocument();
  });
});

describe("the editor of an entry", () => {
  async function open(entry: TimelineEntry, overrides: Partial<Scenario> = {}) {
    const result = await renderTimeline([entry], overrides);
    act(() => screen.getByRole("slider").focus());
    await result.user.keyboard("{Enter}");
    const dialog = await screen.findByRole("dialog");
    return { ...result, dialog };
  }

  async function enter(user: Awaited<ReturnType<typeof open>>["user"], name: string, text: string) {
    const field = screen.getByRole("textbox", { name });
    await user.clear(field);
    await user.type(field, `${text}{Enter}`);
  }

  it("changes the time, in any unit", async () => {
    const { user, entries } = await open(DEPLOY, { run: { ...TURNING_POINT.run, durationS: 3600 } });
    await enter(user, "When", "12min");
    expect(entries()[0]?.atS).toBe(720);
    expect(screen.getByText("At 12 min of a run of 1 h")).toBeInTheDocument();
  });

  it("has what a killed dyno needs: how many, how, and whether it comes back", async () => {
    const { user, entries } = await open({
      atS: 30,
      do: "killDyno",
      fleet: "web",
      count: 1,
      graceful: false,
      backAfterS: 15,
    });
    await enter(user, "Dynos", "3");
    await user.click(screen.getByRole("switch", { name: "Stop gracefully" }));
    await user.click(screen.getByRole("switch", { name: "Comes back" }));
    expect(entries()[0]).toEqual({
      atS: 30,
      do: "killDyno",
      fleet: "web",
      count: 3,
      graceful: true,
      backAfterS: null,
    });
    expect(screen.getByRole("dialog", { name: "3 dynos of web stopped" })).toBeInTheDocument();
    expect(screen.queryByRole("textbox", { name: "Back after" })).toBeNull();
  });

  it("says what a deploy does with and without preboot", async () => {
    const [web] = TURNING_POINT.fleets;
    if (web === undefined) throw new Error("there is a fleet");
    const without = await open(DEPLOY);
    expect(without.dialog).toHaveTextContent("Without preboot, as web has it: the old dynos stop at once");
    without.unmount();
    const fleets = [{ ...web, boot: { ...web.boot, preboot: true } }];
    const { dialog } = await open(DEPLOY, { fleets });
    expect(dialog).toHaveTextContent("both hold database connections");
  });

  it("chooses what is set by the names of the controls, and edits a value of its kind", async () => {
    const { user, entries } = await open({ atS: 20, do: "set", path: "fleets.web.dynos", value: 30 });
    await enter(user, "New value", "40");
    expect(entries()[0]).toMatchObject({ path: "fleets.web.dynos", value: 40 });
    await user.selectOptions(screen.getByRole("combobox", { name: "Setting" }), "Pooler");
    expect(entries()[0]).toMatchObject({ path: "pooler.enabled", value: false });
    await user.click(screen.getByRole("switch", { name: "New value" }));
    expect(entries()[0]).toMatchObject({ path: "pooler.enabled", value: true });
    await user.selectOptions(screen.getByRole("combobox", { name: "Setting" }), "Algorithm");
    await user.selectOptions(screen.getByRole("combobox", { name: "New value" }), "Round robin");
    expect(entries()[0]).toMatchObject({ path: "fleets.web.balancer", value: "round-robin" });
  });

  it("sets any place by its path, and says what is wrong with one that does not exist", async () => {
    const memory = { perProcessMb: 300, perThreadMb: 5 };
    const { user, entries } = await open({ atS: 20, do: "set", path: "fleets.web.memory", value: memory });
    await enter(user, "Path", "fleets.web.wings");
    expect(await screen.findByRole("alert")).toHaveTextContent("wings");
    expect(entries()[0]).toMatchObject({ path: "fleets.web.memory", value: memory });
    const path = screen.getByRole("textbox", { name: "Path" });
    await user.clear(path);
    await user.type(path, "fleets.web.memory.perThreadMb");
    await enter(user, "New value", "7");
    expect(entries()[0]).toMatchObject({ path: "fleets.web.memory.perThreadMb", value: 7 });
  });

  it("removes the entry", async () => {
    const { user, entries } = await open(DEPLOY);
    await user.click(screen.getByRole("button", { name: "Remove" }));
    expect(entries()).toEqual([]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("the list of all events", () => {
  it("is in order of time, and edits and removes", async () => {
    const { user, entries } = await renderTimeline([FAILOVER, DEPLOY, { ...DEPLOY, atS: 50 }]);
    await user.click(screen.getByRole("button", { name: "List all events" }));
    const dialog = await screen.findByRole("dialog", { name: "Events of the run" });
    const items = within(dialog).getAllByRole("listitem");
    expect(items.map((item) => item.textContent)).toEqual([
      "20 sDeploy of web",
      "35 sFailover of the database",
      "50 sDeploy of webafter the end of the run: has no effect",
    ]);
    await user.click(within(dialog).getByRole("button", { name: "Remove deploy of web at 20 s" }));
    expect(entries()).toEqual([FAILOVER, { ...DEPLOY, atS: 50 }]);
    expect(
      within(dialog).getByRole("button", { name: "Remove failover of the database at 35 s" }),
    ).toHaveFocus();
    await user.click(within(dialog).getByRole("button", { name: "Edit failover of the database at 35 s" }));
    expect(await screen.findByRole("dialog", { name: "Failover of the database" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Done" }));
    expect(await screen.findByRole("dialog", { name: "Events of the run" })).toBeInTheDocument();
  });
});
