import type { BacktestResult, Bars, Drawdown, Metric, Trades } from '@quarry/engine/host';
import { momentsOf, orderStates } from '@quarry/engine/host';
import type { DatasetInfo, Failure, LogLine, Manifest, Report } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import { drawdownsAt, pointsToDraw } from './curve.js';
import { monthlyReturns } from './monthly-returns.js';
import { symbolParts } from './symbol-parts.js';
import { warningsOf } from './warnings.js';

const maxTrades = 10_000;
const maxDrawdowns = 10;
const maxRejections = 100;

/** Everything a report is made of. All of it comes from the host's replay, nothing from the guest but the log. */
export interface ReportParts {
  readonly strategyName: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly orderListHash: string;
  readonly dataset: DatasetInfo;
  /** The bars that were run over, one entry per series. */
  readonly bars: readonly Bars[];
  /** All of them as one, with the account's clock; of one series, itself. */
  readonly basket: Bars;
  /** Symbols of the run that have no bars in its range. */
  readonly absent: readonly string[];
  readonly result: BacktestResult;
  readonly metrics: readonly Metric[];
  readonly drawdowns: readonly Drawdown[];
  /** The benchmark's equity at a bar's close, or null. */
  readonly benchmark: ((bar: number) => number) | null;
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
  readonly environment: Report['environment'];
}

/** The report of a run that succeeded. */
export function buildReport(parts: ReportParts): Report {
  const { bars, basket, result } = parts;
  const trades = reportTrades(
    tradesByMoment(listedTrades(result.trades), bars, basket),
    bars.map(({ symbol }) => symbol),
  );
  return { ...buildReportWithoutTrades(parts), trades };
}

/** The same, but for the list of trades, which can be read from the trades' columns wherever those are. */
export function buildReportWithoutTrades(parts: ReportParts): Report {
  const { manifest, result, bars, basket: clock } = parts;
  const { settings } = manifest;
  if (clock.length === 0) throw new RangeError('A report needs at least one bar.');

  const symbols = symbolParts(bars, clock, result.trades);
  const from = clock.time[0]!;
  const to = clock.time[clock.length - 1]!;
  return {
    schema: 'quarry.report/1',
    manifest,
    manifestHash: parts.manifestHash,
    failure: null,
    strategyName: parts.strategyName,
    orderListHash: parts.orderListHash,
    metrics: parts.metrics.map((metric) => ({ ...metric, value: toJsonNumber(metric.value) })),
    tradeCount: result.trades.length,
    trades: [],
    orderCounts: countOrders(result.orders.state),
    rejections: result.rejections.slice(0, maxRejections).map(({ orderId, bar, reason }) => ({ orderId, bar, reason })),
    drawdowns: [...parts.drawdowns].sort((a, b) => b.depth - a.depth || a.peakTime - b.peakTime).slice(0, maxDrawdowns),
    bars: { symbol: clock.symbol, interval: clock.interval, count: clock.length, from, to },
    symbols,
    curve: curveOf(clock, result.equity, parts.benchmark, settings.cash),
    monthly: monthlyReturns(clock, result.equity, settings.cash).map(({ month, returns }) => ({
      month,
      returns: toJsonNumber(returns),
    })),
    log: [...parts.log],
    logCut: parts.logCut,
    warnings: warningsOf({
      trades: result.trades,
      settings,
      equity: result.equity,
      from,
      to,
      rejections: result.rejections,
      dataset: parts.dataset,
      symbols,
      absent: parts.absent,
      tradesShown: Math.min(result.trades.length, maxTrades),
      logCut: parts.logCut,
    }),
    environment: parts.environment,
  };
}

/** What is known of a run that failed. */
export interface FailedParts {
  readonly strategyName: string;
  readonly failure: Failure;
  readonly manifest: Manifest | null;
  readonly manifestHash: string | null;
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
  readonly environment: Report['environment'];
}

/** The report of a run that failed: its failure and log, and no figures. */
export function failedReport(parts: FailedParts): Report {
  return {
    schema: 'quarry.report/1',
    manifest: parts.manifest,
    manifestHash: parts.manifestHash,
    failure: parts.failure,
    strategyName: parts.strategyName,
    orderListHash: null,
    metrics: [],
    tradeCount: 0,
    trades: [],
    orderCounts: { filled: 0, cancelled: 0, rejected: 0, open: 0 },
    rejections: [],
    drawdowns: [],
    bars: null,
    symbols: [],
    curve: { time: [], equity: [], drawdown: [], benchmark: null },
    monthly: [],
    log: [...parts.log],
    logCut: parts.logCut,
    warnings: [],
    environment: parts.environment,
  };
}

/** The columns of the trades that a report lists. */
export function listedTrades(trades: Trades): Trades {
  const length = Math.min(trades.length, maxTrades);
  const columns = Object.entries(trades).map(([name, column]: [string, unknown]) => [
    name,
    ArrayBuffer.isView(column) ? (column as Float64Array).slice(0, length) : column,
  ]);
  return { ...(Object.fromEntries(columns) as Trades), length };
}

/** A report counts bars along the account's clock, trades along their own series': where there are several, that differs. */
export function tradesByMoment(trades: Trades, bars: readonly Bars[], clock: Bars): Trades {
  if (bars.length === 1) return trades;
  const moments = new Map<number, Int32Array>();
  const momentOf = (series: number, bar: number): number => {
    const known = moments.get(series) ?? momentsOf(bars[series]!, clock);
    moments.set(series, known);
    return known[bar]!;
  };
  const along = (column: Int32Array) => column.map((bar, i) => momentOf(trades.series[i]!, bar));
  return { ...trades, entryBar: along(trades.entryBar), exitBar: along(trades.exitBar) };
}

/** The first trades of a run as a report lists them; `symbols` are those of the run's series. */
export function reportTrades(trades: Trades, symbols: readonly string[]): Report['trades'] {
  return Array.from({ length: Math.min(trades.length, maxTrades) }, (_, i) => tradeAt(trades, i, symbols));
}

function tradeAt(trades: Trades, i: number, symbols: readonly string[]): Report['trades'][number] {
  return {
    symbol: symbols[trades.series[i]!] ?? '',
    size: trades.size[i]!,
    entryBar: trades.entryBar[i]!,
    exitBar: trades.exitBar[i]!,
    entryTime: trades.entryTime[i]!,
    exitTime: trades.exitTime[i]!,
    entryPrice: trades.entryPrice[i]!,
    exitPrice: trades.exitPrice[i]!,
    commission: trades.commission[i]!,
    pnl: trades.pnl[i]!,
    returns: toJsonNumber(trades.returns[i]!),
    open: trades.open[i] === 1,
    tag: trades.tags[trades.tag[i]!] ?? '',
  };
}

function countOrders(states: Uint8Array): Report['orderCounts'] {
  const counts = { filled: 0, cancelled: 0, rejected: 0, open: 0 };
  for (const state of states) {
    const name = orderStates[state];
    if (name !== undefined) counts[name]++;
  }
  return counts;
}

function curveOf(bars: Bars, equity: Float64Array, benchmark: ReportParts['benchmark'], cash: number): Report['curve'] {
  const points = pointsToDraw(equity, cash);
  const pick = (column: Float64Array): number[] => points.map((i) => column[i]!);
  return {
    time: pick(bars.time),
    equity: pick(equity),
    drawdown: drawdownsAt(points, equity, cash),
    benchmark: benchmark && points.map(benchmark),
  };
}
