import {
  orderKinds,
  orderStates,
  type BacktestResult,
  type Bars,
  type Fills,
  type Orders,
  type Trades,
} from '@quarry/engine/host';
import type { ParquetColumn } from '../datasets/index.js';

/** A result as named columns of equal length, the same for Parquet and CSV. */
export interface ResultTable {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
}

type Numbers = Float64Array | Int32Array;

const float = (name: string, values: Numbers): ParquetColumn => ({ name, type: 'float', values });
const int = (name: string, values: Numbers): ParquetColumn => ({ name, type: 'int', values });
const time = (name: string, values: Numbers): ParquetColumn => ({ name, type: 'time', values });
const text = (name: string, at: (row: number) => string): ParquetColumn => ({ name, type: 'text', at });

/** One row per bar: equity at its close, drawdown (0 or less) and exposure (position over equity, signed) as fractions. */
export function equityTable(result: BacktestResult, clock: Float64Array, drawdown: Float64Array): ResultTable {
  return {
    rows: result.equity.length,
    columns: [
      time('time', clock),
      float('equity', result.equity),
      float('drawdown', drawdown),
      float('exposure', result.exposure),
    ],
  };
}

const tradeCostNames = ['slippage', 'spread', 'borrow', 'interest', 'funding'] as const;

/**
 * One row per round trip, in order of exit. Slippage and spread are within its prices and its P&L; borrow fee, interest and
 * funding are in neither. `open` is 1 where the position was still held at the end, `ambiguous` where it hangs
 * on the path within a bar.
 */
export function tradesTable(trades: Trades, bars: readonly Bars[]): ResultTable {
  const free = new Float64Array(trades.costs ? 0 : trades.length);
  return {
    rows: trades.length,
    columns: [
      text('symbol', (row) => bars[trades.series[row]!]!.symbol),
      float('size', trades.size),
      int('entryBar', trades.entryBar),
      int('exitBar', trades.exitBar),
      time('entryTime', trades.entryTime),
      time('exitTime', trades.exitTime),
      float('entryPrice', trades.entryPrice),
      float('exitPrice', trades.exitPrice),
      float('commission', trades.commission),
      ...tradeCostNames.map((name) => float(name, trades.costs?.[name] ?? free)),
      float('pnl', trades.pnl),
      float('returns', trades.returns),
      int('open', Int32Array.from(trades.open)),
      int('ambiguous', Int32Array.from(trades.ambiguous)),
      text('tag', (row) => trades.tags[trades.tag[row]!] ?? ''),
    ],
  };
}

/** One row per order, in order of placing. Prices are NaN where the order has none. */
export function ordersTable(orders: Orders, bars: readonly Bars[]): ResultTable {
  return {
    rows: orders.length,
    columns: [
      int('id', orders.id),
      text('symbol', (row) => bars[orders.series[row]!]!.symbol),
      int('placedBar', orders.placedBar),
      text('kind', (row) => orderKinds[orders.kind[row]!]!),
      float('size', orders.size),
      float('filled', orders.filled),
      float('limit', orders.limit),
      float('stop', orders.stop),
      text('state', (row) => orderStates[orders.state[row]!]!),
      int('endBar', orders.endBar),
      float('fillPrice', orders.fillPrice),
      float('commission', orders.commission),
    ],
  };
}

/**
 * One row per fill, in the order in which they happened. `order` is the row of the order table, `time` the start of the bar;
 * slippage and spread are within the price, in currency.
 */
export function fillsTable(fills: Fills, orders: Orders, bars: readonly Bars[]): ResultTable {
  const seriesOf = (row: number) => bars[orders.series[fills.order[row]!]!]!;
  return {
    rows: fills.length,
    columns: [
      int('order', fills.order),
      text('symbol', (row) => seriesOf(row).symbol),
      int('bar', fills.bar),
      time(
        'time',
        Float64Array.from(fills.bar, (bar, row) => seriesOf(row).time[bar]!),
      ),
      float('units', fills.units),
      float('price', fills.price),
      float('commission', fills.commission),
      float('slippage', fills.slippage),
      float('spread', fills.spread),
    ],
  };
}
