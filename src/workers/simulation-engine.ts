import { summarize } from "../analysis/summarize";
import type * as engine from "../engine/index";
import { compile, compileChange, LeanSimulation, needsExtras, transferables } from "../engine/index";
import type { EnginePort } from "./engine-port";

/** What of the engine's face the workers use. */
type Engine = Pick<
  typeof engine,
  "compile" | "compileChange" | "LeanSimulation" | "needsExtras" | "transferables"
>;

/** The real engine, as the workers see it. @param fetchExtras called once, when they are first asked for */
export function enginePort(
  { compile, compileChange, LeanSimulation, needsExtras, transferables }: Engine,
  fetchExtras: () => Promise<engine.Extras>,
): EnginePort<engine.ReplicationRecord> {
  let extras: engine.Extras | null = null;
  return {
    async loadExtras() {
      extras ??= await fetchExtras();
    },
    prepare(sized, detail) {
      const plan = compile(sized, detail);
      return {
        durationMs: plan.durationMs,
        needsExtras: needsExtras(plan),
        start(replication) {
          const simulation = new LeanSimulation(plan, replication, null, extras);
          return {
            get nowMs() {
              return simulation.nowMs;
            },
            advance: (untilMs, maximumEvents) => simulation.advance(untilMs, maximumEvents),
            apply: (change, begunWith) => simulation.apply(compileChange(change, begunWith)),
            levels: () => simulation.levels(),
            record: () => simulation.record(),
          };
        },
      };
    },
    transferables,
    summarize,
  };
}

export const simulationEngine = enginePort(
  { compile, compileChange, LeanSimulation, needsExtras, transferables },
  () => import("../engine/extras"),
);
