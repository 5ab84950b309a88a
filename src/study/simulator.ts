import type { Detail, ReplicationRecord } from "../engine";
import type { SizedScenario } from "../scenario/sizes";

/** One replication of one scenario that a study wants. */
export interface WantedRun {
  readonly sized: SizedScenario;
  /** Numbered from 0: the same number means the same random numbers in every scenario of the same seed. */
  readonly replication: number;
  readonly detail: Detail;
}

/** Whatever simulates for a study: this thread, several workers, or a file of what was simulated elsewhere. */
export interface Simulator {
  /**
   * Simulates all, beginning them in the order given. `onRecord` hears of each when it is done, in any order.
   * Rejects with `StudyCancelled` where the study was called off, and with another error where a run failed.
   */
  simulate(
    runs: readonly WantedRun[],
    onRecord: (index: number, record: ReplicationRecord) => void,
  ): Promise<void>;
}

/** The study was called off. */
export class StudyCancelled extends Error {
  constructor() {
    super("The study was called off.");
    this.name = "StudyCancelled";
  }
}
