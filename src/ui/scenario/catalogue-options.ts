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

function grouped<Entry extends { readonly id: string; readonly family: string }>(
  entries: readonly Entry[],
  describe: (entry: Entry) => string,
): readonly SelectGroup[] {
  const families = [...new Set(entries.map(({ family }) => family))];
  return families.map((family) => ({
    label: family,
    options: entries
      .filter((entry) => entry.family === family)
      .map((entry) => ({ value: entry.id, label: describe(entry) })),
  }));
}

/** Dyno sizes by vendor, each with memory and price. */
export function dynoTypeGroups(entries: readonly CatalogueDynoType[]): readonly SelectGroup[] {
  return grouped(
    entries,
    ({ id, memoryMb, monthlyUsd }) => `${id} · ${memoryText(memoryMb)} · ${priceText(monthlyUsd)}`,
  );
}

/** Database plans by vendor, each with connection limit and price. */
export function planGroups(entries: readonly CatalogueDatabasePlan[]): readonly SelectGroup[] {
  return grouped(
    entries,
    ({ id, connectionLimit, monthlyUsd }) =>
      `${id} · ${connectionLimit.toLocaleString("en-US")} connections · ${priceText(monthlyUsd)}`,
  );
}
