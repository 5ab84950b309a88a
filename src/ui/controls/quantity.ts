/**
 * Numbers as people type and read them. A field shows its value in one fixed unit, written beside it; what is typed
 * may name another unit ("1.5s" in a field of milliseconds) or a magnitude ("2k").
 */
interface UnitDefinition {
  /** Shown behind the number. */
  readonly suffix: string;
  /** How much of the document's unit one shown unit is: 1000 where seconds are shown and milliseconds stored. */
  readonly storedPerShown: number;
  /** Words that may follow the number, in lower case, and how much of the document's unit each is worth. */
  readonly words: Readonly<Record<string, number>>;
  /** For the sentence that explains what may be typed. */
  readonly example: string;
}

const MILLISECOND_WORDS = { ms: 1, s: 1e3, sec: 1e3, m: 6e4, min: 6e4, h: 3.6e6 };
const SECOND_WORDS = { ms: 1e-3, s: 1, sec: 1, m: 60, min: 60, h: 3600 };

export const UNITS = {
  count: { suffix: "", storedPerShown: 1, words: {}, example: "250 or 2k" },
  milliseconds: { suffix: "ms", storedPerShown: 1, words: MILLISECOND_WORDS, example: "500, 500ms or 1.5s" },
  /** The document has milliseconds, people think in seconds. */
  millisecondsAsSeconds: {
    suffix: "s",
    storedPerShown: 1e3,
    words: MILLISECOND_WORDS,
    example: "30, 30s or 500ms",
  },
  seconds: { suffix: "s", storedPerShown: 1, words: SECOND_WORDS, example: "45, 45s or 2min" },
  perSecond: {
    suffix: "/s",
    storedPerShown: 1,
    words: { "/s": 1, rps: 1, "/min": 1 / 60, rpm: 1 / 60 },
    example: "75, 2k or 6000/min",
  },
  perMinute: { suffix: "/min", storedPerShown: 1, words: { "/min": 1, "/s": 60 }, example: "600 or 10/s" },
  percent: { suffix: "%", storedPerShown: 0.01, words: { "%": 0.01 }, example: "0.1 or 5%" },
  megabytes: {
    suffix: "MB",
    storedPerShown: 1,
    words: { mb: 1, gb: 1024, tb: 1024 * 1024 },
    example: "512 or 4GB",
  },
  dollars: { suffix: "$", storedPerShown: 1, words: { $: 1, usd: 1 }, example: "50" },
  ratio: { suffix: "", storedPerShown: 1, words: {}, example: "1.5" },
} as const satisfies Record<string, UnitDefinition>;

export type Unit = keyof typeof UNITS;

/** What a field accepts, in the document's unit. */
export interface QuantityRules {
  readonly unit: Unit;
  readonly minimum: number;
  readonly maximum: number;
  readonly integer: boolean;
}

export type ParsedQuantity =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly sentence: string };

const MAGNITUDES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6 };
const PATTERN = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|\.)?(?:e[+-]?\d+)?)\s*(.*)$/i;

/** Removes the noise of binary fractions: 0.7 × 0.01 is 0.007. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}

/** How much of the document's unit one of the named unit is; undefined for a word the unit does not know. */
function factorOf(word: string, definition: UnitDefinition): number | undefined {
  if (word === "") return definition.storedPerShown;
  if (Object.hasOwn(definition.words, word)) return definition.words[word];
  const magnitude = MAGNITUDES[word.charAt(0)];
  if (magnitude === undefined) return undefined;
  const rest = factorOf(word.slice(1), definition);
  return rest === undefined ? undefined : magnitude * rest;
}

/**
 * Reads what a person typed: `250`, `1,000`, `2k`, `500ms`, `1.5s`, `5%`.
 * Returns the value in the document's unit, or a sentence saying what is wrong and what is allowed.
 */
export function parseQuantity(text: string, rules: QuantityRules): ParsedQuantity {
  const definition: UnitDefinition = UNITS[rules.unit];
  const trimmed = text.trim().replace(/^\$/, "").replace("−", "-");
  const match = PATTERN.exec(trimmed);
  const digits = (match?.[1] ?? "").replaceAll(",", "");
  const factor = factorOf((match?.[2] ?? "").toLowerCase().replaceAll(" ", ""), definition);
  const number = digits === "" ? Number.NaN : Number(digits);
  if (!Number.isFinite(number) || factor === undefined) {
    return {
      ok: false,
      sentence: `“${text.trim()}” is not a value here. Write it like ${definition.example}.`,
    };
  }
  const value = factor === 1 ? number : tidy(number * factor);
  if (rules.integer && !Number.isInteger(value)) {
    return { ok: false, sentence: `${formatQuantity(value, rules.unit)} is not a whole number.` };
  }
  if (value < rules.minimum || value > rules.maximum) {
    const low = withUnit(rules.minimum, rules.unit);
    const high = withUnit(rules.maximum, rules.unit);
    return { ok: false, sentence: `Allowed is ${low} to ${high}.` };
  }
  return { ok: true, value };
}

const SIX_DECIMALS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

/** The number alone, in the unit that stands beside the field: 30000 ms is "30" where seconds are shown. */
export function formatQuantity(value: number, unit: Unit): string {
  const shown = tidy(value / UNITS[unit].storedPerShown);
  return SIX_DECIMALS.format(shown);
}

/** The number with its unit: "30 s", "$50", "250". */
export function withUnit(value: number, unit: Unit): string {
  const number = formatQuantity(value, unit);
  const { suffix } = UNITS[unit];
  if (suffix === "$") return `$${number}`;
  if (suffix === "") return number;
  return suffix.startsWith("/") ? `${number}${suffix}` : `${number}\u00a0${suffix}`;
}
