import type { StoreApi } from "zustand/vanilla";
import type { Scenario } from "../scenario/types";
import type { Answer } from "../study/answer-types";
import type { Question } from "../study/question-types";

/** What is being asked of the scenario by simulating it many times, and what has come of it. */
export interface StudyState {
  /** null: nothing is asked, and the area is closed. */
  readonly question: Question | null;
  /** What was asked about; the scenario at hand may be another by now. */
  readonly base: Scenario | null;
  /** As far as it has come; null before anything is known. Of `question` always. */
  readonly answer: Answer | null;
  readonly status: "idle" | "asking" | "done" | "cancelled" | "failed";
  /** Set while `status` is `failed`: a sentence. */
  readonly failure: string | null;
}

/** The page's door to studies. A newer question takes the place of the older. */
export interface StudyControls {
  readonly store: StoreApi<StudyState>;
  /** Something may be asked soon: what it takes is fetched and started. Safe to call again. */
  prepare(): void;
  /** Asks it of the scenario at hand. `later`: the question is shown, with its settings, and asked when `ask` is called again. */
  ask(question: Question, when?: "now" | "later"): void;
  /** Stops; what is known so far stays. */
  cancel(): void;
  /** Stops, forgets, and takes the question out of the address. */
  close(): void;
}
