import type { Simulator } from "../../src/study/simulator";
import type { StudyClient } from "../../src/workers/protocol";
import { HeldSimulator } from "./hand-made-studies";

/** Simulates when a test says so; goes on telling of a study that was called off, as messages do that are already under way. */
export class FakeStudyClient implements StudyClient {
  /** One for each study, in the order in which they were asked. */
  readonly studies: { readonly signal: AbortSignal; readonly simulator: HeldSimulator }[] = [];
  isDisposed = false;
  isWarm = false;

  get latest(): HeldSimulator {
    const study = this.studies.at(-1);
    if (study === undefined) throw new Error("nothing was asked");
    return study.simulator;
  }

  simulator(signal: AbortSignal): Simulator {
    const simulator = new HeldSimulator();
    this.studies.push({ signal, simulator });
    return simulator;
  }

  warmUp(): void {
    this.isWarm = true;
  }

  dispose(): void {
    this.isDisposed = true;
  }
}
