import { DEFAULT_SCENARIO } from "../scenario/defaults";
import { getAt, parsePath } from "../scenario/paths";
import { readScenario } from "../scenario/read-scenario";
import type { Scenario, Workload } from "../scenario/types";

const REFERENCE = /^\.(?:mix|endpoint|fleet)$/;
const scenarios = new Map<Workload["kind"], Scenario>();

/** A scenario whose only workload is of the kind wanted, with all of the document's defaults. */
function withWorkload(kind: Workload["kind"]): Scenario {
  const known = scenarios.get(kind);
  if (known !== undefined) return known;
  const { scenario } = readScenario({ schema: 1, workloads: [{ kind }] });
  scenarios.set(kind, scenario);
  return scenario;
}

/** A workload with the document's defaults for its kind. */
export function standardWorkload(kind: Workload["kind"]): Workload {
  const [workload] = withWorkload(kind).workloads;
  if (workload === undefined) throw new Error("Defect: a scenario without workloads");
  return workload;
}

/**
 * What "default" means for the field at a path: its value in `base`, the preset that the scenario began from. An item
 * that the preset does not have, or a workload that it has as another kind, has the document's own defaults. Undefined
 * where there is none, as for fields that may be absent.
 */
export function standardAt(base: Scenario, present: Scenario, path: string): unknown {
  const inBase = getAt(base, path);
  if (inBase !== undefined) return inBase;
  const [list, ...rest] = parsePath(path) ?? [];
  const item = path.split(".", 2).join(".");
  if (rest.length < 2) return undefined;
  const inItem = path.slice(item.length);
  // Which names there are is the scenario's own.
  if (REFERENCE.test(inItem)) return undefined;
  if (list === "workloads") {
    const kind = getAt(present, `${item}.kind`);
    return typeof kind === "string"
      ? getAt(withWorkload(kind as Workload["kind"]), `workloads.0${inItem}`)
      : undefined;
  }
  const isItem = list === "endpoints" || list === "fleets";
  return isItem && getAt(base, item) === undefined
    ? getAt(DEFAULT_SCENARIO, `${list}.0${inItem}`)
    : undefined;
}
