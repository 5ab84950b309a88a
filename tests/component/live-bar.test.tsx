import { act, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../src/scenario/paths";
import type { LiveState } from "../../src/store/live-state";
import { LiveBar } from "../../src/ui/live/LiveBar";
import { renderWithSession } from "../support/render-session";
import { TURNING_POINT } from "../support/summary-fixture";

const RUNNING: Partial<LiveState> = { status: "running", isPlaying: true, nowS: 83.4, speed: 5 };

/** The bar of a page that is live. */
async function openBar(live: Partial<LiveState> = RUNNING, scenario = TURNING_POINT) {
  const opened = renderWithSession(<LiveBar />, { live, scenario });
  await screen.findByRole("radiogroup", { name: "Speed" });
  // The parts of the bar that were fetched hear of changes once their effects have run.
  await act(async () => undefined);
  const bar = screen.getByRole("region", { name: "Live run" });
  return {
    ...opened,
    bar,
    set: (state: Partial<LiveState>) => act(() => opened.session.live.store.setState(state)),
  };
}

describe("before it is live", () => {
  it("the bar offers nothing but to run", async () => {
    const { session, user } = renderWithSession(<LiveBar />);
    const buttons = screen.getAllByRole("button");
    expect(buttons).toHaveLength(1);
    await user.click(screen.getByRole("button", { name: "Run live" }));
    expect(session.live.toggle).toHaveBeenCalledOnce();
  });

  it("and after, play and pause is one and the same button, which keeps the focus", async () => {
    const { session, user } = renderWithSession(<LiveBar />);
    const button = screen.getByRole("button", { name: "Run live" });
    await user.click(button);
    act(() => session.live.store.setState(RUNNING));
    expect(await screen.findByRole("button", { name: "Pause" })).toBe(button);
    expect(button).toHaveFocus();
    act(() => session.live.store.setState({ status: "paused", isPlaying: false }));
    expect(screen.getByRole("button", { name: "Play" })).toBe(button);
  });
});

describe("time", () => {
  it("is shown as a clock, in whole seconds", async () => {
    const { bar, set } = await openBar();
    expect(bar).toHaveTextContent("00:01:23");
    set({ nowS: 3_725.9 });
    expect(bar).toHaveTextContent("01:02:05");
  });

  it("runs at a speed that is chosen, and says where it is not reached", async () => {
    const { session, user, bar, set } = await openBar();
    expect(screen.getByRole("radio", { name: "5×" })).toBeChecked();
    expect(bar).not.toHaveTextContent("reached");
    await user.click(screen.getByRole("radio", { name: "100×" }));
    expect(session.live.setSpeed).toHaveBeenCalledWith(100);
    set({ speedReached: 38.4 });
    expect(bar).toHaveTextContent("38× reached");
    set({ speedReached: 97 });
    expect(bar).not.toHaveTextContent("reached");
    await user.click(screen.getByRole("radio", { name: "max" }));
    set({ speedReached: 1_234 });
    expect(bar).toHaveTextContent("1,234× reached");
  });

  it.each([
    ["One second", "step"],
    ["Begin again at 0, with the values as they are", "reset"],
    ["Stop", "stop"],
  ] as const)("can be steered: %s", async (name, action) => {
    const { session, user } = await openBar();
    await user.click(screen.getByRole("button", { name }));
    expect(session.live[action]).toHaveBeenCalledOnce();
  });

  it("that stands still is announced, and where; its ticks are not", async () => {
    const { set } = await openBar();
    const status = () => document.querySelector("[aria-live=polite]")?.textContent;
    set({ nowS: 80.02 });
    expect(status()).toBe("");
    set({ status: "paused", isPlaying: false });
    await expect.poll(status, { timeout: 5_000 }).toBe("Paused at 1 min 20 s");
  });

  it("that is being caught up is said", async () => {
    const { bar } = await openBar({ ...RUNNING, status: "restarting" });
    expect(bar).toHaveTextContent("catching up");
  });
});

describe("what can be done to the system", () => {
  it.each([
    ["Traffic spike", { do: "spike" }],
    ["Kill a dyno", { do: "killDyno", fleet: "web" }],
    ["Deploy", { do: "deploy", fleet: "web" }],
    ["Restart database", { do: "restartDatabase" }],
    ["Fail over", { do: "failover" }],
  ])("is a button: %s", async (name, action) => {
    const { session, user } = await openBar();
    await user.click(screen.getByRole("button", { name }));
    expect(session.live.act).toHaveBeenCalledExactlyOnceWith(action);
  });

  it("says what it does", async () => {
    const { user } = await openBar();
    const button = screen.getByRole("button", { name: "Kill a dyno" });
    await user.hover(button);
    expect(await screen.findByRole("tooltip")).toHaveTextContent("dies with all its requests");
    expect(button).toHaveAccessibleDescription(/dies with all its requests/);
  });

  it("says why it can't be done, and does nothing", async () => {
    const recorded = [{ atS: 100, do: "set", path: "workloads.hey.clients", value: 5 } as const];
    const { session, user } = await openBar({ ...RUNNING, recorded });
    const button = screen.getByRole("button", { name: "Traffic spike" });
    expect(button).toHaveAttribute("aria-disabled", "true");
    await user.click(button);
    expect(session.live.act).not.toHaveBeenCalled();
    expect(await screen.findByRole("tooltip")).toHaveTextContent("A spike is under way.");
  });

  it("is done to the fleet that is chosen, where there are several", async () => {
    const jobs = [...TURNING_POINT.fleets, { name: "jobs", dynos: 2 }];
    const { scenario } = applyChanges(TURNING_POINT, [{ path: "fleets", value: jobs }]);
    const { session, user } = await openBar(RUNNING, scenario);
    await user.selectOptions(screen.getByRole("combobox", { name: /fleet/i }), "jobs");
    await user.click(screen.getByRole("button", { name: "Deploy" }));
    expect(session.live.act).toHaveBeenCalledWith({ do: "deploy", fleet: "jobs" });
  });
});

describe("what was done", () => {
  it("is listed, the last first, once it has taken place", async () => {
    const { bar, set } = await openBar();
    expect(bar).toHaveTextContent("What you do is written down here");
    set({
      recorded: [
        { atS: 12, do: "set", path: "fleets.web.dynos", value: 30 },
        { atS: 61, do: "killDyno", fleet: "web", count: 1, graceful: false, backAfterS: 20 },
        { atS: 90, do: "set", path: "workloads.hey.clients", value: 200 },
      ],
    });
    expect(bar).toHaveTextContent(
      "2 written down · 00:01:01 1 dyno of web killed · 00:00:12 web dynos set to 30",
    );
  });

  it("gives way to what happened by itself", async () => {
    const { set } = await openBar();
    set({ notice: "Time began again at 0." });
    expect(screen.getByRole("status")).toHaveTextContent("Time began again at 0.");
  });
});

describe("a live run that failed", () => {
  it("says why, and can be taken up again", async () => {
    const failure = { code: "crashed", message: "The simulation stopped.", problems: [] } as const;
    const { session, user } = await openBar({ ...RUNNING, status: "failed", isPlaying: false, failure });
    const alert = screen.getByRole("alert");
    expect(alert).toHaveTextContent("The simulation stopped.");
    expect(screen.getByRole("button", { name: "One second" })).toBeDisabled();
    await user.click(within(alert).getByRole("button", { name: "Take it up again" }));
    expect(session.live.play).toHaveBeenCalledOnce();
  });
});
