import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { readScenario } from "../../src/scenario/read-scenario";
import type { Workload } from "../../src/scenario/types";
import { ControlsPanel } from "../../src/ui/scenario/ControlsPanel";
import { HEIGHT, PLOT, WIDTH } from "../../src/ui/scenario/profile/curve-scale";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(() => {
  fillInMissing();
  // Pictures have the size of their own units, and keep the pointer that is given to them.
  Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, WIDTH, HEIGHT);
  Element.prototype.hasPointerCapture = () => true;
});

const SITE = { name: "site", kind: "open", requestsPerSecond: 75 };

function renderTraffic(workload: object = SITE, run: object = { durationS: 100 }) {
  const result = readScenario({ schema: 1, run, workloads: [workload] });
  expect(result.ok ? [] : result.problems).toEqual([]);
  const view = renderWithSession(<ControlsPanel />, { scenario: result.scenario });
  const profile = () => {
    const site = view.session.scenario.getState().scenario.workloads[0] as Exclude<
      Workload,
      { kind: "replay" }
    >;
    return site.profile;
  };
  async function edit() {
    await view.user.click(screen.getByRole("button", { name: /curve$/ }));
    return screen.findByRole("group", { name: "Curve of traffic" });
  }
  return { ...view, profile, edit };
}

function point(number: number): HTMLElement {
  return screen.getByRole("slider", { name: new RegExp(`^Point ${number} of`) });
}

describe("traffic over time", () => {
  it("is steady until a curve is drawn", async () => {
    const { edit, profile } = renderTraffic();
    expect(screen.getByText("Steady")).toBeInTheDocument();
    await edit();
    expect(screen.getAllByRole("slider", { name: /^Point/ })).toHaveLength(2);
    expect(profile()).toBeUndefined();
  });

  it("shows a set curve beside the traffic, from least to most", async () => {
    renderTraffic({
      ...SITE,
      profile: [
        [0, 0.5],
        [50, 2],
      ],
    });
    expect(await screen.findByText("Over time from 37.5/s to 150/s")).toBeInTheDocument();
  });

  it.each([
    ["recorded requests", { name: "log", kind: "replay" }],
    ["a measured curve", { ...SITE, trace: [[0, 5]] }],
  ])("is not offered for %s", (_, workload) => {
    renderTraffic(workload);
    expect(screen.queryByRole("button", { name: "Draw a curve" })).not.toBeInTheDocument();
  });
});

describe("a point of the curve", () => {
  it("says its time, its factor and what that comes to", async () => {
    const { edit } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [50, 2],
      ],
    });
    await edit();
    expect(point(2)).toHaveAttribute("aria-valuetext", "50 s, 2 ×, 150/s");
    expect(point(2)).toHaveAttribute("aria-valuenow", "2");
  });

  it("goes by arrow keys, ten steps with Shift, and is one change when the key is released", async () => {
    const { edit, user, profile, session } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [50, 1],
        [80, 1],
      ],
    });
    await edit();
    act(() => point(2).focus());
    await user.keyboard("{ArrowUp>2}");
    expect(session.edit).toHaveBeenLastCalledWith("workloads.site.profile", expect.anything(), {
      dragging: true,
    });
    expect(session.commitEdit).not.toHaveBeenCalled();
    await user.keyboard("{/ArrowUp}");
    expect(session.commitEdit).toHaveBeenCalledOnce();
    const [, second] = profile() ?? [];
    expect(second?.[0]).toBe(50);
    expect(second?.[1]).toBeGreaterThan(1);
    await user.keyboard("{Shift>}{ArrowLeft}{/Shift}");
    expect(profile()?.[1]?.[0]).toBe(45);
  });

  it("cannot pass the points beside it", async () => {
    const { edit, user, profile } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [2, 1],
        [3, 1],
      ],
    });
    await edit();
    act(() => point(2).focus());
    await user.keyboard("{Shift>}{ArrowRight}{ArrowRight}{/Shift}");
    expect(profile()?.[1]).toEqual([3, 1]);
  });

  it("is left for the next by Page Down, and removed by Delete, which leaves the keyboard on a point", async () => {
    const { edit, user, profile } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [50, 2],
        [80, 3],
      ],
    });
    await edit();
    act(() => point(1).focus());
    await user.keyboard("{PageDown}");
    expect(point(2)).toHaveFocus();
    await user.keyboard("{Delete}");
    expect(profile()).toEqual([
      [0, 1],
      [80, 3],
    ]);
    expect(point(2)).toHaveFocus();
  });

  it("follows the pointer, is simulated on the way, and settles when it is let go", async () => {
    const { edit, profile, session } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [50, 1],
        [100, 1],
      ],
    });
    await edit();
    const middle = (PLOT.left + PLOT.right) / 2;
    fireEvent.pointerDown(point(2), { button: 0, pointerId: 1, clientX: middle, clientY: 80 });
    fireEvent.pointerMove(point(2), {
      pointerId: 1,
      clientX: PLOT.left + (PLOT.right - PLOT.left) * 0.7,
      clientY: PLOT.top,
    });
    expect(session.edit).toHaveBeenLastCalledWith(
      "workloads.site.profile",
      [
        [0, 1],
        [70, 2],
        [100, 1],
      ],
      {
        dragging: true,
      },
    );
    fireEvent.lostPointerCapture(point(2), { pointerId: 1 });
    expect(session.commitEdit).toHaveBeenCalledOnce();
    expect(profile()?.[1]).toEqual([70, 2]);
  });

  it("is added where the line is pressed", async () => {
    const { edit, profile } = renderTraffic();
    const picture = await edit();
    const [, line] = picture.querySelectorAll("polyline");
    const x = PLOT.left + (PLOT.right - PLOT.left) * 0.25;
    fireEvent.pointerDown(line ?? picture, { button: 0, pointerId: 1, clientX: x, clientY: 70 });
    expect(profile()).toEqual([
      [0, 1],
      [25, 1],
      [100, 1],
    ]);
    expect(point(2)).toHaveFocus();
  });
});

describe("the curve's editor", () => {
  it("adds and removes points by buttons", async () => {
    const { edit, user, profile } = renderTraffic();
    await edit();
    await user.click(screen.getByRole("button", { name: "Add a point after it" }));
    expect(profile()).toEqual([
      [0, 1],
      [50, 1],
      [100, 1],
    ]);
    await user.click(screen.getByRole("button", { name: "Remove the point" }));
    expect(profile()).toEqual([
      [0, 1],
      [100, 1],
    ]);
  });

  it("takes exact numbers, and says why a time cannot stand", async () => {
    const { edit, user, profile } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [50, 2],
        [80, 3],
      ],
    });
    await edit();
    const table = within(screen.getByRole("table"));
    const factor = table.getByRole("textbox", { name: "Point 2: factor" });
    await user.clear(factor);
    await user.type(factor, "2.75{Enter}");
    expect(profile()?.[1]).toEqual([50, 2.75]);
    const time = table.getByRole("textbox", { name: "Point 2: time" });
    await user.clear(time);
    await user.type(time, "1.5min{Enter}");
    expect(screen.getByRole("alert")).toHaveTextContent(/points in order of time/);
    expect(profile()?.[1]).toEqual([50, 2.75]);
  });

  it("begins from a shape over the run, and clears it again", async () => {
    const { edit, user, profile } = renderTraffic();
    await edit();
    await user.click(screen.getByRole("button", { name: "Shapes" }));
    await user.click(screen.getByRole("menuitem", { name: /^Ramp/ }));
    expect(profile()).toEqual([
      [0, 0.5],
      [100, 2],
    ]);
    await user.click(screen.getByRole("button", { name: "Clear" }));
    expect(profile()).toBeUndefined();
  });

  it("makes the run as long as a day where a day is wanted, in one step", async () => {
    const { edit, user, profile, session } = renderTraffic();
    await edit();
    await user.click(screen.getByRole("button", { name: "Shapes" }));
    await user.click(screen.getByRole("menuitem", { name: /^A day in a run of 24 h.*5M requests/ }));
    expect(session.scenario.getState().scenario.run.durationS).toBe(86_400);
    expect(profile()?.at(-1)?.[0]).toBe(86_400);
    expect(session.applyChanges).toHaveBeenCalledOnce();
    await user.click(screen.getByRole("button", { name: "Shapes" }));
    await user.click(screen.getByRole("menuitem", { name: /^A week squeezed into 24 h/ }));
    expect(session.scenario.getState().scenario.run.durationS).toBe(86_400);
  });

  it("says how much of a longer curve the run sees, and offers to make it longer", async () => {
    const { edit, user, session } = renderTraffic({
      ...SITE,
      profile: [
        [0, 1],
        [600, 2],
      ],
    });
    await edit();
    expect(screen.getByText(/The run is 100 s long and sees that much/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Make the run 10 min long" }));
    expect(session.scenario.getState().scenario.run.durationS).toBe(600);
  });
});
