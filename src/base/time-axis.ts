import { clockText, DAY_S, MINUTE_S, mannerOf, minutesText, plain } from "./run-time";

/** From when to when, the times rounded as far as the stretch's length allows: "12.4–12.6 s", "12:24–12:36 min", "09:30–09:34". */
export function stretchText(fromS: number, toS: number, runS: number): string {
  const lengthS = toS - fromS;
  const manner = mannerOf(runS);
  if (manner === "seconds") {
    const decimals = Math.max(0, Math.min(4, Math.ceil(-Math.log10(lengthS) - 1e-9)));
    return `${fromS.toFixed(decimals)}–${toS.toFixed(decimals)} s`;
  }
  const unitS = lengthS >= 2 * MINUTE_S ? MINUTE_S : lengthS >= 1 ? 1 : 0.001;
  const from = Math.round(fromS / unitS) * unitS;
  const to = Math.round(toS / unitS) * unitS;
  if (manner === "minutes") return `${minutesText(from)}–${minutesText(to)} min`;
  const first = clockText(from, runS);
  const second = clockText(to, runS);
  const isSameDay = Math.floor(from / DAY_S) === Math.floor(to / DAY_S);
  return `${first}–${isSameDay ? second.replace(/^\d+ d /, "") : second}`;
}

const STEPS_S = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
];

/** The shortest readable step that is at least as long. */
export function readableStep(leastS: number): number {
  return STEPS_S.find((step) => step >= leastS) ?? leastS;
}

/** Multiples of a step in a stretch, without the noise of binary fractions. */
export function multiples(step: number, from: number, to: number): number[] {
  const values: number[] = [];
  const slack = step * 1e-6;
  for (let n = Math.ceil((from - slack) / step); n * step <= to + slack; n++) {
    values.push(Number((n * step).toPrecision(9)));
  }
  return values;
}

interface TimeTicks {
  readonly values: readonly number[];
  readonly format: (atS: number) => string;
}

/** At most one tick in so many pixels. */
const LEAST_DISTANCE = 64;

/**
 * Ticks of a time axis that is `width` pixels long and shows a stretch of a run. Seconds and minutes say their unit at
 * the last tick, and a clock says the day at midnight.
 */
export function timeTicks(fromS: number, toS: number, width: number, runS: number): TimeTicks {
  const most = Math.max(2, Math.floor(width / LEAST_DISTANCE));
  const step = readableStep((toS - fromS) / most);
  const values = multiples(step, fromS, toS);
  const last = values.at(-1);
  const manner = mannerOf(runS);
  return {
    values,
    format(atS) {
      if (manner === "clock") {
        if (runS > DAY_S && atS % DAY_S === 0) return atS === 0 ? "0" : `${atS / DAY_S} d`;
        return clockText(atS, runS).replace(/^\d+ d /, "");
      }
      const isInMinutes = manner === "minutes";
      const text = !isInMinutes
        ? plain(atS)
        : step % MINUTE_S === 0
          ? plain(atS / MINUTE_S)
          : minutesText(atS);
      return atS === last ? `${text} ${isInMinutes ? "min" : "s"}` : text;
    },
  };
}
