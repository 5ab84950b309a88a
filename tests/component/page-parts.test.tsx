import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { entriesWithoutEffect, readScenario } from "../../src/scenario/read-scenario";
import { BaselineMenu } from "../../src/ui/results/BaselineMenu";
import { RunProgress } from "../../src/ui/results/RunProgress";
import FindControl from "../../src/ui/scenario/FindControl";
import ProblemsPanel from "../../src/ui/scenario/ProblemsPanel";
import { ScenarioTitle } from "../../src/ui/scenario/ScenarioTitle";
import { Header } from "../../src/ui/shell/Header";
import { Term } from "../../src/ui/shell/Term";
import Tour from "../../src/ui/shell/Tour";
import { fillInMissing } from "../support/missing-in-jsdom";
import { renderWithSession } from "../support/render-session";

beforeAll(fillInMissing);

describe("a link with problems", () => {
  const problems = [
    {
      path: "fleets.web.dynos",
      found: '"<img src=x onerror=alert(1)>"',
      allowed: "a whole number from 0 to 10,000",
      sentence: "fleets.web.dynos must be a whole number; 25 is used.",
    },
  ];

  it("lists each path, what was found, and what is used instead, as text only", () => {
    const { container } = renderWithSession(<ProblemsPanel />, { problems });
    const row = screen.getByRole("row", { name: /fleets\.web\.dynos/ });
    expect(within(row).getByText(/25 is used/)).toBeInTheDocument();
    expect(row).toHaveTextContent("<img src=x onerror=alert(1)>");
    expect(container.querySelector("img")).toBeNull();
  });

  it("says of what was read and kept that it has no effect", () => {
    const scenario = readScenario({ schema: 1, timeline: [{ atS: 90, do: "failover" }] }).scenario;
    renderWithSession(<ProblemsPanel />, { problems: entriesWithoutEffect(scenario) });
    expect(screen.getByRole("heading", { name: "One value has no effect" })).toBeInTheDocument();
    expect(screen.getByText("Everything was read, and is kept.")).toBeInTheDocument();
    expect(screen.getByRole("row", { name: /timeline\.0\.atS/ })).toHaveTextContent(/run\.durationS \(45\)/);
  });

  it("goes away when dismissed", async () => {
    const { session, user } = renderWithSession(<ProblemsPanel />, { problems });
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(session.dismissProblems).toHaveBeenCalledOnce();
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
  });

  it("is silent where there are none", () => {
    const { container } = renderWithSession(<ProblemsPanel />);
    expect(container).toBeEmptyDOMElement();
  });
});

describe("the baseline", () => {
  it("is pinned with one press", async () => {
    const { session, user } = renderWithSession(<BaselineMenu />);
    await user.click(screen.getByRole("button", { name: "Pin baseline" }));
    expect(session.pin).toHaveBeenCalledOnce();
    expect(screen.getByRole("button", { name: "Baseline pinned" })).toBeInTheDocument();
  });

  it("can be replaced, gone back to, and let go", async () => {
    const { session, user } = renderWithSession(<BaselineMenu />);
    act(() => session.pin());
    await user.click(screen.getByRole("button", { name: "Baseline pinned" }));
    expect(await screen.findByRole("menuitem", { name: /Pin this run instead/ })).toBeInTheDocument();
    expect(screen.getByRole("menuitem", { name: "Go back to its settings" })).toBeInTheDocument();
    await user.click(screen.getByRole("menuitem", { name: "Unpin" }));
    expect(session.unpin).toHaveBeenCalledOnce();
    expect(screen.getByRole("button", { name: "Pin baseline" })).toBeInTheDocument();
  });

  it("waits for a result", () => {
    renderWithSession(<BaselineMenu />, { summary: null });
    expect(screen.getByRole("button", { name: "Pin baseline" })).toBeDisabled();
  });
});

describe("a long run", () => {
  it("gets a bar and a way to cancel, but only when it takes a while", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { session, user } = renderWithSession(<RunProgress />, {
      run: { status: "running", progress: 0.43 },
    });
    expect(screen.queryByRole("progressbar")).not.toBeInTheDocument();
    act(() => vi.advanceTimersByTime(700));
    expect(screen.getByRole("progressbar", { name: "Simulating" })).toHaveValue(43);
    await user.click(screen.getByRole("button", { name: /Cancel/ }));
    expect(session.cancel).toHaveBeenCalledOnce();
    act(() => session.run.setState({ status: "cancelled" }));
    expect(screen.queryByRole("progressbar")).not.toBeInTheDocument();
    vi.useRealTimers();
  });
});

describe("finding a control", () => {
  function renderFind() {
    const onClose = vi.fn();
    const onChosen = vi.fn();
    return { onClose, onChosen, ...renderWithSession(<FindControl onClose={onClose} onChosen={onChosen} />) };
  }

  it("puts what has the words in its name first", async () => {
    const { user } = renderFind();
    await user.type(screen.getByRole("combobox"), "timeout");
    const options = screen.getAllByRole("option").map((option) => option.textContent);
    expect(options[0]).toMatch(/^Router timeout/);
    expect(options.at(-1)).not.toMatch(/^[^:]*timeout/);
  });

  it("knows other words for a control", async () => {
    const { user } = renderFind();
    await user.type(screen.getByRole("combobox"), "query_wait");
    expect(screen.getByRole("option")).toHaveTextContent("Wait timeout");
  });

  it("leaves out what this kind of traffic does not have", async () => {
    const { user } = renderFind();
    await user.type(screen.getByRole("combobox"), "poisson");
    expect(screen.queryByRole("option")).not.toBeInTheDocument();
    expect(screen.getByText(/No control/)).toBeInTheDocument();
  });

  it("opens the group of what was chosen with the keyboard", async () => {
    const { session, user, onClose, onChosen } = renderFind();
    await user.type(screen.getByRole("combobox"), "seed");
    await user.keyboard("{Enter}");
    expect(session.preferences.getState().openSections).toEqual(["run"]);
    expect(onClose).toHaveBeenCalledOnce();
    expect(onChosen).toHaveBeenCalledOnce();
  });
});

describe("the scenario's title", () => {
  it("is changed in place", async () => {
    const { session, user } = renderWithSession(<ScenarioTitle />);
    const name = screen.getByRole("textbox", { name: "Scenario name" });
    await user.clear(name);
    await user.type(name, "Monday’s plan{Enter}");
    expect(session.edit).toHaveBeenCalledExactlyOnceWith("name", "Monday’s plan");
  });

  it("leads to the examples", async () => {
    const { session, user } = renderWithSession(<ScenarioTitle />);
    await user.click(screen.getByRole("button", { name: "Stories and examples" }));
    await user.click(await screen.findByRole("menuitem", { name: /^25 dynos, no pooler/ }));
    expect(session.replaceScenario).toHaveBeenCalledOnce();
    expect(session.replaceScenario.mock.lastCall?.[1]).toBe("carwow-pooling");
  });

  it("leads to the first step of each story", async () => {
    const { session, user } = renderWithSession(<ScenarioTitle />);
    await user.click(screen.getByRole("button", { name: "Stories and examples" }));
    await user.click(await screen.findByRole("menuitem", { name: /^A spike of visitors/ }));
    await waitFor(() => expect(session.replaceScenario).toHaveBeenCalledOnce());
    expect(session.replaceScenario.mock.lastCall?.[1]).toBe("traffic-spike.d1");
  });
});

describe("the glossary", () => {
  it("gives a word its meaning on focus", async () => {
    const { user } = renderWithSession(<Term name="queueTime">Queue p95</Term>);
    await user.tab();
    expect(await screen.findByRole("tooltip")).toHaveTextContent(/until a thread takes it/);
  });

  it("and on a tap", async () => {
    const { user } = renderWithSession(<Term name="pooler">Pooler</Term>);
    await user.click(screen.getByRole("button", { name: "Pooler" }));
    expect(await screen.findByRole("tooltip")).toHaveTextContent(/PgBouncer/);
  });
});

describe("the theme", () => {
  it("is the system's, light or dark, and is remembered", async () => {
    const nothing = () => undefined;
    const { session, user } = renderWithSession(
      <Header title={null} baseline={null} decide={null} share={null} onFind={nothing} onHelp={nothing} />,
    );
    expect(document.documentElement.dataset.theme).toBe("light");
    await user.click(screen.getByRole("button", { name: "Theme" }));
    await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
    expect(session.preferences.getState().theme).toBe("dark");
    expect(document.documentElement.dataset.theme).toBe("dark");
  });
});

describe("the tour", () => {
  it("is offered on the first visit and can be turned down for good", async () => {
    const { session, user } = renderWithSession(<Tour />);
    expect(screen.queryByRole("region", { name: "Tour" })).not.toBeInTheDocument();
    act(() => session.preferences.setState({ tourSeen: false }));
    await user.click(screen.getByRole("button", { name: "No thanks" }));
    expect(session.preferences.getState().tourSeen).toBe(true);
    expect(screen.queryByRole("region", { name: "Tour" })).not.toBeInTheDocument();
  });

  it("has three steps", async () => {
    const { session, user } = renderWithSession(<Tour />);
    act(() => session.preferences.setState({ tourSeen: false }));
    await user.click(screen.getByRole("button", { name: "Show me" }));
    await user.click(screen.getByRole("button", { name: "Next" }));
    await user.click(screen.getByRole("button", { name: "Next" }));
    expect(screen.getByText("3 of 3")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Done" }));
    expect(session.preferences.getState().tourSeen).toBe(true);
  });
});
