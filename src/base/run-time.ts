/*
 * Times of a run, for people. How they are said depends on how long the whole run is, so that all times of one run are said alike: seconds up to five
 * minutes, minutes up to three hours, and beyond as on a clock that starts at midnight, with the day where a run has several.
 */

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const LONGEST_IN_SECONDS_S = 300;
const LONGEST_IN_MINUTES_S = 3 * HOUR_S;

type Manner = "seconds" | "minutes" | "clock";

function mannerOf(runS: number): Manner {
  if (runS <= LONGEST_IN_SECONDS_S) return "seconds";
  return runS <= LONGEST_IN_MINUTES_S ? "minutes" : "clock";
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A part of a clock's time: "05", "05.25". */
function twoDigits(value: number): string {
  const text = String(Number(value.toFixed(3)));
  return value < 10 ? `0${text}` : text;
}

/** "12:34" of minutes and seconds. */
function minutesText(atS: number): string {
  const minutes = Math.floor(atS / MINUTE_S);
  return `${minutes}:${twoDigits(atS - minutes * MINUTE_S)}`;
}

/** "09:30", "09:30:15", "1 d 09:30"; a run of one day ends at 24:00. */
function clockText(atS: number, runS: number): string {
  const days = runS > DAY_S ? Math.floor(atS / DAY_S) : 0;
  const ofDay = atS - days * DAY_S;
  const hours = Math.floor(ofDay / HOUR_S);
  const minutes = Math.floor((ofDay - hours * HOUR_S) / MINUTE_S);
  const seconds = ofDay - hours * HOUR_S - minutes * MINUTE_S;
  const clock = `${twoDigits(hours)}:${twoDigits(minutes)}`;
  return `${days > 0 ? `${days} d ` : ""}${clock}${seconds > 0 ? `:${twoDigits(seconds)}` : ""}`;
}

/** A time of a run of this length: "25 s", "12 min", "12:34 min", "09:30", "1 d 09:30". */
export function timeText(atS: number, runS: number): string {
  const at = Number(atS.toFixed(3));
  switch (mannerOf(runS)) {
    case "seconds":
      return `${plain(at)} s`;
    case "minutes":
      return `${at % MINUTE_S === 0 ? at / MINUTE_S : minutesText(at)} min`;
    case "clock":
      return clockText(at, runS);
  }
}

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

/** How long something lasts: "45 s", "0.5 s", "12 min", "6 h", "6 h 30 min", "7 d", "1 d 2 h". */
export function spanText(seconds: number): string {
  const isShort = seconds < MINUTE_S || (seconds <= LONGEST_IN_SECONDS_S && seconds % MINUTE_S !== 0);
  if (isShort) return `${plain(seconds)} s`;
  const rounded = Math.round(seconds);
  const days = rounded > DAY_S ? Math.floor(rounded / DAY_S) : 0;
  const parts = [
    [days, "d"],
    [Math.floor((rounded - days * DAY_S) / HOUR_S), "h"],
    [Math.floor((rounded % HOUR_S) / MINUTE_S), "min"],
    [rounded % MINUTE_S, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
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
