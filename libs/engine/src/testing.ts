import { actionColumns, actionsOf } from './actions/price-basis.js';
import type { Bars, Interval } from './bars.js';
import type { ParamValue } from './params.js';
import { seededRandom } from './random.js';
import { replay } from './replay.js';
import { resolveParams } from './resolve-params.js';
import type { BacktestResult } from './results.js';
import { type BacktestSettings, defaultSettings } from './settings.js';
import type { Strategy } from './strategy.js';
import { runStrategy } from './strategy-run.js';

const second = 1_000_000;
const lengths: Readonly<Record<string, number>> = { s: second, m: 60 * second, h: 3600 * second, d: 86_400 * second };

/** One bar as a test writes it down. */
export interface BarRow {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume?: number;
  /** New units for each old one from this bar's open on. */
  readonly split?: number;
  /** Cash for each unit held before this bar, counted after its split. */
  readonly dividend?: number;
  /** Cash for each unit after this bar's close: the symbol is not traded any more. */
  readonly delisting?: number;
}

export interface BarsOptions {
  readonly symbol?: string;
  /** Seconds, minutes, hours or days: `1m`, `1d` (the default). */
  readonly interval?: Interval;
  /** Start of the first bar, µs UTC; 2020-01-01 where not given. */
  readonly start?: number;
}

/** Bars one after another, in UTC, from rows written by hand; with actions in them, at raw prices and with their columns. */
export function barsFrom(rows: readonly BarRow[], options: BarsOptions = {}): Bars {
  const { symbol = 'TEST', interval = '1d', start = 1_577_836_800 * second } = options;
  const length = Number.parseInt(interval, 10) * (lengths[interval.replace(/^\d+/, '')] ?? NaN);
  if (!(length > 0)) throw new RangeError(`barsFrom makes bars of seconds, minutes, hours or days, not ${interval}.`);
  const column = (of: (row: BarRow, index: number) => number) => Float64Array.from(rows, of);
  const extra: Record<string, Float64Array> = !rows.some(hasAction)
    ? {}
    : {
        [actionColumns.splits]: column((row) => row.split ?? 0),
        [actionColumns.dividends]: column((row) => row.dividend ?? 0),
        [actionColumns.delisting]: column((row) => row.delisting ?? NaN),
      };
  return {
    symbol,
    interval,
    zone: { name: 'UTC', from: Float64Array.of(-Infinity), offsetMinutes: Float64Array.of(0) },
    length: rows.length,
    time: column((_, index) => start + index * length),
    knownAt: column((_, index) => start + (index + 1) * length),
    open: column((row) => row.open),
    high: column((row) => row.high),
    low: column((row) => row.low),
    close: column((row) => row.close),
    volume: column((row) => row.volume ?? 1000),
    extra,
    actions: actionsOf(extra, 'raw'),
  };
}

function hasAction({ split, dividend, delisting }: BarRow): boolean {
  return (split ?? dividend ?? delisting) !== undefined;
}

/** Bars that each open at the close before and run straight to their own. */
export function barsFromCloses(closes: readonly number[], options: BarsOptions = {}): Bars {
  const rows = closes.map((close, index) => {
    const open = closes[index - 1] ?? close;
    return { open, high: Math.max(open, close), low: Math.min(open, close), close };
  });
  return barsFrom(rows, options);
}

/** A random walk of bars with gaps between them, the same for the same seed. */
export function randomBars(
  count: number,
  seed: number,
  options: BarsOptions & { readonly volatility?: number } = {},
): Bars {
  const random = seededRandom(seed);
  const { volatility = 0.01 } = options;
  let price = 100;
  const rows = Array.from({ length: count }, () => {
    const open = price * (1 + volatility * 0.3 * (random() - 0.5));
    const close = open * (1 + volatility * 2 * (random() - 0.5));
    price = close;
    const high = Math.max(open, close) * (1 + volatility * 0.5 * random());
    const low = Math.min(open, close) * (1 - volatility * 0.5 * random());
    return { open, high, low, close, volume: 1000 + Math.floor(9000 * random()) };
  });
  return barsFrom(rows, options);
}

/**
 * Runs a strategy the way a run does: the strategy over the bars, then its orders again through the broker.
 * @throws RangeError where the parameters do not fit the strategy's declaration; whatever the strategy throws
 */
export function backtest(
  strategy: Strategy,
  bars: Bars | readonly Bars[],
  settings: Partial<BacktestSettings> = {},
  params: Readonly<Record<string, ParamValue>> = {},
): BacktestResult {
  const resolved = resolveParams(strategy.params, params);
  if ('errors' in resolved) throw new RangeError(resolved.errors.join(' '));
  const list = isList(bars) ? bars : [bars];
  const all = { ...defaultSettings, ...settings };
  return replay(list, all, runStrategy(strategy, { bars: list, settings: all, params: resolved.values }).tape);
}

function isList(bars: Bars | readonly Bars[]): bars is readonly Bars[] {
  return Array.isArray(bars);
}
