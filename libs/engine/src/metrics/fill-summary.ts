import type { Bars } from '../bars.js';
import { orderStates, type Orders } from '../results.js';
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
  /** Fills on bars with a volume. */
  readonly withVolume: number;
}

const filled = orderStates.indexOf('filled');

export function summariseFills(orders: Orders, series: readonly Bars[]): FillSummary {
  const { length, state, commission, size, fillPrice, endBar } = orders;
  const volumes = series.map(({ volume }) => volume);
  const shares = new Float64Array(length);
  let count = 0;
  let fees = 0;
  let traded = 0;
  let withVolume = 0;
  for (let row = 0; row < length; row++) {
    if (state[row] !== filled) continue;
    const units = Math.abs(size[row]!);
    const volume = volumes[orders.series[row]!]![endBar[row]!]!;
    count++;
    fees += commission[row]!;
    traded += units * fillPrice[row]!;
    if (volume > 0) shares[withVolume++] = units / volume;
  }
  const participation = quantile(shares.subarray(0, withVolume), 0.95);
  return { count, commission: fees, traded, participation, withVolume };
}
