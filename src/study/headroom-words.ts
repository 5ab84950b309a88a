import { formatCount, formatRate } from "../base/format";
import type { CapacityAnswer } from "./answer-types";

/** A load in a curve's own unit: "276 clients", "90/s", "1.4 times the present load". */
export function loadText(unit: CapacityAnswer["unit"], load: number): string {
  const rounded = Number(load.toPrecision(4));
  if (unit === "clients") return `${formatCount(rounded)} ${rounded === 1 ? "client" : "clients"}`;
  if (unit === "requestsPerSecond") return formatRate(rounded).replace("/s", " requests per second");
  return `${Number(load.toPrecision(3))} times the present load`;
}

/** The same without its unit, where it was just said. */
function shortText(unit: CapacityAnswer["unit"], load: number): string {
  const rounded = Number(load.toPrecision(4));
  if (unit === "clients") return formatCount(rounded);
  if (unit === "requestsPerSecond") return formatRate(rounded);
  return `${Number(load.toPrecision(3))} times`;
}

function percent(share: number): string {
  return `${Math.round(Math.abs(share) * 100)} %`;
}

/** How much more load the objective allows, in a sentence or two. */
export function headroomSentence({ headroom, unit, now }: CapacityAnswer): string {
  switch (headroom.kind) {
    case "found": {
      const { metAt, missedAt, share, isSure } = headroom;
      const doubt = isSure ? "" : " The intervals there reach over the limit: more replications may move it.";
      if (share < 0) {
        return `The objective is missed now. It is met up to ${loadText(unit, metAt)}, ${percent(share)} less than now, and missed at ${shortText(unit, missedAt)}.${doubt}`;
      }
      const until = `the objective is met up to ${loadText(unit, metAt)}, and missed at ${shortText(unit, missedAt)}.${doubt}`;
      if (Math.round(share * 100) === 0) return `You are at the limit: ${until}`;
      return `You have ${isSure ? "" : "about "}${percent(share)} headroom: ${until}`;
    }
    case "none missed":
      return `The objective is met at every load up to ${loadText(unit, headroom.lookedTo)}, ${times(headroom.lookedTo / now)} the present: more was not looked at.`;
    case "none met":
      return `The objective is missed even at ${loadText(unit, headroom.lookedTo)}, the smallest load that was looked at: it is not the load that breaks it.`;
    case "no objective":
      return "This scenario has no objective, so there is no limit to measure headroom by. Set one first.";
  }
}

function times(factor: number): string {
  return `${Number(factor.toPrecision(2))} times`;
}
