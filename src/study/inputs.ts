import { formatPath } from "../scenario/path-text";
import type { Scenario } from "../scenario/types";

/** A number that a scenario's result may depend on. */
export interface NumericInput {
  readonly path: string;
  readonly value: number;
}

/** Not assumptions about the system: how it is run and judged, and what happens to it by plan. */
const NO_INPUTS = new Set(["schema", "name", "notes", "run", "slo", "timeline"]);
/** Curves, recordings and policies are lists of numbers without names; shares of a mix sum to 1, and none moves by itself. */
const NO_FIELDS = new Set([
  "mix",
  "profile",
  "trace",
  "requests",
  "policies",
  "values",
  "weights",
  "journey",
]);

/** Every single number among a scenario's assumptions that is in use and can be made larger or smaller by a share, in the document's order. */
export function numericInputs(scenario: Scenario): NumericInput[] {
  const found: NumericInput[] = [];
  const walk = (value: unknown, segments: readonly string[]): void => {
    if (isUnused(scenario, segments)) return;
    if (typeof value === "number") {
      if (value !== 0) found.push({ path: formatPath(segments), value });
    } else if (Array.isArray(value)) {
      for (const [index, item] of (value as readonly unknown[]).entries())
        walk(item, [...segments, nameOf(item) ?? String(index)]);
    } else if (value !== null && typeof value === "object") {
      for (const [key, part] of Object.entries(value)) {
        if (!(segments.length === 0 ? NO_INPUTS : NO_FIELDS).has(key)) walk(part, [...segments, key]);
      }
    }
  };
  walk(scenario, []);
  return found;
}

function nameOf(item: unknown): string | null {
  return item !== null && typeof item === "object" && "name" in item && typeof item.name === "string"
    ? item.name
    : null;
}

/** Whether nothing of the system looks at what stands there. */
function isUnused(
  { workloads, pooler, database, timeline }: Scenario,
  [first, second, third]: readonly string[],
): boolean {
  if (first === "workloads" && third === "retries")
    return workloads.some(({ name, retries }) => name === second && retries.attempts === 0);
  if (first === "pooler") return !pooler.enabled;
  if (first !== "database") return false;
  if (second === "replicas") return database.replicas.count === 0;
  if (second === "failover") return !timeline.some((entry) => entry.do === "failover");
  return (
    second === "contention" &&
    third !== undefined &&
    database.contention.alpha + database.contention.beta === 0
  );
}
