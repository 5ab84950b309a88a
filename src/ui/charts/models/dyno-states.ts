import type { SeriesColumns } from "../../../analysis/result-types";
import type { DynoStatus } from "../../../analysis/system-state";
import type { TimeCut } from "../chart-types";

/** The states of dynos by their numbers in `SeriesColumns.statusPerDyno`. */
const STATES: readonly DynoStatus[] = ["gone", "booting", "up", "retiring", "dead", "unlisted", "slow"];

/** How far a state is from the ordinary: of several in one group of buckets the farthest is shown, for it must not be missed. */
const WEIGHTS: Readonly<Record<DynoStatus, number>> = {
  gone: 0,
  up: 1,
  slow: 2,
  unlisted: 3,
  retiring: 4,
  booting: 5,
  dead: 6,
};

/** How a state other than up is called and looks. */
export interface DynoStateLook {
  readonly label: string;
  /** As it stands behind a dyno's name. */
  readonly words: string;
  /** A custom property. */
  readonly color: string;
  /** Lines, as a path in a tile of 8 × 8. */
  readonly hatch: string;
  /** It has no work that could be seen under the lines. */
  readonly isIdle: boolean;
}

const RISING = "M-2,2l4,-4M0,8l8,-8M6,10l4,-4";

/** Where there is none (gone), nothing is drawn. */
export const DYNO_STATE_LOOKS: Readonly<Partial<Record<DynoStatus, DynoStateLook>>> = {
  booting: {
    label: "booting",
    words: "booting",
    color: "var(--chart-5)",
    hatch: "M2,1v2M6,5v2",
    isIdle: true,
  },
  dead: {
    label: "dead",
    words: "dead",
    color: "var(--bad)",
    hatch: `${RISING}M-2,6l4,4M0,0l8,8M6,-2l4,4`,
    isIdle: true,
  },
  retiring: {
    label: "retiring",
    words: "ends with its last request",
    color: "var(--failure-3)",
    hatch: "M0,2h8M0,6h8",
    isIdle: false,
  },
  unlisted: {
    label: "not in the list",
    words: "the balancer sends it nothing",
    color: "var(--failure-3)",
    hatch: "M2,0v8M6,0v8",
    isIdle: false,
  },
  slow: {
    label: "slowed down",
    words: "slowed down",
    color: "var(--failure-3)",
    hatch: RISING,
    isIdle: false,
  },
};

function stateAt({ statusPerDyno }: SeriesColumns, cell: number): DynoStatus {
  return STATES[statusPerDyno[cell] ?? 2] ?? "up";
}

/** What each dyno was in each group of a cut: states[row × columns + column]; empty where all were up throughout. */
export function dynoStates(series: SeriesColumns, rows: number, cut: TimeCut): readonly DynoStatus[] {
  if (series.statusPerDyno.length === 0) return [];
  const buckets = series.atS.length;
  const columns = cut.x.length;
  return Array.from({ length: rows * columns }, (_, cell) => {
    const row = Math.floor(cell / columns);
    const start = cut.first + (cell % columns) * cut.size;
    const stop = Math.min(start + cut.size, buckets);
    let farthest = stateAt(series, row * buckets + start);
    for (let bucket = start + 1; bucket < stop; bucket++) {
      const state = stateAt(series, row * buckets + bucket);
      if (WEIGHTS[state] > WEIGHTS[farthest]) farthest = state;
    }
    return farthest;
  });
}

/** Busy threads per dyno and bucket, and NaN where the dyno could have none: not there, booting or dead. */
export function threadsOfWorking(series: SeriesColumns): Float64Array {
  if (series.statusPerDyno.length === 0) return series.busyThreadsPerDyno;
  return series.busyThreadsPerDyno.map((busy, cell) =>
    isWorking(stateAt(series, cell)) ? busy : Number.NaN,
  );
}

function isWorking(state: DynoStatus): boolean {
  return state !== "gone" && DYNO_STATE_LOOKS[state]?.isIdle !== true;
}
