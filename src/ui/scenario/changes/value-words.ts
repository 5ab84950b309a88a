import { spanText } from "../../../base/run-time";
import { DATABASE_PLANS, DYNO_TYPES } from "../../../scenario/catalogue";
import { isObject } from "../../../scenario/objects";
import type { Duration } from "../../../scenario/types";
import { type Unit, withUnit } from "../../controls/quantity";
import type { ChangeInWords } from "../../shell/change";
import { memoryText, priceText } from "../catalogue-options";
import { SHAPES } from "../duration";

/** A change of values; one where nothing was before says only what is now. */
export function changed(subject: string, from: string | null, to: string): ChangeInWords {
  return from === null
    ? { subject: `${subject} now ${to}`, values: null }
    : { subject, values: { from, to, between: null } };
}

/** Something that came, went, or changed in more ways than a few words can say. */
export function said(subject: string): ChangeInWords {
  return { subject, values: null };
}

/** A change of a number, which counts from one to the other: a whole number in whole steps, others in about twenty at least. */
export function counted(
  subject: string,
  from: number,
  to: number,
  write: (value: number) => string,
): ChangeInWords {
  const places =
    Number.isInteger(from) && Number.isInteger(to) ? 0 : Math.ceil(Math.log10(20 / Math.abs(to - from)));
  const between = (share: number) => {
    // The ends to the last digit, whatever lies between.
    if (share <= 0 || share >= 1) return write(share <= 0 ? from : to);
    return write(Number((from + (to - from) * share).toFixed(Math.min(6, Math.max(0, places)))));
  };
  return { subject, values: { from: write(from), to: write(to), between } };
}

/** Numbers as a sentence has them: times in the units in which people say them. */
export function numberText(value: number, unit: Unit): string {
  switch (unit) {
    case "milliseconds":
    case "millisecondsAsSeconds":
      return msText(value);
    case "seconds":
      return spanText(value);
    case "percent":
      return withUnit(Number(value.toPrecision(4)), unit).replaceAll("\u00a0", " ");
    default:
      return withUnit(value, unit).replaceAll("\u00a0", " ");
  }
}

/** "500 ms", "2 s", "10 min". */
export function msText(ms: number): string {
  return ms < 1000 ? `${Number(ms.toPrecision(4))} ms` : spanText(ms / 1000);
}

const NAMES_OF_SHAPES: ReadonlyMap<string, string> = new Map(
  SHAPES.map(({ id, label }) => [id, label.toLowerCase()]),
);

/** "500 ms", "exponential 500 ms", "lognormal p50 300 ms p99 2 s". */
export function durationText(duration: Duration): string {
  if (typeof duration === "number") return msText(duration);
  if (duration.dist === "constant") return msText(duration.mean);
  if (duration.dist === "empirical")
    return `${duration.values.length.toLocaleString("en-US")} measured times`;
  const name = NAMES_OF_SHAPES.get(duration.dist) ?? duration.dist;
  if ("p50" in duration) return `${name} p50 ${msText(duration.p50)} p99 ${msText(duration.p99)}`;
  if ("min" in duration) return `${name} ${msText(duration.min)} to ${msText(duration.max)}`;
  const mean = `${name} ${msText(duration.mean)}`;
  if ("cv" in duration) return `${mean} cv ${duration.cv}`;
  return "shape" in duration ? `${mean} shape ${duration.shape}` : mean;
}

interface Sized {
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly monthlyUsd: number;
  readonly connectionLimit?: number;
}

/** A size of one's own in its numbers. */
function ownSizeText({ vcpus, memoryMb, monthlyUsd, connectionLimit }: Sized): string {
  const connections =
    connectionLimit === undefined ? "" : `, ${connectionLimit.toLocaleString("en-US")} connections`;
  return `${vcpus} ${vcpus === 1 ? "vCPU" : "vCPUs"}, ${memoryText(memoryMb)}${connections}, ${priceText(monthlyUsd)} a month`;
}

/** Two sizes, by their titles in the catalogue; without the vendor's name where both are of the same. */
export function sizeTexts(from: unknown, to: unknown): { readonly from: string; readonly to: string } {
  const [before, after] = [entryOf(from), entryOf(to)];
  const isOfOne = before !== undefined && before.family === after?.family;
  const textOf = (size: unknown, entry: ReturnType<typeof entryOf>) => {
    if (entry === undefined) return isObject(size) ? ownSizeText(size as unknown as Sized) : "the primary’s";
    const isNamed = entry.title.startsWith(`${entry.family} `);
    return isOfOne && isNamed ? entry.title.slice(entry.family.length + 1) : entry.title;
  };
  return { from: textOf(from, before), to: textOf(to, after) };
}

function entryOf(size: unknown) {
  return [...DATABASE_PLANS, ...DYNO_TYPES].find(({ id }) => id === size);
}
