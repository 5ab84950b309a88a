import { availableParallelism } from "node:os";
import { formatMs } from "../../src/base/format";
import { thisThread } from "../../src/cli/simulate-run";
import { WorkerThreads } from "../../src/cli/worker-threads";
import { findPreset, OPENING_PRESET_ID } from "../../src/scenario/presets";
import type { Scenario } from "../../src/scenario/types";
import { answerQuestion } from "../../src/study/answer-question";
import type { CompareQuestion, SweepQuestion } from "../../src/study/question-types";
import { line } from "./lines";
import { median } from "./measure";

function opening(): Scenario {
  const preset = findPreset(OPENING_PRESET_ID);
  if (preset === undefined) throw new Error("The opening scenario is gone.");
  return preset.scenario;
}

/** The heat map that the page offers first: 12 numbers of dynos, 12 of clients. */
const HEAT_MAP: SweepQuestion = {
  kind: "sweep",
  axes: [
    { path: "fleets.web.dynos", values: Array.from({ length: 12 }, (_, i) => 5 * (i + 1)) },
    { path: "workloads.hey.clients", values: Array.from({ length: 12 }, (_, i) => 20 * (i + 1)) },
  ],
  replications: 4,
};

/** How long the heat map of the opening scenario takes on all cores, and until every third row and column of it is there. */
async function heatMap(rounds: number): Promise<void> {
  const cores = availableParallelism();
  const threads = new WorkerThreads(process.argv[1] ?? "", cores);
  const whole: number[] = [];
  const coarse: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    let cells = 0;
    await answerQuestion(HEAT_MAP, opening(), threads, () => {
      cells += 1;
      if (cells === 16) coarse.push(performance.now() - started);
    });
    whole.push(performance.now() - started);
  }
  await threads.close();
  line();
  line(`heat map of the opening scenario, 144 cells, 4 replications, ${cores} threads, median of ${rounds}`);
  line(
    `  16 cells all over it after ${formatMs(median(coarse))}, whole after ${formatMs(median(whole))}; the first round ${formatMs(whole[0] ?? 0)}`,
  );
}

/** What comparing two scenarios costs beside running both. */
async function comparison(rounds: number): Promise<void> {
  const base = opening();
  const question: CompareQuestion = {
    kind: "compare",
    others: [{ name: "with a pooler", changes: { "pooler.enabled": true } }],
    replications: 8,
  };
  const times: number[] = [];
  const running: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let simulated = 0;
    const started = performance.now();
    await answerQuestion(
      question,
      base,
      {
        async simulate(runs, onRecord) {
          const from = performance.now();
          await thisThread.simulate(runs, onRecord);
          simulated += performance.now() - from;
        },
      },
      () => undefined,
    );
    times.push(performance.now() - started);
    running.push(simulated);
  }
  line();
  line(`comparing two scenarios, 8 replications of each, one thread, median of ${rounds}`);
  line(`  ${formatMs(median(times))}, of which simulating both ${formatMs(median(running))}`);
}

/** Studies: many runs for one answer. */
export async function studies(rounds: number): Promise<void> {
  await heatMap(rounds);
  await comparison(rounds);
}
