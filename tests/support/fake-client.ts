import type { RunSummary } from "../../src/analysis/result-types";
import type {
  RunFailure,
  RunOutcome,
  RunUpdate,
  SimulationClient,
  SimulationRequest,
} from "../../src/workers/protocol";

/** A run as the fake client sees it; a test decides when it says what. */
export interface FakeRun {
  readonly request: SimulationRequest;
  readonly hasEnded: boolean;
  update(progress: number, measured?: number): void;
  complete(): void;
  fail(code: RunFailure["code"]): void;
}

/** A summary that knows its scenario and how many requests it measured; nothing else of it is looked into. */
function tinySummary(request: SimulationRequest, measured = 100): RunSummary {
  const { scenario, replications } = request;
  const figures = { scenario, replications, requests: { ok: measured, failed: 0 } };
  return { figures } as unknown as RunSummary;
}

/** Keeps the promises of the protocol (a newer run cancels the older, one outcome each) and simulates nothing. */
export class FakeClient implements SimulationClient {
  readonly runs: FakeRun[] = [];
  #cancelActive: () => void = () => undefined;

  get latest(): FakeRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error("nothing was run");
    return run;
  }

  run(request: SimulationRequest, onUpdate: (update: RunUpdate) => void) {
    this.#cancelActive();
    let hasEnded = false;
    let settle: (outcome: RunOutcome) => void = () => undefined;
    const done = new Promise<RunOutcome>((resolve) => {
      settle = resolve;
    });
    const end = (outcome: RunOutcome): void => {
      hasEnded = true;
      settle(outcome);
    };
    const fail = (code: RunFailure["code"]): void =>
      end({ ok: false, failure: { code, message: `ended: ${code}` } });
    const cancel = (): void => {
      if (!hasEnded) fail("cancelled");
    };
    this.#cancelActive = cancel;
    this.runs.push({
      request,
      get hasEnded() {
        return hasEnded;
      },
      update: (progress, measured) => onUpdate({ progress, summary: tinySummary(request, measured) }),
      complete: () => end({ ok: true, summary: tinySummary(request) }),
      fail,
    });
    return { done, cancel };
  }

  dispose(): void {
    this.#cancelActive();
  }
}

/** Lets promises that are due settle. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
