import type { Curve } from "../../scenario/types";

function rate(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** A time as people say it: `45 s`, `1.5 min`, `24 h`. */
export function spanText(seconds: number): string {
  const [amount, unit] =
    seconds < 120 ? [seconds, "s"] : seconds < 7200 ? [seconds / 60, "min"] : [seconds / 3600, "h"];
  return `${amount.toLocaleString("en-US", { maximumFractionDigits: 1 })} ${unit}`;
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
  return `${amount} over ${spanText(points.at(-1)?.[0] ?? 0)}, from ${rate(least)} to ${rate(most)} requests a second`;
}
