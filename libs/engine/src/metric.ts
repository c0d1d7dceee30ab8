/** How a metric is to be read and formatted. `fraction`: 0.1 is 10 %. Durations are in days. */
export type MetricUnit = 'fraction' | 'ratio' | 'currency' | 'count' | 'days' | 'bars';

/** Whose definitions: Quarry's own, backtesting.py's, quantstats' or empyrical's. */
export type MetricProfile = 'v1' | 'btpy' | 'qs' | 'emp';

/** One figure of a report. NaN means "not defined". */
export interface Metric {
  /** Stable key, camelCase: `sharpe`, `maxDrawdown`. */
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly unit: MetricUnit;
  readonly group: 'return' | 'risk' | 'ratio' | 'trade' | 'account' | 'benchmark';
  /** What was sampled and how it was annualised, for the screen: "daily closes, 252 a year". */
  readonly basis: string;
}

/** What a metric means in a profile, for whoever asks. It is the same for every run, so reports do not carry it. */
export interface MetricExplanation {
  /** Plain text: `mean(r) / s(r) · √A`. */
  readonly formula: string;
  /** Who defined it so. */
  readonly source: string;
}

/** One fall from a peak. Depth is a fraction of the peak, > 0. Times are µs, UTC. */
export interface Drawdown {
  readonly depth: number;
  readonly peakTime: number;
  readonly troughTime: number;
  /** null while not recovered. */
  readonly recoveryTime: number | null;
}
