import { cpus } from "node:os";
import { summarize } from "../../src/analysis/summarize";
import { compile, type ReplicationRecord, Simulation } from "../../src/engine";
import { findPreset, OPENING_PRESET_ID } from "../../src/scenario/presets";
import { readScenario } from "../../src/scenario/read-scenario";
import { type SizedScenario, withSizes } from "../../src/scenario/sizes";
import { minimalLoop } from "./minimal-loop";

/*
 * The engine's speed and memory: `npm run bench`, or `npm run bench -- --quick`. Everything is measured in one process, in turns, and given as the median of
 * several rounds, so that the ratios hold on a noisy machine even where the absolute numbers do not. Nothing here is a test.
 */

const isQuick = process.argv.includes("--quick");
const ROUNDS = isQuick ? 3 : 7;
const CLOSED_LOOP_S = isQuick ? 300 : 1200;

/** A large plan of one's own, so that only what a benchmark is about limits it. */
const LARGE_PLAN = { vcpus: 64, memoryMb: 1_000_000, monthlyUsd: 0, connectionLimit: 100_000 };
const LARGE_DYNO = { vcpus: 64, memoryMb: 1_000_000, monthlyUsd: 0 };

function sized(document: object): SizedScenario {
  const result = readScenario({ schema: 1, ...document });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.sentence).join("\n"));
  return withSizes(result.scenario);
}

const closedLoop = (durationS: number): SizedScenario =>
  sized({
    run: { durationS, warmupS: 5, replications: 1 },
    workloads: [{ name: "load", kind: "closed", clients: 750 }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: { dist: "exponential", mean: 500 } },
          { kind: "wait", ms: { dist: "exponential", mean: 500 } },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 75, threads: 10, dynoType: LARGE_DYNO, pool: { size: 10 } }],
    pooler: { enabled: true, connections: 375 },
    database: { plan: LARGE_PLAN },
  });

const openLoop = sized({
  run: { durationS: 1000, warmupS: 10, replications: 1 },
  workloads: [{ name: "load", kind: "open", requestsPerSecond: 720 }],
  endpoints: [{ name: "page", steps: [{ kind: "wait", ms: { dist: "exponential", mean: 10 } }] }],
  fleets: [{ name: "web", dynos: 1, threads: 8, dynoType: LARGE_DYNO }],
});

const manyDynos = sized({
  run: { durationS: 300, warmupS: 10, replications: 1 },
  workloads: [{ name: "load", kind: "closed", clients: 1800 }],
  endpoints: [{ name: "page", steps: [{ kind: "wait", ms: { dist: "lognormal", mean: 500, cv: 1 } }] }],
  fleets: [{ name: "web", dynos: 200, threads: 10, dynoType: LARGE_DYNO, balancer: "least-outstanding" }],
});

function opening(): SizedScenario {
  const preset = findPreset(OPENING_PRESET_ID);
  if (preset === undefined) throw new Error("the opening preset is missing");
  return withSizes(preset.scenario);
}

function replicate(scenario: SizedScenario, replications: number): ReplicationRecord[] {
  const plan = compile(scenario);
  return Array.from({ length: replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
}

/** Requests per second of processor time. */
function perCpuSecond(work: () => number): number {
  const before = process.cpuUsage();
  const requests = work();
  const { user, system } = process.cpuUsage(before);
  return requests / ((user + system) / 1e6);
}

function requestsOf(records: readonly ReplicationRecord[]): number {
  return records.reduce((sum, record) => sum + record.simulatedRequests, 0);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const millions = (value: number): string => `${(value / 1e6).toFixed(2)} M`;

function speed(): void {
  const closed = closedLoop(CLOSED_LOOP_S);
  const engine: number[] = [];
  const minimal: number[] = [];
  const open: number[] = [];
  const dynos: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const results = [
      perCpuSecond(() => minimalLoop(750, 75, 10, 375, CLOSED_LOOP_S * 1000).requests),
      perCpuSecond(() => requestsOf(replicate(closed, 1))),
      perCpuSecond(() => requestsOf(replicate(openLoop, 1))),
      perCpuSecond(() => requestsOf(replicate(manyDynos, 1))),
    ] as const;
    // The first round warms the compiler up.
    if (round === 0) continue;
    minimal.push(results[0]);
    engine.push(results[1]);
    open.push(results[2]);
    dynos.push(results[3]);
  }
  console.log("requests per processor second, one thread, everything recorded (medians)");
  console.log(`  closed loop, 750 clients, 75 dynos, pooler of 375   ${millions(median(engine))}`);
  console.log(`  the same work in a minimal loop, nothing recorded   ${millions(median(minimal))}`);
  console.log(
    `  ratio                                               ${(median(engine) / median(minimal)).toFixed(2)}`,
  );
  console.log(`  open loop, one dyno of 8 threads at 90 %            ${millions(median(open))}`);
  console.log(`  200 dynos, least outstanding, lognormal             ${millions(median(dynos))}`);
}

function openingTime(label: string): void {
  const scenario = opening();
  const started = performance.now();
  const records = replicate(scenario, scenario.scenario.run.replications);
  const simulated = performance.now() - started;
  summarize(scenario, records, simulated);
  const total = performance.now() - started;
  console.log(
    `opening scenario, 8 replications, one thread, ${label}: ${simulated.toFixed(0)} ms simulating, ${total.toFixed(0)} ms with the summary`,
  );
}

function memory(): void {
  const used = (): number => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return (heapUsed + arrayBuffers) / 1e6;
  };
  const target = isQuick ? 5e6 : 20e6;
  // 622 requests a second is what this closed loop serves.
  const plan = compile(closedLoop(target / 622));
  const before = used();
  const simulation = new Simulation(plan, 0);
  const lines: string[] = [];
  for (let part = 1; part <= 4; part += 1) {
    simulation.advance((plan.durationMs * part) / 4);
    const { simulatedRequests } = simulation.record();
    lines.push(
      `  after ${millions(simulatedRequests).padStart(8)} requests: ${(used() - before).toFixed(1)} MB more than before`,
    );
  }
  console.log("memory of one replication, heap and arrays");
  for (const line of lines) console.log(line);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`);
openingTime("cold");
speed();
openingTime("warm");
memory();
