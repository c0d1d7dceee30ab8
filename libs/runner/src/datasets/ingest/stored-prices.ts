import type { StoredPrices } from '@quarry/contracts';
import { actionColumns } from '@quarry/engine/host';
import { DataRefused } from '../data-refused.js';
import type { NamedColumn } from './series-columns.js';

interface Priced {
  readonly symbol: string;
  readonly columns: readonly NamedColumn[];
}

/** What a file's prices were found to be, and why; undefined where nothing tells. */
export interface PricesFound {
  readonly prices: StoredPrices | undefined;
  readonly notes: readonly string[];
}

/** A split of less than this leaves no jump that could be told from a usual day. */
const tellingSplit = 1.25;

/**
 * What prices are with regard to the splits and dividends beside them: as said, else by whether they jump where a split
 * was. Without a split, raw and split-adjusted are the same; then dividends alone tell only where an adjusted close stands
 * beside them or they were given by hand. Throws DataRefused for a dividend that no such price could have paid.
 */
export function pricesOf(series: readonly Priced[], said: StoredPrices | undefined, areGiven: boolean): PricesFound {
  const found =
    said === undefined ? judged(series, areGiven) : { prices: said, notes: [`Prices are ${said}, as said.`] };
  if (found.prices === 'raw' || found.prices === 'split-adjusted') refuseLargeDividends(series, found.prices);
  return found;
}

function judged(series: readonly Priced[], areGiven: boolean): PricesFound {
  const acts = series.filter(({ columns }) => Object.values(actionColumns).some((name) => has(columns, name)));
  if (acts.length === 0) return { prices: undefined, notes: [] };
  const jumps = series.flatMap(jumpsOf);
  const raw = jumps.filter((isJump) => isJump).length;
  if (raw > 0 && raw === jumps.length) return found('raw', 'they jump where a split was');
  if (raw > 0) {
    const what = `Prices jump at ${raw} of ${jumps.length} splits, and are neither raw nor adjusted: no split or dividend is carried out.`;
    return { prices: undefined, notes: [`${what} Mend them, or say prices.`] };
  }
  if (jumps.length > 0) return found('split-adjusted', 'they do not jump where a split was');
  if (areGiven || acts.every(({ columns }) => has(columns, 'adjClose'))) {
    return found('raw', 'no split tells, and dividends are taken not to be in them');
  }
  const what = 'Whether the dividends beside the prices are in them already is not to be seen, so none is paid';
  return { prices: undefined, notes: [`${what}: say prices raw, split-adjusted or total-return.`] };
}

function found(prices: StoredPrices, why: string): PricesFound {
  return { prices, notes: [`Prices are taken as ${prices}: ${why}. If they are not, say prices.`] };
}

/** At each split that would show: whether the price went the way of the split, rather than not at all. */
function jumpsOf({ columns }: Priced): boolean[] {
  const splits = valuesOf(columns, actionColumns.splits);
  const [open, close] = [valuesOf(columns, 'open')!, valuesOf(columns, 'close')!];
  const jumps: boolean[] = [];
  splits?.forEach((ratio, bar) => {
    if (bar === 0 || !(ratio > 0) || Math.max(ratio, 1 / ratio) < tellingSplit) return;
    const change = Math.log(open[bar]! / close[bar - 1]!);
    if (Number.isFinite(change)) jumps.push(Math.abs(change + Math.log(ratio)) < Math.abs(change));
  });
  return jumps;
}

function refuseLargeDividends(series: readonly Priced[], prices: StoredPrices): void {
  for (const { symbol, columns } of series) {
    const close = valuesOf(columns, 'close')!;
    const splits = prices === 'raw' ? valuesOf(columns, actionColumns.splits) : undefined;
    valuesOf(columns, actionColumns.dividends)?.forEach((amount, bar) => {
      const before = close[bar - 1]! / (splits?.[bar] || 1);
      if (bar === 0 || !(amount > 0) || amount < before) return;
      throw new DataRefused(
        `${symbol} has a dividend of ${amount}, no less than the close before it, ${before}. Dividends are in cash for each share: correct it.`,
      );
    });
  }
}

function has(columns: readonly NamedColumn[], name: string): boolean {
  return columns.some((column) => column.name === name);
}

function valuesOf(columns: readonly NamedColumn[], name: string): Float64Array | undefined {
  return columns.find((column) => column.name === name)?.values;
}
