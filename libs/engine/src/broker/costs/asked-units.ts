import type { Account } from '../account.js';
import type { Costs } from '../costs.js';
import type { Venue } from '../venue.js';
import type { WorkingOrder } from '../working-order.js';

/**
 * The units that an order would trade at a price, before its own impact on that price and before rounding to whole units:
 * what it asks for, its share of the position, or what its share of the free money buys, with the opposite position that
 * it closes.
 */
export function askedUnits(account: Account, costs: Costs, venue: Venue, order: WorkingOrder, price: number): number {
  if (order.units > 0) return order.units;
  const held = Math.abs(venue.holding.units);
  if (order.closing) return order.share * held;
  const closed = venue.holding.side === -order.side ? held : 0;
  const free = account.freeFor(venue, order.side, price, price);
  const charged = costs.chargedWith(order.charged, closed);
  return closed + Math.max(0, costs.affordableUnits(order.share * free, price, account.leverage, charged));
}
