import * as z from 'zod';
import type { BacktestSettings as EngineSettings } from '@quarry/engine/host';
import { CommissionModel, SlippageModel, SpreadModel } from './settings/costs.js';
import { BorrowModel, FundingModel, InterestModel, MarginModel } from './settings/holding.js';
import { RiskRule } from './settings/risk.js';

export { BorrowModel, CommissionModel, FundingModel, InterestModel, MarginModel, RiskRule, SlippageModel, SpreadModel };

/**
 * The engine's settings with their limits and defaults (see `BacktestSettings` of the engine for the meanings). What is
 * optional costs and checks nothing where it is not given, and leaves no trace in the manifest.
 */
export const BacktestSettings = z
  .object({
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
    borrow: BorrowModel.optional(),
    interest: InterestModel.optional(),
    funding: FundingModel.optional(),
    margin: MarginModel.optional(),
    risk: z.array(RiskRule).min(1, 'Leave risk out where no rule is meant.').max(20).readonly().optional(),
  })
  .superRefine(({ leverage, margin }, context) => {
    if (margin === undefined || leverage === 1) return;
    context.addIssue({
      code: 'custom',
      path: ['margin'],
      message: `Leverage ${leverage} and an initial margin of ${margin.initial} are both given, and both say how much may be bought: keep one.`,
    });
  }) satisfies z.ZodType<EngineSettings>;
export type BacktestSettings = z.infer<typeof BacktestSettings>;

export const metricProfiles = ['v1', 'btpy', 'qs', 'emp'] as const;
/** Whose definitions the metrics follow: Quarry's own, backtesting.py's, quantstats' or empyrical's. */
export const MetricProfile = z.enum(metricProfiles);
export type MetricProfile = z.infer<typeof MetricProfile>;
