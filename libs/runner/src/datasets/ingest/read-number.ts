const powers = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const suffixes: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

export type DecimalMark = '.' | ',';

/** A count of up to 15 digits is exact in float64. */
const exactDigits = 15;
/** The digits behind those are a count of their own. */
const mostDigits = 2 * exactDigits;

/**
 * Reads a number from a cell's bytes, correctly rounded; NaN where the cell holds none. A plain number of up to 30 digits is read as
 * a whole number over a power of ten; the rest goes the long way.
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, mark: DecimalMark): number {
  const markByte = mark === '.' ? 46 : 44;
  let at = from;
  let negative = false;
  if (bytes[at] === 45) {
    negative = true;
    at++;
  }
  let leading = 0;
  let trailing = 0;
  let digits = 0;
  let decimals = -1;
  let isNumber = false;
  for (; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (digit >= 0 && digit <= 9) {
      isNumber = true;
      if (decimals >= 0) decimals++;
      if (digits === 0 && digit === 0) continue;
      if (digits < exactDigits) leading = leading * 10 + digit;
      else trailing = trailing * 10 + digit;
      digits++;
    } else if (bytes[at] === markByte && decimals < 0) decimals = 0;
    else return numberOf(cellText(bytes, from, to), mark);
  }
  const divisor = powers[Math.max(0, decimals)];
  if (!isNumber || digits > mostDigits || divisor === undefined) return numberOf(cellText(bytes, from, to), mark);
  const value =
    digits <= exactDigits ? leading / divisor : quotient(leading, powers[digits - exactDigits]!, trailing, divisor);
  if (value !== value) return numberOf(cellText(bytes, from, to), mark);
  return negative ? -value : value;
}

/** 2 ** 27 + 1: splits a float64 into halves whose products are exact (Veltkamp 1968). */
const splitter = 134_217_729;

/** What rounding left of `product`, which is a * b (Dekker 1971). */
function remainder(a: number, b: number, product: number): number {
  let t = splitter * a;
  const aHigh = t - (t - a);
  const aLow = a - aHigh;
  t = splitter * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/**
 * (leading * scale + trailing) / divisor, correctly rounded: the quotient of the rounded dividend, and what its remainder adds. NaN
 * in the rare case that this lies so near the middle between two numbers that it cannot tell which is nearer.
 */
function quotient(leading: number, scale: number, trailing: number, divisor: number): number {
  const product = leading * scale;
  const high = product + trailing;
  const low = trailing - (high - product) + remainder(leading, scale, product);
  const first = high / divisor;
  const back = first * divisor;
  const second = (high - back - remainder(first, divisor, back) + low) / divisor;
  const value = first + second * (1 + 1e-12);
  return value === first + second * (1 - 1e-12) ? value : NaN;
}

/**
 * The long way: spaces around it, exponents, thousands marks in groups of three, a currency sign before it, and K, M or B after it as
 * some vendors write volume.
 */
export function numberOf(cell: string, mark: DecimalMark): number {
  const match = /^([+-]?)[$€£¥]?([\d.,' ]*\d[.,]?)(e[+-]?\d+)?([KMB]?)$/i.exec(cell.trim());
  if (!match) return NaN;
  const [, sign, body, exponent = '', suffix = ''] = match;
  const plain = withoutThousands(body!, mark);
  if (plain === null) return NaN;
  const value = Number(plain + exponent) * (suffixes[suffix.toUpperCase()] ?? 1);
  if (!Number.isFinite(value)) return NaN;
  return sign === '-' ? -value : value;
}

function withoutThousands(body: string, mark: DecimalMark): string | null {
  const at = body.indexOf(mark);
  const whole = at < 0 ? body : body.slice(0, at);
  const fraction = at < 0 ? '' : body.slice(at + 1);
  if (/\D/.test(fraction)) return null;
  const thousands = mark === '.' ? ',' : '.';
  const grouped = new RegExp(`^\\d{1,3}(?:[${thousands}' ]\\d{3})+$`);
  if (/\D/.test(whole) && !grouped.test(whole)) return null;
  return `${whole.replace(/\D/g, '')}.${fraction}`;
}

export function cellText(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
}

/** How vendors write "no value here". */
export function isBlank(cell: string): boolean {
  return /^(?:|-|--|nan|null|none|na|n\/a|#n\/a|nil|\\n)$/i.test(cell.trim());
}
