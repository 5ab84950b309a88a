import { compile, unsupportedFields } from "../../src/engine";
import type { Plan } from "../../src/engine/plan";
import { findPreset, OPENING_PRESET_ID } from "../../src/scenario/presets";
import { readScenario } from "../../src/scenario/read-scenario";
import { type SizedScenario, withSizes } from "../../src/scenario/sizes";

/** Compiles a document as a run of the page does. Throws where it is no scenario, or one that the engine would not simulate whole. */
function planOf(document: object): Plan {
  const result = readScenario({ schema: 1, ...document });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  const unsupported = unsupportedFields(result.scenario);
  if (unsupported.length > 0) throw new Error(JSON.stringify(unsupported));
  return compile(withSizes(result.scenario));
}

const exponential = (mean: number): object => ({ dist: "exponential", mean });
const run = (durationS: number): object => ({ durationS, warmupS: 5, replications: 1 });

/** The numbers of the closed loop, for the minimal loop as well. */
export const CLOSED_LOOP = { clients: 750, dynos: 75, threads: 10, connections: 375 } as const;

/** Users who wait for their answer: half of it a query through a pooler that has a connection for every second of them. */
export function closedLoop(durationS: number): Plan {
  const { clients, dynos, threads, connections } = CLOSED_LOOP;
  return planOf({
    run: run(durationS),
    workloads: [{ name: "users", kind: "closed", clients }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: exponential(500) },
          { kind: "wait", ms: exponential(500) },
        ],
      },
    ],
    fleets: [{ name: "web", dynos, threads, balancer: "random", pool: { size: threads } }],
    pooler: { enabled: true, connections },
    database: { plan: { vcpus: 64, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 5000 } },
  });
}

/** Arrivals that do not wait, and one dyno of many threads: M/M/c. */
export function openLoop(durationS: number): Plan {
  return planOf({
    run: run(durationS),
    workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 800 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: exponential(100) }] }],
    fleets: [{ name: "web", dynos: 1, threads: 100, backlog: 1e6 }],
  });
}

/** A balancer that looks for the least busy of two hundred dynos, for every request. */
export function manyDynos(durationS: number): Plan {
  return planOf({
    run: run(durationS),
    workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 1500 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: exponential(1000) }] }],
    fleets: [{ name: "web", dynos: 200, threads: 10, balancer: "least-outstanding" }],
  });
}

/** What the page opens on. */
export function opening(): SizedScenario {
  const preset = findPreset(OPENING_PRESET_ID);
  if (preset === undefined) throw new Error("Defect: no opening preset");
  return withSizes(preset.scenario);
}
