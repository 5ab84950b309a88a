import { listDifferences } from "../../scenario/differences";
import { getAt } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";

/** A single value in a few words; null where it is longer. */
function shortText(value: unknown): string | null {
  if (value === true) return "on";
  if (value === false) return "off";
  if (value === null || value === undefined) return "none";
  if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
  return typeof value === "string" && value.length <= 32 ? value : null;
}

/** Texts of the scenario change with every step, and say nothing. */
const WORDS = ["name", "notes"];

/** What differs between two scenarios, one line a value: "fleets.web.dynos 25 → 50"; only where, if the value is long. */
export function changeTexts(before: Scenario, after: Scenario): readonly string[] {
  return listDifferences(before, after)
    .filter(({ path }) => !WORDS.includes(path))
    .map(({ path }) => {
      const [from, to] = [shortText(getAt(before, path)), shortText(getAt(after, path))];
      return from === null || to === null ? `${path} changed` : `${path} ${from} → ${to}`;
    });
}
