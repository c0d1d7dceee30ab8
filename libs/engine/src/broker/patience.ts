import { intervalLength } from '../metrics/session-days.js';
import type { Interval } from '../bars.js';

const thirtyDays = 30 * 86_400e6;
const bars = 3;

/**
 * How long a series may be without a new bar, µs, until it counts as delisted: 30 days, or three of its bars where that
 * is more. A position there is then closed at its last close, and what waits there is withdrawn. The rule looks at the
 * past alone: nobody knows at a series' last bar that it is the last.
 */
export function patienceWith(interval: Interval): number {
  return Math.max(thirtyDays, bars * intervalLength(interval));
}
