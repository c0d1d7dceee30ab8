/**
 * The accounts of a run's ledger. Debits are positive: what is owned and what was spent stand above 0, where the money
 * came from below.
 */
export const ledgerAccounts = [
  /** The account's own money, without open positions' profit and loss. */
  'cash',
  /** What is held, at its cost; negative for shorts. */
  'position',
  /** What that cost is owed to, or was received for: positions are bought on margin and settle into cash when closed. */
  'financing',
  /** The starting cash. */
  'capital',
  /** Settled profit and loss at the bars' own prices, before all costs. */
  'realised',
  'commission',
  'slippage',
  'spread',
  'borrow',
  'interest',
  'funding',
  /** Cash dividends on what is held long, below 0 as all that comes in; and what shorts owe in their place. */
  'dividends-received',
  'dividends-paid',
  /** What a ruined account owed beyond its money. */
  'written-off',
  /** What float64 cannot hold of the sums above. */
  'rounding',
] as const;

export type LedgerAccount = (typeof ledgerAccounts)[number];

/** What is paid, or comes in, because something is held. */
export type CarryAccount = 'borrow' | 'interest' | 'funding' | 'dividends-received' | 'dividends-paid';
