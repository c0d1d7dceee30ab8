import type { ReportTrade } from '@quarry/contracts';

/** A trade in words that are equal only for equal trades. */
export function tradeWords({ symbol, size, entryBar, entryPrice, exitBar, exitPrice, tag }: ReportTrade): string {
  return `${size} ${symbol} from ${entryPrice} at bar ${entryBar} to ${exitPrice} at bar ${exitBar} ${tag}`.trimEnd();
}

/** The first place at which two lists differ, and what stands there in each. */
export function firstOf(a: readonly string[], b: readonly string[]) {
  const index = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find((i) => a[i] !== b[i]);
  return index === undefined ? null : { index, a: a[index] ?? null, b: b[index] ?? null };
}
