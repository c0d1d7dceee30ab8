import type { Bars } from '../bars.js';

/** What a column is held against: the market before and after each of its rows. */
export interface MarketColumns {
  readonly rows: number;
  /** The column itself. */
  readonly value: Float64Array;
  /** What was known at each row; the first is constant. */
  readonly past: readonly Float64Array[];
  /** What was not. */
  readonly future: readonly Float64Array[];
  /** How many bars the future reaches ahead. */
  readonly reach: number;
  /** The log return of the single bar that lies so many bars ahead of each row. */
  returnAhead(bars: number): Float64Array;
}

/** Bars near a row are looked at one by one, farther ones as sums over stretches that double. */
const stretches: readonly (readonly [from: number, to: number])[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((bar) => [bar, bar] as const),
  ...[
    [9, 16],
    [17, 32],
    [33, 64],
    [65, 128],
    [129, 256],
  ].map(([from, to]) => [from!, to!] as const),
];
/** Stretches are no longer than this part of all rows. */
const longestShare = 1 / 12;

/**
 * The rows at which the values are defined and the market is known far enough to both sides; of many, every second, third
 * and so on, so that no more than `mostRows` are left.
 */
export function marketColumns(bars: Bars, values: Float64Array, mostRows: number): MarketColumns {
  const used = stretches.filter(([, to]) => to <= bars.length * longestShare);
  const reach = used.at(-1)?.[1] ?? 0;
  const step = Math.ceil(bars.length / mostRows);
  const rows: number[] = [];
  for (let row = reach + 1; row + reach < bars.length; row += step) {
    if (Number.isFinite(values[row]!)) rows.push(row);
  }
  const sources = sourcesOf(bars);
  const sums = sources.map(cumulated);
  const past = [new Float64Array(rows.length).fill(1), Float64Array.from(rows, (row) => Math.log(bars.close[row]!))];
  const future: Float64Array[] = [];
  for (const sum of sums) {
    past.push(Float64Array.from(rows, (row) => sum[row + 1]! - sum[row]!));
    for (const [from, to] of used) {
      past.push(Float64Array.from(rows, (row) => sum[row + 1 - from]! - sum[row - to]!));
      future.push(Float64Array.from(rows, (row) => sum[row + to + 1]! - sum[row + from]!));
    }
  }
  return {
    ...{ rows: rows.length, past, future, reach },
    value: Float64Array.from(rows, (row) => values[row]!),
    returnAhead: (ahead) => Float64Array.from(rows, (row) => sources[0]![row + ahead]!),
  };
}

/** Log returns, how large they were, gaps, and how much was traded, bar by bar. What is not defined counts as nothing. */
function sourcesOf({ open, close, volume }: Bars): Float64Array[] {
  const finite = (value: number) => (Number.isFinite(value) ? value : 0);
  const returns = close.map((price, i) => (i === 0 ? 0 : finite(Math.log(price / close[i - 1]!))));
  const gaps = open.map((price, i) => (i === 0 ? 0 : finite(Math.log(price / close[i - 1]!))));
  const traded = volume.map((units) => finite(Math.log(1 + units)));
  const moves = (values: Float64Array) => values.some((value) => value !== values[1]);
  return [returns, returns.map(Math.abs), ...[gaps, traded].filter(moves)];
}

/** Element k is the sum of the first k values, their mean taken off so that long sums stay exact. */
function cumulated(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + (values[i]! - mean);
  return sums;
}
