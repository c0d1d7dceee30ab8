import type { Bars } from '../bars.js';
import type { BacktestResult } from '../results.js';
import type { BacktestSettings } from '../settings.js';

/** All that metrics may look at. */
export interface MetricsInput {
  readonly result: BacktestResult;
  /** The run's list of series; equity and exposure run along the first. */
  readonly bars: readonly Bars[];
  readonly settings: BacktestSettings;
  readonly benchmark: 'none' | 'buy-and-hold';
  /** First bar on which every signal of the strategy was defined; only profile btpy's buy and hold starts there. */
  readonly warmup?: number;
}
