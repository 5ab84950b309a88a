import { BIN_COUNT } from "../kernel/histogram";
import type { Requests } from "../parts/requests";
import { PROFILE_BINS, PROFILE_COLUMNS, STAGE_COUNT } from "./replication-record";

const ROWS = 1 + Math.ceil((BIN_COUNT - 1) / PROFILE_BINS);

/** Sums of the stages of successful requests, by latency (see `ReplicationRecord.stageProfile`). */
export class StageProfile {
  private readonly rows = new Float64Array(ROWS * PROFILE_COLUMNS);

  /** Books a request whose latency lies in this bin of the histogram. */
  add(requests: Requests, entry: number, latencyBin: number): void {
    const at = ((latencyBin + PROFILE_BINS - 1) >> 4) * PROFILE_COLUMNS;
    this.rows[at]! += 1;
    requests.addStages(entry, this.rows, at + 1);
  }

  /** A copy of all rows, and what they add up to. */
  record(): { rows: Float64Array; sums: Float64Array } {
    return { rows: this.rows.slice(), sums: this.sums() };
  }

  private sums(): Float64Array {
    const sums = new Float64Array(STAGE_COUNT);
    for (let row = 0; row < ROWS; row += 1) {
      if (this.rows[row * PROFILE_COLUMNS] === 0) continue;
      for (let stage = 0; stage < STAGE_COUNT; stage += 1)
        sums[stage]! += this.rows[row * PROFILE_COLUMNS + 1 + stage]!;
    }
    return sums;
  }
}
