/*
 * Numbers for people: as many digits as mean something, the same everywhere. Milliseconds below a second, seconds above; 12.3k, not 12345.678.
 */

/** Digits after the point so that about three digits are shown, at most `most`. */
function digits(value: number, most: number): number {
  const size = Math.abs(value);
  if (size >= 100) return 0;
  if (size >= 10) return Math.min(1, most);
  return Math.min(2, most);
}

function trimmed(value: number, most: number): string {
  return trimmedTo(value, digits(value, most));
}

function trimmedTo(value: number, places: number): string {
  const text = value.toFixed(places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** A duration: "480 ms", "1.25 s", "12 min", "1.5 h". */
export function formatMs(ms: number): string {
  const size = Math.abs(ms);
  if (size < 999.5)
    return `${size >= 100 || Number.isInteger(ms) ? Math.round(ms) : trimmed(ms, size >= 1 ? 1 : 2)} ms`;
  if (size < 99_950) return `${(ms / 1000).toFixed(size < 9_995 ? 2 : 1)} s`;
  if (size < 3_600_000) return `${trimmed(ms / 60_000, 1)} min`;
  return `${trimmed(ms / 3_600_000, 1)} h`;
}

/** A count: "950", "12.3k", "4.56M". */
export function formatCount(count: number): string {
  const size = Math.abs(count);
  if (size < 9_999.5) return Number.isInteger(count) ? String(count) : trimmed(count, 1);
  if (size < 999_500) return `${trimmed(count / 1e3, 1)}k`;
  if (size < 999_500_000) return `${trimmed(count / 1e6, 2)}M`;
  return `${trimmed(count / 1e9, 2)}G`;
}

/** A fraction as a percentage: "38 %", "1.2 %", "0.04 %". */
export function formatPercent(fraction: number): string {
  const percent = fraction * 100;
  const size = Math.abs(percent);
  if (size > 0 && size < 0.01) return "< 0.01 %";
  // Never rounded up to all, or down from it: 99.96 % is not 100 %.
  if (size < 100 && size > 99.9) return `${(Math.floor(percent * 100) / 100).toFixed(2)} %`;
  return `${trimmed(percent, size >= 10 ? 1 : 2)} %`;
}

/** US dollars: "$50", "$1,300", "$0.42". */
export function formatUsd(usd: number): string {
  const text = Math.abs(usd) >= 10 || Number.isInteger(usd) ? String(Math.round(usd)) : usd.toFixed(2);
  return `$${text.replace(/\B(?=(\d{3})+$)/g, ",")}`;
}

/** An amount spent, to the cent below a thousand: "$41.20", "$1,234", "< $0.01". */
export function formatSpent(usd: number): string {
  if (usd > 0 && usd < 0.005) return "< $0.01";
  const digits = usd < 999.995 ? 2 : 0;
  return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** A rate, with the digits of the figures above the charts: "180/s", "187.6/s", "12.3k/s", "0.25/s". */
export function formatRate(perSecond: number): string {
  const size = Math.abs(perSecond);
  const text =
    size >= 9_999.5 ? formatCount(perSecond) : trimmedTo(perSecond, size >= 999.95 ? 0 : size >= 10 ? 1 : 2);
  return `${text}/s`;
}
