const powers = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const suffixes: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9 };

export type DecimalMark = '.' | ',';

/**
 * Reads a number from a cell's bytes, correctly rounded; NaN where the cell holds none. Up to 15 digits are read as a whole number over
 * a power of ten, which is exact in float64; the rest goes the long way.
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, mark: DecimalMark): number {
  const markByte = mark === '.' ? 46 : 44;
  let at = from;
  let negative = false;
  if (bytes[at] === 45) {
    negative = true;
    at++;
  }
  let mantissa = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < to; at++) {
    const byte = bytes[at]!;
    if (byte >= 48 && byte <= 57) {
      mantissa = mantissa * 10 + (byte - 48);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === markByte && decimals < 0) decimals = 0;
    else return numberOf(cellText(bytes, from, to), mark);
  }
  if (digits === 0 || digits > 15) return numberOf(cellText(bytes, from, to), mark);
  const value = decimals > 0 ? mantissa / powers[decimals]! : mantissa;
  return negative ? -value : value;
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
