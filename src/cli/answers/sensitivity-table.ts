import { formatPercent } from "../../base/format";
import type { SensitivityAnswer, SensitivityBar } from "../../study/answer-types";
import { alignedColumns } from "../text-table";
import { counted, differenceText, estimateText, fieldText, MEASURES } from "./measure-words";

/** What a figure does where each input is smaller, and larger; the largest effect first. */
export function sensitivityTable({ of, by, base, replications, bars, leftOut }: SensitivityAnswer): string[] {
  const share = formatPercent(by);
  const isIdle = ({ low, high }: SensitivityBar) => low.verdict === "same" && high.verdict === "same";
  const idle = bars.filter(isIdle).map(({ path }) => path);
  const rows = bars
    .filter((bar) => !isIdle(bar))
    .map(({ path, value, lowValue, highValue, low, high }) => [
      path,
      fieldText(value),
      `${fieldText(lowValue)}: ${differenceText(of, low)}`,
      `${fieldText(highValue)}: ${differenceText(of, high)}`,
    ]);
  return [
    `${MEASURES[of].label} is ${estimateText(of, base)}, over ${counted(replications, "replication")}. With each input ${share} smaller, and ${share} larger:`,
    "",
    ...alignedColumns([["input", "now", "smaller", "larger"], ...rows], { hasTexts: true }),
    ...(idle.length === 0 ? [] : ["", `Without any effect: ${idle.join(", ")}`]),
    ...(leftOut.length === 0
      ? []
      : ["", ...leftOut.map(({ path, reason }) => `Left out: ${path}: ${reason}`)]),
  ];
}
