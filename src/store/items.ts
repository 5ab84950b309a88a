import { formatSegment, type PathValue, parsePath } from "../scenario/paths";
import type { Endpoint, Mix, Scenario, TimelineEntry, Workload } from "../scenario/types";
import { standardWorkload } from "./standard";

export type ListName = "workloads" | "endpoints" | "fleets";

/** What adding, renaming or removing an item comes to: changes to be applied as one step, or why it can't be. */
export type ItemChange =
  | { readonly ok: true; readonly changes: readonly PathValue[]; readonly name: string }
  | { readonly ok: false; readonly sentence: string };

const NOUNS = { workloads: "workload", endpoints: "endpoint", fleets: "fleet" } as const;

function unusedName(stem: string, taken: readonly string[]): string {
  const base = stem.replace(/-\d+$/, "").slice(0, 90);
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/**
 * One more item, named after the list's others. A workload is the document's own, so that the traffic there is does
 * not double; an endpoint or fleet begins as a copy of the one that is shown, since most of it will be alike. A fleet
 * has one dyno until it has something to serve.
 */
export function addItem(scenario: Scenario, list: ListName, like: string): ItemChange {
  const items = scenario[list];
  const names = items.map(({ name }) => name);
  const model = items.find(({ name }) => name === like) ?? items[0];
  if (list !== "workloads") {
    const name = unusedName(model?.name ?? NOUNS[list], names);
    const item = list === "fleets" ? { ...model, name, dynos: 1 } : { ...model, name };
    return { ok: true, name, changes: [{ path: list, value: [...items, item] }] };
  }
  const workload = standardWorkload("open");
  const name = names.includes(workload.name) ? unusedName(workload.name, names) : workload.name;
  const endpoint = scenario.endpoints[0]?.name ?? "";
  return {
    ok: true,
    name,
    changes: [{ path: list, value: [...items, { ...workload, name, mix: share(endpoint) }] }],
  };
}

function share(endpoint: string): Mix {
  return Object.fromEntries([[endpoint, 1]]);
}

/** An item under another name, with all that refers to it. */
export function renameItem(scenario: Scenario, list: ListName, from: string, to: string): ItemChange {
  const name = to.trim();
  if (name === "") return { ok: false, sentence: "A name is needed: links and files name it." };
  if (name === from) return { ok: true, changes: [], name };
  if (scenario[list].some((item) => item.name === name)) {
    return {
      ok: false,
      sentence: `There is ${list === "endpoints" ? "an" : "a"} ${NOUNS[list]} named ${name} already.`,
    };
  }
  const rename = (given: string) => (given === from ? name : given);
  const renamed = {
    ...scenario,
    [list]: scenario[list].map((item) => ({ ...item, name: rename(item.name) })),
  };
  const repaired = repair(renamed, list, {
    name: rename,
    shares: (shares) =>
      Object.fromEntries(Object.entries(shares).map(([key, value]) => [rename(key), value])),
    names: (names) => names.map(rename),
    timelinePath: (path) => withItem(path, list, from, name),
  });
  return { ok: true, name, changes: changedLists(scenario, repaired) };
}

/**
 * The scenario without an item. What sent it or was served by it goes to the others: shares in proportion, else the
 * first there is. What makes no sense without it, such as a recording, keeps it from being removed.
 */
export function removeItem(scenario: Scenario, list: ListName, name: string): ItemChange {
  const rest = scenario[list].filter((item) => item.name !== name);
  const heir = rest[0]?.name;
  if (heir === undefined) return { ok: false, sentence: `A scenario needs at least one ${NOUNS[list]}.` };
  if (list === "endpoints") {
    const replay = scenario.workloads.find((other) => other.kind === "replay" && other.endpoint === name);
    if (replay !== undefined) {
      return {
        ok: false,
        sentence: `The workload ${replay.name} replays requests to it. Remove that first.`,
      };
    }
  }
  const repaired = repair({ ...scenario, [list]: rest }, list, {
    name: (given) => (given === name ? heir : given),
    shares: (shares) => withoutShare(shares, name, heir),
    names: (names) => names.filter((given) => given !== name),
    timelinePath: (path) => (isWithin(path, list, name) ? null : path),
    timelineFleet: (fleet) => fleet !== name,
  });
  return { ok: true, name: heir, changes: changedLists(scenario, repaired) };
}

/** Shares without one of them: the others grow in proportion; where none is left, the heir has it all. */
function withoutShare(shares: Mix, name: string, heir: string): Mix {
  if (!Object.hasOwn(shares, name)) return shares;
  const others = Object.entries(shares).filter(([key]) => key !== name);
  const total = others.reduce((sum, [, value]) => sum + value, 0);
  if (total <= 0) return share(heir);
  return Object.fromEntries(others.map(([key, value]) => [key, value / total]));
}

/** How references to items of one list change. */
interface Repair {
  readonly name: (given: string) => string;
  readonly shares: (shares: Mix) => Mix;
  readonly names: (names: readonly string[]) => readonly string[];
  /** null: what is set there is gone. */
  readonly timelinePath: (path: string) => string | null;
  /** Whether an entry about this fleet stays; all do unless told. */
  readonly timelineFleet?: (fleet: string) => boolean;
}

function repair(scenario: Scenario, list: ListName, how: Repair): Scenario {
  return {
    ...scenario,
    endpoints:
      list === "fleets" ? scenario.endpoints.map((endpoint) => withFleet(endpoint, how)) : scenario.endpoints,
    workloads:
      list === "endpoints"
        ? scenario.workloads.map((workload) => withEndpoints(workload, how))
        : scenario.workloads,
    timeline: scenario.timeline.flatMap((entry) => withTimeline(entry, list, how)),
  };
}

function withFleet(endpoint: Endpoint, how: Repair): Endpoint {
  const { fleet } = endpoint;
  return { ...endpoint, fleet: typeof fleet === "string" ? how.name(fleet) : how.shares(fleet) };
}

function withEndpoints(workload: Workload, how: Repair): Workload {
  if (workload.kind === "replay") return { ...workload, endpoint: how.name(workload.endpoint) };
  if (workload.journey === undefined) {
    return workload.mix === undefined ? workload : { ...workload, mix: how.shares(workload.mix) };
  }
  const journey = how.names(workload.journey);
  if (journey.length > 0) return { ...workload, journey };
  const { journey: _empty, ...others } = workload;
  return { ...others, mix: share(how.name(workload.journey[0] ?? "")) } as Workload;
}

function withTimeline(entry: TimelineEntry, list: ListName, how: Repair): readonly TimelineEntry[] {
  if (entry.do === "set") {
    const path = how.timelinePath(entry.path);
    return path === null ? [] : [{ ...entry, path }];
  }
  if (list !== "fleets" || !("fleet" in entry)) return [entry];
  return (how.timelineFleet?.(entry.fleet) ?? true) ? [{ ...entry, fleet: how.name(entry.fleet) }] : [];
}

function isWithin(path: string, list: ListName, name: string): boolean {
  const [head, item] = parsePath(path) ?? [];
  return head === list && item === name;
}

function withItem(path: string, list: ListName, from: string, to: string): string {
  if (!isWithin(path, list, from)) return path;
  return [list, formatSegment(to), ...path.split(".").slice(2)].join(".");
}

function changedLists(before: Scenario, after: Scenario): readonly PathValue[] {
  return (["fleets", "endpoints", "workloads", "timeline"] as const)
    .filter((list) => JSON.stringify(before[list]) !== JSON.stringify(after[list]))
    .map((path) => ({ path, value: after[path] }));
}
