import { DEFAULT_SCENARIO } from "../scenario/defaults";
import { getAt, parsePath } from "../scenario/paths";
import { readScenario } from "../scenario/read-scenario";
import type { Scenario, Workload } from "../scenario/types";

/** Which names there are is the scenario's own: no default can know them. */
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
  const [list, ...rest] = parsePath(path) ?? [];
  if (rest.length < 2) return getAt(base, path);
  const item = path.split(".", 2).join(".");
  const inItem = path.slice(item.length);
  const isInBase = getAt(base, item) !== undefined;
  if (list === "workloads") {
    const kind = getAt(present, `${item}.kind`);
    const isAlike = isInBase && (inItem === ".kind" || getAt(base, `${item}.kind`) === kind);
    if (!isAlike && typeof kind === "string") return standardField(kind as Workload["kind"], inItem);
  }
  const isNew = !isInBase && (list === "endpoints" || list === "fleets");
  if (!isNew) return getAt(base, path);
  return REFERENCE.test(inItem) ? undefined : getAt(DEFAULT_SCENARIO, `${list}.0${inItem}`);
}

function standardField(kind: Workload["kind"], inItem: string): unknown {
  return REFERENCE.test(inItem) ? undefined : getAt(withWorkload(kind), `workloads.0${inItem}`);
}
