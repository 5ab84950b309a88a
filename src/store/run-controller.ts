import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunSummary } from "../analysis/result-types";
import type { Scenario } from "../scenario/types";
import type { RunFailure, RunHandle, RunOutcome, RunUpdate, SimulationClient } from "../workers/protocol";
import { simulatesSame } from "./same";

export interface RunState {
  /** `live`: the picture is of a live run. */
  readonly status: "idle" | "running" | "done" | "failed" | "cancelled" | "live";
  /** 0 to 1, of the run under way. */
  readonly progress: number;
  /** The latest picture; while a run is under way or after it failed, possibly still that of an earlier scenario. */
  readonly summary: RunSummary | null;
  /** Set while `status` is `failed`. */
  readonly failure: RunFailure | null;
  /** The summary is of fewer replications than the scenario asks for, or of a run that was stopped. */
  readonly isPreview: boolean;
  /** The field whose change led to the latest run; null where it was none, or several. */
  readonly lastChangedPath: string | null;
}

/** While a slider is dragged. */
const PREVIEW_REPLICATIONS = 2;
/** A picture of less progress than this waits so long before it takes the place of another scenario's whole one. */
const THIN_BELOW_PROGRESS = 0.1;
const THIN_PICTURE_AFTER_MS = 200;

interface Job {
  scenario: Scenario;
  readonly kind: "full" | "preview" | "quiet";
  /** Whether the result is what the scenario asks for, and not a preview of it. */
  readonly isWhole: boolean;
  readonly startedAt: number;
  hasShown: boolean;
  handle: RunHandle | null;
}

export interface RunControllerOptions {
  readonly client: SimulationClient;
  readonly now: () => number;
  /** A run at full precision is complete. */
  readonly onWhole: (scenario: Scenario, summary: RunSummary) => void;
  /** Nothing is under way and nothing waits. */
  readonly onIdle: () => void;
}

/**
 * Decides what to simulate and when: previews while a value is dragged (only ever the newest, and none before the last
 * one has shown something), the whole run when it is committed, nothing where only the name changed.
 */
export class RunController {
  readonly store: StoreApi<RunState>;
  readonly #options: RunControllerOptions;
  #job: Job | null = null;
  #nextPreview: Scenario | null = null;
  #whole: { readonly scenario: Scenario; readonly summary: RunSummary } | null = null;

  constructor(options: RunControllerOptions) {
    this.#options = options;
    this.store = createStore<RunState>(() => ({
      status: "idle",
      progress: 0,
      summary: null,
      failure: null,
      isPreview: false,
      lastChangedPath: null,
    }));
  }

  get isIdle(): boolean {
    return this.#job === null;
  }

  /** The complete result of a scenario, where it is the latest one at hand. */
  wholeSummaryOf(scenario: Scenario): RunSummary | null {
    if (this.#whole === null || !simulatesSame(this.#whole.scenario, scenario)) return null;
    return relabel(this.#whole.summary, scenario);
  }

  /** A quick look at a scenario that is still being dragged. */
  preview(scenario: Scenario, path: string | null): void {
    if (this.wholeSummaryOf(scenario) !== null) {
      this.full(scenario, path);
      return;
    }
    this.store.setState({ lastChangedPath: path });
    if (this.#job?.kind === "preview" && !this.#job.hasShown) this.#nextPreview = scenario;
    else this.#start(scenario, "preview");
  }

  /** Everything the scenario asks for; at once where its result is at hand. */
  full(scenario: Scenario, path: string | null): void {
    this.store.setState({ lastChangedPath: path });
    this.#nextPreview = null;
    if (this.#job?.isWhole && this.#job.kind !== "quiet" && simulatesSame(this.#job.scenario, scenario)) {
      this.#job.scenario = scenario;
      return;
    }
    const summary = this.wholeSummaryOf(scenario);
    if (summary === null) {
      this.#start(scenario, "full");
      return;
    }
    this.#abandon();
    this.#whole = { scenario, summary };
    this.store.setState({ status: "done", progress: 1, summary, failure: null, isPreview: false });
    this.#options.onIdle();
  }

  /** Simulates again, whatever is at hand. */
  rerun(scenario: Scenario): void {
    this.#nextPreview = null;
    this.#whole = null;
    this.#start(scenario, "full");
  }

  /** Simulates without showing anything; gives way to any other run. Only while idle. */
  quietly(scenario: Scenario): Promise<RunOutcome> {
    return this.#start(scenario, "quiet");
  }

  /** Stops what is under way; what it has shown so far stays. */
  cancel(): void {
    if (this.#job === null || this.#job.kind === "quiet") return;
    this.#nextPreview = null;
    this.#job.handle?.cancel();
  }

  /** Makes way for a live run, whose pictures take the place of those of whole runs. */
  beginLive(): void {
    this.#nextPreview = null;
    this.#abandon();
    this.store.setState({
      status: "live",
      progress: 1,
      failure: null,
      isPreview: false,
      lastChangedPath: null,
    });
  }

  /** Another picture of the live run. */
  showLive(summary: RunSummary): void {
    this.store.setState({ summary });
  }

  /** Notes the field that was changed last, without a run. */
  noteChange(path: string | null): void {
    this.store.setState({ lastChangedPath: path });
  }

  /** Ends everything for good. */
  dispose(): void {
    this.#nextPreview = null;
    this.#abandon();
  }

  #start(scenario: Scenario, kind: Job["kind"]): Promise<RunOutcome> {
    const asked = scenario.run.replications;
    const replications = kind === "preview" ? Math.min(PREVIEW_REPLICATIONS, asked) : asked;
    const isWhole = replications === asked;
    const job: Job = {
      scenario,
      kind,
      isWhole,
      startedAt: this.#options.now(),
      hasShown: false,
      handle: null,
    };
    // Set before the run starts: the older job's end must not be taken for this one's.
    this.#job = job;
    if (kind !== "quiet") this.store.setState({ status: "running", progress: 0, failure: null });
    const handle = this.#options.client.run({ scenario, replications }, (update) =>
      this.#onUpdate(job, update),
    );
    job.handle = handle;
    handle.done.then((outcome) => this.#onDone(job, outcome));
    return handle.done;
  }

  #abandon(): void {
    const job = this.#job;
    this.#job = null;
    job?.handle?.cancel();
  }

  #onUpdate(job: Job, { summary, progress }: RunUpdate): void {
    if (job !== this.#job || job.kind === "quiet") return;
    if (!this.#isWorthShowing(job, summary, progress)) {
      this.store.setState({ progress });
      return;
    }
    job.hasShown = true;
    this.store.setState({ progress, summary: relabel(summary, job.scenario), isPreview: !job.isWhole });
    this.#startNextPreview();
  }

  /** Figures must not jump about: a picture does not give way to one that knows less, or next to nothing yet. */
  #isWorthShowing(job: Job, summary: RunSummary, progress: number): boolean {
    const shown = this.store.getState().summary;
    if (shown === null) return true;
    const measured = measuredRequests(summary);
    if (simulatesSame(shown.figures.scenario, job.scenario)) return measured > measuredRequests(shown);
    const isEarly = this.#options.now() - job.startedAt < THIN_PICTURE_AFTER_MS;
    if (measured === 0) return !isEarly && job.kind !== "preview";
    return !isEarly || progress >= THIN_BELOW_PROGRESS;
  }

  #onDone(job: Job, outcome: RunOutcome): void {
    if (job !== this.#job) return;
    this.#job = null;
    if (job.kind === "quiet") return;
    if (outcome.ok) {
      const summary = relabel(outcome.summary, job.scenario);
      this.store.setState({ status: "done", progress: 1, summary, failure: null, isPreview: !job.isWhole });
      if (job.isWhole) {
        this.#whole = { scenario: job.scenario, summary };
        this.#options.onWhole(job.scenario, summary);
      }
    } else if (outcome.failure.code === "cancelled") {
      const isPreview = this.store.getState().isPreview || job.hasShown;
      this.store.setState({ status: "cancelled", failure: null, isPreview });
      return;
    } else {
      const isPreview = this.store.getState().isPreview || job.hasShown;
      this.store.setState({ status: "failed", failure: outcome.failure, isPreview });
    }
    this.#startNextPreview();
    if (this.#job === null) this.#options.onIdle();
  }

  #startNextPreview(): void {
    const scenario = this.#nextPreview;
    this.#nextPreview = null;
    if (scenario !== null) this.#start(scenario, "preview");
  }
}

function measuredRequests({ figures: { requests } }: RunSummary): number {
  return requests.ok + requests.failed;
}

/** The same result under the scenario's present name and notes, which no number depends on. */
function relabel(summary: RunSummary, scenario: Scenario): RunSummary {
  if (summary.figures.scenario === scenario) return summary;
  return { ...summary, figures: { ...summary.figures, scenario } };
}
