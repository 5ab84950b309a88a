import { deepEqual } from "../../scenario/objects";
import { formatSegment, getAt, listDifferences } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import type { Axis, ComparedScenario, MeasureName, Question, QuestionKind } from "../../study/question-types";
import type { Parameter, ParameterGroup } from "../shell/parameters";
import { axisAround, valuesIn } from "./axis-values";
import { objectiveOf } from "./measures";

/** What a question is made from. */
export interface Occasion {
  readonly scenario: Scenario;
  readonly baseline: Scenario | null;
  readonly groups: readonly ParameterGroup[];
}

const STEPS = 12;

/** A question that answers something useful as it stands. */
export function defaultQuestion(kind: QuestionKind, occasion: Occasion): Question {
  const { scenario } = occasion;
  switch (kind) {
    case "compare":
      return { kind, others: [firstOther(occasion)], replications: Math.max(8, scenario.run.replications) };
    case "capacity":
      return { kind, points: 16, replications: 4 };
    case "sweep":
      return { kind, axes: firstAxes(occasion), replications: 4 };
    case "cheapest":
      return { kind, axes: movableAxes(occasion), replications: 8 };
    case "sensitivity":
      return { kind, of: promisedMeasure(scenario), by: 0.2, replications: 4 };
    case "precision":
      return { kind, of: "p95", within: 0.02, most: 200 };
  }
}

/** The first latency that the objective bounds, or else p95: where nothing fails, no input can be seen to change that. */
function promisedMeasure({ slo }: Scenario): MeasureName {
  const measures = ["p95", "p99", "queueP95"] as const;
  return measures.find((measure) => objectiveOf(measure, slo) !== null) ?? "p95";
}

/** A scenario as what differs in it from another. */
export function comparedWith(base: Scenario, other: Scenario, name: string): ComparedScenario {
  const differences = listDifferences(base, other).filter(({ path }) => path !== "name" && path !== "notes");
  return { name, changes: Object.fromEntries(differences.map(({ path, value }) => [path, value])) };
}

/** The pinned baseline, or else the change that readers try first. */
function firstOther({ scenario, baseline }: Occasion): ComparedScenario {
  if (baseline !== null && !deepEqual(baseline, scenario))
    return comparedWith(scenario, baseline, "Baseline");
  const { enabled } = scenario.pooler;
  return { name: enabled ? "Without a pooler" : "With a pooler", changes: { "pooler.enabled": !enabled } };
}

/** A change to begin with, for a column that is added. */
export function firstChange({ fleets }: Scenario): ComparedScenario {
  const [fleet] = fleets;
  if (fleet === undefined) return { name: "With a change", changes: {} };
  return {
    name: "With a change",
    changes: { [`fleets.${formatSegment(fleet.name)}.dynos`]: Math.ceil(fleet.dynos * 1.2) },
  };
}

/** What a scenario can be swept over, by path. */
export function findParameter(groups: readonly ParameterGroup[], path: string): Parameter | undefined {
  return groups.flatMap(({ parameters }) => parameters).find((parameter) => parameter.path === path);
}

function firstAxes({ scenario, groups }: Occasion): readonly Axis[] {
  const [fleet] = scenario.fleets;
  const [workload] = scenario.workloads;
  const paths = [
    `fleets.${formatSegment(fleet?.name ?? "")}.dynos`,
    ...["clients", "requestsPerSecond"].map(
      (field) => `workloads.${formatSegment(workload?.name ?? "")}.${field}`,
    ),
  ];
  return paths
    .flatMap((path) => findParameter(groups, path) ?? [])
    .slice(0, 2)
    .map((parameter) => axisAround(parameter, getAt(scenario, parameter.path), STEPS));
}

/** What a search for the cheapest may move, as its form lists it. */
export function movableParameters({ scenario, groups }: Occasion): readonly Parameter[] {
  const ofFleets = scenario.fleets.flatMap(({ name }) => {
    const fleet = `fleets.${formatSegment(name)}`;
    return ["dynos", "dynoType", "processes", "threads", "pool.size", "balancer"].map(
      (field) => `${fleet}.${field}`,
    );
  });
  const paths = [
    ...ofFleets,
    "pooler.enabled",
    "pooler.connections",
    "database.plan",
    "database.replicas.count",
  ];
  return paths.flatMap((path) => findParameter(groups, path) ?? []);
}

/** What a parameter may take where a reader lets it move. */
export function movedAxis(parameter: Parameter, present: unknown): Axis {
  if (parameter.of.kind === "choice") return axisAround(parameter, present, STEPS);
  const { path } = parameter;
  if (path === "database.replicas.count") return { path, values: [0, 1, 2, 3] };
  const most = typeof present === "number" ? Math.max(4, Math.ceil(present * 1.6)) : 10;
  const steps = path.endsWith(".dynos") ? Math.min(most, MOST_STEPS) : Math.min(most, STEPS);
  return { path, values: valuesIn({ from: 1, to: most, steps, isLog: false }, true) };
}

const MOST_STEPS = 60;

function movableAxes(occasion: Occasion): readonly Axis[] {
  const first = /\.dynos$|^pooler\.enabled$|^database\.plan$/;
  return movableParameters(occasion)
    .filter(({ path }) => first.test(path))
    .map((parameter) => movedAxis(parameter, getAt(occasion.scenario, parameter.path)));
}
