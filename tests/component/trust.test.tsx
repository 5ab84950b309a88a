import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { TheoryCase, TheoryReport } from "../../src/analysis/theory-report";
import type {
  ComparedDisturbance,
  ComparedFigure,
  ValidatedTrial,
  ValidationReport,
} from "../../src/analysis/validation-report";
import { closeTrust, openTrust, TRUST_ADDRESS, useIsTrustOpen } from "../../src/ui/shell/trust-address";
import TrustPage from "../../src/ui/trust/TrustPage";
import { fillInMissing } from "../support/missing-in-jsdom";

function figure(measured: number, simulated: number, inside = true): ComparedFigure {
  const interval = [simulated * 0.98, simulated * 1.02] as const;
  return { measured, simulated, interval, replayed: null, error: simulated / measured - 1, inside };
}

function trial(id: string, rest: Partial<ValidatedTrial>): ValidatedTrial {
  return {
    id,
    family: id.slice(0, 1),
    description: `what ${id} is`,
    strictlyValid: true,
    figures: {},
    failures: [],
    repeatSpread: null,
    disturbance: null,
    explanation: null,
    ...rest,
  };
}

function compared(measured: number, simulated: number, agrees = true): ComparedDisturbance {
  return { measured, simulated, interval: [simulated - 1, simulated + 1], inside: agrees, agrees };
}

const DISTURBED = trial("I_restart", {
  description: "the database restarts",
  explanation: "The pooler keeps its clients waiting.",
  disturbance: {
    window: [2, 4],
    figures: {
      failingSpanS: compared(3, 3.4),
      recoveryS: compared(2, 7, false),
      goodputPerSecond: compared(5, 5.2),
      p95AfterMs: compared(200, 210),
    },
    failures: [{ kind: "database-down", ...compared(0.25, 0.27) }],
    measured: { ok: [10, 10, 0, 0, 10], failed: [0, 0, 10, 10, 0] },
    simulated: { ok: [10, 10, 0, 1, 9], failed: [0, 0, 10, 9, 1] },
  },
});

const VALIDATION: ValidationReport = {
  engine: "9.9.9",
  generatedFrom: { trials: 3, measuredRequests: 12_000, replications: 40, traces: 2, tracedRequests: 9000 },
  goals: [
    {
      name: "median error of the throughput",
      unit: "fraction",
      direction: "at-most",
      goal: 0.01,
      reached: 0.002,
      met: true,
    },
    {
      name: "failures within",
      unit: "points",
      direction: "at-most",
      goal: 0.01,
      reached: 0.025,
      met: false,
    },
  ],
  trials: [
    trial("A_c10", { figures: { throughputPerSecond: figure(10, 10.1) } }),
    trial("B_c50", {
      figures: { throughputPerSecond: figure(100, 90, false), latencyP95Ms: figure(200, 203) },
      failures: [{ kind: "timeout", measured: 0.02, simulated: 0.03 }],
      repeatSpread: { latencyP95Ms: 0.04 },
      explanation: "The balancer's `random(2)` may draw one dyno twice.",
      strictlyValid: false,
    }),
    trial("B_c60", { figures: { throughputPerSecond: figure(100, 103) } }),
  ],
  traces: [
    {
      id: "E_u70_rr",
      balancer: "round-robin",
      utilization: 0.7,
      requests: 6950,
      within5Ms: 0.993,
      meanError: -0.002,
      goal: { within5Ms: 0.9, meanError: 0.01 },
      met: true,
    },
    {
      id: "E_u70_random",
      balancer: "random",
      utilization: 0.7,
      requests: 6950,
      within5Ms: 0.4,
      meanError: 0.03,
      goal: null,
      met: true,
    },
  ],
  overheads: [{ name: "a thread, per request", value: "0.4 ms", source: "measured on the idle stack" }],
};

function theoryCase(group: string, name: string, rest: Partial<TheoryCase> = {}): TheoryCase {
  return {
    group,
    name,
    quantity: "mean wait",
    formula: "Erlang C",
    unit: "ms",
    exact: 100,
    measured: 101,
    halfWidth: 2,
    resolution: 0,
    within: true,
    repeated: false,
    requests: 1e6,
    ...rest,
  };
}

const THEORY: TheoryReport = {
  engine: "9.9.9",
  cases: [
    theoryCase("M/M/1", "at 0.5"),
    theoryCase("M/M/1", "at 0.9", { measured: 120, within: false }),
    theoryCase("M/D/1", "at 0.8", { repeated: true, unit: "per s" }),
  ],
};

/** What the files hold; an error answers with a status that is none. */
let files: { validation: unknown; theory: unknown };

beforeAll(fillInMissing);
beforeEach(() => {
  files = { validation: VALIDATION, theory: THEORY };
  vi.stubGlobal("fetch", async (address: string) => {
    const content = address.includes("theory") ? files.theory : files.validation;
    return content === null ? new Response("", { status: 503 }) : Response.json(content);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  window.history.replaceState(null, "", "/");
});

async function open() {
  const onClose = vi.fn();
  render(<TrustPage onClose={onClose} />);
  await screen.findByRole("heading", { name: "Against theory" });
  return { onClose, user: userEvent.setup() };
}

function rowNames(table: HTMLElement): string[] {
  return [...table.querySelectorAll(":scope > tbody > tr > th")].map((cell) => cell.textContent ?? "");
}

const trials = () => screen.getByRole("table", { name: /^Trials of the real stack/ });
const theory = () => screen.getByRole("table", { name: /^Cases of queueing theory/ });

describe("the page about trust", () => {
  it("says first what was promised and what came of it, misses included", async () => {
    await open();
    expect(screen.getByText("1 of 3 goals are met.")).toBeInTheDocument();
    const goals = screen.getByRole("table", { name: /^Goals/ });
    expect(within(goals).getByRole("row", { name: /median error of the throughput/ })).toHaveTextContent(
      "at most 1 %0.2 %met",
    );
    expect(within(goals).getByRole("row", { name: /failures within/ })).toHaveTextContent(
      "at most 1 point2.5 pointsmissed",
    );
    expect(within(goals).getByRole("row", { name: /exact result/ })).toHaveTextContent("all of 32missed");
  });

  it("names the page while it is open", async () => {
    const before = document.title;
    const { unmount } = render(<TrustPage onClose={() => undefined} />);
    expect(document.title).toMatch(/^How far can I trust this\?/);
    unmount();
    expect(document.title).toBe(before);
  });

  it("shows the error of each figure, and marks what is outside", async () => {
    await open();
    const row = within(trials()).getByRole("row", { name: /^B_c50/ });
    expect(row).toHaveTextContent("−10 % outside the interval");
    expect(row).toHaveTextContent("+1.5 %");
    expect(screen.getByText(/of 4 measured figures, 3 are inside/)).toBeInTheDocument();
  });

  it("filters trials by family, and by what is outside", async () => {
    const { user } = await open();
    await user.selectOptions(screen.getByRole("combobox", { name: "Family of trials" }), "B");
    expect(rowNames(trials())).toHaveLength(2);
    await user.click(screen.getByRole("checkbox", { name: /figure outside/ }));
    expect(rowNames(trials())).toEqual([expect.stringMatching(/^B_c50/)]);
    expect(screen.getByText("1 of 3 trials")).toBeInTheDocument();
  });

  it("sorts by a figure: largest error first, smallest first, and as it was", async () => {
    const { user } = await open();
    const head = within(trials()).getByRole("columnheader", { name: "throughput" });
    const order = () => rowNames(trials()).map((name) => name.slice(0, 5));
    await user.click(within(head).getByRole("button"));
    expect(head).toHaveAttribute("aria-sort", "descending");
    expect(order()).toEqual(["B_c50", "B_c60", "A_c10"]);
    await user.click(within(head).getByRole("button"));
    expect(head).toHaveAttribute("aria-sort", "ascending");
    expect(order()).toEqual(["A_c10", "B_c60", "B_c50"]);
    await user.click(within(head).getByRole("button"));
    expect(head).not.toHaveAttribute("aria-sort");
    expect(order()).toEqual(["A_c10", "B_c50", "B_c60"]);
  });

  it("puts what was not measured last, whichever way", async () => {
    const { user } = await open();
    const head = within(trials()).getByRole("button", { name: "p95" });
    await user.click(head);
    expect(rowNames(trials())[0]).toMatch(/^B_c50/);
    await user.click(head);
    expect(rowNames(trials())[0]).toMatch(/^B_c50/);
  });

  it("opens a trial: its figures, its range, its failures, and why it does not agree", async () => {
    const { user } = await open();
    await user.click(within(trials()).getByRole("button", { name: /^B_c50/ }));
    const detail = screen.getByRole("table", { name: "Figures of the trial B_c50" });
    expect(within(detail).getByRole("row", { name: /^throughput/ })).toHaveTextContent(
      "100/s90/s88.2/s to 91.8/s−10 %–outside",
    );
    expect(within(detail).getByRole("row", { name: /^p95/ })).toHaveTextContent("4 %inside");
    expect(screen.getByRole("table", { name: /^Failures of the trial B_c50/ })).toHaveTextContent(
      "timeout2 %3 %",
    );
    expect(screen.getByText(/Other work kept the machine busy/)).toBeInTheDocument();
  });

  it("explains what does not agree, and the constants", async () => {
    await open();
    const reasons = screen.getByRole("region", { name: "What does not agree, and why" });
    expect(reasons).toHaveTextContent("B_c50The balancer's random(2) may draw one dyno twice.");
    expect(within(reasons).getByText("random(2)").tagName).toBe("CODE");
    expect(reasons).toHaveTextContent("a thread, per request: 0.4 msmeasured on the idle stack");
  });

  it("says of a replay what was promised, or that nothing was", async () => {
    await open();
    const table = screen.getByRole("table", { name: /^Replayed traces/ });
    expect(within(table).getByRole("row", { name: /^E_u70_rr/ })).toHaveTextContent(
      "99.3 % ≥ 90 %0.2 % ≤ 1 %met",
    );
    expect(within(table).getByRole("row", { name: /^E_u70_random/ })).toHaveTextContent("nothing promised");
  });

  it("shows every case of the theory, and what was measured twice", async () => {
    const { user } = await open();
    expect(within(theory()).getByRole("row", { name: /at 0.9/ })).toHaveTextContent(
      "100 ms120 ms ± 2 ms20 %does not agreeErlang C",
    );
    expect(within(theory()).getByRole("row", { name: /at 0.8/ })).toHaveTextContent("agrees measured twice");
    await user.selectOptions(screen.getByRole("combobox", { name: "Group of cases" }), "M/D/1");
    expect(rowNames(theory())).toHaveLength(1);
    expect(screen.getByText("1 of 3 cases")).toBeInTheDocument();
  });

  it("says how to run it", async () => {
    await open();
    const how = screen.getByRole("region", { name: "Run it yourself" });
    expect(how).toHaveTextContent("npm run validate");
    expect(how).toHaveTextContent("npm run theory");
  });

  it("says what could not be loaded, and tries again", async () => {
    files.validation = null;
    const { user } = await open();
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "Could not load the comparison with the real stack",
    );
    expect(theory()).toBeInTheDocument();
    files.validation = VALIDATION;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(trials()).toBeInTheDocument());
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("closes by its button", async () => {
    const { onClose, user } = await open();
    await user.click(screen.getByRole("button", { name: "Back to the dashboard" }));
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe("trials in which something changes", () => {
  const table = () => screen.getByRole("table", { name: /^Trials in which something changes/ });

  beforeEach(() => {
    files.validation = { ...VALIDATION, trials: [...VALIDATION.trials, DISTURBED] };
  });

  it("stand with what was measured beside what was simulated, and are marked where they disagree", async () => {
    await open();
    expect(rowNames(table())).toEqual([expect.stringMatching(/^I_restart/)]);
    const row = within(table()).getByRole("row", { name: /^I_restart/ });
    expect(row).toHaveTextContent("25 % measured, simulated → 27 %");
    expect(row).toHaveTextContent("2 s measured, simulated → 7 s does not agree");
    expect(row).toHaveTextContent("5/s measured, simulated → 5.2/s");
    expect(screen.getByText(/Of 5 such figures, 4 agree/)).toBeInTheDocument();
  });

  it("open to every figure with its range, and to a picture of their seconds", async () => {
    const { user } = await open();
    await user.click(within(table()).getByRole("button", { name: /^I_restart/ }));
    const detail = screen.getByRole("table", { name: "What changes in the trial I_restart" });
    expect(within(detail).getByRole("row", { name: /^failed: database-down/ })).toHaveTextContent("inside");
    expect(within(detail).getByRole("row", { name: /^recovered after/ })).toHaveTextContent(
      "2 s7 s6 s to 8 soutside",
    );
    const picture = screen.getByRole("figure");
    expect(picture).toHaveTextContent("Each second of the 5, up to 10 requests");
    expect(picture).toHaveTextContent("shaded from 2 to 4 s");
    const simulated = picture.querySelector('svg[data-column="failed"] polyline');
    // Five steps, from nothing at the bottom to all ten at the top.
    expect(simulated?.getAttribute("points")?.split(" ")).toHaveLength(10);
    expect(simulated?.getAttribute("points")).toContain("2,1.0 3,1.0");
  });

  it("are not spoken of where there are none", async () => {
    files.validation = VALIDATION;
    await open();
    expect(screen.queryByRole("heading", { name: "When something changes" })).not.toBeInTheDocument();
  });
});

describe("its address", () => {
  function Shown() {
    return <p>{useIsTrustOpen() ? "open" : "closed"}</p>;
  }

  it("leaves the scenario's as it is, and Back closes it", async () => {
    window.history.replaceState(null, "", "/#from=carwow-pooling&fleets.web.dynos=24");
    render(<Shown />);
    expect(screen.getByText("closed")).toBeInTheDocument();
    act(openTrust);
    expect(screen.getByText("open")).toBeInTheDocument();
    expect(window.location.search).toBe(TRUST_ADDRESS);
    expect(window.location.hash).toBe("#from=carwow-pooling&fleets.web.dynos=24");
    act(closeTrust);
    await waitFor(() => expect(screen.getByText("closed")).toBeInTheDocument());
    expect(window.location.search).toBe("");
    expect(window.location.hash).toBe("#from=carwow-pooling&fleets.web.dynos=24");
  });

  it("is a link that can be opened by itself", () => {
    window.history.replaceState(null, "", `/${TRUST_ADDRESS}#from=carwow-pooling`);
    render(<Shown />);
    expect(screen.getByText("open")).toBeInTheDocument();
    act(closeTrust);
    expect(screen.getByText("closed")).toBeInTheDocument();
    expect(window.location.hash).toBe("#from=carwow-pooling");
  });
});
