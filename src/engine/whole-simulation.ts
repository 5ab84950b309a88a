import { type Books, booksOf } from "./books";
import * as extras from "./extras";
import type { Plan } from "./plan";
import type { AnswerObserver } from "./record/answer-observer";
import { LeanSimulation } from "./simulation";

/** A simulation that has all it may need at hand. */
export class Simulation extends LeanSimulation {
  /** For all: see `LeanSimulation`. */
  constructor(plan: Plan, replication: number, observer: AnswerObserver | null = null) {
    super(plan, replication, observer, extras);
  }

  /** The counts that must agree with each other at every moment; for tests. */
  books(): Books {
    return booksOf(this.recorder, this.edge, this.fleets, this.servers);
  }
}
