import { intervalLength } from '../metrics/session-days.js';
import type { Bars } from '../bars.js';
import type { Venue } from './venue.js';

const thirtyDays = 30 * 86_400e6;
const fewBars = 3;

/**
 * How long a series may be without a new bar, µs, until it counts as delisted: 30 days, or three of its bars where that
 * is more. A position there is then closed at its last close, and what waits there is withdrawn. The rule looks at the
 * past alone: nobody knows at a series' last bar that it is the last.
 */
export class Patience {
  readonly #lasts: Float64Array;

  constructor(series: readonly Bars[]) {
    this.#lasts = Float64Array.from(series, ({ interval }) => Math.max(thirtyDays, fewBars * intervalLength(interval)));
  }

  /** Whether it ran out for a venue's series after one moment and by another, both µs. */
  endsFor({ series, bars: { knownAt }, cursor: { index } }: Venue, after: number, by: number): boolean {
    const end = index < 0 ? Infinity : knownAt[index]! + this.#lasts[series]!;
    return end > after && end <= by;
  }
}
