import { createStore, type StoreApi } from "zustand/vanilla";
import { withSizes } from "../scenario/sizes";
import type { Problem, Scenario } from "../scenario/types";
import type { Answer } from "../study/answer-types";
import type { Question } from "../study/question-types";
import { StudyCancelled } from "../study/simulator";
import type { StudyClient } from "../workers/protocol";
import type { StudyControls, StudyState } from "./study-state";

export const NO_STUDY: StudyState = {
  question: null,
  base: null,
  answer: null,
  status: "idle",
  failure: null,
};

/** The first picture of a study comes early, each one after it in twice the time, and soon all at this pace. */
const FIRST_SHOWN_AFTER_MS = 40;
const SHOW_EVERY_MS = 500;
/** The workers warm up with runs of no more than so much simulated time: they are to be over in a moment. */
const WARM_UP_S = 20;

interface StudySessionOptions {
  /** Fetches what simulates for studies, when one is first asked. */
  readonly load: () => Promise<StudyClient>;
  /** The scenario at hand. */
  readonly present: () => Scenario;
  /** Calls back after so many milliseconds. */
  readonly after: (delayMs: number, callback: () => void) => unknown;
  /** The question has changed, or been closed: the address is to say so. */
  readonly onQuestion: () => void;
}

/** One study at a time: a newer question takes the place of the older, and what an older one still hears of is dropped. */
export class StudySession implements StudyControls {
  readonly store: StoreApi<StudyState> = createStore<StudyState>(() => NO_STUDY);
  readonly #options: StudySessionOptions;
  #client: Promise<StudyClient> | null = null;
  /** Calls off what is being asked; null where nothing is. */
  #abort: AbortController | null = null;
  #isShowing = false;
  /** How long after more is known it is shown. */
  #paceMs = FIRST_SHOWN_AFTER_MS;
  #openings = 0;

  constructor(options: StudySessionOptions) {
    this.#options = options;
  }

  get isAsking(): boolean {
    return this.#abort !== null;
  }

  /** What is asked, as the address holds it; null where nothing is. */
  get questionText(): string | null {
    const { question } = this.store.getState();
    return question === null ? null : JSON.stringify(question);
  }

  /** Asks what a link asks of the scenario at hand. What in it could not be read is returned. */
  async open(text: string): Promise<readonly Problem[]> {
    this.leave();
    this.#openings += 1;
    const opening = this.#openings;
    const { readQuestionText } = await import("../study/read-question");
    // Another link, or the reader's own question, may have come first.
    if (opening !== this.#openings || this.store.getState().question !== null) return [];
    const { question, problems } = readQuestionText(text, this.#options.present());
    if (question !== null) this.ask(question);
    return problems;
  }

  ask(question: Question, when: "now" | "later" = "now"): void {
    this.#stop();
    const base = this.#options.present();
    const { answer, ...before } = this.store.getState();
    const keeps = answer?.kind === question.kind && before.base === base && when === "now";
    this.store.setState({
      question,
      base,
      // The older picture of the same kind stays until there is a new one: nothing jumps.
      answer: keeps ? answer : null,
      status: when === "now" ? "asking" : "idle",
      failure: null,
    });
    this.#options.onQuestion();
    if (when === "now") void this.#answer(question, base);
    else this.prepare();
  }

  prepare(): void {
    this.#fetch().then(
      ([client]) => client.warmUp(withSizes(briefly(this.#options.present()))),
      // What could not be fetched is fetched again when it is asked for.
      () => undefined,
    );
  }

  /** What simulates, and what asks it. */
  #fetch() {
    this.#client ??= this.#options.load();
    const client = this.#client;
    client.catch(() => {
      this.#client = null;
    });
    return Promise.all([client, import("../study/answer-question")]);
  }

  cancel(): void {
    if (this.store.getState().status !== "asking") return;
    this.#stop();
    this.store.setState({ status: "cancelled" });
  }

  close(): void {
    this.leave();
    this.#options.onQuestion();
  }

  /** The same for a page whose address says so already. */
  leave(): void {
    this.#stop();
    this.store.setState(NO_STUDY);
  }

  /** Ends what is under way for good. */
  dispose(): void {
    this.#stop();
    this.#client?.then(
      (client) => client.dispose(),
      () => undefined,
    );
  }

  /** What is known so far, now and then: making a picture of it costs time that the simulation wants. */
  #show(abort: AbortController, latest: () => Answer): void {
    if (this.#isShowing || this.#abort !== abort) return;
    this.#isShowing = true;
    this.#options.after(this.#paceMs, () => {
      this.#isShowing = false;
      this.#paceMs = Math.min(2 * this.#paceMs, SHOW_EVERY_MS);
      if (this.#abort === abort) this.store.setState({ answer: latest() });
    });
  }

  #stop(): void {
    this.#abort?.abort();
    this.#abort = null;
  }

  async #answer(question: Question, base: Scenario): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#paceMs = FIRST_SHOWN_AFTER_MS;
    try {
      const [client, { answerQuestion }] = await this.#fetch();
      const answer = await answerQuestion(question, base, client.simulator(abort.signal), (latest) => {
        this.#show(abort, latest);
      });
      if (this.#abort === abort) this.store.setState({ answer, status: "done" });
    } catch (error) {
      if (this.#abort !== abort || error instanceof StudyCancelled) return;
      this.store.setState({ status: "failed", failure: failureText(error) });
    }
    if (this.#abort === abort) this.#abort = null;
  }
}

/** A run that is over in a moment, whatever the scenario's own lasts. */
function briefly(scenario: Scenario): Scenario {
  const durationS = Math.min(scenario.run.durationS, WARM_UP_S);
  return { ...scenario, timeline: [], run: { ...scenario.run, durationS, warmupS: 0 } };
}

function failureText(error: unknown): string {
  const reason = error instanceof Error && error.message !== "" ? error.message : "its code did not arrive";
  return `The study could not go on: ${reason}.`;
}
