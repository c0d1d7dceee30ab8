import type { Bars, Interval } from '../../bars.js';
import type { BacktestResult, Trades } from '../../results.js';
import { defaultSettings } from '../../settings.js';
import type { MetricsInput } from '../input.js';

/** Results made by hand, for tests of metrics alone. */

const day = 86_400e6;

/** Starts of business days from Monday 2018-01-01 on, µs. */
export function businessDays(count: number): Float64Array {
  const monday = 1_514_764_800e6;
  return Float64Array.from({ length: count }, (_, i) => monday + (Math.floor(i / 5) * 7 + (i % 5)) * day);
}

/** Bars of which only times and closes matter. */
export function barsAt(time: Float64Array, close: Float64Array, interval: Interval, offsetMinutes = 0): Bars {
  return {
    symbol: 'TEST',
    interval,
    zone: { name: 'Test', from: Float64Array.of(-Infinity), offsetMinutes: Float64Array.of(offsetMinutes) },
    length: time.length,
    time,
    knownAt: time,
    open: close,
    high: close,
    low: close,
    close,
    volume: close,
    extra: {},
  };
}

/** One trade as a test states it: entry and exit bar, net P&L and return; durations are taken from `time`. */
export interface TradeCase {
  readonly bars: readonly [entry: number, exit: number];
  readonly pnl: number;
  readonly returns: number;
  readonly open?: boolean;
}

export function tradesOf(cases: readonly TradeCase[], time: Float64Array): Trades {
  const column = (value: (trade: TradeCase) => number): Float64Array => Float64Array.from(cases, value);
  return {
    length: cases.length,
    series: new Int32Array(cases.length),
    size: column(() => 1),
    entryBar: Int32Array.from(cases, ({ bars }) => bars[0]),
    exitBar: Int32Array.from(cases, ({ bars }) => bars[1]),
    entryTime: column(({ bars }) => time[bars[0]]!),
    exitTime: column(({ bars }) => time[bars[1]]!),
    entryPrice: column(() => 100),
    exitPrice: column(() => 100),
    commission: column(() => 1),
    pnl: column(({ pnl }) => pnl),
    returns: column(({ returns }) => returns),
    open: Uint8Array.from(cases, ({ open }) => (open ? 1 : 0)),
    ambiguous: new Uint8Array(cases.length),
    tag: new Int32Array(cases.length),
    tags: [''],
    costs: null,
  };
}

/** A run over `bars` that showed this equity; cash is its first value. */
export function backtestOf(bars: Bars, equity: Float64Array, trades: readonly TradeCase[] = []): MetricsInput {
  const result: BacktestResult = {
    equity,
    exposure: new Float64Array(equity.length),
    trades: tradesOf(trades, bars.time),
    orders: {
      length: 0,
      id: new Int32Array(0),
      series: new Int32Array(0),
      placedBar: new Int32Array(0),
      kind: new Uint8Array(0),
      size: new Float64Array(0),
      filled: new Float64Array(0),
      limit: new Float64Array(0),
      stop: new Float64Array(0),
      state: new Uint8Array(0),
      endBar: new Int32Array(0),
      fillPrice: new Float64Array(0),
      commission: new Float64Array(0),
    },
    fills: {
      length: 0,
      order: new Int32Array(0),
      bar: new Int32Array(0),
      units: new Float64Array(0),
      price: new Float64Array(0),
      commission: new Float64Array(0),
      slippage: new Float64Array(0),
      spread: new Float64Array(0),
    },
    ambiguity: { trades: 0, worst: 0, best: 0 },
    rejections: [],
    costs: { commission: 0, slippage: 0, spread: 0, borrow: 0, interest: 0, funding: 0 },
    dividends: { received: 0, paid: 0 },
    actions: [],
    interventions: [],
  };
  return { result, bars: [bars], settings: { ...defaultSettings, cash: equity[0] ?? 1 }, benchmark: 'buy-and-hold' };
}
