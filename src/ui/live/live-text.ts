import { parsePath } from "../../scenario/paths";
import type { TimelineEntry } from "../../scenario/types";
import type { LiveSpeed } from "../../store/live-state";

const two = (value: number): string => String(value).padStart(2, "0");

/** Simulated time as a clock shows it: "00:01:23". */
export function clockText(nowS: number): string {
  const whole = Math.floor(nowS);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(":");
}

/** Simulated time as it is said: "1 min 20 s". */
export function spokenTime(nowS: number): string {
  const whole = Math.floor(nowS);
  const parts = [
    [Math.floor(whole / 3600), "h"],
    [Math.floor(whole / 60) % 60, "min"],
    [whole % 60, "s"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? "0 s" : said.join(" ");
}

/** Within this share of what is asked, a speed is reached. */
const REACHED = 0.95;

/** "38× reached", where that is less than what is asked, or nothing was asked but haste. Empty otherwise. */
export function reachedText(speed: LiveSpeed, reached: number | null): string {
  if (reached === null || (speed !== "max" && reached >= REACHED * speed)) return "";
  const rounded = reached >= 10 ? Math.round(reached) : Number(reached.toFixed(1));
  return `${rounded.toLocaleString("en-US")}× reached`;
}

const LONGEST_VALUE = 24;

function valueText(value: unknown): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "number") return value.toLocaleString("en-US");
  if (value === null) return "none";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? "changed" : text;
}

const SHOWN_ENTRIES = 3;

/** Of what was written down, what has taken place: the end of a spike is yet to come. */
export function doneUntil(recorded: readonly TimelineEntry[], nowS: number): readonly TimelineEntry[] {
  return recorded.filter(({ atS }) => atS <= nowS);
}

/** The last few entries, the newest first: "00:05:54 dyno of web killed · …". */
export function lastText(entries: readonly TimelineEntry[]): string {
  return entries
    .slice(-SHOWN_ENTRIES)
    .reverse()
    .map((entry) => `${clockText(entry.atS)} ${entryText(entry)}`)
    .join(" · ");
}

/** What was done, in a few words: "web dynos 30", "dyno of web killed". */
function entryText(entry: TimelineEntry): string {
  switch (entry.do) {
    case "set":
      return `${(parsePath(entry.path) ?? [entry.path]).slice(-3).filter(isTelling).join(" ")} ${valueText(entry.value)}`;
    case "deploy":
      return `deploy of ${entry.fleet}`;
    case "killDyno":
      return `dyno of ${entry.fleet} killed`;
    case "slowDyno":
      return `dyno of ${entry.fleet} slow`;
    case "failover":
      return "failover";
    case "restartDatabase":
      return "database restarted";
  }
}

/** Of a path's segments, those that say more than which list it is. */
function isTelling(segment: string): boolean {
  return !["workloads", "endpoints", "fleets"].includes(segment);
}
