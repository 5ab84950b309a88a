import { act, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { readScenario } from "../../src/scenario/read-scenario";
import type { Workload } from "../../src/scenario/types";
import { ControlsPanel } from "../../src/ui/scenario/ControlsPanel";
import LastChange from "../../src/ui/scenario/LastChange";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

const TWO_OF_EACH = {
  schema: 1,
  workloads: [
    { name: "site", kind: "open", mix: { page: 0.75, login: 0.25 } },
    { name: "beats", kind: "burst", clients: 3000 },
  ],
  endpoints: [{ name: "page" }, { name: "login", fleet: "api" }],
  fleets: [{ name: "web" }, { name: "api", dynos: 3 }],
};

function renderControls(document: object = { schema: 1 }) {
  const result = readScenario(document);
  expect(result.ok ? [] : result.problems).toEqual([]);
  const view = renderWithSession(
    <>
      <ControlsPanel />
      <LastChange />
    </>,
    { scenario: result.scenario },
  );
  const scenario = () => view.session.scenario.getState().scenario;
  /** Opens a folded group and waits until its controls have come. */
  async function open(title: string) {
    const button = screen.getByRole("button", { name: new RegExp(`^${title}`), expanded: false });
    await view.user.click(button);
    const content = document_(button.getAttribute("aria-controls"));
    await within(content).findAllByRole("button");
    return within(content);
  }
  return { ...view, scenario, open };
}

function document_(id: string | null): HTMLElement {
  return document.getElementById(id ?? "") ?? document.body;
}

describe("with one workload, endpoint and fleet", () => {
  it("nothing has to be chosen, and a second one is a quiet button away", async () => {
    const { user, scenario } = renderControls();
    expect(screen.queryByRole("combobox", { name: /^Shown/ })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Add a fleet" }));
    const choosers = await screen.findAllByRole("combobox", { name: "Shown fleet" });
    expect(choosers.map((chooser) => (chooser as HTMLSelectElement).value)).toEqual(
      choosers.map(() => "web-2"),
    );
    expect(scenario().fleets.map(({ name }) => name)).toEqual(["web", "web-2"]);
  });

  it("it can be renamed too", async () => {
    const { user, scenario } = renderControls();
    await user.click(screen.getByRole("button", { name: "Rename workload hey" }));
    const name = await screen.findByRole("textbox", { name: "Name of the workload" });
    await user.clear(name);
    await user.type(name, "load test{Enter}");
    await screen.findByRole("button", { name: "Rename workload load test" });
    expect(scenario().workloads[0]?.name).toBe("load test");
  });
});

describe("with several", () => {
  it("the controls are about the chosen one, in all groups", async () => {
    const { user, scenario, session } = renderControls(TWO_OF_EACH);
    expect(screen.getByRole("textbox", { name: "Dynos" })).toHaveValue("25");
    const [chooser] = screen.getAllByRole("combobox", { name: "Shown fleet" });
    await user.selectOptions(chooser ?? document.body, "api");
    const dynos = screen.getByRole("textbox", { name: "Dynos" });
    expect(dynos).toHaveValue("3");
    await user.clear(dynos);
    await user.type(dynos, "5{Enter}");
    expect(session.edit).toHaveBeenLastCalledWith("fleets.api.dynos", 5);
    expect(scenario().fleets.map((fleet) => fleet.dynos)).toEqual([25, 5]);
    expect(screen.getByText("api: Dynos now 5")).toBeInTheDocument();
    const [, ofPool] = screen.getAllByRole("combobox", { name: "Shown fleet" });
    expect(ofPool).toHaveValue("api");
  });

  it("an item that is gone gives way to the first", () => {
    const { session } = renderControls(TWO_OF_EACH);
    act(() => session.preferences.setState({ shown: { workloads: "beats", endpoints: "", fleets: "gone" } }));
    expect(screen.getByRole("textbox", { name: "Requests per burst" })).toHaveValue("3,000");
    expect(screen.getAllByRole("combobox", { name: "Shown fleet" })[0]).toHaveValue("web");
  });

  it("renaming repairs what refers to it, as one step", async () => {
    const { user, scenario, session, open } = renderControls(TWO_OF_EACH);
    const group = await open("Request steps");
    await user.selectOptions(group.getByRole("combobox", { name: "Shown endpoint" }), "login");
    await user.click(await group.findByRole("button", { name: "Rename endpoint login" }));
    const name = await group.findByRole("textbox", { name: "Name of the endpoint" });
    await user.clear(name);
    await user.type(name, "page{Enter}");
    expect(await group.findByRole("alert")).toHaveTextContent("There is an endpoint named page already.");
    await user.clear(name);
    await user.type(name, "sign-in{Enter}");
    await group.findByRole("button", { name: "Rename endpoint sign-in" });
    expect(scenario().workloads[0]).toMatchObject({ mix: { page: 0.75, "sign-in": 0.25 } });
    expect(session.applyChanges).toHaveBeenCalledOnce();
  });

  it("removing repairs what refers to it", async () => {
    const { user, scenario } = renderControls(TWO_OF_EACH);
    const [chooser] = screen.getAllByRole("combobox", { name: "Shown fleet" });
    await user.selectOptions(chooser ?? document.body, "api");
    await user.click(screen.getByRole("button", { name: "Remove fleet api" }));
    await screen.findByRole("button", { name: "Rename fleet web" });
    expect(scenario().fleets).toHaveLength(1);
    expect(scenario().endpoints.map(({ fleet }) => fleet)).toEqual(["web", "web"]);
  });

  it("removing is refused, with the reason, where a recording needs it", async () => {
    const { user, scenario, open } = renderControls({
      ...TWO_OF_EACH,
      workloads: [{ name: "log", kind: "replay", endpoint: "page", requests: [[0, [1, 2]]] }],
    });
    const group = await open("Request steps");
    await user.click(group.getByRole("button", { name: "Remove endpoint page" }));
    expect(await group.findByRole("alert")).toHaveTextContent("The workload log replays requests to it.");
    expect(scenario().endpoints).toHaveLength(2);
  });
});

describe("the kind of traffic", () => {
  it.each(["Clients", "Requests/s", "Bursts"])("can be %s, from any other, and back", async (label) => {
    const documents = {
      closed: { kind: "closed", clients: 100 },
      open: { kind: "open", requestsPerSecond: 40 },
      burst: { kind: "burst", clients: 600, everyMs: 10_000 },
    };
    for (const workload of Object.values(documents)) {
      const { user, scenario, unmount } = renderControls({
        schema: 1,
        workloads: [{ name: "w", ...workload }],
      });
      const before = scenario().workloads[0];
      const [present] = screen.getAllByRole("radio", { checked: true });
      await user.click(screen.getByRole("radio", { name: label }));
      expect(screen.getByRole("radio", { name: label })).toBeChecked();
      expect(scenario().workloads[0]).toMatchObject({ name: "w", mix: { page: 1 } });
      await user.click(present ?? document.body);
      expect(scenario().workloads[0]).toEqual(before);
      unmount();
    }
  });

  it("as bursts is about as much as before", async () => {
    const { user, scenario } = renderControls({
      schema: 1,
      workloads: [{ kind: "burst", clients: 600, everyMs: 10_000 }],
    });
    await user.click(screen.getByRole("radio", { name: "Requests/s" }));
    expect(scenario().workloads[0]).toMatchObject({ kind: "open", requestsPerSecond: 60 });
  });
});

describe("what a workload sends", () => {
  it("shares always sum to 1", async () => {
    const { user, scenario, open } = renderControls(TWO_OF_EACH);
    const group = await open("Client behaviour");
    const share = group.getByRole("textbox", { name: "Share of requests: login" });
    expect(share).toHaveValue("25");
    await user.clear(share);
    await user.type(share, "40{Enter}");
    expect(scenario().workloads[0]).toMatchObject({ mix: { page: 0.6, login: 0.4 } });
  });

  it("or is a journey, in order", async () => {
    const { user, scenario, open } = renderControls(TWO_OF_EACH);
    const group = await open("Client behaviour");
    const journey = () => (scenario().workloads[0] as Extract<Workload, { kind: "open" }>).journey;
    expect(group.queryByRole("combobox", { name: /Think time/ })).not.toBeInTheDocument();
    await user.click(group.getByRole("radio", { name: "A journey" }));
    expect(journey()).toEqual(["page", "login"]);
    expect(group.getByRole("combobox", { name: "Think time: distribution" })).toBeInTheDocument();
    await user.click(group.getByRole("button", { name: "Request" }));
    await user.selectOptions(group.getByRole("combobox", { name: "Request 3 of the journey" }), "page");
    await user.click(group.getByRole("button", { name: "Move request 2 up" }));
    expect(journey()).toEqual(["login", "page", "page"]);
    await user.click(group.getByRole("button", { name: "Remove request 1" }));
    expect(journey()).toEqual(["page", "page"]);
    await user.click(group.getByRole("radio", { name: "By share" }));
    expect(scenario().workloads[0]).toMatchObject({ mix: { page: 1 } });
    expect(journey()).toBeUndefined();
  });
});

describe("an endpoint", () => {
  it("is served by one fleet or shared among several", async () => {
    const { user, scenario, open } = renderControls(TWO_OF_EACH);
    const group = await open("Request steps");
    await user.selectOptions(group.getByRole("combobox", { name: "Served by" }), "Shared among fleets");
    expect(scenario().endpoints[0]?.fleet).toEqual({ web: 0.5, api: 0.5 });
    const share = group.getByRole("textbox", { name: "Share of the fleet: web" });
    await user.clear(share);
    await user.type(share, "90{Enter}");
    expect(scenario().endpoints[0]?.fleet).toEqual({ web: 0.9, api: 0.1 });
  });

  it("has queries that read or write, in a row, with time on the database's processors", async () => {
    const { user, scenario, open } = renderControls();
    const group = await open("Request steps");
    await user.click(group.getByRole("radio", { name: "Writes" }));
    const count = group.getByRole("textbox", { name: "Step 1, query: times in a row" });
    await user.clear(count);
    await user.type(count, "12{Enter}");
    const processor = group.getByRole("textbox", { name: "Step 1, query, processor: time" });
    await user.clear(processor);
    await user.type(processor, "3{Enter}");
    await user.click(group.getByRole("button", { name: "Processor" }));
    expect(scenario().endpoints[0]?.steps).toEqual([
      { kind: "query", ms: 500, cpuMs: 3, count: 12, access: "write" },
      { kind: "wait", ms: 500 },
      { kind: "cpu", ms: 40 },
    ]);
    expect(
      group.getByText(/6.54 s together, on idle machines; 12 queries; a dyno can compute/),
    ).toBeVisible();
  });
});

describe("what need not be", () => {
  it("has a switch: a duration as well as a limit", async () => {
    const { user, scenario, open } = renderControls();
    const clients = await open("Client behaviour");
    await user.click(clients.getByRole("switch", { name: "Pause after a failure: As think time" }));
    expect(scenario().workloads[0]).toMatchObject({ afterFailureMs: 1000 });
    await user.click(clients.getByRole("switch", { name: "Pause after a failure: of its own" }));
    expect(scenario().workloads[0]).toMatchObject({ afterFailureMs: null });
    await user.click(clients.getByRole("switch", { name: "Give up after: Never" }));
    expect(scenario().workloads[0]?.giveUpAfterMs).toBe(10_000);
    const edge = await open("Timeouts and queues");
    await user.click(edge.getByRole("switch", { name: "Sent to a dyno at once: No limit" }));
    expect(scenario().fleets[0]?.maxOutstandingPerDyno).toBe(10);
  });

  it("has a choice of its own where it is a plan", async () => {
    const { user, scenario, open } = renderControls();
    const group = await open("Replicas");
    const plan = group.getByRole("combobox", { name: "Replica plan" });
    expect(plan).toHaveDisplayValue("The primary’s plan");
    await user.selectOptions(plan, "standard-2");
    expect(scenario().database.replicas.plan).toBe("standard-2");
    await user.selectOptions(plan, "The primary’s plan");
    expect(scenario().database.replicas.plan).toBeNull();
  });
});
