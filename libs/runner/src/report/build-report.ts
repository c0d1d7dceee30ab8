import type { Bars, Metric, RunStudy, TradeCosts, Trades } from '@quarry/engine/host';
import { orderStates, splitGrowth, tradesByMoment } from '@quarry/engine/host';
import type { DatasetInfo, Failure, LogLine, Manifest, Report, ReportTrade } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts/display';
import { actionParts } from './action-parts.js';
import { drawnCurve, type DrawnCurve } from './curve.js';
import { distributionOf, matchingOf, rollingOf } from './report-extras.js';
import { symbolParts } from './symbol-parts.js';
import { warningsOf } from './warnings.js';

const maxTrades = 10_000;
const maxRejections = 100;

/** Everything a report is made of. All of it comes from the host's replay, nothing from the guest but the log. */
export interface ReportParts {
  readonly strategyName: string;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  readonly orderListHash: string;
  readonly dataset: DatasetInfo;
  /** The run: its result, its bars, and what has been worked out about it. */
  readonly study: RunStudy;
  /** Symbols of the run that have no bars in its range. */
  readonly absent: readonly string[];
  readonly metrics: readonly Metric[];
  /** The bars to draw, where they were chosen while the run went on. */
  readonly curve?: DrawnCurve;
  readonly log: readonly LogLine[];
  readonly logCut: boolean;
  readonly environment: Report['environment'];
}

/** The report of a run that succeeded. */
export function buildReport(parts: ReportParts): Report {
  const trades = reportTrades(
    listedTrades(parts.study),
    parts.study.run.bars.map(({ symbol }) => symbol),
  );
  return { ...buildReportWithoutTrades(parts), trades };
}

/** The same, but for the list of trades, which can be read from the trades' columns wherever those are. */
export function buildReportWithoutTrades(parts: ReportParts): Report {
  const { manifest, study } = parts;
  const { result, settings } = study.run;
  const { clock } = study;
  const symbols = symbolParts(study.run.bars, clock, result.trades);
  const orderCounts = countOrders(result.orders.state);
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
    costs: { ...result.costs },
    ...optional('actions', actionParts(result, study.run.bars)),
    orderCounts,
    ambiguity: result.ambiguity,
    rejections: result.rejections.slice(0, maxRejections).map(({ orderId, bar, reason }) => ({ orderId, bar, reason })),
    drawdowns: [...study.drawdowns.worst],
    bars: { symbol: clock.symbol, interval: clock.interval, count: clock.length, from, to },
    symbols,
    curve: curveOf(study, parts.curve),
    monthly: monthsOf(study),
    ...optional('rolling', rollingOf(study)),
    ...optional('distribution', distributionOf(study)),
    ...optional('matching', matchingOf(study)),
    log: [...parts.log],
    logCut: parts.logCut,
    warnings: warningsOf({
      trades: result.trades,
      ambiguity: result.ambiguity,
      settings,
      equity: result.equity,
      lowestEquity: study.drawdowns.lowest,
      grossExposure: study.exposure.gross,
      from,
      to,
      rejected: orderCounts.rejected,
      rejections: result.rejections,
      interventions: result.interventions,
      dataset: parts.dataset,
      adjustment: manifest.data[0]?.adjustment ?? 'as-stored',
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
    orderCounts: { filled: 0, cancelled: 0, rejected: 0, open: 0, expired: 0, partiallyFilled: 0 },
    ambiguity: { trades: 0, worst: 0, best: 0 },
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

/** The columns of the trades that a report lists, their bars counted along the account's clock, with how far each went against and for its holder. */
export interface ListedTrades extends Trades {
  /** New units for each old one by the splits while a trade was held; null where nothing was split. */
  readonly split: Float64Array | null;
  readonly adverse: Float64Array;
  readonly favourable: Float64Array;
}

export function listedTrades({ run, clock, excursions }: RunStudy): ListedTrades {
  const { trades } = run.result;
  const length = Math.min(trades.length, maxTrades);
  const listed = beginnings({ ...trades, ...excursions }, length);
  const costs = trades.costs && beginnings(trades.costs, length);
  return tradesByMoment({ ...listed, costs, split: splitsOf(trades, length, run.bars), length }, run.bars, clock);
}

/** Copies of the first so many values of each column. */
function beginnings<T extends object>(columns: T, length: number): T {
  const copies = Object.entries(columns).map(([name, column]: [string, unknown]) => [
    name,
    ArrayBuffer.isView(column) ? (column as Float64Array).slice(0, length) : column,
  ]);
  return Object.fromEntries(copies) as T;
}

function splitsOf({ series, entryBar, exitBar }: Trades, length: number, bars: readonly Bars[]): Float64Array | null {
  const growths = bars.map(splitGrowth);
  if (growths.every((growth) => growth === null)) return null;
  return Float64Array.from({ length }, (_, i) => {
    const growth = growths[series[i]!];
    return growth ? growth[exitBar[i]!]! / growth[entryBar[i]!]! : 1;
  });
}

/** The first trades of a run as a report lists them; `symbols` are those of the run's series. */
export function reportTrades(trades: ListedTrades, symbols: readonly string[]): Report['trades'] {
  return Array.from({ length: Math.min(trades.length, maxTrades) }, (_, i) => tradeAt(trades, i, symbols));
}

function tradeAt(trades: ListedTrades, i: number, symbols: readonly string[]): Report['trades'][number] {
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
    ambiguous: trades.ambiguous[i] === 1,
    tag: trades.tags[trades.tag[i]!] ?? '',
    ...((trades.split?.[i] ?? 1) !== 1 && { split: trades.split![i]! }),
    ...(trades.costs && { costs: costsAt(trades.costs, i) }),
    adverse: trades.adverse[i]!,
    favourable: trades.favourable[i]!,
  };
}

function costsAt({ slippage, spread, borrow, interest, funding }: TradeCosts, i: number): ReportTrade['costs'] {
  return {
    slippage: slippage[i]!,
    spread: spread[i]!,
    borrow: borrow[i]!,
    interest: interest[i]!,
    funding: funding[i]!,
  };
}

function countOrders(states: Uint8Array): Report['orderCounts'] {
  const counts = new Array<number>(orderStates.length).fill(0);
  for (let row = 0; row < states.length; row++) counts[states[row]!]!++;
  const of = (state: (typeof orderStates)[number]) => counts[orderStates.indexOf(state)]!;
  return {
    filled: of('filled'),
    cancelled: of('cancelled'),
    rejected: of('rejected'),
    open: of('open'),
    expired: of('expired'),
    partiallyFilled: of('partially-filled'),
  };
}

function curveOf({ run, clock }: RunStudy, chosen?: DrawnCurve): Report['curve'] {
  const { equity, exposure } = run.result;
  const { points, drawdown } = chosen ?? drawnCurve(equity, run.settings.cash);
  const pick = (column: Float64Array): number[] => points.map((i) => column[i]!);
  const held = run.settings.cash / clock.close[0]!;
  return {
    time: pick(clock.time),
    equity: pick(equity),
    drawdown,
    benchmark: run.benchmark === 'none' ? null : points.map((i) => held * clock.close[i]!),
    exposure: pick(exposure),
  };
}

function monthsOf({ run, months, marketMonths }: RunStudy): Report['monthly'] {
  return months.map(({ month, returns }, i) => ({
    month,
    returns: toJsonNumber(returns),
    ...(run.benchmark !== 'none' && { benchmark: toJsonNumber(marketMonths[i]!.returns) }),
  }));
}

function optional<K extends keyof Report>(name: K, value: Report[K]): Partial<Report> {
  return value === undefined ? {} : { [name]: value };
}
