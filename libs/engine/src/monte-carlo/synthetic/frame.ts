import type { Bars } from '../../bars.js';

/** What synthetic bars take over from the dataset that they were fitted to: its clock, and where its price started. */
export interface Frame {
  readonly bars: Pick<Bars, 'symbol' | 'interval' | 'zone' | 'length' | 'time' | 'knownAt'>;
  readonly firstOpen: number;
}

/** At least so many bars, or nothing can be fitted. */
const fewest = 50;

export function frameOf({ symbol, interval, zone, length, time, knownAt, open }: Bars): Frame {
  if (length < fewest)
    throw new RangeError(`${symbol} has ${length} bars; at least ${fewest} are needed to fit a model.`);
  return { bars: { symbol, interval, zone, length, time, knownAt }, firstOpen: open[0]! };
}

/** Log returns from close to close; that of the first bar is from its own open. */
export function logReturnsOf({ open, close }: Bars): Float64Array {
  return close.map((price, i) => {
    const r = Math.log(price / (i === 0 ? open[0]! : close[i - 1]!));
    if (!Number.isFinite(r)) throw new RangeError(`Bar ${i} closes at ${price}; a model needs prices above 0.`);
    return r;
  });
}
