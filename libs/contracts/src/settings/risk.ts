import * as z from 'zod';
import { countOf, limitOf, shareOf } from './amounts.js';
import { kindError } from './kind-error.js';

/** A check before each order (see `RiskRule` of the engine for the meanings). */
export const RiskRule = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('buying-power') }),
    z.object({
      kind: z.literal('position-limit'),
      of: z.enum(['units', 'value', 'equity']),
      most: limitOf('The position limit'),
    }),
    z.object({
      kind: z.literal('order-limit'),
      of: z.enum(['units', 'value', 'orders-per-day']),
      most: limitOf('The order limit'),
    }),
    z.object({ kind: z.literal('price-band'), away: shareOf('The price band') }),
    z.object({ kind: z.literal('drawdown-halt'), drawdown: shareOf('The drawdown'), close: z.boolean() }),
    z.object({
      kind: z.literal('cooldown'),
      after: z.enum(['loss', 'halt']),
      bars: countOf('The cooldown in bars', 1, 1_000_000_000),
    }),
    z.object({
      kind: z.literal('kill-switch'),
      loss: shareOf('The loss of a day'),
      until: z.enum(['next-day', 'end-of-run']),
    }),
  ],
  kindError('A risk rule', [
    'buying-power',
    'position-limit',
    'order-limit',
    'price-band',
    'drawdown-halt',
    'cooldown',
    'kill-switch',
  ]),
);
export type RiskRule = z.infer<typeof RiskRule>;
