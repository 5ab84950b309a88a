import { summarize } from "../analysis/summarize";
import {
  compile,
  compileChange,
  type ReplicationRecord,
  Simulation,
  transferables,
} from "../engine/index";
import type { EnginePort } from "./engine-port";

const ENGINE = { compile, compileChange, Simulation, transferables };

/** An engine as the workers see it: the page's own, or another build of it in tests. */
export function enginePort(engine: typeof ENGINE): EnginePort<ReplicationRecord> {
  return {
    prepare(sized) {
      const plan = engine.compile(sized);
      return {
        durationMs: plan.durationMs,
        start(replication) {
          const simulation = new engine.Simulation(plan, replication);
          return {
            get nowMs() {
              return simulation.nowMs;
            },
            advance: (untilMs, maximumEvents) => simulation.advance(untilMs, maximumEvents),
            apply: (change, begunWith) => simulation.apply(engine.compileChange(change, begunWith)),
            levels: () => simulation.levels(),
            record: () => simulation.record(),
          };
        },
      };
    },
    transferables: engine.transferables,
    summarize,
  };
}

/** The real engine, as the workers see it. */
export const simulationEngine = enginePort(ENGINE);
