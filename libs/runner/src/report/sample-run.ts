import { RunStudy, type BacktestResult, type Bars, type Fills, type Orders, type Trades } from '@quarry/engine/host';
import type { Manifest } from '@quarry/contracts';
import { BacktestSettings } from '@quarry/contracts';
import type { ReportParts } from './build-report.js';

const day = 86_400e6;

/** Daily bars from 2015-01-01 on with the given closes, for tests of the report. */
function sampleBars(closes: readonly number[]): Bars {
  const column = Float64Array.from(closes);
  const time = Float64Array.from(closes, (_, i) => Date.UTC(2015, 0, 1) * 1000 + i * day);
  return {
    symbol: 'TEST',
    interval: '1d',
    zone: { name: 'UTC', from: Float64Array.of(-8.64e21), offsetMinutes: Float64Array.of(0) },
    length: column.length,
    time,
    knownAt: time.map((start) => start + day),
    open: column,
    high: column,
    low: column,
    close: column,
    volume: new Float64Array(column.length).fill(1000),
    extra: {},
  };
}

/** Long round trips with the given P&L, each ten bars after the other. */
function sampleTrades(bars: Bars, pnl: readonly number[]): Trades {
  const at = (i: number) => Math.min(bars.length - 1, i * 10);
  const entryBar = Int32Array.from(pnl, (_, i) => at(i));
  const exitBar = Int32Array.from(pnl, (_, i) => at(i + 1));
  const pick = (column: Float64Array, rows: Int32Array) => Float64Array.from(rows, (row) => column[row]!);
  return {
    length: pnl.length,
    series: new Int32Array(pnl.length),
    size: new Float64Array(pnl.length).fill(1),
    entryBar,
    exitBar,
    entryTime: pick(bars.time, entryBar),
    exitTime: pick(bars.time, exitBar),
    entryPrice: pick(bars.open, entryBar),
    exitPrice: pick(bars.open, exitBar),
    commission: new Float64Array(pnl.length),
    pnl: Float64Array.from(pnl),
    returns: Float64Array.from(pnl, (p, i) => p / bars.open[at(i)]!),
    open: new Uint8Array(pnl.length),
    ambiguous: new Uint8Array(pnl.length),
    tag: new Int32Array(pnl.length),
    tags: [''],
    costs: null,
  };
}

const noOrders: Orders = {
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
};

const noFills: Fills = {
  length: 0,
  order: new Int32Array(0),
  bar: new Int32Array(0),
  units: new Float64Array(0),
  price: new Float64Array(0),
  commission: new Float64Array(0),
  slippage: new Float64Array(0),
  spread: new Float64Array(0),
};

/** The parts of a run that held one unit of the closes and made the given trades. */
export function sampleRun(closes: readonly number[], pnl: readonly number[] = []): ReportParts {
  const bars = sampleBars(closes);
  const settings = BacktestSettings.parse({ cash: closes[0], commission: { kind: 'fraction', rate: 0.0002 } });
  const manifest: Manifest = {
    schema: 'quarry.manifest/1',
    kind: 'backtest',
    strategy: 'a'.repeat(64),
    data: [
      {
        dataset: 'sample',
        version: 'b'.repeat(64),
        symbols: ['TEST'],
        interval: '1d',
        adjustment: 'as-stored',
        from: null,
        to: null,
      },
    ],
    engine: 'c'.repeat(64),
    node: 'v24',
    params: { fast: 10, slow: 30 },
    settings,
    profile: 'v1',
    benchmark: 'none',
  };
  const equity = Float64Array.from(closes);
  const result: BacktestResult = {
    equity,
    exposure: new Float64Array(equity.length).fill(1),
    trades: sampleTrades(bars, pnl),
    orders: noOrders,
    fills: noFills,
    ambiguity: { trades: 0, worst: 0, best: 0 },
    rejections: [],
    costs: { commission: 0, slippage: 0, spread: 0, borrow: 0, interest: 0, funding: 0 },
    dividends: { received: 0, paid: 0 },
    actions: [],
    interventions: [],
  };
  return {
    strategyName: 'Sample',
    manifest,
    manifestHash: 'd'.repeat(64),
    orderListHash: 'e'.repeat(64),
    dataset: {
      schema: 'quarry.dataset/1',
      name: 'sample',
      version: 'b'.repeat(64),
      series: [],
      stamp: 'session-date',
      timezone: 'UTC',
      calendar: 'sessions',
      source: 'generated',
      licence: 'MIT',
      quality: {
        rowsRead: equity.length,
        rowsKept: equity.length,
        rowsRefused: 0,
        refused: [],
        duplicates: 0,
        outOfOrder: 0,
        gapCount: 0,
        gaps: [],
        ohlcViolations: 0,
        nonPositivePrices: 0,
        zeroVolume: 0,
        outlierCount: 0,
        outliers: [],
        notes: [],
      },
    },
    study: new RunStudy({ result, bars: [bars], settings, benchmark: 'none' }),
    absent: [],
    metrics: [],
    log: [],
    logCut: false,
    environment: { wall: 'full', milliseconds: 12, quarry: '0.1.0' },
  };
}

/** The same run with something else about it. */
export function withRun(parts: ReportParts, change: Partial<RunStudy['run']>): ReportParts {
  return { ...parts, study: new RunStudy({ ...parts.study.run, ...change }) };
}
