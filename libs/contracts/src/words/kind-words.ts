import type { RunKind } from '../run.js';

/** Kinds of runs in words. */
export const kindWords = {
  backtest: 'Backtest',
  sweep: 'Sweep',
  'walk-forward': 'Walk-forward',
  'cross-validate': 'Cross-validation',
  'monte-carlo': 'Monte Carlo',
  prove: 'Proof',
  check: 'Check',
  ingest: 'Ingest',
  query: 'Query',
} satisfies Record<RunKind, string>;
