/**
 * Logarithm, exponential and arctangent from nothing but + − × ÷ √ and bit patterns, which IEEE 754 fixes: the last digits of
 * `Math.log` and its kin differ between JavaScript engines, and with them a shared link's numbers would.
 */

const LN2_HIGH = 0.6931471803691238; // 33 bits, so that k × LN2_HIGH is exact for |k| < 2^20
const LN2_LOW = 1.9082149292705877e-10;
const INVERSE_LN2 = Math.LOG2E;
const SQRT_HALF = Math.SQRT1_2;

const bits = new DataView(new ArrayBuffer(8));

/** 2^exponent for −1022 ≤ exponent ≤ 1023. */
function powerOfTwo(exponent: number): number {
  bits.setUint32(0, (exponent + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/**
 * Natural logarithm, within 2 units in the last place.
 * With x = m·2^e and s = (m − 1)/(m + 1): ln m = 2 (s + s³/3 + s⁵/5 + …).
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let exponent = 0;
  let scaled = x;
  if (scaled < 2.2250738585072014e-308) {
    scaled *= 18014398509481984; // 2^54: out of the subnormal range
    exponent = -54;
  }
  bits.setFloat64(0, scaled);
  const high = bits.getUint32(0);
  exponent += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let mantissa = bits.getFloat64(0);
  if (mantissa > 2 * SQRT_HALF) {
    mantissa *= 0.5;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series = 1 / 23;
  for (let divisor = 21; divisor >= 3; divisor -= 2) series = series * square + 1 / divisor;
  const tail = 2 * s * square * series;
  return exponent * LN2_HIGH + (2 * s + (tail + exponent * LN2_LOW));
}

/** e^x, within 2 units in the last place: x = k·ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor series of e^r. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1;
  for (let n = 15; n >= 2; n -= 1) series = 1 + (r / n) * series;
  const value = 1 + r * series;
  if (k > 1023) return value * powerOfTwo(1023) * 2;
  if (k < -1022) return value * powerOfTwo(k + 60) * powerOfTwo(-60);
  return value * powerOfTwo(k);
}

/** Arctangent for x ≥ 0, within a few units in the last place: the half-angle rule thrice, then the Taylor series. */
export function arctangent(x: number): number {
  if (x > 1) return Math.PI / 2 - arctangent(1 / x);
  let reduced = x;
  for (let i = 0; i < 3; i += 1) reduced /= 1 + Math.sqrt(1 + reduced * reduced);
  const square = reduced * reduced;
  let series = 1 / 25;
  for (let divisor = 23; divisor >= 1; divisor -= 2) series = 1 / divisor - square * series;
  return 8 * reduced * series;
}
