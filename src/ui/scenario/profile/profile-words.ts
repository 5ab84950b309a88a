import { formatCount, formatRate } from "../../../base/format";
import type { Curve, Workload } from "../../../scenario/types";

/** What a factor multiplies, as the axis beside the factors says it. */
export function measureOf(workload: Workload): string {
  switch (workload.kind) {
    case "closed":
      return "Clients";
    case "burst":
      return "Requests per burst";
    default:
      return "Requests a second";
  }
}

/** How much of that there is at a factor of 1. */
export function measureAtOne(workload: Workload): number {
  if (workload.kind === "open") return workload.requestsPerSecond;
  return workload.kind === "replay" ? 0 : workload.clients;
}

/** What a factor comes to: "113/s", "500". */
export function impliedAt(workload: Workload, factor: number): string {
  const amount = Number((measureAtOne(workload) * factor).toPrecision(3));
  return workload.kind === "open" ? formatRate(amount) : formatCount(Math.round(amount));
}

/** A factor for people: "1.5 ×". */
export function factorText(factor: number): string {
  return `${Number(factor.toPrecision(4))} ×`;
}

/** A curve in a few words: "from 11/s to 105/s". */
export function rangeText(workload: Workload, curve: Curve): string {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [, factor] of curve) {
    least = Math.min(least, factor);
    most = Math.max(most, factor);
  }
  const unit = { closed: " clients", burst: " requests a burst", open: "", replay: "" }[workload.kind];
  return `from ${impliedAt(workload, least)} to ${impliedAt(workload, most)}${unit}`;
}
