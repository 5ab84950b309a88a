import { ownValue } from "../objects";
import { parsePath } from "../path-text";
import { SCENARIO_SHAPE } from "../shapes/scenario-shape";
import type { Problem, Scenario, TimelineEntry } from "../types";
import { inside, oneOf, type Place, ProblemLog, pathOf } from "./problem-log";
import { readValue } from "./read-value";
import { REJECTED } from "./reading";
import { resolveNames } from "./references";
import { DeadEnd, replaceAt } from "./replace-at";
import { knownSegments, stepInto } from "./walk";

type Setting = Extract<TimelineEntry, { do: "set" }>;
type ReadDocument = (input: unknown, spare: Scenario | undefined, log: ProblemLog) => Scenario | null;

/**
 * Sees to it that every entry of a timeline can happen: the fleet that it names is there, and what it sets can be set
 * during a run, and stands together with what was set before it. An entry that cannot is reported and left out; an
 * unknown fleet becomes the first. Entries after the end of the run stay: see `entriesWithoutEffect`.
 */
export function resolveTimeline(document: Scenario, log: ProblemLog, read: ReadDocument): Scenario {
  if (document.timeline.length === 0) return document;
  const fleets = document.fleets.map((fleet) => fleet.name);
  const resolved = document.timeline.map((entry, index) => {
    const place = placeOf(index);
    if (entry.do === "set") return resolveSetting(entry, document, place, log);
    if (!("fleet" in entry)) return entry;
    const fleet = resolveNames(entry.fleet, fleets, fleets[0] ?? "", inside(place, "fleet"), log);
    return fleet === entry.fleet ? entry : { ...entry, fleet };
  });
  const unfit = settingsThatDoNotFit(document, resolved, log, read);
  const timeline = resolved.filter((entry, index) => entry !== null && !unfit.has(index)) as TimelineEntry[];
  const isUnchanged =
    timeline.length === document.timeline.length &&
    timeline.every((entry, index) => entry === document.timeline[index]);
  return isUnchanged ? document : { ...document, timeline };
}

function placeOf(index: number): Place {
  return inside(inside(null, "timeline"), String(index));
}

/** A change that sets a place that exists and can change during a run to a value it can have, or null. */
function resolveSetting(
  entry: Setting,
  document: Scenario,
  place: Place | null,
  log: ProblemLog,
): Setting | null {
  const segments = parsePath(entry.path) ?? [];
  const fixed = whyFixed(segments);
  if (fixed !== null) {
    log.add(inside(place, "path"), entry.path, fixed);
    return null;
  }
  let step = { shape: SCENARIO_SHAPE, value: document } as NonNullable<ReturnType<typeof stepInto>>;
  for (const segment of segments) {
    const next = stepInto(step.shape, step.value, segment);
    if (next === null) {
      const known = knownSegments(step.shape, step.value);
      log.add(inside(place, "path"), entry.path, `a path that exists (known there: ${oneOf(known)})`);
      return null;
    }
    step = next;
  }
  const given = ownValue(entry, "value") ?? null;
  const value = readValue(step.shape, given, undefined, inside(place, "value"), log);
  if (value === REJECTED || value === undefined) return null;
  return value === entry.value ? entry : { ...entry, value };
}

/** What a timeline may set: what is being simulated, not how long, how often or under which name. */
const CHANGEABLE = ["workloads", "endpoints", "edge", "fleets", "pooler", "database"];
const LISTS = ["workloads", "endpoints", "fleets"];
/** Fields of items that stay as they are for a whole run. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  workloads: ["kind", "requests", "journey"],
  fleets: ["runtime"],
};

/** What is allowed instead of a path to what stays as it is for a whole run; null for a path to what can change. */
function whyFixed(segments: readonly string[]): string | null {
  const [head = "", , field] = segments;
  if (segments.length < 2 || !CHANGEABLE.includes(head)) return `a path into one of: ${oneOf(CHANGEABLE)}`;
  if (LISTS.includes(head) && field === undefined) return "a path to a field, such as fleets.web.dynos";
  const isStructure = segments.at(-1) === "name" || (FIXED[head]?.includes(field ?? "") ?? false);
  return isStructure
    ? "a path to what can change during a run; names, kinds of traffic, journeys, recorded requests and runtimes cannot"
    : null;
}

/**
 * Applies what is set in the order of time, each over the ones before it, and reports those that would leave no valid
 * scenario: their places in the list. One that is reported changes nothing for those after it.
 */
function settingsThatDoNotFit(
  document: Scenario,
  entries: readonly (TimelineEntry | null)[],
  log: ProblemLog,
  read: ReadDocument,
): ReadonlySet<number> {
  const unfit = new Set<number>();
  const settings = entries
    .flatMap((entry, index) => (entry?.do === "set" ? [{ entry, index }] : []))
    .sort((one, other) => one.entry.atS - other.entry.atS);
  let present: Scenario = { ...document, timeline: [] };
  for (const { entry, index } of settings) {
    const changed = replaceAt(SCENARIO_SHAPE, present, parsePath(entry.path) ?? [], entry.value);
    const attempt = new ProblemLog();
    const after = changed instanceof DeadEnd ? null : read(changed, present, attempt);
    if (after !== null && attempt.count === 0) {
      present = after;
      continue;
    }
    unfit.add(index);
    const why = attempt.list()[0]?.sentence.replace(/\.$/, "") ?? `there is no ${entry.path} then`;
    log.add(inside(placeOf(index), "value"), entry.value, `a value that can stand then: ${why}`);
  }
  return unfit;
}

/**
 * The entries of a timeline that lie after the end of the run, as problems of the document that has them. They have no
 * effect, and stay where they are: a run that is made shorter and longer again loses nothing. Those that `base`, on
 * which the document leans, has at the same times are no problem of the document's own.
 */
export function entriesWithoutEffect(scenario: Scenario, base?: Scenario): readonly Problem[] {
  const { durationS } = scenario.run;
  return scenario.timeline.flatMap(({ atS }, index) => {
    if (atS < durationS || base?.timeline.some((entry) => entry.atS === atS) === true) return [];
    const path = pathOf(inside(placeOf(index), "atS"));
    const allowed = `less than run.durationS (${durationS})`;
    const sentence = `${path} is ${atS}, but must be ${allowed}; the entry stays, and has no effect.`;
    return [{ path, found: String(atS), allowed, sentence, instead: String(atS) }];
  });
}
