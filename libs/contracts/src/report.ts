import * as z from 'zod';
import { Hash } from './dataset.js';
import { Failure } from './failure.js';
import { JsonNumber } from './json-number.js';
import { Manifest } from './manifest.js';
import { ParamSpecs } from './params.js';
import { StrategySource } from './source.js';

export const ReportMetric = z.object({
  id: z.string(),
  label: z.string(),
  value: JsonNumber,
  unit: z.enum(['fraction', 'ratio', 'currency', 'count', 'days', 'bars']),
  group: z.enum(['return', 'risk', 'ratio', 'trade', 'account', 'benchmark']),
  basis: z.string(),
});
export type ReportMetric = z.infer<typeof ReportMetric>;

/** What the run paid, by kind, in currency. Slippage and spread are within fill prices; funding is below 0 where received. */
export const ReportCosts = z.object({
  commission: z.number(),
  slippage: z.number(),
  spread: z.number(),
  borrow: z.number(),
  interest: z.number(),
  funding: z.number(),
});
export type ReportCosts = z.infer<typeof ReportCosts>;

export const ReportTrade = z.object({
  symbol: z.string(),
  size: z.number(),
  entryBar: z.int(),
  exitBar: z.int(),
  entryTime: z.number(),
  exitTime: z.number(),
  entryPrice: z.number(),
  exitPrice: z.number(),
  commission: z.number(),
  pnl: z.number(),
  returns: JsonNumber,
  open: z.boolean(),
  /** Whether another path within a bar would have made another trade of it. */
  ambiguous: z.boolean().default(false),
  tag: z.string(),
  /** New units for each old one by the splits while it was held: size and prices are in the terms after them. */
  split: z.number().optional(),
  /** What it paid beside its commission; missing where the run's settings ask for nothing else, and in older reports. */
  costs: ReportCosts.omit({ commission: true }).optional(),
  /** Furthest against and for its holder while held, before costs, as fractions of the entry price: 0 or less, 0 or more. */
  adverse: z.number().optional(),
  favourable: z.number().optional(),
});
export type ReportTrade = z.infer<typeof ReportTrade>;

/** One symbol's part in a run over several. */
export const ReportSymbol = z.object({
  symbol: z.string(),
  bars: z.int(),
  /** Moments between its first and last bar at which others had a bar and it had none; its last price stood. */
  missing: z.int(),
  /** Time of its first and last bar, µs UTC. */
  from: z.number(),
  to: z.number(),
  /** Whether the data say that and at what value it left the market within the run. */
  delisted: z.boolean().default(false),
  trades: z.int(),
  /** Profit and loss of its trades, net of commission, in currency. */
  pnl: z.number(),
});
export type ReportSymbol = z.infer<typeof ReportSymbol>;

export const ReportDrawdown = z.object({
  depth: z.number(),
  peakTime: z.number(),
  troughTime: z.number(),
  recoveryTime: z.number().nullable(),
});

/** A figure at a point of a picture; null where it is not defined. */
const Points = z.array(z.number().nullable());

/** Figures over a window that moves through the returns; `time` is where each window ends, µs UTC. */
export const ReportRolling = z.object({
  /** Returns to a window. */
  window: z.int(),
  /** What the returns are between, and how they were annualised. */
  basis: z.string(),
  time: z.array(z.number()),
  sharpe: Points,
  volatility: Points,
  beta: Points.nullable(),
});
export type ReportRolling = z.infer<typeof ReportRolling>;

/** How many returns fell into each bin; bin k runs from `from + k * width` on. */
export const ReportDistribution = z.object({
  basis: z.string(),
  width: z.number(),
  from: z.number(),
  counts: z.array(z.int()),
});
export type ReportDistribution = z.infer<typeof ReportDistribution>;

/** The run's fills, counted as trades in one of the ways there are. */
export const ReportMatching = z.object({
  order: z.enum(['fifo', 'lifo']),
  group: z.enum(['fill-to-fill', 'flat-to-flat', 'flat-to-reduced']),
  trades: z.int(),
  winRate: JsonNumber,
  profitFactor: JsonNumber,
  /** Mean net P&L of a trade, in currency. */
  expectancy: JsonNumber,
});
export type ReportMatching = z.infer<typeof ReportMatching>;

/** Corporate actions that a run carried out on what it held or had waiting. */
export const ReportActions = z.object({
  /** Cash dividends in currency: received on longs, owed by shorts. In no trade's profit. */
  dividendsReceived: z.number(),
  dividendsPaid: z.number(),
  splits: z.int(),
  /** Paid for the fractions that splits of whole units left, in currency; below 0 where a short paid. */
  cashInLieu: z.number(),
  delistings: z.int(),
  /** The first 100, in order. `value`: new units for each old one, or cash for each; `cash` came in by it. */
  list: z.array(
    z.object({
      symbol: z.string(),
      /** Of the bar, µs UTC. */
      time: z.number(),
      kind: z.enum(['split', 'cash-in-lieu', 'dividend', 'delisting']),
      value: z.number(),
      cash: z.number(),
    }),
  ),
});
export type ReportActions = z.infer<typeof ReportActions>;

/** One line of the strategy's own log, with the place that wrote it. */
export const LogLine = z.object({
  level: z.enum(['debug', 'log', 'info', 'warn', 'error']),
  text: z.string(),
  /** Bar the strategy was on, -1 before the first; its time in µs UTC or null. */
  bar: z.int(),
  time: z.number().nullable(),
  file: z.string().nullable(),
  line: z.int().nullable(),
});
export type LogLine = z.infer<typeof LogLine>;

export const Wall = z.enum(['full', 'permission', 'none']);
export type Wall = z.infer<typeof Wall>;

/**
 * `report.json`, and what `--json` prints. At most 10,000 trades stand here; Parquet has all. What is optional came later
 * within the same schema: reports written before lack it.
 */
export const Report = z.object({
  schema: z.literal('quarry.report/1'),
  manifest: Manifest.nullable(),
  manifestHash: Hash.nullable(),
  failure: Failure.nullable(),
  strategyName: z.string(),
  /** The strategy itself and the parameters it declares, so that the run can be made again from its report. */
  strategy: z.object({ source: StrategySource, params: ParamSpecs }).optional(),
  /** SHA-256 over the order table; null where the run failed. */
  orderListHash: Hash.nullable(),
  metrics: z.array(ReportMetric),
  /** Missing where the run failed, and in reports of before costs were counted. */
  costs: ReportCosts.optional(),
  /** Missing where none was carried out. */
  actions: ReportActions.optional(),
  tradeCount: z.int(),
  trades: z.array(ReportTrade),
  orderCounts: z.object({
    filled: z.int(),
    cancelled: z.int(),
    rejected: z.int(),
    open: z.int(),
    expired: z.int().default(0),
    partiallyFilled: z.int().default(0),
  }),
  /** Trades that hang on the path within a bar, and their P&L in all on the worst and the best one, in currency. */
  ambiguity: z
    .object({ trades: z.int(), worst: z.number(), best: z.number() })
    .default({ trades: 0, worst: 0, best: 0 }),
  rejections: z.array(z.object({ orderId: z.int(), bar: z.int(), reason: z.string() })),
  drawdowns: z.array(ReportDrawdown),
  bars: z
    .object({ symbol: z.string(), interval: z.string(), count: z.int(), from: z.number(), to: z.number() })
    .nullable(),
  /** By symbol, where a run had several; `bars` is then the account's clock, all of them together. */
  symbols: z.array(ReportSymbol).default([]),
  /** At most 2,000 points for drawing: bar time, equity at its close, drawdown as a fraction (0 or less), benchmark equity. */
  curve: z.object({
    time: z.array(z.number()),
    equity: z.array(z.number()),
    drawdown: z.array(z.number()),
    benchmark: z.array(z.number()).nullable(),
    /** Position value over equity at the same closes, signed. */
    exposure: z.array(z.number()).optional(),
  }),
  /** Return of each calendar month touched (dataset's zone), `YYYY-MM`; the first counts from the starting cash. */
  monthly: z.array(
    z.object({
      month: z.string(),
      returns: JsonNumber,
      /** What the benchmark returned in it. */
      benchmark: JsonNumber.optional(),
    }),
  ),
  rolling: ReportRolling.optional(),
  /** Of the returns that the ratios look at. */
  distribution: ReportDistribution.optional(),
  /** Absent where there are no fills, more than 10,000 orders, or a volume cap, under which orders fill in parts. */
  matching: z.array(ReportMatching).optional(),
  log: z.array(LogLine),
  /** True where the log was cut at 10,000 lines or 1 MB. */
  logCut: z.boolean(),
  warnings: z.array(z.string()),
  /** The trials of its family that this machine's ledger had counted by then, this run included; where one is kept. */
  ledger: z.object({ family: z.string(), trials: z.int() }).optional(),
  /** What did not influence the result: where and how fast it ran. */
  environment: z.object({ wall: Wall, milliseconds: z.number(), quarry: z.string() }),
});
export type Report = z.infer<typeof Report>;

/** Columns for drawing, in levels 1:1, 1:8, 1:64 …; each chunk is one whole Arrow IPC stream at a byte range of `chart.arrow`. */
export const ChartIndex = z.object({
  schema: z.literal('quarry.chart/1'),
  /** time, open, high, low, close, volume, equity, drawdown (the deepest in the group, 0 or less). */
  columns: z.array(z.string()),
  levels: z.array(
    z.object({
      factor: z.int(),
      rows: z.int(),
      chunks: z.array(
        z.object({
          firstRow: z.int(),
          rows: z.int(),
          from: z.number(),
          to: z.number(),
          offset: z.int(),
          length: z.int(),
        }),
      ),
    }),
  ),
});
export type ChartIndex = z.infer<typeof ChartIndex>;
