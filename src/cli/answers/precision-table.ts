import { formatMs, formatPercent } from "../../base/format";
import type { PrecisionAnswer } from "../../study/answer-types";
import { alignedColumns } from "../text-table";
import { counted, estimateText, MEASURES, valueText } from "./measure-words";

/** The figure, how it was come to, and why it ended there. */
export function precisionTable(answer: PrecisionAnswer): string[] {
  const { of, estimate, replications, history, warmup } = answer;
  const seconds = (s: number) => formatMs(s * 1000);
  const found =
    warmup.foundS === null
      ? "The run does not settle in its first half"
      : `The run has settled after ${seconds(warmup.foundS)}`;
  return [
    `${MEASURES[of].label} is ${estimateText(of, estimate)}, over ${counted(replications, "replication")}. ${endText(answer)}`,
    `${found}; the first ${seconds(warmup.usedS)} of each are not measured (the scenario says ${seconds(warmup.givenS)}).`,
    "",
    ...alignedColumns([
      ["replications", MEASURES[of].label, "95 % interval, half"],
      ...history.map((round) => [
        String(round.replications),
        valueText(of, round.estimate),
        halfText(round.estimate),
      ]),
    ]),
  ];
}

function halfText({ mean, ci95 }: PrecisionAnswer["estimate"]): string {
  if (mean === null || mean === 0 || ci95 === null) return "none";
  return `± ${formatPercent((ci95[1] - ci95[0]) / 2 / mean)}`;
}

function endText({ ended, within, most }: PrecisionAnswer): string {
  switch (ended) {
    case "precise":
      return `That is within ± ${formatPercent(within)}, as wanted.`;
    case "budget":
      return `The budget of ${counted(most, "replication")} is spent before the interval is within ± ${formatPercent(within)}.`;
    case "not measured":
      return "Nothing was measured that could become more precise.";
    case null:
      return "";
  }
}
