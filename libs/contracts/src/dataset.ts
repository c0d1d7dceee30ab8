import * as z from 'zod';
import { Text } from './text.js';

/** What the vendor's time stamp meant: the start of the bar, its end, or a session's date. */
export const Stamp = z.enum(['open', 'close', 'session-date']);
export type Stamp = z.infer<typeof Stamp>;

export const Interval = z
  .string()
  .regex(/^(0*[1-9]\d{0,5}(s|m|h|d|w|mo)|tick)$/, 'is not an interval such as 1d, 5m or tick');

export const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a dataset's prices are with regard to splits and dividends; see the engine's `PriceBasis`. */
export const storedPrices = ['raw', 'split-adjusted', 'total-return'] as const;
export const StoredPrices = z.enum(storedPrices);
export type StoredPrices = z.infer<typeof StoredPrices>;

export const SeriesInfo = z.object({
  symbol: z.string(),
  interval: Interval,
  /** Parquet file beside dataset.json. */
  file: z.string(),
  rows: z.int().min(0),
  /** First and last bar time, µs UTC. */
  from: z.number(),
  to: z.number(),
  columns: z.array(z.string()),
  /** SHA-256 of each column's little-endian float64 bytes, which lets a reader of a few columns check them. */
  columnHashes: z.record(z.string(), Hash),
  /** Series hash: schema, row count and each column's float64 bytes; never the Parquet bytes. */
  hash: Hash,
});
export type SeriesInfo = z.infer<typeof SeriesInfo>;

export const RefusedRow = z.object({ row: z.int(), reason: z.string(), text: z.string() });

/** What ingest found. Counts are whole; lists are cut to the first 100 and say so by being shorter than their count. */
export const QualityReport = z.object({
  rowsRead: z.int(),
  rowsKept: z.int(),
  rowsRefused: z.int(),
  refused: z.array(RefusedRow),
  duplicates: z.int(),
  outOfOrder: z.int(),
  gapCount: z.int(),
  gaps: z.array(z.object({ symbol: z.string(), from: z.number(), to: z.number(), missingBars: z.int() })),
  ohlcViolations: z.int(),
  nonPositivePrices: z.int(),
  zeroVolume: z.int(),
  outlierCount: z.int(),
  outliers: z.array(z.object({ symbol: z.string(), time: z.number(), change: z.number(), reason: z.string() })),
  /** What was assumed or changed, one sentence each: zone, stamp, scale, floored nanoseconds, sorted rows. */
  notes: z.array(z.string()),
});
export type QualityReport = z.infer<typeof QualityReport>;

/** dataset.json */
export const DatasetInfo = z.object({
  schema: z.literal('quarry.dataset/1'),
  name: z.string(),
  /** Dataset version: hash over the sorted series hashes, and what their prices are where that is known. */
  version: Hash,
  series: z.array(SeriesInfo),
  stamp: Stamp,
  timezone: z.string(),
  /** `24/7`, `weekdays`, or `sessions` where only the data says which days were open. */
  calendar: z.enum(['24/7', 'weekdays', 'sessions']),
  /** Missing where nobody said. Splits, dividends and delistings are the columns stockSplits, dividends and delisting. */
  prices: StoredPrices.optional(),
  source: z.string(),
  licence: z.string(),
  quality: QualityReport,
});
export type DatasetInfo = z.infer<typeof DatasetInfo>;

/**
 * A split (new units for each old one), a cash dividend (for each unit, after a split of the same day) or a delisting (cash
 * for each unit, null for the last close). The date is the ex date; of a delisting, the last day of trading.
 */
export const CorporateAction = z
  .object({
    /** Not needed where there is but one. */
    symbol: Text.max(100).optional(),
    date: z.iso.date('is not a date such as 2020-08-31'),
    type: z.enum(['split', 'dividend', 'delisting']),
    value: z.number().min(0).max(1e12).nullable(),
  })
  .refine(({ type, value }) => type === 'delisting' || (value ?? 0) > 0, {
    path: ['value'],
    error: 'is not above 0: give the new shares for each old one, or the cash for each share',
  });
export type CorporateAction = z.infer<typeof CorporateAction>;

/** What a person may correct when the sniffing was wrong. */
export const IngestOptions = z.object({
  name: Text.trim().min(1).max(100),
  symbol: Text.max(100).optional(),
  interval: Interval.optional(),
  timezone: Text.max(100).optional(),
  stamp: Stamp.optional(),
  /** What 03/04/2024 means where the file itself does not decide it. */
  dateOrder: z.enum(['month-day-year', 'day-month-year']).optional(),
  /** What the file's prices are to be divided by, such as 10000 where they are whole ten-thousandths. */
  priceDivisor: z.coerce.number().positive().optional(),
  /** Our column name -> the file's header (or 1-based number as text). */
  columns: z.record(Text.max(100), Text.max(1000)).optional(),
  /** What the prices are where the file does not show it. */
  prices: StoredPrices.optional(),
  /** Splits, dividends and delistings; they take the place of the file's own. */
  actions: z.array(CorporateAction).max(1_000_000).readonly().optional(),
  source: Text.max(1000).optional(),
  licence: Text.max(1000).optional(),
});
export type IngestOptions = z.infer<typeof IngestOptions>;
