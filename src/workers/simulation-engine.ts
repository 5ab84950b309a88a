import { summarize } from "../analysis/summarize";
import {
  compile,
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
      start: (replication) => new Simulation(plan, replication),
    };
  },
  transferables,
  summarize,
};
