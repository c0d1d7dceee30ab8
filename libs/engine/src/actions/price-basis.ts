import type { Actions } from '../bars.js';

/**
 * What prices are with regard to corporate actions, and so which of these the run carries out.
 *
 * - `as-stored`: nobody said. Nothing is carried out; a split in raw prices then looks like a fall.
 * - `raw`: as they were traded. Splits restate what is held and what waits, dividends are paid in cash.
 * - `split-adjusted`: divided by all later splits, as most vendors' closes are. Dividends are paid in cash.
 * - `total-return`: lowered by all later dividends too, as an adjusted close is. Nothing is paid: a dividend is in the
 *   prices as if it had bought more of the symbol.
 *
 * The adjusted ones know the future by their level, though not by their returns: a price of 2010 depends on a split of
 * 2020. What compares a price with a fixed number, or buys whole units, sees that; what looks at ratios of prices does not.
 * The conventions are those of Lean's data normalisation modes and of CRSP's adjustment factors.
 */
export type PriceBasis = 'as-stored' | 'raw' | 'split-adjusted' | 'total-return';

/** The further columns of a series that hold its corporate actions. */
export const actionColumns = { splits: 'stockSplits', dividends: 'dividends', delisting: 'delisting' } as const;

/** The actions that are yet to be carried out where prices are so. */
export function actionsOf(
  extra: Readonly<Record<string, Float64Array>>,
  prices: PriceBasis | undefined,
): Actions | undefined {
  if (prices === undefined || prices === 'as-stored') return undefined;
  const column = (name: string) => (Object.hasOwn(extra, name) ? extra[name]! : null);
  const actions = {
    splits: prices === 'raw' ? column(actionColumns.splits) : null,
    dividends: prices === 'total-return' ? null : column(actionColumns.dividends),
    delisting: column(actionColumns.delisting),
  };
  return actions.splits || actions.dividends || actions.delisting ? actions : undefined;
}
