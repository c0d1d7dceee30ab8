import type { Bars } from '../bars.js';
import { orderStates, type Orders } from '../results.js';
import { quantile } from './selection.js';

/** What the fills of a run come to. */
export interface FillSummary {
  /** Orders that filled, in whole or in part. */
  readonly count: number;
  /** In currency. */
  readonly commission: number;
  /** Units times price of all fills, in currency. */
  readonly traded: number;
  /** How much of its bar's volume the greatest twentieth of the fills takes at least; NaN where no bar has a volume. */
  readonly participation: number;
  /** Orders filled whole, on bars with a volume, that this rests on: all of them, or 10,000 evenly spaced. */
  readonly sampled: number;
}

const whole = orderStates.indexOf('filled');

/** A quantile of more fills than this would not be another: so many, evenly spaced, stand for all. */
const maxSample = 10_000;

export function summariseFills(orders: Orders, series: readonly Bars[]): FillSummary {
  const { length, state, commission, filled, fillPrice, endBar } = orders;
  const step = Math.max(1, Math.ceil(length / maxSample));
  const shares = new Float64Array(Math.ceil(length / step));
  let count = 0;
  let fees = 0;
  let traded = 0;
  let sampled = 0;
  for (let row = 0; row < length; row++) {
    const units = Math.abs(filled[row]!);
    if (units === 0) continue;
    fees += commission[row]!;
    traded += units * fillPrice[row]!;
    // Of any other order the last bar is not that of a fill.
    if (count++ % step !== 0 || state[row] !== whole) continue;
    const volume = series[orders.series[row]!]!.volume[endBar[row]!]!;
    if (volume > 0) shares[sampled++] = units / volume;
  }
  const participation = quantile(shares.subarray(0, sampled), 0.95);
  return { count, commission: fees, traded, participation, sampled };
}
