import { isObject } from "../../../scenario/objects";
import type {
  Autoscaler,
  Curve,
  Duration,
  HealthCheck,
  Scenario,
  Step,
  Workload,
} from "../../../scenario/types";
import type { ChangeInWords } from "../../shell/change";
import type { FieldDefinition, NumberFieldDefinition } from "../field-types";
import { impliedAt, rangeText } from "../profile/profile-words";
import { autoscalerChanges } from "./autoscaler-changes";
import { changeName } from "./change-names";
import { stepChanges, timeChanges } from "./step-changes";
import { changed, counted, durationText, numberText, said, sizeTexts } from "./value-words";

/** A field's value before and after; what is undefined was not there. */
export interface FieldValues {
  readonly definition: FieldDefinition;
  readonly from: unknown;
  readonly to: unknown;
  /** Whose it is, where there are several: " of web". */
  readonly of: string;
  /** The workload that it is a field of, before and after. */
  readonly workloads: readonly [Workload | undefined, Workload | undefined];
}

/** Words of the page, within a line: "By DNS" is "by DNS". */
function inLine(label: string): string {
  return `${label.charAt(0).toLowerCase()}${label.slice(1)}`;
}

/** What is different in a field's value. */
export function fieldChanges(values: FieldValues): readonly ChangeInWords[] {
  const { definition, from, to, of } = values;
  const name = changeName(definition, of);
  const isThere = from !== undefined;
  if (definition.kind === "custom") return customChanges(values, name);
  if (definition.kind === "number" && typeof from === "number" && typeof to === "number") {
    return [counted(name, from, to, (value) => numberOf(definition, value))];
  }
  if (definition.kind === "duration" && isDuration(from) && isDuration(to))
    return timeChanges(name, from, to);
  return [changed(name, isThere ? valueText(definition, from) : null, valueText(definition, to))];
}

function isDuration(value: unknown): value is Duration {
  return typeof value === "number" || isObject(value);
}

/** The label of a rate says what it is per. */
function numberOf({ id, unit }: NumberFieldDefinition, value: number): string {
  return numberText(value, id === "rate" ? "count" : unit);
}

/** One of a field's values: "30 s", "no timeout", "on", "least outstanding". */
export function valueText(definition: FieldDefinition, value: unknown): string {
  if (value === null || value === undefined) {
    const whenNull = "nullable" in definition ? definition.nullable?.whenNull : undefined;
    return inLine(whenNull ?? "none");
  }
  if (typeof value === "boolean") return value ? "on" : "off";
  if (definition.kind === "number" && typeof value === "number") return numberOf(definition, value);
  if (definition.kind === "duration" && isDuration(value)) return durationText(value);
  if (definition.kind === "choice") {
    return inLine(definition.options.find((option) => option.value === value)?.label ?? String(value));
  }
  if (/plan$|^dyno-type$/.test(definition.id)) return sizeTexts(null, value).to;
  return typeof value === "string" ? value : "another value";
}

/** As the field's explanation has them. */
const KINDS: Readonly<Record<Workload["kind"], string>> = {
  closed: "clients",
  open: "a rate",
  burst: "bursts",
  replay: "recorded requests",
};

/** Of fields with a component of their own. The document allows nothing but their values at their paths. */
function customChanges(
  { definition, from, to, of, workloads }: FieldValues,
  name: string,
): readonly ChangeInWords[] {
  switch (definition.id) {
    case "steps":
      return stepChanges(from as readonly Step[], to as readonly Step[], of);
    case "fleet-autoscaler":
      return autoscalerChanges(from as Autoscaler | null, to as Autoscaler | null, "dynos", of);
    case "replica-autoscaler":
      return autoscalerChanges(from as Autoscaler | null, to as Autoscaler | null, "replicas", of);
    case "health-check":
      return healthCheckChanges(from as HealthCheck | null, to as HealthCheck | null, name);
    case "plan":
    case "replica-plan":
    case "dyno-type": {
      const texts = sizeTexts(from, to);
      return [changed(name, texts.from, texts.to)];
    }
    case "profile": {
      const [before, after] = workloads.map((workload, position) =>
        curveText(workload, (position === 0 ? from : to) as Curve | undefined),
      );
      if (before === undefined || after === undefined || before === after) return [said(`${name} changed`)];
      return [changed(name, before, after)];
    }
    case "workload-kind":
      return [changed(name, KINDS[from as Workload["kind"]], KINDS[to as Workload["kind"]])];
    case "sends":
      return shareChanges(from, to, of);
    case "endpoint-fleet":
      return typeof from === "string" && typeof to === "string"
        ? [changed(name, from, to)]
        : shareChanges(
            isObject(from) ? from : { [String(from)]: 1 },
            isObject(to) ? to : { [String(to)]: 1 },
            of,
          );
    default:
      return [said(`${name} changed`)];
  }
}

/** "steady", or from how little to how much. */
function curveText(workload: Workload | undefined, curve: Curve | undefined): string {
  const factors = new Set(curve?.map(([, factor]) => factor));
  if (workload === undefined || curve === undefined) return "steady";
  const [only = 1] = factors;
  if (factors.size > 1) return inLine(rangeText(workload, curve));
  return only === 1 ? "steady" : `steady at ${impliedAt(workload, only)}`;
}

/** More shares than these are not told one by one. */
const MOST_SHARES = 4;

function shareChanges(from: unknown, to: unknown, of: string): readonly ChangeInWords[] {
  if (!isObject(from) || !isObject(to)) return [said(`What it sends${of} changed`)];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (name) => from[name] !== to[name],
  );
  if (names.length > MOST_SHARES) return [said(`Shares${of} changed`)];
  return names.map((name) =>
    counted(
      `Share of ${name}${of.replace(" of ", " in ")}`,
      Number(from[name] ?? 0),
      Number(to[name] ?? 0),
      (share) => numberText(share, "percent"),
    ),
  );
}

const CHECK_ROWS = [
  ["every", "everyMs", "milliseconds"],
  ["timeout", "timeoutMs", "milliseconds"],
  ["failures until it is out", "fall", "count"],
  ["successes until it is back", "rise", "count"],
] as const;

function healthCheckChanges(
  from: HealthCheck | null,
  to: HealthCheck | null,
  name: string,
): readonly ChangeInWords[] {
  if (from === null || to === null)
    return [changed(name, from === null ? "off" : "on", to === null ? "off" : "on")];
  const rows = CHECK_ROWS.flatMap(([label, key, unit]) =>
    from[key] === to[key]
      ? []
      : [counted(`${name}: ${label}`, from[key], to[key], (value) => numberText(value, unit))],
  );
  if (from.throughApp === to.throughApp) return rows;
  const way = (throughApp: boolean) => (throughApp ? "on" : "off");
  return [...rows, changed(`${name}: through the application`, way(from.throughApp), way(to.throughApp))];
}

/** A fleet's, workload's or endpoint's own mark in a name, where there are several of its kind. */
export function ofItem(
  name: string,
  list: "workloads" | "endpoints" | "fleets",
  [before, after]: readonly [Scenario, Scenario],
): string {
  return Math.max(before[list].length, after[list].length) > 1 ? ` of ${name}` : "";
}
