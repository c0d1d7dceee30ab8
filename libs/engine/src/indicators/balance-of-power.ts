import { difference, quotient } from './arithmetic.js';
import type { Prices } from './bar-columns.js';

/**
 * Balance of power, -1 to 1 (I. Livshin, Stocks & Commodities 19:8, 2001): how much of its range a bar has gone from open to
 * close. 0 where it has no range.
 */
export function balanceOfPowerColumn({ open, high, low, close }: Prices): Float64Array {
  return quotient(difference(close, open), difference(high, low), 1, 0);
}
