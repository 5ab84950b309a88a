import type { Estimate } from "../analysis/result-types";
import type { ReplicationRecord } from "../engine";
import { GAUGE } from "../engine/record/replication-record";
import type { Scenario } from "../scenario/types";
import type { PrecisionAnswer } from "./answer-types";
import { Configuration } from "./configuration";
import type { PrecisionQuestion } from "./question-types";
import { settledAfter } from "./settling";
import type { Simulator } from "./simulator";
import { type OnMore, rounds, Work } from "./work";

/** Fewer say too little about their own spread: a rule that may stop at once would stop where luck makes them alike. */
const PILOT = 10;
/** What is asked for next is a little more than the spread so far calls for, and no more than so many times what is there. */
const SPARE = 1.1;
const MOST_GROWTH = 4;

/** An interval may be narrow by luck, and then tends to lie beside the truth: it must still be narrow after so many times the replications. */
const CONFIRMED_BY = 1.5;

/**
 * Adds replications until a figure's 95 % interval is within a share of it, or the budget is spent (the sequential procedure of Law, Simulation Modeling and
 * Analysis, section 9.4.1). First the pilot's runs tell how long the system takes to settle; where that is longer than the warm-up,
 * the runs get that warm-up, and are as much longer.
 */
export async function precision(
  { of, within, most }: PrecisionQuestion,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<PrecisionAnswer> {
  const history: { replications: number; estimate: Estimate }[] = [];
  let configuration = new Configuration(base);
  let foundS: number | null = null;
  const work = new Work(simulator, () => onMore(() => answer(null)));

  function answer(ended: PrecisionAnswer["ended"]): PrecisionAnswer {
    return {
      kind: "precision",
      progress: work.progress,
      isComplete: ended !== null,
      of,
      within,
      most,
      estimate: configuration.measures[of],
      replications: configuration.replications,
      history,
      warmup: { givenS: base.run.warmupS, foundS, usedS: configuration.scenario.run.warmupS },
      ended,
    };
  }

  await work.simulate(rounds([configuration], Math.min(PILOT, most), "series"));
  foundS = settlingS(configuration.records);
  const longer = withWarmup(base, foundS);
  if (longer !== base) {
    configuration = new Configuration(longer);
    await work.simulateUpTo([configuration], Math.min(PILOT, most));
  }
  let wasNarrow = false;
  for (;;) {
    const { replications } = configuration;
    const estimate = configuration.measures[of];
    history.push({ replications, estimate });
    const share = relativeHalf(estimate);
    if (share === null) return answer("not measured");
    const isNarrow = share <= within;
    if (isNarrow && (wasNarrow || share === 0)) return answer("precise");
    if (replications >= most) return answer(isNarrow ? "precise" : "budget");
    wasNarrow = isNarrow;
    const wanted = isNarrow
      ? Math.ceil(CONFIRMED_BY * replications)
      : Math.ceil(SPARE * replications * (share / within) ** 2);
    const next = Math.max(replications + 2, Math.min(wanted, MOST_GROWTH * replications));
    await work.simulateUpTo([configuration], Math.min(next, most));
  }
}

/** Half the interval as a share of the figure; 0 where all replications agree, null where there is no figure. */
function relativeHalf({ mean, ci95 }: Estimate): number | null {
  if (mean === null || ci95 === null) return null;
  const half = (ci95[1] - ci95[0]) / 2;
  return half === 0 ? 0 : half / Math.abs(mean);
}

/** When the number of requests in flight, averaged over replications, has settled; null where it does not in the first half of the run. */
function settlingS(records: readonly ReplicationRecord[]): number | null {
  const [first] = records;
  if (first === undefined) return null;
  const { buckets, bucketMs } = first;
  const inFlight = Array.from({ length: buckets }, (_, bucket) =>
    records.reduce(
      (sum, { gaugesOverTime }) => sum + (gaugesOverTime[GAUGE.inFlight * buckets + bucket] ?? 0),
      0,
    ),
  );
  const cut = settledAfter(inFlight);
  return cut === null ? null : (cut * bucketMs) / 1000;
}

/** The scenario with a longer warm-up where it needs one, and a run that is measured as long as before. */
function withWarmup(base: Scenario, foundS: number | null): Scenario {
  const { warmupS, durationS } = base.run;
  if (foundS === null || foundS <= warmupS || changesByPlan(base)) return base;
  return { ...base, run: { ...base.run, warmupS: foundS, durationS: durationS + foundS - warmupS } };
}

/** Whether the scenario has no steady state to wait for: its changes are what the run is about. */
function changesByPlan({ timeline, workloads }: Scenario): boolean {
  return (
    timeline.length > 0 ||
    workloads.some(
      (workload) =>
        workload.kind === "replay" ||
        workload.profile !== undefined ||
        (workload.kind === "open" && workload.trace !== undefined),
    )
  );
}
