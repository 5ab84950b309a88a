import { act, fireEvent, screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it } from "vitest";
import type { StudyState } from "../../../src/store/study-state";
import type { Question } from "../../../src/study/question-types";
import { askQuestion } from "../../../src/ui/ask-question";
import DecideArea from "../../../src/ui/DecideArea";
import { QuestionMenu } from "../../../src/ui/decide/QuestionMenu";
import { fakeSession } from "../../support/fake-session";
import { fillInMissing } from "../../support/missing-in-jsdom";
import { renderWithSession } from "../../support/render-session";
import { ASKED, CURVE, HALF_SWEPT } from "../../support/study-fixtures";

beforeAll(fillInMissing);

const SWEEP: Question = { kind: "sweep", axes: HALF_SWEPT.axes, replications: 4 };
const COMPARE: Question = {
  kind: "compare",
  others: [{ name: "With a pooler", changes: { "pooler.enabled": true } }],
  replications: 8,
};

async function show(question: Question, study: Partial<StudyState> = {}) {
  const view = renderWithSession(<DecideArea />, {
    scenario: ASKED,
    study: { question, base: ASKED, ...study },
  });
  const area = within(await screen.findByRole("region", { name: /\?$/ }));
  return { ...view, area };
}

function asked(session: ReturnType<typeof fakeSession>): unknown {
  return session.study.ask.mock.lastCall?.[0];
}

/** Types a number over what a field holds. */
function enter(field: HTMLElement, text: string): void {
  fireEvent.change(field, { target: { value: text } });
  fireEvent.blur(field);
}

describe("the menu", () => {
  it("offers six questions", async () => {
    renderWithSession(<QuestionMenu isOpen onOpenChange={() => undefined} onChoose={() => undefined} />);
    expect(screen.getAllByRole("menuitem")).toHaveLength(6);
    expect(screen.getByRole("menuitem", { name: /^Cheapest that meets the objective/ })).toBeInTheDocument();
  });

  it.each(["capacity", "sensitivity", "precision"] as const)("asks %s at once", (kind) => {
    const session = fakeSession({ scenario: ASKED });
    askQuestion(session, kind);
    expect(session.study.ask).toHaveBeenCalledWith(expect.objectContaining({ kind }), "now");
  });

  it("shows a sweep's settings first: dynos by clients around what they are", () => {
    const session = fakeSession({ scenario: ASKED });
    askQuestion(session, "sweep");
    expect(session.study.ask).toHaveBeenCalledWith(expect.objectContaining({ kind: "sweep" }), "later");
    const { axes } = asked(session) as Extract<Question, { kind: "sweep" }>;
    expect(axes.map(({ path, values }) => [path, values.length])).toEqual([
      ["fleets.web.dynos", 12],
      ["workloads.hey.clients", 12],
    ]);
    expect(axes[0]?.values.at(0)).toBeLessThan(25);
    expect(axes[0]?.values.at(-1)).toBeGreaterThan(25);
  });

  it("compares with the pinned baseline where there is one, else with the pooler switched", () => {
    const session = fakeSession({ scenario: ASKED });
    askQuestion(session, "compare");
    expect(asked(session)).toMatchObject({ others: [{ changes: { "pooler.enabled": true } }] });
    session.baseline.setState({ scenario: { ...ASKED, slo: { ...ASKED.slo, p95Ms: 900 } } });
    askQuestion(session, "compare");
    expect(asked(session)).toMatchObject({ others: [{ name: "Baseline", changes: { "slo.p95Ms": 900 } }] });
  });

  it("lets the cheapest move dynos, pooler and plan", () => {
    const session = fakeSession({ scenario: ASKED });
    askQuestion(session, "cheapest");
    const { axes } = asked(session) as Extract<Question, { kind: "cheapest" }>;
    expect(axes.map(({ path }) => path)).toEqual(["fleets.web.dynos", "pooler.enabled", "database.plan"]);
  });
});

describe("asking", () => {
  it("asks what the settings say by then", async () => {
    const { area, user, session } = await show(SWEEP);
    enter(area.getByRole("textbox", { name: "Replications of each" }), "6");
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toEqual({ ...SWEEP, replications: 6 });
  });

  it("says how far it has come, and stops", async () => {
    const { area, user, session } = await show(SWEEP, { status: "asking", answer: HALF_SWEPT });
    expect(area.getByRole("progressbar", { name: "Runs simulated" })).toHaveAttribute("value", "12");
    expect(area.getByText("12 of 24 runs")).toBeInTheDocument();
    await user.click(area.getByRole("button", { name: "Stop" }));
    expect(session.study.cancel).toHaveBeenCalled();
    expect(area.getByRole("status")).toHaveTextContent(
      "Stopped after 12 of 24 runs. What is known so far stays.",
    );
  });

  it("says at the end, and only then, what a screen reader is to say", async () => {
    const { area, session } = await show(
      { kind: "capacity", replications: 4, points: 16 },
      { status: "asking", answer: CURVE },
    );
    expect(area.getByRole("status")).toHaveTextContent("");
    act(() => session.study.store.setState({ status: "done" }));
    expect(area.getByRole("status")).toHaveTextContent("Answered with 20 runs.");
  });

  it("says why it could not go on", async () => {
    const failure = "The study could not go on: a worker stopped.";
    const { area } = await show(SWEEP, { status: "failed", failure });
    expect(area.getByRole("status")).toHaveTextContent(failure);
  });

  it("says that the scenario has changed since, and asks about it as it is now", async () => {
    const { area, user, session } = await show(SWEEP, { status: "done", answer: HALF_SWEPT });
    expect(area.queryByText("The scenario has changed since.")).not.toBeInTheDocument();
    act(() => void session.edit("fleets.web.threads", 7));
    expect(area.getByText("The scenario has changed since.")).toBeInTheDocument();
    await user.click(area.getByRole("button", { name: "Ask about it as it is now" }));
    expect(asked(session)).toEqual(SWEEP);
  });

  it("is closed by its button", async () => {
    const { area, user, session } = await show(SWEEP);
    await user.click(area.getByRole("button", { name: "Close the question" }));
    expect(session.study.close).toHaveBeenCalled();
    expect(screen.queryByRole("region", { name: /\?$/ })).not.toBeInTheDocument();
  });
});

describe("the settings of a sweep", () => {
  it("give a parameter a range, evenly or by equal factors", async () => {
    const { area, user, session } = await show(SWEEP);
    const [from] = area.getAllByRole("textbox", { name: "From" });
    const [to] = area.getAllByRole("textbox", { name: "To" });
    const [count] = area.getAllByRole("textbox", { name: "Values" });
    if (from === undefined || to === undefined || count === undefined) throw new Error("no fields");
    enter(from, "1");
    enter(to, "100");
    enter(count, "3");
    await user.click(
      within(area.getByRole("radiogroup", { name: "Spacing of Dynos" })).getByRole("radio", { name: "Even" }),
    );
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ axes: [{ values: [1, 51, 100] }, {}] });
    await user.click(
      within(area.getByRole("radiogroup", { name: "Spacing of Dynos" })).getByRole("radio", {
        name: "Logarithmic",
      }),
    );
    await user.click(area.getByRole("button", { name: /^Ask/ }));
    expect(asked(session)).toMatchObject({ axes: [{ values: [1, 10, 100] }, {}] });
  });

  it("choose another parameter by the name of its control, with values of its own", async () => {
    const { area, user, session } = await show(SWEEP);
    await user.selectOptions(area.getByRole("combobox", { name: "First parameter" }), "Algorithm");
    const values = within(area.getByRole("group", { name: "Values of Balancer" }));
    expect(values.getAllByRole("checkbox")).toHaveLength(4);
    await user.click(values.getByRole("checkbox", { name: "Random" }));
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({
      axes: [
        { path: "fleets.web.balancer", values: ["round-robin", "least-outstanding", "power-of-two"] },
        { path: "workloads.hey.clients" },
      ],
    });
  });

  it("leave out a parameter, and take in another", async () => {
    const { area, user, session } = await show(SWEEP);
    await user.click(area.getByRole("button", { name: "Leave out Clients" }));
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ axes: [{ path: "fleets.web.dynos" }] });
    await user.click(area.getByRole("button", { name: "A second parameter" }));
    expect(area.getByRole("combobox", { name: "Second parameter" })).toBeInTheDocument();
  });
});

describe("the settings of a comparison", () => {
  it("name a scenario", async () => {
    const { area, user, session } = await show(COMPARE);
    const name = area.getByRole("textbox", { name: "Name of scenario B" });
    await user.clear(name);
    await user.type(name, "PgBouncer");
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ others: [{ name: "PgBouncer" }] });
  });

  it("add a column with a change, say it in words, and remove it", async () => {
    const { area, user, session } = await show(COMPARE);
    expect(area.getByText("Pooler off → on")).toBeInTheDocument();
    await user.selectOptions(
      area.getByRole("combobox", { name: "Add a scenario to compare" }),
      "This scenario with a change",
    );
    expect(area.getByText("Dynos 25 → 30")).toBeInTheDocument();
    await user.click(area.getByRole("button", { name: "Remove scenario B" }));
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ others: [{ changes: { "fleets.web.dynos": 30 } }] });
  });

  it("change what a column changes, and refuse what cannot stand", async () => {
    const { area, user, session } = await show({
      ...COMPARE,
      others: [{ name: "More dynos", changes: { "fleets.web.dynos": 30 } }],
    });
    await user.click(area.getByRole("button", { name: "Edit the changes of scenario B" }));
    const value = await area.findByRole("textbox", { name: "New value" });
    enter(value, "99999");
    expect(await area.findByRole("alert")).toBeInTheDocument();
    enter(value, "40");
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ others: [{ changes: { "fleets.web.dynos": 40 } }] });
  });

  it("take a preset as a column", async () => {
    const { area, user, session } = await show(COMPARE);
    const source = area.getByRole("combobox", { name: "Add a scenario to compare" });
    const preset = within(source).getAllByRole("option").at(2);
    if (preset === undefined) throw new Error("no preset is offered");
    await user.selectOptions(source, preset);
    expect(await area.findByRole("textbox", { name: "Name of scenario C" })).toHaveValue(preset.textContent);
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ others: [{}, { name: preset.textContent }] });
  });
});

describe("the settings of a search for the cheapest", () => {
  const CHEAPEST: Question = {
    kind: "cheapest",
    axes: [{ path: "fleets.web.dynos", values: [1, 2, 3] }],
    replications: 8,
  };

  it("let more move, each with its own values", async () => {
    const { area, user, session } = await show(CHEAPEST);
    const moves = within(area.getByRole("group", { name: "What may change" }));
    expect(moves.getByRole("checkbox", { name: "Dynos" })).toBeChecked();
    await user.click(moves.getByRole("checkbox", { name: "Pooler" }));
    await user.click(moves.getByRole("checkbox", { name: "Dynos" }));
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toMatchObject({ axes: [{ path: "pooler.enabled", values: [false, true] }] });
  });

  it("say how many configurations there are", async () => {
    const { area, user } = await show(CHEAPEST);
    expect(area.getByText("3 configurations")).toBeInTheDocument();
    await user.click(area.getByRole("checkbox", { name: "Pooler" }));
    expect(area.getByText("6 configurations")).toBeInTheDocument();
  });
});

describe("the settings of a precision", () => {
  it("are a figure, a width and a budget", async () => {
    const { area, user, session } = await show({ kind: "precision", of: "p95", within: 0.02, most: 200 });
    await user.selectOptions(area.getByRole("combobox", { name: "Figure" }), "Throughput");
    enter(area.getByRole("textbox", { name: "Within ±" }), "1");
    enter(area.getByRole("textbox", { name: "Replications at most" }), "500");
    await user.click(area.getByRole("button", { name: "Ask" }));
    expect(asked(session)).toEqual({ kind: "precision", of: "throughput", within: 0.01, most: 500 });
  });
});
