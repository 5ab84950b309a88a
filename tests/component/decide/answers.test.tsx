import { screen, within } from "@testing-library/react";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { Answer } from "../../../src/study/answer-types";
import type { Question } from "../../../src/study/question-types";
import * as downloads from "../../../src/ui/controls/download";
import DecideArea from "../../../src/ui/DecideArea";
import { fillInMissing } from "../../support/missing-in-jsdom";
import { renderWithSession } from "../../support/render-session";
import {
  ASKED,
  COMPARED,
  CURVE,
  HALF_SWEPT,
  MATTERING,
  PRECISE,
  SEARCHED,
  SWEPT_LINE,
} from "../../support/study-fixtures";

beforeAll(() => {
  fillInMissing();
  // Without it charts are drawn as wide as in an ordinary window.
  vi.stubGlobal("ResizeObserver", undefined);
});

const QUESTIONS: Readonly<Record<Answer["kind"], Question>> = {
  compare: {
    kind: "compare",
    others: [{ name: "With a pooler", changes: { "pooler.enabled": true } }],
    replications: 8,
  },
  capacity: { kind: "capacity", replications: 4, points: 16 },
  sweep: { kind: "sweep", axes: HALF_SWEPT.axes, replications: 4 },
  cheapest: { kind: "cheapest", axes: [{ path: "fleets.web.dynos", values: [20, 22, 25] }], replications: 8 },
  sensitivity: { kind: "sensitivity", of: "p95", by: 0.2, replications: 4 },
  precision: { kind: "precision", of: "p95", within: 0.02, most: 200 },
};

/** The area with an answer in it, once that is drawn. */
async function show(answer: Answer) {
  const status = answer.isComplete ? "done" : "asking";
  const view = renderWithSession(<DecideArea />, {
    scenario: ASKED,
    study: { question: QUESTIONS[answer.kind], base: ASKED, answer, status },
  });
  const area = await screen.findByRole("region", { name: /\?$/ });
  return { ...view, area: within(area) };
}

describe("a comparison", () => {
  it("says of each figure how much another scenario differs, and what cannot be said yet", async () => {
    const { area } = await show(COMPARED);
    const row = async (name: string) =>
      within(await area.findByRole("row", { name: new RegExp(`^${name}`) }));
    expect((await row("p95 latency")).getByText(/210 ± 12.ms lower/)).toBeInTheDocument();
    expect((await row("p95 latency")).getByText(/which is better/)).toBeInTheDocument();
    expect((await row("Throughput")).queryByText(/which is better/)).not.toBeInTheDocument();
    expect((await row("Failure rate")).getByText("no difference can be shown yet")).toBeInTheDocument();
    expect((await row("Monthly cost")).getByText("exactly the same")).toBeInTheDocument();
  });

  it("says what differs, in the words of the controls", async () => {
    const { area } = await show(COMPARED);
    const differing = (await area.findByRole("heading", { name: /^What differs in B/ })).parentElement;
    expect(differing).toHaveTextContent("Pooler off → on");
  });

  it("runs longer where no difference can be shown yet: twice the replications", async () => {
    const { area, user, session } = await show(COMPARED);
    await user.click(await area.findByRole("button", { name: "Run longer: 16 replications" }));
    expect(session.study.ask).toHaveBeenCalledWith({ ...QUESTIONS.compare, replications: 16 });
  });

  it("opens a column as the scenario at hand", async () => {
    const { area, user, session } = await show(COMPARED);
    await user.click(await area.findByRole("button", { name: "Open With a pooler" }));
    expect(session.scenario.getState().scenario.pooler.enabled).toBe(true);
  });

  it("draws all scenarios in common charts, each with a colour and a stroke of its own", async () => {
    const { area } = await show(COMPARED);
    const chart = await area.findByRole("figure", { name: "Throughput over time" });
    const strokes = [...chart.querySelectorAll("path[data-look=plain]")].map((path) => [
      path.getAttribute("stroke"),
      path.getAttribute("stroke-dasharray"),
    ]);
    expect(strokes).toHaveLength(2);
    expect(strokes[0]?.[0]).not.toBe(strokes[1]?.[0]);
    expect(strokes[0]?.[1]).not.toBe(strokes[1]?.[1]);
  });
});

describe("a capacity curve", () => {
  it("says how much headroom there is, where the knee is, and what arithmetic says", async () => {
    const { area } = await show(CURVE);
    expect(
      await area.findByText(
        "You have 38 % headroom: the objective is met up to 276 clients, and missed at 280.",
      ),
    ).toBeInTheDocument();
    expect(area.getByText(/^The knee is at 250 clients, with 245/)).toBeInTheDocument();
    expect(area.getByText("250 threads ÷ 1.00 s of work = at most 250/s")).toBeInTheDocument();
  });

  it("marks the present load, the objective's limit and the knee on the throughput", async () => {
    const { area } = await show(CURVE);
    const chart = within(await area.findByRole("figure", { name: "Throughput against the load" }));
    for (const mark of ["now", "objective’s limit", "knee"])
      expect(chart.getByText(mark)).toBeInTheDocument();
  });

  it("is read point by point with the arrow keys", async () => {
    const { area, user } = await show(CURVE);
    const figure = await area.findByRole("figure", { name: "Throughput against the load" });
    const plot = within(figure).getByRole("application");
    plot.focus();
    await user.keyboard("{ArrowRight}{ArrowRight}");
    expect(within(figure).getByText(/^100: Throughput 190\/s ± 1\/s/)).toBeInTheDocument();
  });

  it("has a table in place of a chart", async () => {
    const { area, user } = await show(CURVE);
    const figure = within(await area.findByRole("figure", { name: "Throughput against the load" }));
    await user.click(figure.getByRole("button", { name: /^Menu of the chart/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Show as table" }));
    const row = within(await figure.findByRole("table")).getByRole("row", { name: /^276/ });
    expect(
      within(row)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    ).toEqual(["190/s", "189/s", "191/s", "–"]);
  });

  it("says why there is none", async () => {
    const { area } = await show({ ...CURVE, impossible: "Recorded requests have no load to change." });
    expect(await area.findByText("Recorded requests have no load to change.")).toBeInTheDocument();
  });
});

describe("a sweep of two parameters", () => {
  it("says of each cell its figure and whether the objective is met, or that it is not simulated yet", async () => {
    const { area } = await show(HALF_SWEPT);
    const grid = within(await area.findByRole("grid"));
    expect(grid.getAllByRole("gridcell")).toHaveLength(6);
    expect(
      grid.getByRole("gridcell", { name: /^10, 100: p95 latency 510.ms.*objective met/ }),
    ).toBeInTheDocument();
    expect(grid.getByRole("gridcell", { name: /^25, 200: .*objective missed/ })).toBeInTheDocument();
    const waiting = grid.getByRole("gridcell", { name: "20, 100: not simulated yet" });
    expect(waiting).toHaveAttribute("data-state", "neighbour");
  });

  it("marks a met and a missed objective by shapes", async () => {
    const { area } = await show(HALF_SWEPT);
    const grid = within(await area.findByRole("grid"));
    const met = grid.getByRole("gridcell", { name: /^10, 100/ });
    const missed = grid.getByRole("gridcell", { name: /^10, 200/ });
    expect(met.querySelectorAll("path[fill]")).toHaveLength(1);
    expect(missed.querySelectorAll("path[stroke]")).toHaveLength(1);
  });

  it("is walked with the arrow keys, reads out the cell, and opens it with Enter", async () => {
    const { area, user, session } = await show(HALF_SWEPT);
    const grid = within(await area.findByRole("grid"));
    // It begins where the scenario is.
    grid.getByRole("gridcell", { name: /^25, 200/ }).focus();
    await user.keyboard("{ArrowLeft}{ArrowDown}{ArrowDown}");
    expect(grid.getByRole("gridcell", { name: /^10, 100/ })).toHaveFocus();
    const readout = within(area.getByRole("region", { name: "The cell" }));
    expect(readout.getByText("Dynos 10 · Clients 100")).toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(session.applyChanges).toHaveBeenCalledWith([
      { path: "fleets.web.dynos", value: 10 },
      { path: "workloads.hey.clients", value: 100 },
    ]);
  });

  it("opens what was asked about, also where the scenario has become another", async () => {
    const { area, user, session } = await show(HALF_SWEPT);
    session.edit("fleets.web.threads", 7);
    const cell = within(await area.findByRole("grid")).getByRole("gridcell", { name: /^10, 100/ });
    await user.click(cell);
    expect(session.scenario.getState().scenario.fleets[0]).toMatchObject({ dynos: 10, threads: 10 });
  });

  it("shows another figure, and where the objective is met", async () => {
    const { area, user } = await show(HALF_SWEPT);
    await user.selectOptions(await area.findByRole("combobox", { name: "Colours show" }), "Monthly cost");
    const grid = within(await area.findByRole("grid", { name: /^Monthly cost/ }));
    expect(grid.getByRole("gridcell", { name: /^10, 100: monthly cost \$550/ })).toBeInTheDocument();
    await user.selectOptions(area.getByRole("combobox", { name: "Colours show" }), "Objective met");
    expect(area.getByRole("grid", { name: /^Where the objective is met/ })).toBeInTheDocument();
  });

  it("is handed over as a file of every measure with its interval", async () => {
    const save = vi.spyOn(downloads, "downloadText").mockImplementation(() => undefined);
    const { area, user } = await show(HALF_SWEPT);
    await user.click(await area.findByRole("button", { name: "Download all measures as CSV" }));
    const [, type, text] = save.mock.calls[0] ?? [];
    const lines = text?.split("\r\n") ?? [];
    expect(type).toBe("text/csv");
    expect(lines[0]).toMatch(
      /^fleets\.web\.dynos,workloads\.hey\.clients,replications,objective_met,throughput_per_s,/,
    );
    expect(lines[1]).toMatch(/^10,100,4,true,190,189,191,/);
    expect(lines[3]).toMatch(/^20,100,0,,,/);
    expect(lines).toHaveLength(8);
    save.mockRestore();
  });
});

describe("a sweep of one parameter", () => {
  it("draws the chosen figures with their intervals, and lists the values to open", async () => {
    const { area, user, session } = await show(SWEPT_LINE);
    expect(await area.findByRole("figure", { name: "p95 latency by dynos" })).toBeInTheDocument();
    expect(area.queryByRole("figure", { name: "p99 latency by dynos" })).not.toBeInTheDocument();
    await user.click(area.getByRole("checkbox", { name: "p99 latency" }));
    expect(area.getByRole("figure", { name: "p99 latency by dynos" })).toBeInTheDocument();
    await user.click(area.getByRole("button", { name: "Open Dynos 20" }));
    expect(session.applyChanges).toHaveBeenCalledWith([{ path: "fleets.web.dynos", value: 20 }]);
  });
});

describe("a search for the cheapest", () => {
  it("says what is best, what it saves, how sure that is, and what was ruled out", async () => {
    const { area } = await show(SEARCHED);
    expect(
      await area.findByText(
        "Dynos 25 → 22 meets the objective at $1,150 a month, $150 less than the present.",
      ),
    ).toBeInTheDocument();
    expect(area.getByText(/whole 95 % interval/)).toBeInTheDocument();
    expect(area.getByText("3 of 40 configurations simulated; why the other 19 were not")).toBeInTheDocument();
    expect(area.getByText("19: fewer of “Dynos” than one that misses")).toBeInTheDocument();
  });

  it("opens any configuration of the frontier", async () => {
    const { area, user, session } = await show(SEARCHED);
    const frontier = within(await area.findByRole("region", { name: "The frontier" }));
    expect(frontier.getByRole("row", { name: /^\$1,150/ })).toHaveTextContent("Dynos 22");
    await user.click(frontier.getByRole("button", { name: "Open Dynos 22" }));
    expect(session.applyChanges).toHaveBeenCalledWith([{ path: "fleets.web.dynos", value: 22 }]);
  });

  it("says that nothing meets the objective", async () => {
    const { area } = await show({ ...SEARCHED, best: null, frontier: [] });
    expect(await area.findByText("No configuration among these meets the objective.")).toBeInTheDocument();
  });
});

describe("a sensitivity", () => {
  it("names what matters most, and draws only what has an effect", async () => {
    const { area } = await show(MATTERING);
    expect(
      await area.findByText(
        /^What matters most is: Dynos\. With 20 % less, p95 latency is 400 ± 20.ms higher\. Next comes: Threads\.$/,
      ),
    ).toBeInTheDocument();
    const chart = await area.findByRole("figure", { name: /^What p95 latency does/ });
    expect(within(chart).getByText("Dynos 25")).toBeInTheDocument();
    expect(within(chart).queryByText(/Query time/)).not.toBeInTheDocument();
    expect(area.getByText("1 input without an effect that can be shown, 1 not moved")).toBeInTheDocument();
    expect(area.getByText(/^Query time: 20 % less no difference can be shown yet/)).toBeInTheDocument();
  });

  it("is told in words too", async () => {
    const { area } = await show(MATTERING);
    expect(
      await area.findByText(/^Dynos 25: 400 ± 20.ms higher at 20, 8\.00 ± 5.ms lower at 30$/),
    ).toBeInTheDocument();
  });
});

describe("a precision", () => {
  it("says how it ended and whether the warm-up is long enough", async () => {
    const { area } = await show(PRECISE);
    expect(
      await area.findByText(
        /^40 replications are enough: p95 latency is 1\.00.s ± 15.ms, within ± 1\.5 %\.$/,
      ),
    ).toBeInTheDocument();
    expect(
      area.getByText(
        "The run has settled after 3 s (MSER-5 on the requests in flight); your warm-up of 5 s covers it.",
      ),
    ).toBeInTheDocument();
  });

  it("gives the scenario so many replications, and the warm-up that was needed", async () => {
    const { area, user, session } = await show({
      ...PRECISE,
      warmup: { givenS: 5, foundS: 9, usedS: 9 },
    });
    await user.click(await area.findByRole("button", { name: "Use 40 replications" }));
    expect(session.applyChanges).toHaveBeenCalledWith([
      { path: "run.replications", value: 40 },
      { path: "run.warmupS", value: 9 },
    ]);
    expect(area.getByRole("button", { name: "The scenario runs 40 replications" })).toBeDisabled();
  });
});
