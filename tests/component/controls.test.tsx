import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { getAt } from "../../src/scenario/paths";
import { PRESETS } from "../../src/scenario/presets";
import { readScenario } from "../../src/scenario/read-scenario";
import { standardWorkload } from "../../src/store/standard";
import { FIELDS } from "../../src/ui/scenario/all-fields";
import { ControlsPanel } from "../../src/ui/scenario/ControlsPanel";
import { GROUPS, placeOf, placesForPath, placesIn } from "../../src/ui/scenario/field-places";
import { isShown } from "../../src/ui/scenario/fields";
import { pathShown } from "../../src/ui/scenario/shown";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

const OPENING = PRESETS[0]?.scenario ?? DEFAULT_SCENARIO;

function renderControls(scenario = OPENING) {
  return renderWithSession(<ControlsPanel />, { scenario });
}

describe("the table of controls", () => {
  it("gives each control an id of its own", () => {
    expect(new Set(FIELDS.map(({ id }) => id)).size).toBe(FIELDS.length);
  });

  it("leads each control to a place in the document, for the traffic that it is about", () => {
    const shown = { workloads: "", endpoints: "", fleets: "" };
    for (const definition of FIELDS) {
      const kinds = (["closed", "open", "burst", "replay"] as const).filter((kind) =>
        isShown(definition, standardWorkload(kind)),
      );
      // Think time is for journeys of open traffic too; curves need not be there.
      const [kind = "closed"] = kinds;
      const result = readScenario({ schema: 1, workloads: [{ kind }] });
      const path = pathShown(definition.path, result.scenario, shown);
      if (!["trace", "profile"].includes(definition.id))
        expect(getAt(result.scenario, path), path).toBeDefined();
    }
  });

  it("has sliders narrower than what the document allows", () => {
    for (const field of FIELDS) {
      if (field.kind !== "number" || field.slider === null) continue;
      expect(field.slider.minimum, field.id).toBeGreaterThanOrEqual(field.minimum);
      expect(field.slider.maximum, field.id).toBeLessThanOrEqual(field.maximum);
    }
  });

  it("knows a control by the path of a link or a suggestion", () => {
    expect(placesForPath("fleets.web.dynos")).toEqual({ ids: ["dynos"], item: "web" });
    expect(placesForPath("endpoints.page.steps.0.ms")).toEqual({ ids: ["steps"], item: "page" });
    expect(placesForPath("workloads.hey.clients").ids).toEqual(["clients", "burst-clients"]);
    expect(placesForPath("workloads.hey")).toEqual({ ids: ["workload-kind"], item: "hey" });
    expect(placesForPath("notes").ids).toEqual([]);
  });

  it("has none for what cannot change a result", () => {
    expect(placesForPath("endpoints.page.safe").ids).toEqual([]);
  });

  it("has a row for each place, in the group of that place", () => {
    for (const { id, group, path } of FIELDS) expect(placeOf(id)).toEqual({ group, path });
    expect(FIELDS.length).toBe(GROUPS.flatMap(({ id }) => placesIn(id)).length);
  });
});

describe("a control", () => {
  it("has a label, an explanation, a slider and an exact field", () => {
    renderControls();
    expect(screen.getByRole("textbox", { name: "Dynos" })).toHaveValue("25");
    const slider = screen.getByRole("slider", { name: "Dynos" });
    expect(slider).toHaveAccessibleDescription(/Containers that run the application/);
    expect(slider).toHaveAccessibleDescription(/default 25/);
  });

  it("says what its value comes to together with the others", async () => {
    const { user } = renderControls();
    expect(screen.getByText("25 × 10 threads = 250 requests at once")).toBeInTheDocument();
    expect(
      screen.getByText(/90 connections × 1 ÷ 0.5 s = at most 180 requests a second/),
    ).toBeInTheDocument();
    expect(screen.getByText(/120 connections advertised, 240 enforced; .* \$50 a month/)).toBeInTheDocument();
    const threads = screen.getByRole("textbox", { name: "Threads" });
    await user.clear(threads);
    await user.type(threads, "20{Enter}");
    expect(screen.getByText("25 × 20 threads = 500 requests at once")).toBeInTheDocument();
  });

  it("edits while its slider moves, and commits once at the end", async () => {
    const { session, user } = renderControls();
    screen.getByRole("slider", { name: "Dynos" }).focus();
    await user.keyboard("{ArrowRight>3/}");
    expect(session.edit).toHaveBeenCalledTimes(3);
    expect(session.edit).toHaveBeenLastCalledWith("fleets.web.dynos", 28, { dragging: true });
    expect(session.commitEdit).toHaveBeenCalledOnce();
  });

  it("offers the way back to its default only where it was changed", async () => {
    const { session, user } = renderControls();
    const reset = screen.getByRole("button", { name: "Reset dynos to its default" });
    expect(reset).toBeDisabled();
    act(() => {
      session.edit("fleets.web.dynos", 40);
    });
    await user.click(reset);
    expect(session.resetField).toHaveBeenCalledExactlyOnceWith("fleets.web.dynos");
  });

  it("resets on a double click on its slider", () => {
    const { session } = renderControls();
    fireEvent.doubleClick(screen.getByRole("slider", { name: "Threads" }));
    expect(session.resetField).toHaveBeenCalledExactlyOnceWith("fleets.web.threads");
  });

  it("tells where the pinned baseline stood", () => {
    const { session } = renderControls();
    act(() => session.pin());
    expect(screen.getByRole("slider", { name: "Threads" })).toHaveAccessibleDescription(/pinned baseline 10/);
  });

  it("keeps a value that the document refuses, and says why", async () => {
    const { session, user } = renderControls();
    const field = screen.getByRole("textbox", { name: "Dynos" });
    await user.clear(field);
    await user.type(field, "20k{Enter}");
    expect(field).toHaveValue("20k");
    expect(screen.getByRole("alert")).toHaveTextContent("Allowed is 0 to 10,000.");
    expect(session.scenario.getState().scenario.fleets[0]?.dynos).toBe(25);
  });
});

describe("groups of controls", () => {
  it("are open for what matters most, and folded for the rest", () => {
    renderControls();
    expect(screen.getByRole("button", { name: "Pooler", expanded: true })).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Timeouts and queues", expanded: false })).toBeInTheDocument();
    expect(screen.queryByRole("textbox", { name: "Router timeout" })).not.toBeInTheDocument();
  });

  it("remember that they were opened or closed", async () => {
    const { session, user } = renderControls();
    await user.click(screen.getByRole("button", { name: "Timeouts and queues" }));
    await user.click(screen.getByRole("button", { name: "Pooler", expanded: true }));
    expect(session.preferences.getState().openSections).toEqual(["edge", "closed:pooler"]);
    expect(await screen.findByRole("textbox", { name: "Router timeout" })).toHaveValue("30");
    expect(screen.queryByRole("switch", { name: "Pooler" })).not.toBeInTheDocument();
  });

  it("say, also when folded, how many values differ from their defaults", () => {
    const { session } = renderControls();
    act(() => {
      session.edit("edge.timeoutMs", 10_000);
    });
    expect(
      screen.getByRole("button", { name: "Timeouts and queues 1 changed from the default" }),
    ).toBeInTheDocument();
  });
});

describe("particular controls", () => {
  it("the pooler is a switch", async () => {
    const { session, user } = renderControls();
    await user.click(screen.getByRole("switch", { name: "Pooler" }));
    expect(session.edit).toHaveBeenCalledExactlyOnceWith("pooler.enabled", true);
  });

  it("the plan comes out of the catalogue, or is one's own", async () => {
    const { session, user } = renderControls();
    const plan = screen.getByRole("combobox", { name: "Plan" });
    await user.selectOptions(plan, "standard-2");
    expect(session.scenario.getState().scenario.database.plan).toBe("standard-2");
    await user.selectOptions(plan, "custom");
    const limit = await screen.findByRole("textbox", { name: "Database plan: connections enforced" });
    await user.clear(limit);
    await user.type(limit, "300{Enter}");
    expect(session.scenario.getState().scenario.database.plan).toMatchObject({
      connectionLimit: 400,
      enforcedConnectionLimit: 300,
    });
  });

  it("the algorithm says in a line what it does", async () => {
    const { user } = renderControls();
    const algorithm = screen.getByRole("combobox", { name: "Algorithm" });
    expect(algorithm).toHaveAccessibleDescription(/Any dyno with equal chance/);
    await user.selectOptions(algorithm, "least-outstanding");
    expect(algorithm).toHaveAccessibleDescription(/fewest unanswered requests/);
  });

  it("traffic is a number of clients or a rate, and comes back as it was", async () => {
    const { session, user } = renderControls();
    const workload = () => session.scenario.getState().scenario.workloads[0];
    await user.click(screen.getByRole("radio", { name: "Requests/s" }));
    expect(workload()).toMatchObject({ kind: "open", requestsPerSecond: 191 });
    expect(screen.getByRole("slider", { name: "Requests per second" })).toBeInTheDocument();
    await user.click(screen.getByRole("radio", { name: "Clients" }));
    expect(workload()).toMatchObject({ kind: "closed", clients: 200 });
  });

  it("a limit that may be absent has a switch", async () => {
    const { session, user } = renderControls();
    await user.click(screen.getByRole("button", { name: "Objective" }));
    await user.click(await screen.findByRole("switch", { name: "p95 latency at most: None" }));
    expect(session.scenario.getState().scenario.slo.p95Ms).toBe(1500);
    await user.click(screen.getByRole("switch", { name: "p95 latency at most: limited" }));
    expect(session.scenario.getState().scenario.slo.p95Ms).toBeNull();
  });
});

describe("the steps of a request", () => {
  async function renderSteps() {
    const view = renderControls();
    await view.user.click(screen.getByRole("button", { name: "Request steps" }));
    await screen.findByRole("button", { name: "Move step 1 down" });
    const steps = () => view.session.scenario.getState().scenario.endpoints[0]?.steps;
    return { ...view, steps };
  }

  it("can be reordered, added and removed", async () => {
    const { user, steps } = await renderSteps();
    expect(steps()?.map(({ kind }) => kind)).toEqual(["query", "wait"]);
    await user.click(screen.getByRole("button", { name: "Move step 1 down" }));
    expect(steps()?.map(({ kind }) => kind)).toEqual(["wait", "query"]);
    await user.click(screen.getByRole("button", { name: "Waiting" }));
    expect(steps()?.map(({ kind }) => kind)).toEqual(["wait", "query", "wait"]);
    await user.click(screen.getByRole("button", { name: "Remove step 1" }));
    expect(steps()?.map(({ kind }) => kind)).toEqual(["query", "wait"]);
  });

  it("keep their mean when they get another distribution", async () => {
    const { user, steps } = await renderSteps();
    await user.selectOptions(
      screen.getByRole("combobox", { name: "Step 1, query: distribution" }),
      "exponential",
    );
    expect(steps()?.[0]?.ms).toEqual({ dist: "exponential", mean: 500 });
    await user.selectOptions(
      screen.getByRole("combobox", { name: "Step 1, query: distribution" }),
      "lognormal",
    );
    expect(steps()?.[0]?.ms).toEqual({ dist: "lognormal", mean: 500, cv: 0.5 });
  });

  it("understand other units, and keep what is refused beside the reason", async () => {
    const { user, steps } = await renderSteps();
    const time = screen.getByRole("textbox", { name: "Step 1, query: time" });
    await user.clear(time);
    await user.type(time, "1.5s{Enter}");
    expect(steps()?.[0]?.ms).toBe(1500);
    await user.selectOptions(
      screen.getByRole("combobox", { name: "Step 2, wait: distribution" }),
      "hyperexponential",
    );
    const cv = screen.getByRole("textbox", { name: "Step 2, wait: cv" });
    await user.clear(cv);
    await user.type(cv, "0.5{Enter}");
    expect(cv).toBeInvalid();
    const row = within(screen.getByRole("button", { name: "Remove step 2" }).closest("li") ?? document.body);
    expect(row.getByRole("alert")).not.toBeEmptyDOMElement();
    expect(steps()?.[1]?.ms).toMatchObject({ dist: "hyperexponential", cv: 2 });
  });
});
