import { spanText } from "../../base/run-time";
import type { Curve } from "../../scenario/types";

function rate(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** A curve of traffic in words: `48 points over 24 h, from 12 to 260 requests a second`. */
export function curveText(points: Curve): string {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [, value] of points) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const amount = points.length === 1 ? "1 point" : `${points.length.toLocaleString("en-US")} points`;
  return `${amount} over ${spanText(Math.round((points.at(-1)?.[0] ?? 0) * 10) / 10)}, from ${rate(least)} to ${rate(most)} requests a second`;
}
