import * as z from 'zod';
import { countOf, rateOf, shareOf } from './amounts.js';
import { kindError } from './kind-error.js';

export const BorrowModel = z.object({ kind: z.literal('annual'), rate: rateOf('The borrow fee a year') });
export const InterestModel = z.object({ kind: z.literal('annual'), rate: rateOf('The interest a year') });

/** Funding may go either way; a rate beyond 1 would take the whole position at once. */
const fundingRate = z
  .number({ error: ({ input }) => `The funding rate is ${String(input)}; give a number from -1 to 1.` })
  .refine((value) => Math.abs(value) <= 1, {
    error: ({ input }) => `The funding rate is ${String(input)}; give a number from -1 to 1.`,
  });
const hours = countOf('The hours between fundings', 1, 8_760);

export const FundingModel = z.discriminatedUnion(
  'kind',
  [
    z.object({ kind: z.literal('constant'), rate: fundingRate, hours }),
    z.object({ kind: z.literal('column'), column: z.string().min(1).max(100), rate: fundingRate, hours }),
  ],
  kindError('Funding', ['constant', 'column']),
);

const initial = shareOf('The initial margin').refine((value) => value >= 0.001, {
  error: ({ input }) => `The initial margin is ${String(input)}; give at least 0.001, a leverage of 1000.`,
});

export const MarginModel = z
  .object({ kind: z.enum(['next-open', 'at-once']), initial, maintenance: shareOf('The maintenance margin') })
  .refine(({ initial: first, maintenance }) => maintenance <= first, {
    error: ({ input }) => {
      const { initial: first, maintenance } = input as { initial: number; maintenance: number };
      return `The maintenance margin of ${maintenance} is above the initial one of ${first}: every position would be closed at once. Give at most ${first}.`;
    },
  });
