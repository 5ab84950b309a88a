import { formatSegment, getAt, parsePath } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import type { SelectGroup, SelectOption } from "../controls/SelectField";
import type { Parameter, ParameterGroup } from "../shell/parameters";
import { anyField } from "./all-fields";
import { changeName, nameWithoutField } from "./changes/change-names";
import { ofItem, valueText as valueOfField } from "./changes/field-changes";
import { stepSubject } from "./changes/step-changes";
import { durationText, msText } from "./changes/value-words";
import { listOf, placesForPath } from "./field-places";
import { rulesOf } from "./fields";
import { type Setting, settingsOf } from "./settings";

/** What a study can move in a scenario, by the groups of the controls. */
export function parametersOf(scenario: Scenario): readonly ParameterGroup[] {
  return settingsOf(scenario)
    .map(({ title, settings }) => ({
      title,
      parameters: settings.flatMap((setting) => {
        const of = movesAs(setting, getAt(scenario, setting.path));
        const name = parameterName(setting.path, scenario);
        return of === null ? [] : [{ path: setting.path, label: setting.label, name, of }];
      }),
    }))
    .filter(({ parameters }) => parameters.length > 0);
}

const ON_OFF = [
  { value: false, label: "off", group: "" },
  { value: true, label: "on", group: "" },
] as const;

/** null: its values are no plain numbers or words. */
function movesAs({ definition, options }: Setting, present: unknown): Parameter["of"] | null {
  if (options !== null) return { kind: "choice", options: options.flatMap(flatOptions) };
  if (definition.kind === "switch") return { kind: "choice", options: ON_OFF };
  if (definition.kind === "duration" && typeof present === "number") {
    const rules = { unit: "milliseconds", minimum: 0, maximum: 1e9, integer: false } as const;
    return { kind: "number", rules, step: 10, slider: null };
  }
  if (definition.kind !== "number" || typeof present !== "number") return null;
  return { kind: "number", rules: rulesOf(definition), step: definition.step, slider: definition.slider };
}

function flatOptions(entry: SelectOption | SelectGroup) {
  return "options" in entry
    ? entry.options.map((option) => ({ ...option, group: entry.label }))
    : [{ ...entry, group: "" }];
}

const LISTS = ["workloads", "endpoints", "fleets"] as const;

/** What stands at a path, by the name of its control, or as the document calls it. */
export function parameterName(path: string, scenario: Scenario): string {
  const segments = parsePath(path) ?? [path];
  const { ids, item } = placesForPath(path);
  const list = LISTS.find((name) => name === segments[0] && segments.length > 1);
  const whose = list === undefined ? "" : ofItem(segments[1] ?? "", list, [scenario, scenario]);
  const [, , field, position = ""] = segments;
  if (list === "endpoints" && field === "steps") {
    const named = scenario.endpoints.find(({ name }) => name === segments[1]);
    return stepSubject(named?.steps ?? [], Number(position), segments.slice(4), whose);
  }
  const shown = ids.map(anyField).find((definition) => {
    const at = listOf(definition.path);
    const full = at === null ? definition.path : definition.path.replace("*", formatSegment(item ?? ""));
    return path === full || definition.kind === "duration";
  });
  return shown === undefined
    ? nameWithoutField(segments.slice(list === undefined ? 0 : 2), whose)
    : changeName(shown, whose);
}

/** A value that stands at a path, in words. */
export function parameterValueText(path: string, value: unknown): string {
  const [id] = placesForPath(path).ids;
  if (/\.steps\.\d+\.(?:ms|cpuMs)(?:\.mean)?$/.test(path) && typeof value === "number") return msText(value);
  if (id === undefined || anyField(id).kind === "custom") {
    if (typeof value === "number") return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
    if (id === undefined) return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
  }
  const definition = anyField(id);
  return definition.kind === "duration" && typeof value === "number"
    ? durationText(value)
    : valueOfField(definition, value);
}
