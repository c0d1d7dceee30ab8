import type { ReportTrade } from '../report.js';
import type { BarWindow } from './chart-window.js';

type Trade = Pick<ReportTrade, 'entryBar' | 'exitBar' | 'entryPrice' | 'exitPrice' | 'size' | 'open' | 'pnl' | 'split'>;

/** Where trades began and ended, as [base bar, price]; `hidden` counts the trades left out beyond the limit. */
export interface TradeMarks {
  readonly longEntries: readonly (readonly [number, number])[];
  readonly shortEntries: readonly (readonly [number, number])[];
  readonly exits: readonly (readonly [number, number])[];
  readonly hidden: number;
}

/** Marks of the trades that touch the window. More than `limit` would be a smear: then none are drawn, but counted. */
export function tradeMarks(trades: readonly Trade[], window: BarWindow, limit = 400): TradeMarks {
  const seen = trades.filter(({ entryBar, exitBar }) => entryBar <= window.to && exitBar >= window.from);
  if (seen.length > limit) return { longEntries: [], shortEntries: [], exits: [], hidden: seen.length };

  const entry = ({ entryBar, entryPrice, split = 1 }: Trade) => [entryBar, entryPrice * split] as const;
  return {
    longEntries: seen.filter(({ size }) => size > 0).map(entry),
    shortEntries: seen.filter(({ size }) => size < 0).map(entry),
    exits: seen.filter(({ open }) => !open).map(({ exitBar, exitPrice }) => [exitBar, exitPrice] as const),
    hidden: 0,
  };
}
