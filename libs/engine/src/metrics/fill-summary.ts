import type { Bars } from '../bars.js';
import type { BacktestResult } from '../results.js';
import { quantile } from './selection.js';

/** What the fills of a run come to. */
export interface FillSummary {
  readonly count: number;
  /** In currency. */
  readonly commission: number;
  /** Units times price of all fills, in currency. */
  readonly traded: number;
  /** How much of its bar's volume the greatest twentieth of the fills takes at least; NaN where no bar has a volume. */
  readonly participation: number;
  /** Fills on bars with a volume that this rests on: all of them, or 10,000 evenly spaced. */
  readonly sampled: number;
}

/** A quantile of more fills than this would not be another: so many, evenly spaced, stand for all. */
const maxSample = 10_000;

export function summariseFills(
  { fills, orders }: Pick<BacktestResult, 'fills' | 'orders'>,
  series: readonly Bars[],
): FillSummary {
  const { length, order, bar, commission, units, price } = fills;
  const step = Math.max(1, Math.ceil(length / maxSample));
  const shares = new Float64Array(Math.ceil(length / step));
  let fees = 0;
  let traded = 0;
  let sampled = 0;
  for (let row = 0; row < length; row++) {
    const size = Math.abs(units[row]!);
    fees += commission[row]!;
    traded += size * price[row]!;
    if (row % step !== 0) continue;
    const volume = series[orders.series[order[row]!]!]!.volume[bar[row]!]!;
    if (volume > 0) shares[sampled++] = size / volume;
  }
  const participation = quantile(shares.subarray(0, sampled), 0.95);
  return { count: length, commission: fees, traded, participation, sampled };
}
