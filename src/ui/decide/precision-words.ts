import type { PrecisionAnswer } from "../../study/answer-types";
import { estimateText, measureInLine } from "./measures";

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** How narrow the interval is, as a share of the figure; null where that is not known. */
function reachedShare({ estimate: { mean, ci95 } }: PrecisionAnswer): number | null {
  if (mean === null || ci95 === null || mean === 0) return null;
  return (ci95[1] - ci95[0]) / 2 / Math.abs(mean);
}

/** How far it has come, or how it ended. */
export function endedSentence(answer: PrecisionAnswer): string {
  const { of, within, most, estimate, replications, ended } = answer;
  const figure = measureInLine(of);
  const reached = reachedShare(answer);
  const now = reached === null ? "" : `, within ± ${percent(reached)}`;
  switch (ended) {
    case null:
      return reached === null
        ? `Running until ${figure} is known within ± ${percent(within)}.`
        : `So far ${figure} is ${estimateText(of, estimate)}${now}; wanted is ± ${percent(within)}.`;
    case "precise":
      return `${replications} replications are enough: ${figure} is ${estimateText(of, estimate)}${now}.`;
    case "budget":
      return `The budget of ${most} replications is spent: ${figure} is ${estimateText(of, estimate)}${now}, and ± ${percent(within)} was wanted.`;
    case "not measured":
      return `There is nothing to measure: no run of this scenario has ${figure}.`;
  }
}

function seconds(value: number): string {
  return `${Number(value.toPrecision(3))} s`;
}

/** When the runs have settled, and what that means for the warm-up. */
export function warmupSentence({ warmup: { givenS, foundS, usedS } }: PrecisionAnswer): string {
  if (foundS === null) {
    return `The run does not settle in its first half (MSER-5 on the requests in flight), so no warm-up would be long enough; this used ${seconds(usedS)}.`;
  }
  const when = foundS === 0 ? "is settled from its beginning" : `has settled after ${seconds(foundS)}`;
  const settled = `The run ${when} (MSER-5 on the requests in flight)`;
  if (usedS > givenS)
    return `${settled}; your warm-up of ${seconds(givenS)} is too short, so this used ${seconds(usedS)}.`;
  if (foundS > givenS)
    return `${settled}, later than your warm-up of ${seconds(givenS)}; that stays, since what changes by plan is what this run is about.`;
  return `${settled}; your warm-up of ${seconds(givenS)} covers it.`;
}
