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

/** A stage is worth a word from this share of the time. */
const WORTH_A_WORD = 0.1;

const WAITING: readonly Stage[] = ["queue", "cpuWait", "checkout", "pooler", "queryWait"];

/** Whether a request waits for others in a stage; in the rest it works, or others work for it alone. */
function isWaiting(stage: Stage): boolean {
  return WAITING.includes(stage);
}

/** Where a p95 request spends its time: what it waits for, and what it does; "" where there is none. */
export function slowestSentence(breakdown: readonly StageBreakdown[]): string {
  const row = breakdown.find(({ of }) => of === "p95");
  if (row === undefined || row.totalMs === 0) return "";
  const { totalMs, stagesMs } = row;
  const most = (isOf: (stage: Stage) => boolean): string =>
    STAGES.filter((stage) => isOf(stage) && stagesMs[stage] >= WORTH_A_WORD * totalMs)
      .sort((one, other) => stagesMs[other] - stagesMs[one])
      .map((stage) => `${formatMs(stagesMs[stage])} ${IN_STAGE[stage]}`)
      .join(" and ");
  const waitedMs = STAGES.reduce((sum, stage) => sum + (isWaiting(stage) ? stagesMs[stage] : 0), 0);
  const works = most((stage) => !isWaiting(stage));
  const waits = most(isWaiting);
  const begin = `A p95 request of ${formatMs(totalMs)}`;
  if (waits === "") return works === "" ? "" : `${begin} hardly waits: it spends ${works}.`;
  const work = works === "" ? "" : `, and works for the rest: ${works}`;
  return `${begin} waits for ${formatPercent(waitedMs / totalMs)} of that: ${waits}${work}.`;
}
