import { formatCount, formatRate } from "../../base/format";
import type { CapacityAnswer } from "../../study/answer-types";
import { headroomSentence, loadText } from "../../study/headroom-words";
import { alignedColumns } from "../text-table";
import { valueText } from "./measure-words";

const NOUNS: Readonly<Record<CapacityAnswer["unit"], string>> = {
  clients: "clients",
  requestsPerSecond: "requests per second",
  factor: "times the load",
};

/** The curve as a table, where the objective is no longer met, and the bounds beside it. */
export function capacityTable(answer: CapacityAnswer): string[] {
  if (answer.impossible !== null) return [answer.impossible];
  const { unit, now, points, knee, bounds, headroom } = answer;
  const rows = points.map(({ load, measures, isMet, replications }) => [
    load === now ? `${formatCount(load)} (now)` : formatCount(load),
    valueText("throughput", measures.throughput),
    valueText("p95", measures.p95),
    valueText("failureRate", measures.failureRate),
    ...(headroom.kind === "no objective" ? [] : [isMet ? "met" : "missed"]),
    String(replications),
  ]);
  const objective = headroom.kind === "no objective" ? [] : ["objective"];
  const header = [NOUNS[unit], "throughput", "p95", "failures", ...objective, "replications"];
  const kneeAt = (load: number, perSecond: number) =>
    `The knee is at ${loadText(unit, load)}: with less load capacity lies idle, with more (${formatRate(perSecond)} there) requests mostly wait.`;
  return [
    headroomSentence(answer),
    ...(knee === null ? [] : [kneeAt(knee.load, knee.throughputPerSecond)]),
    "",
    ...alignedColumns([header, ...rows]),
    ...(bounds.length === 0 ? [] : ["", "What arithmetic says:"]),
    ...bounds.map(({ label, because }) => `  ${label}: ${because}`),
  ];
}
