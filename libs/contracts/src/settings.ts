import * as z from 'zod';
import type { BacktestSettings as EngineSettings } from '@quarry/engine/host';

const rate = z.number().min(0).max(1);
const amount = z.number().min(0);

export const CommissionModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('fraction'), rate }),
  z.object({ kind: z.literal('per-unit'), amount, minimum: amount }),
  z.object({ kind: z.literal('per-order'), amount }),
]);
export const SpreadModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('fraction'), rate }),
  z.object({ kind: z.literal('entry-only'), rate }),
]);
export const SlippageModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('fraction'), rate }),
]);

/** The engine's settings with their limits and defaults (see `BacktestSettings` of the engine for the meanings). */
export const BacktestSettings = z.object({
  cash: z.number().positive().max(1e15).default(100_000),
  commission: CommissionModel.default({ kind: 'none' }),
  spread: SpreadModel.default({ kind: 'none' }),
  slippage: SlippageModel.default({ kind: 'none' }),
  fill: z.enum(['next-open', 'this-close']).default('next-open'),
  path: z.enum(['certain', 'ohlc-path', 'adaptive-path', 'pessimistic']).default('certain'),
  volumeCap: z.number().positive().max(1).nullable().default(null),
  leverage: z.number().min(1).max(1000).default(1),
  units: z.enum(['whole', 'fractional']).default('fractional'),
  exclusiveOrders: z.boolean().default(false),
  atEnd: z.enum(['mark', 'close-at-last-open']).default('mark'),
  seed: z.int().min(0).max(0xffffffff).default(1),
}) satisfies z.ZodType<EngineSettings>;
export type BacktestSettings = z.infer<typeof BacktestSettings>;

export const metricProfiles = ['v1', 'btpy', 'qs', 'emp'] as const;
/** Whose definitions the metrics follow: Quarry's own, backtesting.py's, quantstats' or empyrical's. */
export const MetricProfile = z.enum(metricProfiles);
export type MetricProfile = z.infer<typeof MetricProfile>;
