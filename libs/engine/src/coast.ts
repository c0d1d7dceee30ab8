import type { Broker } from './broker.js';

/**
 * Passes over bars in which nothing can happen: no instruction, no order touched, no ruin. Writes their equity and
 * exposure, to the last bit as the broker would, and answers the first bar that needs it, at most `until`.
 */
export function coast(
  broker: Broker,
  from: number,
  until: number,
  equity: Float64Array,
  exposure: Float64Array,
): number {
  const venue = broker.venues[0]!;
  if (broker.venues.length > 1) return from;
  const { ceiling, floor } = venue;
  const { units, basis } = venue.holding;
  const { cash } = broker.account;
  const { high, low, close } = venue.bars;

  let bar = from;
  if (units === 0 && ceiling === Infinity && floor === -Infinity) {
    bar = Math.max(from, until);
    equity.fill(cash, from, bar);
  }
  for (; bar < until; bar++) {
    if (high[bar]! >= ceiling || low[bar]! <= floor) break;
    const value = units === 0 ? 0 : units * close[bar]!;
    const worth = cash + (units === 0 ? 0 : value - basis);
    equity[bar] = worth;
    exposure[bar] = value / worth;
  }
  if (bar > from) venue.cursor.index = bar - 1;
  return bar;
}
