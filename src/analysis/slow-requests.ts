import { formatMs, formatPercent } from "../base/format";
import { STAGES, type Stage, type StageBreakdown } from "./result-types";

/** What a request does in a stage, to follow "spends 985 ms". */
const IN_STAGE: Readonly<Record<Stage, string>> = {
  queue: "in line for a thread",
  cpu: "computing",
  cpuWait: "in line for its turn to compute",
  wait: "waiting for other services",
  checkout: "in line for a connection of its pool",
  connect: "opening a connection",
  pooler: "in line at the pooler",
  query: "in its queries' own work",
  queryWait: "in queries that wait for the database's processors",
};

/** A second stage is worth a word from this share of the time. */
const WORTH_A_WORD = 0.25;

/** Where a p95 request spends its time: the stage that takes most of it, and the second where that takes much too; "" where there is none. */
export function slowestSentence(breakdown: readonly StageBreakdown[]): string {
  const row = breakdown.find(({ of }) => of === "p95");
  if (row === undefined || row.totalMs === 0) return "";
  const { totalMs, stagesMs } = row;
  const [first, second] = [...STAGES].sort((one, other) => stagesMs[other] - stagesMs[one]);
  if (first === undefined) return "";
  const part = (stage: Stage): string => `${formatMs(stagesMs[stage])} ${IN_STAGE[stage]}`;
  const rest =
    second !== undefined && stagesMs[second] >= WORTH_A_WORD * totalMs ? ` and ${part(second)}` : "";
  return `A p95 request of ${formatMs(totalMs)} spends ${part(first)} (${formatPercent(stagesMs[first] / totalMs)})${rest}.`;
}
