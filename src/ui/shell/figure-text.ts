/**
 * A figure's text in two sizes: the number, and its unit. Unlike `base/format`, decimals are never trimmed: a figure that
 * changes many times a second keeps its width.
 */
export interface FigureText {
  readonly value: string;
  readonly unit: string;
}

/** What a figure measures; decides unit, decimals, and how a difference is said. */
export type FigureKind = "rate" | "duration" | "share" | "money";

function decimals(value: number, digits: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Three digits that mean something: 3.25, 48.1, 197, 1,300, 12.3k, 4.56M. */
function compact(value: number): string {
  if (value === 0) return "0";
  if (value < 9.995) return decimals(value, 2);
  if (value < 99.95) return decimals(value, 1);
  if (value < 9999.5) return decimals(value, 0);
  if (value < 999_950) return `${decimals(value / 1e3, value < 99_950 ? 1 : 0)}k`;
  return `${decimals(value / 1e6, 2)}M`;
}

/** Milliseconds below a second, seconds above. */
function durationText(ms: number): FigureText {
  return ms < 999.5 ? { value: compact(ms), unit: "ms" } : { value: compact(ms / 1000), unit: "s" };
}

function rateText(perSecond: number): FigureText {
  const isBetween = perSecond >= 99.95 && perSecond < 999.95;
  return { value: isBetween ? decimals(perSecond, 1) : compact(perSecond), unit: "/s" };
}

/** A share that is not nothing is never shown as nothing, and one that is not all never as all. */
function shareText(share: number): FigureText {
  const percent = share * 100;
  if (percent > 0 && percent < 0.005) return { value: "< 0.01", unit: "%" };
  if (percent > 99.9 && percent < 100)
    return { value: decimals(Math.floor(percent * 100) / 100, 2), unit: "%" };
  return { value: percent > 0 && percent < 10 ? decimals(percent, 2) : compact(percent), unit: "%" };
}

function moneyText(dollars: number): FigureText {
  return { value: `$${dollars < 99_950 ? decimals(dollars, 0) : compact(dollars)}`, unit: "" };
}

/** The text of a value of a kind; durations in ms, shares as fractions. The value is not negative. */
export function figureText(kind: FigureKind, value: number): FigureText {
  switch (kind) {
    case "rate":
      return rateText(value);
    case "duration":
      return durationText(value);
    case "share":
      return shareText(value);
    case "money":
      return moneyText(value);
  }
}

/** The text in one piece: "1.02 s", "197.6/s", "$1,300", "18.2 %". */
export function plainText(kind: FigureKind, value: number): string {
  const { value: number, unit } = figureText(kind, value);
  if (unit === "") return number;
  return unit === "/s" ? `${number}${unit}` : `${number}\u00a0${unit}`;
}

/** Half of an interval, in two digits: "0.8/s", "6 ms", "0.11 %", "1.3 s". */
export function halfWidthText(kind: FigureKind, half: number): string {
  const rounded = Number(Number(half.toPrecision(2)).toFixed(2));
  if (kind === "duration") return rounded < 1000 ? `${rounded}\u00a0ms` : `${rounded / 1000}\u00a0s`;
  if (kind === "share") return `${Number((half * 100).toPrecision(2))}\u00a0%`;
  return rounded < 1000 ? `${rounded}/s` : plainText(kind, rounded);
}

/** A limit as people write it, without padding: "1.5 s", "100 ms", "0.1 %". */
export function limitText(kind: FigureKind, limit: number): string {
  if (kind === "share") return `${Number((limit * 100).toPrecision(6))}\u00a0%`;
  if (kind === "duration") {
    return limit < 1000
      ? `${Number(limit.toPrecision(6))}\u00a0ms`
      : `${Number((limit / 1000).toPrecision(6))}\u00a0s`;
  }
  return plainText(kind, limit);
}

/** A difference with its sign: "+12.3/s", "−450 ms", "−18.2 points". Shares differ by percentage points. */
export function differenceText(kind: FigureKind, difference: number): string {
  const sign = difference < 0 ? "−" : "+";
  const size = Math.abs(difference);
  if (kind === "share") return `${sign}${shareText(size).value}\u00a0points`;
  return `${sign}${plainText(kind, size)}`;
}
