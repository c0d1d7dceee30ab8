import type { Run } from '@quarry/contracts';
import type { RunFacts } from '@quarry/platform/database';

/** The facts of a run that is no backtest: it has no order list, and is not reused. */
export function factsOf(headline: Run['headline']): RunFacts {
  return { reuseKey: null, manifestHash: null, orderListHash: null, headline, reusedFrom: null };
}
