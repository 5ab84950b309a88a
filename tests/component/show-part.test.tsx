import { act, screen } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { ControlsPanel } from "../../src/ui/scenario/ControlsPanel";
import { showPart } from "../../src/ui/show-part";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";
import { TURNING_POINT } from "../support/summary-fixture";

beforeAll(fillInMissing);

const CHARTS = ["throughput", "latency", "connections", "queue", "dynos", "processors"];

function renderPage() {
  const [web] = TURNING_POINT.fleets;
  if (web === undefined) throw new Error("the fixture has no fleet");
  const scenario = { ...TURNING_POINT, fleets: [web, { ...web, name: "api", dynos: 7 }] };
  const scrolledTo: (string | undefined)[] = [];
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function scroll(this: Element) {
    scrolledTo.push(this instanceof HTMLElement ? this.dataset.place : undefined);
  });
  const view = renderWithSession(
    <>
      <div id="controls-content">
        <ControlsPanel />
      </div>
      <div id="charts">
        {CHARTS.map((id) => (
          <div data-place={id} key={id} />
        ))}
      </div>
    </>,
    { scenario },
  );
  return { ...view, scrolledTo };
}

const group = (name: RegExp) => screen.getByRole("button", { name, expanded: true });

describe("a part of the system", () => {
  it("has its group of controls opened, with the keyboard on it, and its first chart brought into view", () => {
    const { session, scrolledTo } = renderPage();
    act(() => session.preferences.setState({ openSections: ["closed:database"] }));
    act(() => showPart(session, "database", null));
    expect(group(/^Database$/)).toHaveFocus();
    expect(scrolledTo).toEqual(["connections"]);
  });

  it("has a folded group opened too", async () => {
    const { session } = renderPage();
    act(() => showPart(session, "edge", null));
    expect(group(/^Timeouts and queues/)).toHaveFocus();
    expect(await screen.findByRole("textbox", { name: "Router timeout" })).toBeInTheDocument();
  });

  it("brings the fleet that was meant into the controls", () => {
    const { session, scrolledTo } = renderPage();
    act(() => showPart(session, "dynos", "api"));
    expect(screen.getByRole("textbox", { name: "Dynos" })).toHaveValue("7");
    expect(scrolledTo).toEqual(["dynos"]);
    act(() => showPart(session, "pools", null));
    expect(session.preferences.getState().shown.fleets).toBe("api");
  });

  it("goes to the next of its charts where a scenario does not have the first", () => {
    const { session, scrolledTo } = renderPage();
    act(() => showPart(session, "replicas", null));
    expect(scrolledTo).toEqual(["processors"]);
  });
});
