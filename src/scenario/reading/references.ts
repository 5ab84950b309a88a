import { ownValue } from "../objects";
import { WORKLOAD_SHAPE } from "../shapes/workload-shape";
import type { Endpoint, Mix, ReplayWorkload, Scenario, Workload } from "../types";
import { inside, oneOf, type Place, type ProblemLog } from "./problem-log";
import { recordOf } from "./walk";

/**
 * Sees to it that every name in a document means something: fleets of endpoints, endpoints of workloads (for
 * the timeline see `timeline.ts`). A name that was not given is the first there is; one that means nothing is reported, and
 * becomes what `spare` has at its place if that means something, else the first. Shares are put in the order of the
 * lists that they name, so that equal documents are equal to the letter.
 */
export function resolveReferences(
  document: Scenario,
  spare: Scenario | undefined,
  log: ProblemLog,
): Scenario {
  const fleets = document.fleets.map((fleet) => fleet.name);
  const endpoints = document.endpoints.map((endpoint) => endpoint.name);
  const areEndpointsKnown = document.endpoints === spare?.endpoints;
  return {
    ...document,
    endpoints: mapChanged(document.endpoints, (endpoint) => {
      const spareEndpoint = spare?.endpoints.find((other) => other.name === endpoint.name);
      return resolveEndpoint(endpoint, spareEndpoint, fleets, log);
    }),
    workloads: mapChanged(document.workloads, (workload) => {
      const spareWorkload = spare?.workloads.find((other) => other.name === workload.name);
      // A recording can be long: one that has been resolved is not looked through again.
      if (areEndpointsKnown && workload === spareWorkload) return workload;
      return resolveWorkload(workload, spareWorkload, endpoints, document.endpoints, log);
    }),
  };
}

/** Like `map`, but the same list where no item changed. */
function mapChanged<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
}

function at(...segments: readonly string[]): Place | null {
  return segments.reduce<Place | null>(inside, null);
}

function resolveEndpoint(
  endpoint: Endpoint,
  spare: Endpoint | undefined,
  fleets: readonly string[],
  log: ProblemLog,
): Endpoint {
  const place = at("endpoints", endpoint.name, "fleet");
  const fallback =
    spare !== undefined && unknownNames(spare.fleet, fleets).length === 0 ? spare.fleet : (fleets[0] ?? "");
  const fleet = resolveNames(endpoint.fleet, fleets, fallback, place, log);
  return fleet === endpoint.fleet ? endpoint : { ...endpoint, fleet };
}

/** The names in a reference, or in shares, that mean nothing. */
function unknownNames(names: string | Mix, known: readonly string[]): readonly string[] {
  const given = typeof names === "string" ? [names] : Object.keys(names);
  return given.filter((name) => !known.includes(name));
}

/** The names as they are where they all mean something, else the fallback, and a report. */
export function resolveNames<T extends string | Mix>(
  given: T,
  known: readonly string[],
  fallback: T,
  place: Place | null,
  log: ProblemLog,
): T {
  if (given === "") return fallback;
  const unknown = unknownNames(given, known);
  if (unknown.length === 0) return typeof given === "string" ? given : (inOrder(given, known) as T);
  for (const name of unknown) log.add(place, name, `one of: ${oneOf(known)}`, fallback);
  return fallback;
}

/** Shares in the order of the list that they name. */
function inOrder(shares: Mix, known: readonly string[]): Mix {
  const names = Object.keys(shares);
  const ordered = known.filter((name) => Object.hasOwn(shares, name));
  if (ordered.every((name, index) => name === names[index])) return shares;
  return Object.fromEntries(ordered.map((name) => [name, shares[name] ?? 0]));
}

function resolveWorkload(
  workload: Workload,
  spare: Workload | undefined,
  names: readonly string[],
  endpoints: readonly Endpoint[],
  log: ProblemLog,
): Workload {
  if (workload.kind === "replay") return resolveReplay(workload, names, endpoints, log);
  const first: Mix = Object.fromEntries([[names[0] ?? "", 1]]);
  const place = at("workloads", workload.name);
  if (workload.journey !== undefined) {
    const journey = workload.journey.map((name) => (name === "" ? (names[0] ?? "") : name));
    const unknown = journey.filter((name) => !names.includes(name));
    if (unknown.length === 0) {
      return journey.every((name, index) => name === workload.journey?.[index])
        ? workload
        : { ...workload, journey };
    }
    for (const name of new Set(unknown)) log.add(inside(place, "journey"), name, `one of: ${oneOf(names)}`);
    const { journey: _unusable, ...rest } = workload;
    return inFieldOrder({ ...rest, mix: first });
  }
  if (workload.mix === undefined) return inFieldOrder({ ...workload, mix: first });
  const spareMix = spare !== undefined && spare.kind !== "replay" ? spare.mix : undefined;
  const usable = spareMix !== undefined && unknownNames(spareMix, names).length === 0;
  const mix = resolveNames(workload.mix, names, usable ? spareMix : first, inside(place, "mix"), log);
  return mix === workload.mix ? workload : { ...workload, mix };
}

/** The fields in the order in which reading the workload again would put them. */
function inFieldOrder(workload: Workload): Workload {
  const names = Object.keys(recordOf(WORKLOAD_SHAPE, workload)?.fields ?? workload);
  const entries = names
    .filter((name) => Object.hasOwn(workload, name))
    .map((name) => [name, ownValue(workload, name)] as const);
  return Object.fromEntries(entries) as unknown as Workload;
}

/** A recorded request has one duration for each step of its endpoint; others are reported and left out. */
function resolveReplay(
  workload: ReplayWorkload,
  names: readonly string[],
  endpoints: readonly Endpoint[],
  log: ProblemLog,
): ReplayWorkload {
  const place = at("workloads", workload.name);
  const endpoint = resolveNames(workload.endpoint, names, names[0] ?? "", inside(place, "endpoint"), log);
  const steps = endpoints.find((candidate) => candidate.name === endpoint)?.steps.length ?? 0;
  const requests = workload.requests.filter(([, durations], index) => {
    if (durations.length === steps) return true;
    const where = inside(inside(inside(place, "requests"), String(index)), "1");
    log.add(where, durations, `a list of ${steps}: a duration for each step of ${endpoint}`);
    return false;
  });
  const complete = requests.length === workload.requests.length;
  if (complete && endpoint === workload.endpoint) return workload;
  return { ...workload, endpoint, requests: complete ? workload.requests : requests };
}
