import { formatCount, formatPercent, formatRate } from "../../base/format";
import type { CapacityAnswer, Headroom } from "../../study/answer-types";
import { alignedColumns } from "../text-table";
import { valueText } from "./measure-words";

type Unit = CapacityAnswer["unit"];

const UNITS: Readonly<Record<Unit, { readonly noun: string; readonly text: (load: number) => string }>> = {
  clients: { noun: "clients", text: (load) => `${formatCount(load)} clients` },
  requestsPerSecond: { noun: "requests per second", text: formatRate },
  factor: { noun: "times the load", text: (load) => `${formatCount(load)} times the load` },
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
  const header = [UNITS[unit].noun, "throughput", "p95", "failures", ...objective, "replications"];
  const kneeAt = (load: number, perSecond: number) =>
    `The knee is at ${UNITS[unit].text(load)}: from there on throughput (${formatRate(perSecond)}) no longer follows the load.`;
  return [
    headroomSentence(headroom, unit),
    ...(knee === null ? [] : [kneeAt(knee.load, knee.throughputPerSecond)]),
    "",
    ...alignedColumns([header, ...rows]),
    ...(bounds.length === 0 ? [] : ["", "What arithmetic says:"]),
    ...bounds.map(({ label, because }) => `  ${label}: ${because}`),
  ];
}

function headroomSentence(headroom: Headroom, unit: Unit): string {
  const { text } = UNITS[unit];
  switch (headroom.kind) {
    case "found": {
      const { share, metAt, missedAt, isSure } = headroom;
      const doubt = isSure ? "" : " The intervals there reach over the limit: more replications may move it.";
      const between = `the objective is met at ${text(metAt)} and missed at ${text(missedAt)}.${doubt}`;
      return share < 0
        ? `The load is ${formatPercent(-share)} too much: ${between}`
        : `You have ${isSure ? "" : "about "}${formatPercent(share)} headroom: ${between}`;
    }
    case "none missed":
      return `The objective is met at every load up to ${text(headroom.lookedTo)}; more was not looked at.`;
    case "none met":
      return `The objective is missed even at ${text(headroom.lookedTo)}; less was not looked at.`;
    case "no objective":
      return "There is no objective, so there is no headroom to tell.";
  }
}
