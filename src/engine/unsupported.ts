import { formatSegment } from "../scenario/path-text";
import type { Duration, Fleet, Problem, Scenario, Workload } from "../scenario/types";

/**
 * What a scenario asks for that this engine does not simulate yet, each with its path: a field that differs from its default and could
 * matter in this scenario. An empty list means that `compile` loses nothing.
 */
export function unsupportedFields(scenario: Scenario): Problem[] {
  return [
    ...lists(scenario),
    ...scenario.workloads.slice(0, 1).flatMap(workloadFields),
    ...endpointFields(scenario),
    ...edgeFields(scenario),
    ...scenario.fleets.slice(0, 1).flatMap((fleet) => fleetFields(fleet, scenario)),
    ...dataFields(scenario),
    ...timelineFields(scenario),
  ];
}

function problem(path: string, found: unknown, allowed: string): Problem {
  const shown = JSON.stringify(found);
  const foundText = shown.length > 80 ? `${shown.slice(0, 77)}…` : shown;
  return {
    path,
    found: foundText,
    allowed,
    sentence: `${path} is ${foundText}, which this version does not simulate yet; it simulates ${allowed}.`,
  };
}

function lists(scenario: Scenario): Problem[] {
  const problems: Problem[] = [];
  const one = { workloads: "one workload", endpoints: "one endpoint", fleets: "one fleet" };
  for (const list of ["workloads", "endpoints", "fleets"] as const) {
    for (const item of scenario[list].slice(1)) {
      problems.push(problem(`${list}.${formatSegment(item.name)}`, item.name, one[list]));
    }
  }
  return problems;
}

function workloadFields(workload: Workload): Problem[] {
  const at = `workloads.${formatSegment(workload.name)}`;
  const problems: Problem[] = [];
  if (workload.kind !== "closed" && workload.kind !== "open") {
    problems.push(problem(`${at}.kind`, workload.kind, "closed and open workloads"));
    return problems;
  }
  if (workload.journey !== undefined) problems.push(problem(`${at}.journey`, workload.journey, "a mix"));
  if (workload.profile?.some(([, factor]) => factor !== 1)) {
    problems.push(problem(`${at}.profile`, workload.profile, "constant traffic"));
  }
  if (workload.kind === "open" && workload.trace !== undefined) {
    problems.push(problem(`${at}.trace`, workload.trace, "constant traffic"));
  }
  if (workload.retries.attempts > 0) {
    problems.push(
      problem(`${at}.retries.attempts`, workload.retries.attempts, "clients that do not retry (0)"),
    );
  }
  if (workload.giveUpAfterMs !== null) {
    problems.push(
      problem(`${at}.giveUpAfterMs`, workload.giveUpAfterMs, "clients that do not give up (null)"),
    );
  }
  return problems;
}

function isZero(duration: Duration): boolean {
  if (typeof duration === "number") return duration === 0;
  if ("mean" in duration) return duration.mean === 0;
  if (duration.dist === "uniform") return duration.max === 0;
  if (duration.dist === "empirical") return duration.values.every((value) => value === 0);
  return false;
}

function endpointFields(scenario: Scenario): Problem[] {
  const problems: Problem[] = [];
  for (const endpoint of scenario.endpoints.slice(0, 1)) {
    endpoint.steps.forEach((step, index) => {
      const at = `endpoints.${formatSegment(endpoint.name)}.steps.${index}`;
      if (step.kind === "cpu" && !isZero(step.ms))
        problems.push(problem(`${at}.kind`, "cpu", "wait and query steps"));
      if (step.kind === "query" && !isZero(step.cpuMs)) {
        problems.push(problem(`${at}.cpuMs`, step.cpuMs, "queries without processor time (0)"));
      }
    });
  }
  return problems;
}

function edgeFields({ edge, fleets }: Scenario): Problem[] {
  const problems: Problem[] = [];
  const [fleet] = fleets;
  if (fleet !== undefined && fleet.maxOutstandingPerDyno !== null) {
    const at = `fleets.${formatSegment(fleet.name)}.maxOutstandingPerDyno`;
    problems.push(problem(at, fleet.maxOutstandingPerDyno, "a balancer without a line of its own (null)"));
    if (edge.queueTimeoutMs !== null) {
      problems.push(
        problem("edge.queueTimeoutMs", edge.queueTimeoutMs, "a balancer without a line of its own (null)"),
      );
    }
  }
  return problems;
}

function fleetFields(fleet: Fleet, scenario: Scenario): Problem[] {
  const at = `fleets.${formatSegment(fleet.name)}`;
  const problems: Problem[] = [];
  // A check beside the application never fails here, since no dyno dies in its list; one through it can.
  if (fleet.healthCheck?.throughApp) {
    problems.push(
      problem(`${at}.healthCheck.throughApp`, true, "health checks beside the application (false)"),
    );
  }
  if (fleet.autoscaler !== null)
    problems.push(problem(`${at}.autoscaler`, fleet.autoscaler, "fleets of fixed size (null)"));
  if (fleet.reads === "replicas" && scenario.database.replicas.count > 0) {
    problems.push(problem(`${at}.reads`, "replicas", "reads from the primary"));
  }
  return problems;
}

function dataFields({ pooler, database }: Scenario): Problem[] {
  const problems: Problem[] = [];
  if (pooler.enabled && pooler.mode !== "transaction") {
    problems.push(problem("pooler.mode", pooler.mode, "the transaction mode"));
  }
  const { replicas } = database;
  if (replicas.count > 0)
    problems.push(problem("database.replicas.count", replicas.count, "a primary alone (0)"));
  if (replicas.autoscaler !== null) {
    problems.push(problem("database.replicas.autoscaler", replicas.autoscaler, "no replicas (null)"));
  }
  return problems;
}

function timelineFields({ timeline, run }: Scenario): Problem[] {
  return timeline.flatMap((entry, index) =>
    entry.atS < run.durationS
      ? [problem(`timeline.${index}.do`, entry.do, "a run without events (an empty timeline)")]
      : [],
  );
}
