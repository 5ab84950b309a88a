import type { Candidate, CheapestAnswer } from "../../study/answer-types";
import { alignedColumns } from "../text-table";
import { counted, fieldText, valueText } from "./measure-words";

/** The cheapest configuration that meets the objective, the frontier of cost against p95, and how sure that is. */
export function cheapestTable(answer: CheapestAnswer): string[] {
  if (answer.impossible !== null) return [answer.impossible];
  const { best, present, frontier, sureness, ruledOut } = answer;
  return [
    best === null
      ? "None of the configurations meets the objective."
      : `The cheapest that meets the objective costs ${valueText("monthlyUsd", best.measures.monthlyUsd)} a month:`,
    ...(best === null ? [] : best.values.map(({ path, value }) => `  ${path} = ${fieldText(value)}`)),
    "",
    ...alignedColumns([
      ["", "monthly cost", "p95", "failures", "meets the objective", "replications"],
      ...(present === null ? [] : [row("as it is", present)]),
      ...frontier.map((candidate) => row(valuesText(candidate), candidate)),
    ]),
    "",
    ...sureness,
    ...ruledOut.map(({ reason, count }) => `Not simulated: ${counted(count, "configuration")}, ${reason}`),
  ];
}

function row(name: string, { measures, meets, replications }: Candidate): string[] {
  return [
    name,
    valueText("monthlyUsd", measures.monthlyUsd),
    valueText("p95", measures.p95),
    valueText("failureRate", measures.failureRate),
    meets,
    String(replications),
  ];
}

function valuesText({ values }: Candidate): string {
  return values.map(({ path, value }) => `${path} = ${fieldText(value)}`).join(", ");
}
