import type { Plan } from "../../src/engine/plan";
import { readScenario } from "../../src/scenario/read-scenario";
import { withSizes } from "../../src/scenario/sizes";
import { DRAIN_S } from "./lab-rules";
import type { Engine, Trace, TracedRequest } from "./lab-types";
import { type BenchScenario, sleepingQueryMs } from "./overheads";

/**
 * How long a replayed query is taken to have run: "drawn" is what the sleep that was drawn for it should take; "measured" is what the database did take,
 * which on a busy machine is now and then several milliseconds more.
 */
export type QueryTimes = "drawn" | "measured";

function durations({ steps, databaseMs }: TracedRequest, queries: QueryTimes, threadMs: number): number[] {
  const own = steps.map(({ kind, ms }) => {
    if (kind === "wait") return ms;
    return queries === "drawn" ? sleepingQueryMs(ms) : databaseMs;
  });
  return [...own, threadMs];
}

/**
 * The trial's system under the trace's own requests, all measured and drained; request n of the trace is row n of the workload.
 * @throws Error where that is no valid scenario
 */
export function replayPlan(engine: Engine, trace: Trace, bench: BenchScenario, queries: QueryTimes): Plan {
  const { scenario, threadMs } = bench;
  const read = readScenario({
    ...scenario,
    run: { ...scenario.run, durationS: scenario.run.durationS + DRAIN_S, warmupS: 0 },
    workloads: [
      {
        name: "trace",
        kind: "replay",
        endpoint: scenario.endpoints[0]?.name,
        requests: trace.requests.map((request) => [request.sentAtMs, durations(request, queries, threadMs)]),
      },
    ],
  });
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.sentence).join("\n"));
  return engine.compile(withSizes(read.scenario));
}
