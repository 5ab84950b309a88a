import { summarize } from "../analysis/summarize";
import * as engine from "../engine/index";
import type { EnginePort } from "./engine-port";

/** What of the engine's face the workers use. */
type Engine = Pick<
  typeof engine,
  "compile" | "compileChange" | "Simulation" | "transferables" | "unsupportedFields"
>;

/** The real engine, as the workers see it. */
export function enginePort({
  compile,
  compileChange,
  Simulation,
  transferables,
  unsupportedFields,
}: Engine): EnginePort<engine.ReplicationRecord> {
  return {
    unsupportedFields,
    prepare(sized) {
      const plan = compile(sized);
      return {
        durationMs: plan.durationMs,
        start(replication) {
          const simulation = new Simulation(plan, replication);
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

export const simulationEngine = enginePort(engine);
