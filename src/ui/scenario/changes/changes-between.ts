import { listDifferences } from "../../../scenario/differences";
import { deepEqual } from "../../../scenario/objects";
import { formatSegment, getAt, parsePath } from "../../../scenario/paths";
import type { Scenario, TimelineEntry } from "../../../scenario/types";
import type { Change, ChangeInWords, WordsOfChanges } from "../../shell/change";
import { eventText } from "../../shell/event-words";
import type { SystemPart } from "../../shell/system-parts";
import { anyField, FIELDS } from "../all-fields";
import { GROUPS, type GroupId, listOf, placesForPath } from "../field-places";
import type { FieldDefinition } from "../field-types";
import { isShown } from "../fields";
import { changeName, nameWithoutField } from "./change-names";
import { type FieldValues, fieldChanges, ofItem, valueText } from "./field-changes";
import { itemChanges, withCommonItems } from "./item-changes";
import { timelineChanges } from "./timeline-changes";
import { changed, said } from "./value-words";

type Both = readonly [Scenario, Scenario];

const IN_ORDER = GROUPS.flatMap(({ id }) => FIELDS.filter(({ group }) => group === id));
const OF_RUN = ["run", "objective"];

/** The part of the system's picture that a group of controls is about. */
const PARTS: Readonly<Record<GroupId, SystemPart | null>> = {
  traffic: "clients",
  clients: "clients",
  retries: "clients",
  request: null,
  edge: "edge",
  balancer: "edge",
  connect: "edge",
  dynos: "dynos",
  autoscaler: "dynos",
  boot: "dynos",
  memory: "dynos",
  pool: "pools",
  "pool-details": "pools",
  pooler: "pooler",
  "pooler-details": "pooler",
  database: "database",
  "database-details": "database",
  failover: "database",
  replicas: "replicas",
  run: null,
  objective: null,
};

function inPart(changes: readonly ChangeInWords[], part: SystemPart | null): readonly Change[] {
  return changes.map((change) => ({ ...change, part }));
}

/**
 * What differs between two scenarios, in the words of the controls and in their order. What came and went comes first, then what
 * happens in the run: the first few are all that many see. The run itself comes last.
 */
export const changesBetween: WordsOfChanges = (before, after) => {
  const all: Both = [before, after];
  const common: Both = [withCommonItems(before, after), withCommonItems(after, before)];
  const ofFields = (definitions: readonly FieldDefinition[]) =>
    definitions.flatMap((definition) =>
      valuesOf(definition, common, all).flatMap((values) =>
        deepEqual(values.from, values.to) ? [] : inPart(fieldChanges(values), PARTS[definition.group]),
      ),
    );
  return [
    ...itemChanges(before, after),
    ...inPart(
      timelineChanges(before, after, (entry) => eventWords(entry, all)),
      null,
    ),
    ...ofFields(IN_ORDER.filter(({ group }) => !OF_RUN.includes(group))),
    ...inPart(changesWithoutField(common, all), null),
    ...ofFields(IN_ORDER.filter(({ group }) => OF_RUN.includes(group))),
  ];
};

/** A field's values in both scenarios: of each item that both have, where it is a field of a list's items. */
function valuesOf(definition: FieldDefinition, common: Both, all: Both): readonly FieldValues[] {
  const list = listOf(definition.path);
  const at = (path: string, of: string, name: string): FieldValues => {
    const [from, to] = common.map((scenario) => sentAt(scenario, path) ?? getAt(scenario, path));
    const [old, now] = common.map(({ workloads }) => workloads.find((workload) => workload.name === name));
    return { definition, from, to, of, workloads: [old, now] };
  };
  if (list === null) return [at(definition.path, "", "")];
  return common[1][list].flatMap(({ name }) => {
    const path = definition.path.replace("*", () => formatSegment(name));
    const values = at(path, ofItem(name, list, all), name);
    const [, workload] = values.workloads;
    return list === "workloads" && (workload === undefined || !isShown(definition, workload)) ? [] : [values];
  });
}

/** A journey stands beside the shares in the document, and in place of them on the page. */
function sentAt(scenario: Scenario, path: string): unknown {
  return path.endsWith(".mix") ? getAt(scenario, path.replace(/mix$/, "journey")) : undefined;
}

/** Texts of the scenario change with every step, and say nothing; the timeline is told event by event, and what is sent as shares or journey. */
const TOLD_ELSEWHERE = /^(?:name$|notes$|timeline\b|workloads\.[^.]+\.journey\b)/;

/** What no control shows. */
function changesWithoutField(common: Both, all: Both): readonly ChangeInWords[] {
  const [before, after] = common;
  return listDifferences(before, after).flatMap(({ path }) => {
    const segments = parsePath(path) ?? [];
    const [list = ""] = segments;
    const { ids, item } = placesForPath(path);
    if (ids.length > 0 || TOLD_ELSEWHERE.test(path)) return [];
    const isItem = item !== null && (list === "workloads" || list === "endpoints" || list === "fleets");
    const name = nameWithoutField(segments.slice(isItem ? 2 : 0), isItem ? ofItem(item, list, all) : "");
    const from = simpleText(getAt(before, path));
    const to = simpleText(getAt(after, path));
    return from === null || to === null ? [said(`${name} changed`)] : [changed(name, from, to)];
  });
}

/** A value without a field of its own; null where it is more than a number or a word. */
function simpleText(value: unknown): string | null {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  if (typeof value === "string") return value;
  return value === null || value === undefined ? "none" : null;
}

/** An event as the timeline has it; a setting by the name of its control. */
function eventWords(entry: TimelineEntry, all: Both): string {
  if (entry.do !== "set") return eventText(entry);
  const { ids, item } = placesForPath(entry.path);
  const [id] = ids;
  if (id === undefined) return eventText(entry);
  const definition = anyField(id);
  const list = listOf(definition.path);
  const of = list === null || item === null ? "" : ofItem(item, list, all);
  const name = changeName(definition, of);
  return `${name.charAt(0).toLowerCase()}${name.slice(1)} set to ${valueText(definition, entry.value)}`;
}
