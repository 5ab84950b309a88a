/*
 * Times of a run, for people. How they are said depends on how long the whole run is, so that all times of one run are said alike: seconds up to five
 * minutes, minutes up to three hours, and beyond as on a clock that starts at midnight, with the day where a run has several.
 */

export const MINUTE_S = 60;
const HOUR_S = 3600;
export const DAY_S = 86_400;
const LONGEST_IN_SECONDS_S = 300;
const LONGEST_IN_MINUTES_S = 3 * HOUR_S;

type Manner = "seconds" | "minutes" | "clock";

/** How the times of a run of this length are said. */
export function mannerOf(runS: number): Manner {
  if (runS <= LONGEST_IN_SECONDS_S) return "seconds";
  return runS <= LONGEST_IN_MINUTES_S ? "minutes" : "clock";
}

/** A number without the noise of binary fractions. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A part of a clock's time: "05", "05.25". */
function twoDigits(value: number): string {
  const text = String(Number(value.toFixed(3)));
  return value < 10 ? `0${text}` : text;
}

/** "12:34" of minutes and seconds. */
export function minutesText(atS: number): string {
  const minutes = Math.floor(atS / MINUTE_S);
  return `${minutes}:${twoDigits(atS - minutes * MINUTE_S)}`;
}

/** "09:30", "09:30:15", "1 d 09:30"; a run of one day ends at 24:00. */
export function clockText(atS: number, runS: number): string {
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

/** A month as prices mean it: 730 h. */
export const MONTH_S = 730 * HOUR_S;

/** What a run of this length is called: "day", "week", or just "run". */
export function runNoun(runS: number): string {
  if (runS === DAY_S) return "day";
  return runS === 7 * DAY_S ? "week" : "run";
}
