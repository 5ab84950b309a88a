/** How far a figure can be trusted: read in the vendor's own text, told or measured by others, or our own guess. */
export type Confidence = "documented" | "reported" | "assumed";

/** Where a catalogue entry's figures come from. */
export interface Source {
  readonly source: string;
  /** Date of the newest figure, as YYYY-MM-DD. */
  readonly asOf: string;
  readonly confidence: Confidence;
  /** What to know before relying on it. */
  readonly note?: string;
}

/** A size of dyno (or container, or virtual machine) that can be rented. */
export interface CatalogueDynoType extends Source {
  /** What a scenario's `dynoType` says. */
  readonly id: string;
  readonly title: string;
  /** Who sells it, for grouping in a list. */
  readonly family: string;
  /** Processors that one dyno has to itself, as the simulation uses them; may be a fraction. */
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly monthlyUsd: number;
}

/** A database plan or instance class that can be rented. */
export interface CatalogueDatabasePlan extends Source {
  /** What a scenario's `plan` says. */
  readonly id: string;
  readonly title: string;
  /** Who sells it, for grouping in a list. */
  readonly family: string;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly monthlyUsd: number;
  /** Advertised. */
  readonly connectionLimit: number;
  /** Where refusals have been seen to begin, if that differs from what is advertised. */
  readonly enforcedConnectionLimit?: number;
}

/** Hours in a month, for prices given by the hour. */
const HOURS_PER_MONTH = 730;

/** US dollars a month, to the cent, from US dollars an hour. */
export function monthly(usdPerHour: number): number {
  return Math.round(usdPerHour * HOURS_PER_MONTH * 100) / 100;
}

/** Mebibytes from gibibytes. */
export function mebibytes(gibibytes: number): number {
  return gibibytes * 1024;
}
