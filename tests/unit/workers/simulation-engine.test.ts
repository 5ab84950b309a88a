import { afterEach, expect, it } from "vitest";
import { summarize } from "../../../src/analysis/summarize";
import { compile, Simulation } from "../../../src/engine/index";
import { findPreset, OPENING_PRESET_ID } from "../../../src/scenario/presets";
import { withSizes } from "../../../src/scenario/sizes";
import type { Scenario } from "../../../src/scenario/types";
import { createSimulationClient } from "../../../src/workers/simulation-client";
import { simulationEngine } from "../../../src/workers/simulation-engine";
import { createWorkerClock } from "../../../src/workers/worker-clock";
import { createWorkerService } from "../../../src/workers/worker-service";
import { FakeWorker } from "../../support/fake-worker";

let endAll: () => void = () => undefined;
afterEach(() => endAll());

function openingScenario(): Scenario {
  const preset = findPreset(OPENING_PRESET_ID);
  if (preset === undefined) throw new Error("expected the opening preset");
  return preset.scenario;
}

/** Replication after replication in one go, as the command line does. */
function inOneThread(scenario: Scenario) {
  const plan = compile(withSizes(scenario));
  const records = Array.from({ length: scenario.run.replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
  return summarize(withSizes(scenario), records, 0);
}

it.each([1, 2, 3])(
  "the real engine over %i workers gives what one thread gives, to the last bit",
  async (workers) => {
    const scenario = openingScenario();
    const client = createSimulationClient({
      workers,
      createWorker: () =>
        new FakeWorker(createWorkerService(simulationEngine, createWorkerClock())).asWorker(),
    });
    endAll = () => client.dispose();
    const outcome = await client.run({ scenario, replications: scenario.run.replications }, () => undefined)
      .done;
    if (!outcome.ok) throw new Error(outcome.failure.message);
    const { figures, ...columns } = outcome.summary;
    const { figures: expected, ...expectedColumns } = inOneThread(scenario);
    expect({ ...figures, wallMs: 0 }).toEqual(expected);
    expect(columns).toEqual(expectedColumns);
  },
);
