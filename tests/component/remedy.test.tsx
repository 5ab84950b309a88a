import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { findRemedy, type Outcome, type Remedy } from "../../src/study/remedy";
import RemedyNote from "../../src/ui/results/RemedyNote";
import { renderWithSession } from "../support/render-session";
import { summaryFixture } from "../support/summary-fixture";

vi.mock("../../src/study/remedy", () => ({ findRemedy: vi.fn() }));

const { figures } = summaryFixture();
const NO_OBJECTIVE = { p95Ms: null, p99Ms: null, queueP95Ms: null, failureRate: null };
const met = {
  ...figures,
  scenario: { ...figures.scenario, slo: NO_OBJECTIVE },
  slo: { met: true, misses: [] },
};
const missed = { ...figures, slo: { met: false, misses: [] } };

const POOLER: Outcome = {
  label: "Turn the pooler on",
  changes: [{ path: "pooler.enabled", value: true }],
  figures: met,
  extraUsd: 0,
};
const FEWER: Outcome = {
  label: "Run only 24 dynos",
  changes: [{ path: "fleets.web.dynos", value: 24 }],
  figures: met,
  extraUsd: -50,
};

function found(remedy: Partial<Remedy>): void {
  const whole = { advice: null, smallest: null, together: null, tried: 12, ...remedy };
  vi.mocked(findRemedy).mockImplementation(async (_figures, _try, onMore) => {
    onMore(whole);
    return whole;
  });
}

beforeEach(() => {
  vi.mocked(findRemedy).mockReset();
});

describe("what was found to help", () => {
  it("says that the advice was simulated, what came of it and what it costs", async () => {
    found({ advice: POOLER, smallest: POOLER });
    renderWithSession(<RemedyNote figures={missed} />);
    expect(screen.getByText("Simulating what would help.")).toBeInTheDocument();
    expect(
      await screen.findByText(/^Simulated: meets the objective, p95 .*, at the same cost\./),
    ).toBeInTheDocument();
    expect(screen.getByText(/No smaller single change was found\./)).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("says likely where an interval reaches over a limit", async () => {
    const p95Ms = (figures.latencyMs.p95.ci95?.[1] ?? 0) - 0.1;
    const scenario = { ...figures.scenario, slo: { ...NO_OBJECTIVE, p95Ms } };
    found({ advice: { ...POOLER, figures: { ...met, scenario } } });
    renderWithSession(<RemedyNote figures={missed} />);
    expect(await screen.findByText(/^Simulated: likely meets the objective/)).toBeInTheDocument();
  });

  it("offers a smaller change, and makes it as one step", async () => {
    found({ advice: POOLER, smallest: FEWER });
    const { session, user } = renderWithSession(<RemedyNote figures={missed} />);
    expect(
      await screen.findByText(/Smallest single change: run only 24 dynos, \$50 less a month/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Try it: run only 24 dynos" }));
    expect(session.applyChanges).toHaveBeenCalledExactlyOnceWith([{ path: "fleets.web.dynos", value: 24 }]);
  });

  it("says that the advice is not enough, that no single change is, and what is together", async () => {
    const together = { ...FEWER, label: "Turn the pooler on; then run 30 dynos", extraUsd: 250 };
    found({ advice: { ...POOLER, figures: missed }, together });
    renderWithSession(<RemedyNote figures={missed} />);
    expect(await screen.findByText(/^Simulated: not enough by itself/)).toBeInTheDocument();
    expect(
      screen.getByText(/12 variants simulated: no single change meets the objective\./),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Together: turn the pooler on; then run 30 dynos, \$250 more a month\./),
    ).toBeInTheDocument();
  });

  it("of a run of very many requests is looked for only when asked", async () => {
    found({ advice: POOLER });
    const { user } = renderWithSession(<RemedyNote figures={{ ...missed, simulatedRequests: 5_000_000 }} />);
    expect(findRemedy).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Simulate what would help" }));
    expect(await screen.findByText(/^Simulated: meets the objective/)).toBeInTheDocument();
  });

  it("says so where the trying could not go on", async () => {
    vi.mocked(findRemedy).mockRejectedValue(new Error("out of memory"));
    renderWithSession(<RemedyNote figures={missed} />);
    expect(await screen.findByText("What would help could not be simulated.")).toBeInTheDocument();
  });
});
