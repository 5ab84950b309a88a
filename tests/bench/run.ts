import { cpus, loadavg } from "node:os";
import { isMainThread } from "node:worker_threads";
import { summarize } from "../../src/analysis/summarize";
import { formatCount, formatMs } from "../../src/base/format";
import { serveRuns } from "../../src/cli/worker-threads";
import { compile, Simulation } from "../../src/engine";
import type { Plan } from "../../src/engine/plan";
import { line } from "./lines";
import { type Contestant, median, memoryInUse, race, type Speed, simulate } from "./measure";
import { minimalLoop } from "./minimal-loop";
import {
  CLOSED_LOOP,
  closedLoop,
  everything,
  manyDynos,
  opening,
  openLoop,
  processors,
  replicas,
} from "./scenarios";
import { studies } from "./studies";

/*
 * `npm run bench`: how fast the engine is on this machine, and what it holds in memory. No speed passes or fails: it depends on the machine and on
 * what else it does. `-- --quick` does fewer and shorter rounds.
 */

const isQuick = process.argv.includes("--quick");
const ROUNDS = isQuick ? 3 : 9;
/** Simulated seconds of a round, about a million requests. */
const ROUND_S = isQuick ? 500 : 1500;
/** Runs of this many requests are compared in what they hold; each ten times as long as the one before, so that all are cut into as many buckets. */
const MEMORY_REQUESTS = isQuick ? [40_000, 400_000, 4_000_000] : [50_000, 500_000, 5_000_000, 50_000_000];

/** What a run may hold, however long it is: unlike a time, memory is not noisy, so this one number can fail. */
const MOST_MEMORY_MB = 300;

function machine(): void {
  const processors = cpus();
  const [load = 0] = loadavg();
  line(
    `node ${process.version}, ${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}`,
  );
  if (load > 0.5)
    line(`other work on this machine: load average ${load.toFixed(1)}; every number below suffers from it`);
}

/** One line of a table: requests per CPU second. */
function row({ name, median: middle, least, most }: Speed): string {
  return `  ${name.padEnd(44)} ${formatCount(middle).padStart(6)} requests per CPU second (${formatCount(least)} to ${formatCount(most)})`;
}

/** The first scenario that a visitor sees, in one thread: in a process that has run nothing yet, and after. */
function openingScenario(): void {
  const sized = opening();
  const { replications, durationS } = sized.scenario.run;
  const once = (): { simulated: number; shown: number } => {
    const started = performance.now();
    const plan = compile(sized);
    const records = Array.from({ length: replications }, (_, replication) => simulate(plan, replication));
    const simulated = performance.now() - started;
    summarize(sized, records, simulated);
    return { simulated, shown: performance.now() - started };
  };
  const cold = once();
  const warm = Array.from({ length: isQuick ? 10 : 40 }, once);
  const text = (simulated: number, shown: number): string =>
    `${formatMs(simulated)} simulating, ${formatMs(shown)} with the summary`;
  line();
  line(`opening scenario, ${replications} replications of ${durationS} s, one thread`);
  line(`  cold: ${text(cold.simulated, cold.shown)}`);
  line(`  warm: ${text(median(warm.map((run) => run.simulated)), median(warm.map((run) => run.shown)))}`);
}

function engine(name: string, plan: Plan): Contestant {
  let replication = 0;
  return { name, work: () => simulate(plan, replication++).simulatedRequests };
}

/**
 * What the first engine (1.0.0) did of the minimal loop's requests in the same CPU time, measured beside this one in turn. A later engine may cost
 * 1.5 times as much per request where a scenario uses nothing that is new.
 */
const FIRST_ENGINE_SHARE = 0.41;

function speeds(): void {
  const { clients, dynos, threads, connections } = CLOSED_LOOP;
  // These two before the process has run anything else, as the first engine was measured: code that has seen every kind of scenario is slower for each.
  const [minimal, closed] = race(
    [
      {
        name: "closed loop, minimal, a mean recorded",
        work: () => minimalLoop(clients, dynos, threads, connections, ROUND_S * 1000).requests,
      },
      engine("closed loop through a pooler", closedLoop(ROUND_S)),
    ],
    ROUNDS,
  );
  const others = race(
    [
      engine("open loop, M/M/100 at 80 %", openLoop(ROUND_S)),
      engine("200 dynos, least outstanding", manyDynos(ROUND_S / 2)),
      engine("processors of dynos and database", processors(ROUND_S / 2)),
      engine("two fleets, replicas behind a proxy", replicas(ROUND_S / 2)),
      engine("everything on", everything(ROUND_S / 4)),
    ],
    ROUNDS,
  );
  if (closed === undefined || minimal === undefined) return;
  line();
  line(`engine, everything recorded, in turn, median of ${ROUNDS} rounds`);
  for (const speed of [closed, ...others]) line(row(speed));
  line();
  line(
    `the first beside a minimal loop: ${clients} clients, ${dynos} dynos × ${threads} threads, ${connections} connections, exponential 500 + 500 ms`,
  );
  line(row(minimal));
  const share = closed.median / minimal.median;
  line(`  engine ÷ minimal: ${share.toFixed(2)}`);
  line(
    `  cost per request against the first engine's: ${(FIRST_ENGINE_SHARE / share).toFixed(2)} times (at most 1.5)`,
  );
}

/** Memory in use at the end of one replication, by the number of requests that it simulated. */
function memory(): void {
  const perSecond = simulate(closedLoop(100), 0).simulatedRequests / 100;
  let most = 0;
  const show = (when: string): void => {
    const { heap, arrays } = memoryInUse();
    most = Math.max(most, heap + arrays);
    line(`  ${when.padEnd(28)} heap ${heap.toFixed(1)} MB, typed arrays ${arrays.toFixed(1)} MB`);
  };
  line();
  line("memory in use, the replication of the closed loop that was simulated included");
  show("before");
  for (const requests of MEMORY_REQUESTS) {
    const simulation = new Simulation(closedLoop(requests / perSecond), 0);
    simulation.advance(Number.POSITIVE_INFINITY);
    show(`after ${formatCount(simulation.books().sent)} requests`);
  }
  if (most <= MOST_MEMORY_MB) return;
  line(`  more than the ${MOST_MEMORY_MB} MB that a run may hold`);
  process.exitCode = 1;
}

// The threads of the studies run the same file.
if (isMainThread) {
  machine();
  openingScenario();
  speeds();
  memory();
  await studies(isQuick ? 3 : 5);
} else {
  serveRuns();
}
