import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunSummary } from "../analysis/result-types";
import type { Scenario } from "../scenario/types";
import type { LiveClient } from "../workers/protocol";
import type { LiveController } from "./live-controller";
import { LIVE_OFF, type LiveControls, type LiveState } from "./live-state";
import type { RunController } from "./run-controller";
import type { ScenarioEditor } from "./scenario-editor";

export interface LiveSessionOptions {
  /** Fetches what simulates live; asked for when it is first needed. */
  readonly load: () => Promise<LiveClient>;
  readonly editor: ScenarioEditor;
  readonly runs: RunController;
  readonly now: () => number;
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

/**
 * Live or not: the part of it that is there from the begin. The rest is fetched at the first press of play. While it is
 * live, steps of the scenario are kept apart from those before.
 */
export class LiveSession implements LiveControls {
  readonly store: StoreApi<LiveState> = createStore<LiveState>(() => LIVE_OFF);
  readonly #options: LiveSessionOptions;
  #controller: LiveController | null = null;
  #client: LiveClient | null = null;
  #isLoading = false;

  constructor(options: LiveSessionOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.store.getState().status !== "off";
  }

  /** The session so far as a scenario; null where there is none. */
  get kept(): Scenario | null {
    return this.#controller?.kept.scenario ?? null;
  }

  play(): void {
    if (this.#controller === null) void this.#begin();
    else this.#controller.play();
  }

  pause(): void {
    this.#controller?.pause();
  }

  toggle(): void {
    if (this.store.getState().isPlaying) this.pause();
    else this.play();
  }

  step(): void {
    this.#controller?.step();
  }

  reset(): void {
    this.#controller?.reset();
  }

  setSpeed(speed: LiveState["speed"]): void {
    if (this.#controller === null) this.store.setState({ speed });
    else this.#controller.setSpeed(speed);
  }

  act(action: Parameters<LiveControls["act"]>[0]): void {
    this.#controller?.act(action);
  }

  stop(): void {
    this.leave(true);
  }

  /** The reader changed the scenario. */
  follow(isDragging: boolean): void {
    this.#controller?.follow(isDragging);
  }

  /** Ends it. @param publishes whether what is left of it is to be simulated and to go to the address */
  leave(publishes: boolean): void {
    if (!this.isOn) return;
    const { editor } = this.#options;
    const kept = this.#controller?.kept;
    this.#controller?.end();
    this.#controller = null;
    this.store.setState({ ...LIVE_OFF, speed: this.store.getState().speed });
    editor.endAside(kept?.isChanged ? kept.scenario : null, publishes);
  }

  dispose(): void {
    this.#controller?.end();
    this.#client?.dispose();
  }

  async #begin(): Promise<void> {
    const { editor, runs, load, now, after } = this.#options;
    if (!this.isOn) {
      editor.beginAside();
      runs.beginLive();
    }
    this.store.setState({ status: "restarting", isPlaying: true, failure: null });
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const [{ LiveController }, client] = await Promise.all([
        import("./live-controller"),
        this.#client ?? load(),
      ]);
      this.#client = client;
      if (!this.isOn) return;
      this.#controller = new LiveController({
        client,
        store: this.store,
        scenario: () => editor.present.scenario,
        takeOver: (change) => editor.takeOver(change),
        amend: (scenario) => editor.amend(scenario),
        show: (summary: RunSummary) => runs.showLive(summary),
        now,
        after,
      });
      this.#controller.play();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.isOn) this.store.setState({ status: "failed", isPlaying: false, failure: notLoaded(message) });
    } finally {
      this.#isLoading = false;
    }
  }
}

function notLoaded(reason: string): NonNullable<LiveState["failure"]> {
  const message = `A part of the page could not be loaded (${reason}). Try again when you are connected.`;
  return { code: "crashed", message, problems: [] };
}
