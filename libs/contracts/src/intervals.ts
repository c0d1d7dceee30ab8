import * as z from 'zod';
import { JsonNumber } from './json-number.js';

const Interval = z.object({ low: JsonNumber, high: JsonNumber });

/** What figures of a run may be, given chance: bootstrap intervals (BCa) of its returns, drawn in blocks. */
export const FigureIntervals = z.object({
  /** Share of such intervals that hold the truth. */
  level: z.number(),
  resamples: z.int(),
  /** Mean length of the blocks, in returns. */
  blockLength: z.number(),
  /** A year. */
  sharpe: Interval,
  /** Of the returns, not of trades. */
  profitFactor: Interval,
  /** Below 0, of a record of this length. */
  maxDrawdown: Interval,
});
export type FigureIntervals = z.infer<typeof FigureIntervals>;
