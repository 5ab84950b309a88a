import { deepEqual } from "../../../scenario/objects";
import type { QueryStep, Step } from "../../../scenario/types";
import type { ChangeInWords } from "../../shell/change";
import { changed, counted, durationText, msText, said } from "./value-words";

/** Longer lists of steps are not told whole. */
const LONGEST_TEXT = 72;

const SUBJECTS = { query: "Query time", cpu: "Processor time", wait: "Other waiting" } as const;

/**
 * What stands in one of an endpoint's steps: "Query time of page, step 2".
 * @param of whose they are (" of page"), or nothing where there is one endpoint
 */
export function stepSubject(
  steps: readonly Step[],
  position: number,
  [field = "ms", ...inside]: readonly string[],
  of: string,
): string {
  const step = steps[position];
  const isOneOfSeveral = steps.filter(({ kind }) => kind === step?.kind).length > 1;
  const whose = isOneOfSeveral ? `${of}, step ${position + 1}` : of;
  if (field === "count") return `Queries in a row${whose}`;
  const subject = field === "cpuMs" ? "Database processor time per query" : SUBJECTS[step?.kind ?? "wait"];
  const part = inside.filter((word) => word !== "mean").join(" ");
  return `${subject}${whose}${part === "" ? "" : ` (${part})`}`;
}

/** "3 queries of 20 ms", "exponential 15 ms on the processor", "425 ms of other waiting". */
function stepText(step: Step): string {
  const time = durationText(step.ms);
  if (step.kind === "cpu") return `${time} on the processor`;
  if (step.kind === "wait") return `${time} of other waiting`;
  const noun = step.access === "write" ? "writing " : "";
  return step.count === 1 ? `a ${noun}query of ${time}` : `${step.count} ${noun}queries of ${time}`;
}

/** What a request does, in a line. */
export function stepsText(steps: readonly Step[]): string {
  return steps.map(stepText).join(", ");
}

/**
 * What is different in the steps of an endpoint's requests.
 * @param of whose they are (" of page"), or nothing where there is one endpoint
 */
export function stepChanges(
  before: readonly Step[],
  after: readonly Step[],
  of: string,
): readonly ChangeInWords[] {
  if (before.length !== after.length) {
    const [from, to] = [stepsText(before), stepsText(after)];
    const isShort = from.length + to.length <= LONGEST_TEXT;
    return [isShort ? changed(`Request steps${of}:`, from, to) : said(`Request steps${of} now ${to}`)];
  }
  return after.flatMap((step, position) => {
    const old = before[position];
    if (old === undefined || deepEqual(old, step)) return [];
    if (old.kind !== step.kind) {
      return [changed(`Request step ${position + 1}${of}:`, stepText(old), stepText(step))];
    }
    const isOneOfSeveral = after.filter(({ kind }) => kind === step.kind).length > 1;
    const whose = isOneOfSeveral ? `${of}, step ${position + 1}` : of;
    return [
      ...(step.kind === "query" && old.kind === "query" ? queryChanges(old, step, whose) : []),
      ...timeChanges(`${SUBJECTS[step.kind]}${whose}`, old.ms, step.ms),
    ];
  });
}

function queryChanges(old: QueryStep, step: QueryStep, whose: string): readonly ChangeInWords[] {
  return [
    ...(old.count === step.count ? [] : [counted(`Queries in a row${whose}`, old.count, step.count, String)]),
    ...(old.access === step.access ? [] : [changed(`Queries${whose}`, old.access, step.access)]),
    ...timeChanges(`Database processor time per query${whose}`, old.cpuMs, step.cpuMs),
  ];
}

/** A time that is another, or varies otherwise. */
export function timeChanges(subject: string, from: Step["ms"], to: Step["ms"]): readonly ChangeInWords[] {
  if (deepEqual(from, to)) return [];
  if (typeof from === "number" && typeof to === "number") return [counted(subject, from, to, msText)];
  return [changed(subject, durationText(from), durationText(to))];
}
