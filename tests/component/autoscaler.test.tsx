import { act, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import { readScenario } from "../../src/scenario/read-scenario";
import { ControlsPanel } from "../../src/ui/scenario/ControlsPanel";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

const UP = { name: "up", metric: "cpu", statistic: "average", above: 0.6, change: 1 };
const DOWN = { name: "down", metric: "cpu", statistic: "average", below: 0.3, change: -1 };

async function renderGroup(title: string, document: object = {}) {
  const result = readScenario({ schema: 1, ...document });
  expect(result.ok ? [] : result.problems).toEqual([]);
  const view = renderWithSession(<ControlsPanel />, { scenario: result.scenario });
  await view.user.click(screen.getByRole("button", { name: new RegExp(`^${title}`), expanded: false }));
  const scenario = () => view.session.scenario.getState().scenario;
  return { ...view, scenario, autoscaler: () => scenario().fleets[0]?.autoscaler ?? null };
}

const withPolicies = (...policies: readonly object[]) => ({
  fleets: [{ name: "web", dynos: 6, autoscaler: { min: 2, max: 12, policies } }],
});

async function type(user: Awaited<ReturnType<typeof renderGroup>>["user"], name: string, text: string) {
  const field = await screen.findByRole("textbox", { name });
  await user.clear(field);
  await user.type(field, `${text}{Enter}`);
}

describe("an autoscaler", () => {
  it("begins around the fleet's size with a target that people know, and goes again", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", { fleets: [{ name: "web", dynos: 6 }] });
    const onOff = await screen.findByRole("switch", { name: "Autoscaler" });
    await user.click(onOff);
    expect(await screen.findByText(/^Keeps the average processor use at 60/)).toBeInTheDocument();
    expect(autoscaler()).toMatchObject({ min: 3, max: 12, policies: [{ kind: "target", metric: "cpu" }] });
    await user.click(onOff);
    expect(autoscaler()).toBeNull();
  });

  it("has limits that refuse to contradict each other", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP, DOWN));
    await type(user, "Autoscaler: at least, dynos", "20");
    expect(screen.getByRole("alert")).toHaveTextContent(/max is 12, but must be at least min \(20\)/);
    expect(autoscaler()).toMatchObject({ min: 2, max: 12 });
  });

  it("takes other known policies in place of its own", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP));
    await user.click(await screen.findByRole("button", { name: "Known policies" }));
    await user.click(screen.getByRole("menuitem", { name: /^Three alarms/ }));
    expect(autoscaler()?.policies.map(({ name }) => name)).toEqual(["slow up", "fast up", "slow down"]);
    expect(autoscaler()).toMatchObject({ min: 2, max: 12 });
    expect(screen.getByText(/^Up by 3 when p99 of latency is above 3 s/)).toBeInTheDocument();
  });
});

describe("a policy", () => {
  it("is said in a sentence that follows its numbers", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP, DOWN));
    await type(user, "up: above", "75%");
    await type(user, "up: by", "2");
    await type(user, "up: datapoints", "3");
    expect(autoscaler()?.policies[0]).toMatchObject({ above: 0.75, change: 2, datapoints: 3, outOf: 3 });
    expect(
      screen.getByText(/^Up by 2 when the average processor use is above 75.*3 of 3 periods/),
    ).toBeInTheDocument();
  });

  it("of another metric has that metric's unit and a usual bound", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP));
    await user.selectOptions(await screen.findByRole("combobox", { name: "up: metric" }), "Queue time");
    expect(autoscaler()?.policies[0]).toMatchObject({ metric: "queueMs", statistic: "p95", above: 100 });
    expect(screen.getByRole("textbox", { name: "up: above" })).toHaveValue("100");
  });

  it("turns to removing with its bound", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP));
    await user.selectOptions(
      await screen.findByRole("combobox", { name: "up: what it does" }),
      "Remove dynos when it is low",
    );
    expect(autoscaler()?.policies[0]).toMatchObject({ below: 0.3, change: -1 });
  });

  it("that would contradict another is refused, with the reason", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP, DOWN));
    await type(user, "down: below", "80");
    expect(screen.getAllByRole("alert")[0]).toHaveTextContent(
      /down\.below is 0\.8.*"up" does not ask for the opposite/,
    );
    expect(autoscaler()?.policies[1]).toMatchObject({ below: 0.3 });
  });

  it("is added, renamed, moved and removed", async () => {
    const { user, autoscaler } = await renderGroup("Autoscaler", withPolicies(UP));
    const names = () => autoscaler()?.policies.map(({ name }) => name);
    await user.click(await screen.findByRole("button", { name: "Step" }));
    await user.click(screen.getByRole("button", { name: "Target" }));
    expect(names()).toEqual(["up", "step", "target"]);
    await type(user, "Name of policy 2", "queue up");
    expect(names()).toEqual(["up", "queue up", "target"]);
    await type(user, "Name of policy 3", "up");
    expect(names()).toEqual(["up", "queue up", "target"]);
    expect(screen.getByRole("alert")).toHaveTextContent(/a name that no other item has/);
    await user.click(screen.getByRole("button", { name: "Move policy target up" }));
    expect(names()).toEqual(["up", "target", "queue up"]);
    await user.click(screen.getByRole("button", { name: "Remove policy up" }));
    expect(names()).toEqual(["target", "queue up"]);
  });
});

describe("replicas", () => {
  it("have an autoscaler of their own, about the databases", async () => {
    const { user, scenario } = await renderGroup("Replicas", { database: { replicas: { count: 2 } } });
    await user.click(await screen.findByRole("switch", { name: "Autoscaler of replicas" }));
    await screen.findByText(/^Keeps the average database processor use/);
    expect(scenario().database.replicas.autoscaler).toMatchObject({ min: 1, max: 4 });
  });
});

describe("a health check", () => {
  it("is none until it is switched on, and says what its numbers come to", async () => {
    const { user, scenario } = await renderGroup("Refused connects and checks");
    await user.click(await screen.findByRole("switch", { name: "Health check" }));
    expect(scenario().fleets[0]?.healthCheck).toEqual({
      everyMs: 1000,
      fall: 2,
      rise: 2,
      throughApp: false,
      timeoutMs: 1000,
    });
    await type(user, "Health check: failures until it is out", "5");
    expect(screen.getByText(/^A dead dyno is out within 5 s/)).toBeInTheDocument();
    await user.click(screen.getByRole("switch", { name: "Health check: through the application" }));
    expect(scenario().fleets[0]?.healthCheck).toMatchObject({ fall: 5, throughApp: true });
  });
});

describe("what happens when parts die or change", () => {
  it.each([
    ["Boot and deploys", ["Boot time", "Takes over after"], ["Preboot"]],
    [
      "Refused connects and checks",
      ["Connect attempts", "Wait between attempts", "Quarantine"],
      ["Redispatch"],
    ],
    ["Failover", ["Detected after", "Promoted after", "TCP gives up after"], []],
  ])("is set in %s", async (title, fields, switches) => {
    await renderGroup(title);
    for (const name of fields) expect(await screen.findByRole("textbox", { name })).toBeInTheDocument();
    for (const name of switches) expect(screen.getByRole("switch", { name })).toBeInTheDocument();
  });

  it("says what a deploy and a failover come to", async () => {
    const { session, user } = await renderGroup("Boot and deploys");
    expect(
      await screen.findByText("At a deploy nobody serves for 20 s, and requests wait"),
    ).toBeInTheDocument();
    act(() => {
      session.edit("fleets.web.boot.preboot", true);
    });
    expect(
      screen.getByText(/25 old and 25 new dynos hold up to 500 connections; the database takes 240/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: /^Failover/, expanded: false }));
    const failover = within(document.body);
    expect((await failover.findAllByText("10 + 30 = 40 s without a primary")).length).toBeGreaterThan(0);
  });
});
