import type { ReportTrade } from '@quarry/contracts';

/** A trade in words that are equal only for equal trades. */
export function tradeWords({ symbol, size, entryBar, entryPrice, exitBar, exitPrice, tag }: ReportTrade): string {
  return `${size} ${symbol} from ${entryPrice} at bar ${entryBar} to ${exitPrice} at bar ${exitBar} ${tag}`.trimEnd();
}

/** The first place at which two lists differ, and what stands there in each, for a person to read. */
export function firstOf(a: readonly string[], b: readonly string[]) {
  const index = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find((i) => a[i] !== b[i]);
  return index === undefined ? null : { index, ...readable(a[index] ?? null, b[index] ?? null) };
}

const fewestDigits = 6;
const allDigits = 17;

/** Two texts with their numbers no longer than it takes to tell them apart: 68.565, not 68.56500441447896. */
function readable(a: string | null, b: string | null): { readonly a: string | null; readonly b: string | null } {
  if (a === null || b === null) return { a: a && shortened(a, fewestDigits), b: b && shortened(b, fewestDigits) };
  for (let digits = fewestDigits; digits < allDigits; digits++) {
    const short = { a: shortened(a, digits), b: shortened(b, digits) };
    if (short.a !== short.b) return short;
  }
  return { a, b };
}

/** Whole numbers, and those within a name, stay as they are. */
function shortened(text: string, digits: number): string {
  return text.replace(/(?<![\w.])-?\d+\.\d+(e[+-]\d+)?(?!\w)/g, (number) =>
    String(Number(Number(number).toPrecision(digits))),
  );
}
