import type { RunSummary } from "../../../analysis/result-types";
import { threadsOfWorking } from "./dyno-states";
import type { RowGroup } from "./heat-types";

/** A fleet's rows in the picture of busy threads. */
export interface FleetRows extends RowGroup {
  /** Of a dyno. */
  readonly threads: number;
}

/** The rows of each fleet that has any, in their order. */
export function fleetRows({ figures, series }: RunSummary): readonly FleetRows[] {
  const { fleets } = figures.scenario;
  let first = 0;
  return series.fleets.flatMap(({ name, rows }) => {
    if (rows <= 0) return [];
    const { processes = 1, threads = 1 } = fleets.find((fleet) => fleet.name === name) ?? {};
    const group = { name, first, count: rows, threads: Math.max(1, processes * threads) };
    first += rows;
    return [group];
  });
}

/** What the busiest and the least busy of some rows have at a time, and the mean of all. NaN where none has a value. */
export interface Spread {
  readonly most: Float64Array;
  readonly mean: Float64Array;
  readonly least: Float64Array;
}

/** Over the rows of a matrix; what has not been simulated yet is left out. */
export function spreadOver(cells: Float64Array, rows: number, columns: number): Spread {
  const most = new Float64Array(columns).fill(Number.NaN);
  const mean = new Float64Array(columns).fill(Number.NaN);
  const least = new Float64Array(columns).fill(Number.NaN);
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let count = 0;
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      const value = cells[row * columns + column] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sum += value;
      count += 1;
      highest = Math.max(highest, value);
      lowest = Math.min(lowest, value);
    }
    if (count === 0) continue;
    most[column] = highest;
    least[column] = lowest;
    mean[column] = sum / count;
  }
  return { most, mean, least };
}

/** Of a fleet's dynos over the measured part of a run, in threads. */
export interface FleetLoad {
  /** Means over time of the busiest and the least busy dyno at each time, and of all. */
  readonly most: number;
  readonly mean: number;
  readonly least: number;
  /** Which share of all dynos' time is spent full. */
  readonly full: number;
}

/** A dyno counts as full when it is this close to all of its threads on average over a bucket. */
const FULL = 0.95;

/** What a fleet's dynos had to do while they could do anything. Zeros where nothing has been measured yet. */
export function fleetLoad({ series, figures }: RunSummary, { first, count, threads }: FleetRows): FleetLoad {
  const buckets = series.atS.length;
  const cells = threadsOfWorking(series).subarray(first * buckets, (first + count) * buckets);
  const { most, mean, least } = spreadOver(cells, count, buckets);
  const { warmupS } = figures.scenario.run;
  const average = (column: Float64Array) => {
    const measured = column.filter(
      (value, bucket) => (series.atS[bucket] ?? 0) >= warmupS && !Number.isNaN(value),
    );
    return measured.reduce((sum, value) => sum + value, 0) / Math.max(1, measured.length);
  };
  const isFull = cells.map((value) => (Number.isNaN(value) ? value : Number(value >= threads * FULL)));
  return {
    most: average(most),
    mean: average(mean),
    least: average(least),
    full: average(spreadOver(isFull, count, buckets).mean),
  };
}
