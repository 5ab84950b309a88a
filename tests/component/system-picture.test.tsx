import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunSummary } from "../../src/analysis/result-types";
import type { SystemState } from "../../src/analysis/system-state";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { SystemArea } from "../../src/ui/system/SystemArea";
import { type PictureMode, SystemPicture } from "../../src/ui/system/SystemPicture";
import { chartSummary } from "../support/chart-summary-fixture";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";
import { dynos, fleetState, systemState } from "../support/system-state-fixture";

beforeAll(fillInMissing);
// jsdom has no canvas: what is drawn on it has tests of its own.
beforeEach(() => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function renderPicture(own: Partial<SystemState> = {}, mode: PictureMode = "whole") {
  const onPart = vi.fn();
  const picture = (state: SystemState) => (
    <SystemPicture state={state} scenario={DEFAULT_SCENARIO} mode={mode} onPart={onPart} />
  );
  const view = render(picture(systemState(own)));
  return { onPart, show: (next: Partial<SystemState>) => view.rerender(picture(systemState(next))), ...view };
}

const part = (name: RegExp) => screen.getByRole("button", { name });
const partNames = () =>
  screen.getAllByRole("button").map((button) => button.getAttribute("aria-label")?.split(":")[0]);

const POOLER = { busyConnections: 90, connections: 90, queued: 31 };
const REPLICA = { isUp: true, connections: 30, usableConnections: 120, activeQueries: null, cpu: 0.2 };

describe("the picture of a system", () => {
  it("has the parts in the order in which a request meets them, each a button that says how it stands", () => {
    renderPicture();
    expect(partNames()).toEqual(["Clients", "Edge", "25 dynos", "Pools", "Database"]);
    expect(part(/^Database/)).toHaveAccessibleName(
      "Database: 240 of 240 connections, 90 run a query, processor 12 %.",
    );
    expect(part(/^Database/)).toHaveAccessibleDescription("Opens its controls and charts.");
  });

  it("has a pooler, replicas and several fleets only where there are", () => {
    renderPicture({
      pooler: POOLER,
      replicas: Array.from({ length: 12 }, () => REPLICA),
      fleets: [fleetState(), fleetState({ name: "api", dynos: dynos(4) })],
    });
    expect(partNames()).toEqual([
      "Clients",
      "Edge",
      "web, 25 dynos",
      "api, 4 dynos",
      "Pools",
      "Pooler",
      "Database",
      "12 replicas",
    ]);
  });

  it.each([1, 25, 200, 2000])("is one button for a fleet of %i dynos, and one drawing", (count) => {
    const { container } = renderPicture({ fleets: [fleetState({ dynos: dynos(count) })] });
    expect(part(/ dynos?: /)).toHaveAccessibleName(new RegExp(`^${count} dynos?: \\S+ of \\S+ threads busy`));
    expect(container.querySelectorAll("canvas")).toHaveLength(1);
  });

  it("says what its dynos are in words too", () => {
    const own = [...dynos(3), ...dynos(1, { status: "dead" }), ...dynos(2, { status: "booting" })];
    renderPicture({ fleets: [fleetState({ dynos: own })] });
    expect(part(/^6 dynos/)).toHaveTextContent("1 dead · 2 booting");
  });

  it("writes every flow's rate on its arrow", () => {
    const { container } = renderPicture({ sentPerSecond: 1234.5, queriesPerSecond: 0 });
    const rates = [...container.querySelectorAll("[style*='--thickness']")].map((flow) => flow.textContent);
    expect(rates).toEqual(["1235/s", "188/s", "0/s", "0/s"]);
  });

  it("shows a failure below the part that caused it, in its name, and not in colour alone", () => {
    const { container } = renderPicture({ failedPerSecond: { "connection-refused": 14, timeout: 3 } });
    const [below, ...others] = screen.getAllByText(/refused: out of connection slots/);
    expect(others).toEqual([]);
    expect(below?.parentElement).toContainElement(part(/^Database/));
    expect(below?.querySelector("svg")).toBeInTheDocument();
    expect(part(/^Database/)).toHaveAccessibleName(/14 per second refused: out of connection slots\.$/);
    expect(part(/^Edge/)).toHaveAccessibleName(/3 per second timed out\.$/);
    expect(container.querySelectorAll("[data-failing]")).toHaveLength(2);
  });

  it("says in a word that the database is down", () => {
    renderPicture({ primary: { ...systemState().primary, isUp: false } });
    expect(within(part(/^Database/)).getByText("down")).toBeInTheDocument();
  });

  it("shows a system without traffic and without dynos", () => {
    renderPicture({
      sentPerSecond: 0,
      okPerSecond: 0,
      inFlight: 0,
      fleets: [fleetState({ dynos: dynos(1, { status: "gone" }) })],
    });
    expect(part(/^Clients/)).toHaveAccessibleName(/^Clients: 0 per second answered/);
    expect(part(/^0 dynos/)).toHaveTextContent("nothing to serve requests");
  });

  it("asks for a part's controls and charts by mouse and by keyboard, of the fleet that was meant", async () => {
    const user = userEvent.setup();
    const { onPart } = renderPicture({ fleets: [fleetState(), fleetState({ name: "api" })] });
    await user.click(part(/^Database/));
    expect(onPart).toHaveBeenLastCalledWith("database", null);
    part(/^api/).focus();
    await user.keyboard("{Enter}");
    expect(onPart).toHaveBeenLastCalledWith("dynos", "api");
  });

  it("shows a part's whole sentence on focus", async () => {
    const user = userEvent.setup();
    renderPicture();
    await user.tab();
    expect(screen.getByRole("tooltip")).toHaveTextContent("Clients: 188 per second answered, 250 clients.");
  });
});

describe("the picture of a live system", () => {
  it("moves at once to be seen, and calmly to be heard", () => {
    vi.useFakeTimers();
    const { show } = renderPicture({ inFlight: 10 }, "live");
    show({ inFlight: 20 });
    expect(part(/^Edge/)).toHaveTextContent("20");
    expect(part(/^Edge/)).toHaveAccessibleName("Edge: 10 under way.");
    act(() => vi.advanceTimersByTime(2500));
    expect(part(/^Edge/)).toHaveAccessibleName("Edge: 20 under way.");
  });
});

describe("the picture of a whole run", () => {
  /** 45 s; most connections are refused in the second from 20 s on. */
  function run(own: Partial<RunSummary["series"]> = {}): RunSummary {
    const summary = chartSummary({ failures: { "connection-refused": 0.1 } });
    const { series } = summary;
    const refused = series.sent.map((_, bucket) => (bucket >= 100 && bucket < 105 ? 9 : 1));
    return {
      ...summary,
      series: { ...series, failed: refused, failedByKind: { "connection-refused": refused }, ...own },
    };
  }

  async function open(summary: RunSummary | null = run()) {
    const view = renderWithSession(<SystemArea onPart={() => undefined} />, { summary });
    await screen.findByRole("heading", { name: "The system" });
    return view;
  }

  const slider = () => screen.getByRole("slider", { name: "Moment of the run in the picture" });

  it("begins where most fails, and says when that is", async () => {
    await open();
    expect(slider()).toHaveAttribute("aria-valuetext", "20.5 s");
    expect(screen.getByText("at 20.5 s")).toBeInTheDocument();
    expect(part(/^Database/)).toHaveAccessibleName(/45 per second refused/);
    expect(part(/^Most failures/)).toHaveAttribute("aria-pressed", "true");
  });

  it("goes through the run by keyboard, and back to that moment", async () => {
    const { user } = await open();
    slider().focus();
    await user.keyboard("{ArrowRight}");
    expect(slider()).toHaveAttribute("aria-valuetext", "21.5 s");
    expect(part(/^Database/)).toHaveAccessibleName(/ 5 per second refused/);
    await user.keyboard("{End}");
    expect(slider()).toHaveAttribute("aria-valuetext", "44.5 s");
    await user.click(part(/^Most failures/));
    expect(slider()).toHaveAttribute("aria-valuetext", "20.5 s");
  });

  it("stays at its share of the run when that is simulated anew", async () => {
    const { session, user } = await open();
    slider().focus();
    await user.keyboard("{Home}");
    for (let step = 0; step < 15; step += 1) await user.keyboard("{ArrowRight}");
    expect(slider()).toHaveAttribute("aria-valuetext", "15.5 s");
    act(() => session.run.setState({ summary: chartSummary({ buckets: 180, bucketS: 0.5 }) }));
    expect(slider()).toHaveAttribute("aria-valuetext", "31.5 s");
  });

  it("shows the last moment that has been simulated while the run has not come further", async () => {
    const { session, user } = await open();
    slider().focus();
    await user.keyboard("{End}");
    const { inFlight } = run().series;
    const started = inFlight.map((level, bucket) => (bucket < 51 ? level : Number.NaN));
    act(() => session.run.setState({ summary: run({ inFlight: started }) }));
    expect(slider()).toHaveAttribute("aria-valuetext", "10.5 s");
  });

  it("says that there is nothing to show yet", async () => {
    const { session } = await open(null);
    expect(screen.getByText("Nothing has been simulated yet.")).toBeInTheDocument();
    const inFlight = run().series.inFlight.map(() => Number.NaN);
    act(() => session.run.setState({ summary: run({ inFlight }) }));
    expect(screen.getByText("Nothing has been simulated yet.")).toBeInTheDocument();
  });

  it("folds to a line that still says what fails, and remembers it", async () => {
    const { session, user } = await open();
    const toggle = part(/^The system/);
    expect(toggle).toHaveAttribute("aria-expanded", "true");
    await user.click(toggle);
    expect(toggle).toHaveAttribute("aria-expanded", "false");
    expect(session.preferences.getState().picture).toBe("closed");
    expect(screen.queryByRole("slider")).not.toBeInTheDocument();
    const region = screen.getByRole("region", { name: "System" });
    expect(region).toHaveTextContent(/At 20\.5 s: Clients .* → Database \d+ of 240/);
    expect(region).toHaveTextContent("45/s refused: out of connection slots");
    await user.click(toggle);
    expect(part(/^Database/)).toBeInTheDocument();
  });

  it("stands open where the window has room for it, unless the reader chose", async () => {
    const { session } = await open();
    // jsdom's window matches no media query: it has no room.
    act(() => session.preferences.setState({ picture: "fitting" }));
    expect(part(/^The system/)).toHaveAttribute("aria-expanded", "false");
    act(() => session.preferences.setState({ picture: "open" }));
    expect(part(/^The system/)).toHaveAttribute("aria-expanded", "true");
  });
});
