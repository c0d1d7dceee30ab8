import * as z from 'zod';
import { amountOf, countOf, rateOf, shareOf } from './amounts.js';
import { kindError } from './kind-error.js';

const rate = z.number().min(0).max(1);
const amount = z.number().min(0);
const mostTiers = 20;

const TieredCommission = z
  .object({
    kind: z.literal('tiered'),
    by: z.enum(['value', 'units']),
    tiers: z
      .array(z.object({ from: amountOf('A tier’s from'), rate: amountOf('A tier’s rate') }))
      .min(1, 'A tiered commission needs at least one tier.')
      .max(mostTiers)
      .readonly(),
  })
  .superRefine(({ by, tiers }, context) => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['tiers'], message });
    if (tiers[0] && tiers[0].from !== 0) wrong(`The first tier begins at ${tiers[0].from}; let it begin at 0.`);
    const at = tiers.findIndex(({ from }, i) => i > 0 && from <= tiers[i - 1]!.from);
    if (at > 0)
      wrong(`The tier from ${tiers[at]!.from} follows the one from ${tiers[at - 1]!.from}; put them in rising order.`);
    const dear = by === 'value' ? tiers.find(({ rate: charged }) => charged > 1) : undefined;
    if (dear) wrong(`A rate of ${dear.rate} by value is more than the value traded; give a fraction from 0 to 1.`);
  });

export const CommissionModel = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('fraction'), rate }),
    z.object({ kind: z.literal('per-unit'), amount, minimum: amount }),
    z.object({ kind: z.literal('per-order'), amount }),
    TieredCommission,
    z.object({ kind: z.literal('maker-taker'), maker: rateOf('The maker rate'), taker: rateOf('The taker rate') }),
  ],
  kindError('A commission', ['none', 'fraction', 'per-unit', 'per-order', 'tiered', 'maker-taker']),
);
export const SpreadModel = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('fraction'), rate }),
    z.object({ kind: z.literal('entry-only'), rate }),
  ],
  kindError('A spread', ['none', 'fraction', 'entry-only']),
);
export const SlippageModel = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('fraction'), rate }),
    z.object({ kind: z.literal('fixed'), amount: amountOf('The slippage per unit') }),
    z.object({
      kind: z.literal('volume-share'),
      impact: amountOf('The price impact'),
      limit: shareOf('The limit on the share of volume'),
    }),
    z.object({
      kind: z.literal('square-root'),
      factor: amountOf('The factor of the square root'),
      window: countOf('The window in bars', 3, 10_000),
    }),
  ],
  kindError('A slippage', ['none', 'fraction', 'fixed', 'volume-share', 'square-root']),
);
