import type { Answer, Progress } from "./answer-types";
import type { Configuration } from "./configuration";
import type { Simulator, WantedRun } from "./simulator";

/** Hears that more is known; `latest` makes the answer of it, which is worth doing only when someone looks. */
export type OnMore = (latest: () => Answer) => void;

/** One replication of a configuration. */
export interface Piece {
  readonly configuration: Configuration;
  readonly run: WantedRun;
}

/** The work of one study: passes on what it wants simulated, and counts. */
export class Work {
  readonly #simulator: Simulator;
  readonly #onMore: () => void;
  #done = 0;
  #wanted = 0;

  /** @param onMore called after each replication */
  constructor(simulator: Simulator, onMore: () => void) {
    this.#simulator = simulator;
    this.#onMore = onMore;
  }

  get progress(): Progress {
    return { done: this.#done, wanted: this.#wanted };
  }

  /** Simulates all pieces, in this order as far as it goes, and lets their configurations keep the records. */
  async simulate(pieces: readonly Piece[]): Promise<void> {
    if (pieces.length === 0) return;
    this.#wanted += pieces.length;
    const runs = pieces.map(({ run }) => run);
    await this.#simulator.simulate(runs, (index, record) => {
      pieces[index]?.configuration.keep(record.replication, record);
      this.#done += 1;
      this.#onMore();
    });
  }

  /** Simulates what configurations lack up to a number of replications, replication after replication. */
  async simulateUpTo(configurations: readonly Configuration[], replications: number): Promise<void> {
    await this.simulate(rounds(configurations, replications));
  }
}

/** What configurations lack: the first replication of each, then the second of each, and so on. */
export function rounds(
  configurations: readonly Configuration[],
  replications: number,
  detail: WantedRun["detail"] = "measures",
): Piece[] {
  return configurations
    .flatMap((configuration) =>
      configuration.missing(replications, detail).map((run) => ({ configuration, run })),
    )
    .sort((one, other) => one.run.replication - other.run.replication);
}
