import type { Broker } from './broker/broker.js';

/**
 * Passes over bars in which nothing can happen: no instruction, no order touched, no ruin. Writes their equity and
 * exposure, to the last bit as the account would, and answers the first bar that needs the broker, at most `until`.
 */
export function coast(
  broker: Broker,
  from: number,
  until: number,
  equity: Float64Array,
  exposure: Float64Array,
): number {
  const venue = broker.venues[0]!;
  if (broker.venues.length > 1 || venue.marketCount > 0) return from;
  const { ruinAbove, ruinBelow } = venue;
  const { units, basis } = venue.holding;
  if (units !== 0 && broker.attends) return from;
  const { cash } = broker.account;
  const { close } = venue.bars;
  const end = Math.min(until, broker.nextAction, venue.resting.length === 0 ? Infinity : venue.due);

  let bar = from;
  if (units === 0) {
    for (; bar < end && !venue.isTouchedBy(bar) && !venue.mayRuin(bar); bar++) {
      equity[bar] = cash;
      exposure[bar] = 0;
    }
  } else if (venue.resting.length === 0) {
    for (; bar < end; bar++) {
      const price = close[bar]!;
      if (price <= ruinBelow || price >= ruinAbove) break;
      const value = units * price;
      const worth = cash + (value - basis);
      equity[bar] = worth;
      exposure[bar] = value / worth;
    }
  } else {
    for (; bar < end && !venue.isTouchedBy(bar) && !venue.mayRuin(bar); bar++) {
      const value = units * close[bar]!;
      const worth = cash + (value - basis);
      equity[bar] = worth;
      exposure[bar] = value / worth;
    }
  }
  if (bar > from) broker.now.index = bar - 1;
  return bar;
}

/** Writes the equity and exposure of a bar that the broker has just done. */
export function mark({ venues, account }: Broker, bar: number, equity: Float64Array, exposure: Float64Array): void {
  const { holding, bars } = venues[0]!;
  if (venues.length > 1) {
    const worth = account.equity;
    equity[bar] = worth;
    exposure[bar] = account.exposure / worth;
    return;
  }
  const { units } = holding;
  const value = units === 0 ? 0 : units * bars.close[bar]!;
  const worth = units === 0 ? account.cash : account.cash + (value - holding.basis);
  equity[bar] = worth;
  exposure[bar] = value / worth;
}
