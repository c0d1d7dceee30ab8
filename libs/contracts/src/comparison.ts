import * as z from 'zod';
import { JsonNumber } from './json-number.js';
import { ReportMetric } from './report.js';
import { RunChange } from './reproduction.js';

/** A rule of a gate that does not hold, and by what. */
export const BrokenRule = z.object({ rule: z.string(), message: z.string() });
export type BrokenRule = z.infer<typeof BrokenRule>;

/** What `quarry diff --json` prints: one run held against another. */
export const RunDiff = z.object({
  schema: z.literal('quarry.diff/1'),
  base: z.string(),
  head: z.string(),
  changes: z.array(RunChange),
  figures: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      unit: ReportMetric.shape.unit,
      base: JsonNumber,
      head: JsonNumber,
      /** Head less base, and that as a part of base's size. */
      change: JsonNumber,
      relative: JsonNumber,
    }),
  ),
  /** Whether the lists of orders are the same to the last bit. */
  sameOrders: z.boolean(),
  trades: z.object({
    base: z.int(),
    head: z.int(),
    /** Number of the first that differs, from 0, and what it is in each; null where all are the same. */
    first: z.object({ index: z.int(), base: z.string().nullable(), head: z.string().nullable() }).nullable(),
  }),
  /** Warnings of head that base does not have. */
  newWarnings: z.array(z.string()),
  broken: z.array(BrokenRule),
});
export type RunDiff = z.infer<typeof RunDiff>;

/** What `quarry compare --json` prints: several runs side by side. */
export const RunComparison = z.object({
  schema: z.literal('quarry.comparison/1'),
  runs: z.array(z.string()),
  figures: z.array(
    z.object({ id: z.string(), label: z.string(), unit: ReportMetric.shape.unit, values: z.array(JsonNumber) }),
  ),
  /** Of the returns of each pair of runs, over the time that both have. */
  correlation: z.array(z.array(JsonNumber)),
  correlationBasis: z.string(),
});
export type RunComparison = z.infer<typeof RunComparison>;
