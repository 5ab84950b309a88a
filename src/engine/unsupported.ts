import { formatSegment } from "../scenario/path-text";
import type { Fleet, Problem, Scenario, Workload } from "../scenario/types";

/**
 * What a scenario asks for that this engine does not simulate yet, each with its path: a field that differs from its default and could
 * matter in this scenario. An empty list means that `compile` loses nothing.
 */
export function unsupportedFields(scenario: Scenario): Problem[] {
  return [
    ...scenario.workloads.flatMap(workloadFields),
    ...scenario.fleets.flatMap(fleetFields),
    ...replicaFields(scenario),
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

function workloadFields(workload: Workload): Problem[] {
  const path = `workloads.${formatSegment(workload.name)}.profile`;
  if (workload.kind === "replay" || !workload.profile?.some(([, factor]) => factor !== 1)) return [];
  return [problem(path, workload.profile, "constant traffic, and measured curves (trace)")];
}

function fleetFields(fleet: Fleet): Problem[] {
  const at = `fleets.${formatSegment(fleet.name)}`;
  const problems: Problem[] = [];
  // A check beside the application never fails here, since no dyno dies in its list; one through it can.
  if (fleet.healthCheck?.throughApp) {
    const allowed = "health checks beside the application (false)";
    problems.push(problem(`${at}.healthCheck.throughApp`, true, allowed));
  }
  if (fleet.autoscaler !== null)
    problems.push(problem(`${at}.autoscaler`, fleet.autoscaler, "fleets of fixed size (null)"));
  return problems;
}

function replicaFields({ database: { replicas } }: Scenario): Problem[] {
  if (replicas.autoscaler === null) return [];
  return [problem("database.replicas.autoscaler", replicas.autoscaler, "a fixed number of replicas (null)")];
}

function timelineFields({ timeline, run }: Scenario): Problem[] {
  return timeline.flatMap((entry, index) =>
    entry.atS < run.durationS
      ? [problem(`timeline.${index}.do`, entry.do, "a run without events (an empty timeline)")]
      : [],
  );
}
