import { formatMs } from "../../base/format";
import { spanText } from "../../base/run-time";
import { parsePath } from "../../scenario/paths";
import type { TimelineEntry } from "../../scenario/types";
import { formatValue } from "../../share/value-text";

export type EventKind = TimelineEntry["do"];

/** What can happen in a run, in the order of menus: what it is called, and how a mark is labelled that has little room. */
export const EVENT_KINDS = {
  set: { name: "Change a setting", short: "set" },
  deploy: { name: "Deploy", short: "deploy" },
  killDyno: { name: "Kill dynos", short: "kill" },
  slowDyno: { name: "Slow dynos down", short: "slow" },
  failover: { name: "Fail over", short: "failover" },
  restartDatabase: { name: "Restart the database", short: "restart" },
} as const satisfies Readonly<Record<EventKind, { readonly name: string; readonly short: string }>>;

/** An event in words, without its time: "deploy of web", "2 dynos of web killed", "web dynos set to 30". */
export function eventText(entry: TimelineEntry): string {
  switch (entry.do) {
    case "set":
      return `${settingName(entry.path)} set to ${settingValue(entry.path, entry.value)}`;
    case "deploy":
      return `deploy of ${entry.fleet}`;
    case "killDyno":
      return `${dynos(entry)} ${entry.graceful ? "stopped" : "killed"}`;
    case "slowDyno":
      return `${dynos(entry)} ${entry.factor} times as slow for ${spanText(entry.forS)}`;
    case "failover":
      return "failover of the database";
    case "restartDatabase":
      return "restart of the database";
  }
}

/** The same, as a title: "Deploy of web". */
export function eventTitle(entry: TimelineEntry): string {
  const text = eventText(entry);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The label of its mark: "deploy", "dynos 30". */
export function eventLabel(entry: TimelineEntry): string {
  if (entry.do === "set")
    return `${words(entry.path.split(".").at(-1) ?? "")} ${settingValue(entry.path, entry.value)}`;
  return entry.do === "killDyno" && entry.graceful ? "stop" : EVENT_KINDS[entry.do].short;
}

function dynos({ count, fleet }: { readonly count: number; readonly fleet: string }): string {
  return `${count} ${count === 1 ? "dyno" : "dynos"} of ${fleet}`;
}

const UNIT = /(?<=[a-z])(?:Ms|S|Mb|Usd)$/;

/** A field's name as words, without its unit: "requestsPerSecond" is "requests per second". */
function words(field: string): string {
  return field
    .replace(UNIT, "")
    .replaceAll(/(?<=[a-z])[A-Z]/g, " $&")
    .toLowerCase();
}

const LISTS = ["workloads", "endpoints", "fleets"];

/** A place in the document in words: "web dynos", "pooler enabled". Items keep their names. */
function settingName(path: string): string {
  const [head = "", ...rest] = parsePath(path) ?? [path];
  const [item, ...fields] = rest;
  const isItem = LISTS.includes(head) && item !== undefined;
  const parts = (isItem ? fields : [head, ...rest]).map(words);
  // "boot.bootS" is not "boot boot".
  const told = parts.filter((part, index) => part !== parts[index - 1]);
  return [...(isItem ? [item] : []), ...told].join(" ");
}

const LONGEST_VALUE = 40;

function settingValue(path: string, value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "number") {
    if (path.endsWith("Ms")) return formatMs(value);
    if (path.endsWith("S")) return spanText(value);
    return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
  }
  const text = formatValue(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
