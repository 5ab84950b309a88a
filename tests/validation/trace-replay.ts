import type { ReplayedTrace } from "../../src/analysis/validation-report";
import { meanMs } from "../../src/scenario/duration-mean";
import type { Balancer, Scenario } from "../../src/scenario/types";
import type { Engine, Trace } from "./lab-types";
import type { BenchScenario } from "./overheads";
import { type QueryTimes, replayPlan } from "./replayed-trial";

/** Two latencies of the same request agree when they are no further apart, in ms. */
const AGREES_WITHIN_MS = 5;

/** Simulated latencies, in the order of the trace's requests. @throws Error where a request failed or was never answered */
function replayLatencies(
  engine: Engine,
  trace: Trace,
  bench: BenchScenario,
  queries: QueryTimes,
): Float64Array {
  const latencies = new Float64Array(trace.requests.length).fill(Number.NaN);
  const plan = replayPlan(engine, trace, bench, queries);
  const simulation = new engine.Simulation(plan, 0, {
    answered: ({ number, latencyMs, failure }) => {
      if (failure >= 0)
        throw new Error(`${trace.id}: request ${number} failed, which none did when measured`);
      latencies[number] = latencyMs + bench.outsideMs;
    },
  });
  simulation.advance(plan.durationMs);
  const unanswered = latencies.findIndex(Number.isNaN);
  if (unanswered >= 0) throw new Error(`${trace.id}: request ${unanswered} was never answered`);
  return latencies;
}

/** Busy threads ÷ threads, by the durations' means. */
function utilizationOf({ workloads, endpoints, fleets }: Scenario): number {
  const [workload, endpoint, fleet] = [workloads[0], endpoints[0], fleets[0]];
  if (workload?.kind !== "open" || endpoint === undefined || fleet === undefined)
    throw new Error("A trace's trial is an open loop");
  const busyMs = endpoint.steps.reduce(
    (sum, step) => sum + meanMs(step.ms) * (step.kind === "query" ? step.count : 1),
    0,
  );
  return ((workload.requestsPerSecond / 1000) * busyMs) / (fleet.dynos * fleet.processes * fleet.threads);
}

/** 140 ÷ 1000 × 100 ÷ 20 is a little more than 0.7. */
const ROUNDING = 1e-9;

/** What is promised of a balancer at a load: single requests and the mean. Equal choices fall differently under least outstanding, so that from 0.7 on only the mean can agree. */
function goalOf(balancer: Balancer, utilization: number): ReplayedTrace["goal"] {
  if (balancer === "round-robin" && utilization <= 0.9 + ROUNDING) return { within5Ms: 0.9, meanError: 0.01 };
  if (balancer === "least-outstanding" && utilization <= 0.7 + ROUNDING)
    return { within5Ms: 0.9, meanError: 0.02 };
  if (balancer === "least-outstanding" && utilization <= 0.95 + ROUNDING)
    return { within5Ms: null, meanError: 0.02 };
  return null;
}

/**
 * Replays a trace and compares it with what was measured, request by request.
 * @param original the trial's scenario without the bench's overheads
 */
export function compareTrace(
  engine: Engine,
  trace: Trace,
  original: Scenario,
  bench: BenchScenario,
  queries: QueryTimes,
): ReplayedTrace {
  const simulated = replayLatencies(engine, trace, bench, queries);
  let agreeing = 0;
  let difference = 0;
  let measured = 0;
  for (const [number, { latencyMs }] of trace.requests.entries()) {
    const error = (simulated[number] ?? Number.NaN) - latencyMs;
    if (Math.abs(error) <= AGREES_WITHIN_MS) agreeing += 1;
    difference += error;
    measured += latencyMs;
  }
  const balancer = original.fleets[0]?.balancer ?? "random";
  const utilization = utilizationOf(original);
  const within5Ms = agreeing / trace.requests.length;
  const meanError = difference / measured;
  const goal = goalOf(balancer, utilization);
  return {
    id: trace.id,
    balancer,
    utilization,
    requests: trace.requests.length,
    within5Ms,
    meanError,
    goal,
    met: goal === null || (within5Ms >= (goal.within5Ms ?? 0) && Math.abs(meanError) <= goal.meanError),
  };
}
