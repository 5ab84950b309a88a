import type { CatalogueDatabasePlan, CatalogueDynoType } from "../../scenario/catalogue";
import type { SelectGroup } from "../controls/SelectField";

/** What a list says for a size that is the scenario's own. */
export const CUSTOM = "custom";

/** 4096 as "4 GB", 512 as "512 MB". */
export function memoryText(megabytes: number): string {
  const gigabytes = megabytes / 1024;
  return gigabytes >= 1
    ? `${gigabytes.toLocaleString("en-US", { maximumFractionDigits: 1 })} GB`
    : `${megabytes.toLocaleString("en-US")} MB`;
}

/** Whole dollars, as price lists have them; cents only below ten. */
export function priceText(dollars: number): string {
  return `$${dollars.toLocaleString("en-US", { maximumFractionDigits: dollars < 10 ? 2 : 0 })}`;
}

/** A class of machines within a family: "db.r5" of "mysql.db.r5.large", "c5" of "c5.xlarge"; none for plain names. */
function classOf(id: string): string {
  return /(?:^|\.)((?:db\.)?[a-z]+\d[a-z0-9]*)\.[a-z0-9]+$/.exec(id)?.[1] ?? "";
}

/** By family, and by class within one, in the order in which they come: no group is longer than a screen. */
function grouped<Entry extends { readonly id: string; readonly family: string }>(
  entries: readonly Entry[],
  describe: (entry: Entry) => string,
): readonly SelectGroup[] {
  const titleOf = ({ id, family }: Entry) => [family, classOf(id)].filter(Boolean).join(": ");
  const titles = [...new Set(entries.map(titleOf))];
  return titles.map((label) => ({
    label,
    options: entries
      .filter((entry) => titleOf(entry) === label)
      .map((entry) => ({ value: entry.id, label: describe(entry) })),
  }));
}

/** Dyno sizes by vendor and class, each with memory and price. */
export function dynoTypeGroups(entries: readonly CatalogueDynoType[]): readonly SelectGroup[] {
  return grouped(
    entries,
    ({ id, memoryMb, monthlyUsd }) => `${id} · ${memoryText(memoryMb)} · ${priceText(monthlyUsd)}`,
  );
}

/** Database plans by vendor and class, each with connection limit and price. */
export function planGroups(entries: readonly CatalogueDatabasePlan[]): readonly SelectGroup[] {
  return grouped(
    entries,
    ({ id, connectionLimit, monthlyUsd }) =>
      `${id} · ${connectionLimit.toLocaleString("en-US")} connections · ${priceText(monthlyUsd)}`,
  );
}
