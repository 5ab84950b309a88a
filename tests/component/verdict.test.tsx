import { act, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { explain } from "../../src/analysis/verdict";
import type { Verdict } from "../../src/analysis/verdict-types";
import { explainFetched } from "../../src/ui/results/use-explain";
import { VerdictPanel } from "../../src/ui/results/VerdictPanel";
import LastChange from "../../src/ui/scenario/LastChange";
import { renderWithSession } from "../support/render-session";
import { summaryFixture } from "../support/summary-fixture";

vi.mock("../../src/analysis/verdict", () => ({ explain: vi.fn() }));

const BAD: Verdict = {
  tone: "bad",
  sentence: "The database refuses connections.",
  arithmetic: "25 × 10 threads hold up to 250 connections; standard-0 refuses above 240.",
  slowest: "A p95 request of 1.99 s waits for 50 % of that: 985 ms in line for a thread.",
  limit: "connection slots",
  suggestion: { label: "Turn the pooler on", changes: [{ path: "pooler.enabled", value: true }] },
};

beforeEach(async () => {
  await explainFetched;
  vi.mocked(explain).mockReturnValue(BAD);
});

describe("the verdict", () => {
  it("says whether it holds, what limits, and the arithmetic", () => {
    renderWithSession(<VerdictPanel change={null} />);
    expect(screen.getByText("Not all right")).toBeInTheDocument();
    expect(screen.getByText("The database refuses connections.")).toBeInTheDocument();
    expect(screen.getByText(/standard-0 refuses above 240/)).toBeInTheDocument();
  });

  it("applies its suggestion as one step", async () => {
    const { session, user } = renderWithSession(<VerdictPanel change={null} />);
    await user.click(screen.getByRole("button", { name: "Try it" }));
    expect(session.applyChanges).toHaveBeenCalledExactlyOnceWith([{ path: "pooler.enabled", value: true }]);
    expect(session.scenario.getState().scenario.pooler.enabled).toBe(true);
  });

  it("has no button where there is nothing to try", () => {
    vi.mocked(explain).mockReturnValue({ ...BAD, tone: "good", suggestion: null });
    renderWithSession(<VerdictPanel change={null} />);
    expect(screen.getByText("All right")).toBeInTheDocument();
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("marks what was changed last, whatever the fleet is called in the path", async () => {
    const { session } = renderWithSession(<VerdictPanel change={<LastChange />} />);
    act(() => {
      session.edit("fleets.0.dynos", 30);
    });
    expect(screen.getByText("Dynos now 30")).toBeInTheDocument();
    act(() => {
      session.edit("pooler.enabled", true);
    });
    expect(screen.getByText("Pooler now on")).toBeInTheDocument();
    act(() => session.run.setState({ lastChangedPath: "fleets.web.pool.checkoutTimeoutMs" }));
    expect(await screen.findByText(/^Checkout timeout now 5.s$/)).toBeInTheDocument();
  });

  it("is read out once it stands still, not while a slider moves", () => {
    vi.useFakeTimers();
    const { session, container } = renderWithSession(<VerdictPanel change={null} />);
    const live = container.querySelector("[aria-live=polite]");
    act(() => session.run.setState({ status: "running", isPreview: true }));
    act(() => vi.advanceTimersByTime(2000));
    expect(live).toBeEmptyDOMElement();
    act(() => session.run.setState({ status: "done", isPreview: false, summary: summaryFixture() }));
    act(() => vi.advanceTimersByTime(400));
    expect(live).toBeEmptyDOMElement();
    act(() => vi.advanceTimersByTime(600));
    expect(live).toHaveTextContent("The database refuses connections.");
    vi.useRealTimers();
  });

  it("says that it is a preview, and of how many replications", () => {
    renderWithSession(<VerdictPanel change={null} />, { run: { isPreview: true } });
    expect(screen.getByText("Preview of 8 replications")).toBeInTheDocument();
  });

  it("offers to finish a run that was cancelled", async () => {
    const { session, user } = renderWithSession(<VerdictPanel change={null} />, {
      run: { status: "cancelled", progress: 0.43 },
    });
    expect(screen.getByText("Cancelled at 43 %")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Run it to the end" }));
    expect(session.rerun).toHaveBeenCalledOnce();
  });

  it("has its place before there is a result", () => {
    renderWithSession(<VerdictPanel change={null} />, {
      summary: null,
      run: { status: "running", progress: 0 },
    });
    expect(screen.getByRole("region", { name: "Verdict" })).toHaveTextContent("Simulating");
  });
});

describe("a run that failed", () => {
  it("says what happened, what was kept and what to do", async () => {
    const { session, user } = renderWithSession(<VerdictPanel change={null} />, {
      run: { status: "failed", failure: { code: "internal", message: "A queue was negative." } },
    });
    const alert = screen.getByRole("alert");
    expect(alert).toHaveTextContent("The simulation stopped because of a defect in Headroom.");
    expect(alert).toHaveTextContent("A queue was negative.");
    expect(alert).toHaveTextContent("figures and charts are those of the last run that finished");
    await user.click(screen.getByRole("button", { name: "Run again" }));
    expect(session.rerun).toHaveBeenCalledOnce();
  });

  it("does not speak of earlier figures where there are none", () => {
    renderWithSession(<VerdictPanel change={null} />, {
      summary: null,
      run: {
        status: "failed",
        failure: { code: "crashed", message: "A worker ran out of memory." },
      },
    });
    expect(screen.getByRole("alert")).toHaveTextContent("A worker ran out of memory.");
    expect(screen.getByRole("alert")).not.toHaveTextContent("last run");
  });
});
