import type { Account } from '../account.js';
import type { Costs } from '../costs.js';
import { askedUnits } from '../costs/asked-units.js';
import type { Venue } from '../venue.js';
import type { WorkingOrder } from '../working-order.js';

/** An order about to be sent, as the risk rules see it. */
export interface Proposal {
  readonly symbol: string;
  /** 1 buys, -1 sells. */
  readonly side: number;
  /** What it asks for; a share counts as the units that it would buy at the last close. */
  readonly units: number;
  /** Its limit, else its stop, else the last close: what its value is counted at. */
  readonly price: number;
  /** NaN where it has none. */
  readonly limit: number;
  readonly stop: number;
  /** The last close. */
  readonly close: number;
  /** Units held in its direction once all of this side that waits, and it, are filled; 0 or less: it only closes. */
  readonly after: number;
}

/** @param venue where the order is to be sent, with the orders that wait there already */
export function proposalOf(account: Account, costs: Costs, venue: Venue, order: WorkingOrder): Proposal {
  const { side, prices } = order;
  const { mark } = venue;
  let held = side * venue.holding.units;
  let waiting = 0;
  for (let i = 0; i < venue.marketCount; i++) {
    const other = venue.atMarket[i]!;
    if (!other.waiting) continue;
    if (other.closing) held *= 1 - other.share;
    else if (other.side === side) waiting += askedUnits(account, costs, venue, other, mark);
  }
  for (const other of venue.resting) {
    if (other.waiting && !other.lot && other.side === side) waiting += askedUnits(account, costs, venue, other, mark);
  }
  const units = askedUnits(account, costs, venue, order, mark);
  const price = prices.limit === prices.limit ? prices.limit : prices.stop === prices.stop ? prices.stop : mark;
  return {
    symbol: venue.bars.symbol,
    side,
    units,
    price,
    limit: prices.limit,
    stop: prices.stop,
    close: mark,
    after: held + waiting + units,
  };
}
