import { summarize } from "../analysis/summarize";
import {
  compile,
  compileChange,
  type ReplicationRecord,
  Simulation,
  transferables,
  unsupportedFields,
} from "../engine/index";
import type { EnginePort } from "./engine-port";

/** The real engine, as the workers see it. */
export const simulationEngine: EnginePort<ReplicationRecord> = {
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
