import * as z from 'zod';
import { Hash } from './dataset.js';
import { Failure } from './failure.js';
import { JsonNumber } from './json-number.js';
import { Manifest } from './manifest.js';

export const ReportMetric = z.object({
  id: z.string(),
  label: z.string(),
  value: JsonNumber,
  unit: z.enum(['fraction', 'ratio', 'currency', 'count', 'days', 'bars']),
  group: z.enum(['return', 'risk', 'ratio', 'trade', 'account', 'benchmark']),
  basis: z.string(),
});
export type ReportMetric = z.infer<typeof ReportMetric>;

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
  tag: z.string(),
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

/** `report.json`, and what `--json` prints. At most 10,000 trades stand here; Parquet has all. */
export const Report = z.object({
  schema: z.literal('quarry.report/1'),
  manifest: Manifest.nullable(),
  manifestHash: Hash.nullable(),
  failure: Failure.nullable(),
  strategyName: z.string(),
  /** SHA-256 over the order table; null where the run failed. */
  orderListHash: Hash.nullable(),
  metrics: z.array(ReportMetric),
  tradeCount: z.int(),
  trades: z.array(ReportTrade),
  orderCounts: z.object({ filled: z.int(), cancelled: z.int(), rejected: z.int(), open: z.int() }),
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
  }),
  /** Return of each calendar month touched (dataset's zone), `YYYY-MM`; the first counts from the starting cash. */
  monthly: z.array(z.object({ month: z.string(), returns: JsonNumber })),
  log: z.array(LogLine),
  /** True where the log was cut at 10,000 lines or 1 MB. */
  logCut: z.boolean(),
  warnings: z.array(z.string()),
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
