import type { Book } from '../book.js';
import type { Execution } from '../execution.js';
import type { Venue } from '../venue.js';
import type { WorkingOrder } from '../working-order.js';

interface Restating {
  /** Whether orders come in whole units: the fraction is cut off, and an order of which nothing is left is withdrawn. */
  readonly isWhole: boolean;
  /** The bar of the split. */
  readonly bar: number;
  readonly book: Book | null;
  readonly execution: Execution;
}

/** Puts what waits at a venue into the terms after a split: units times the ratio, prices through it. */
export function restate(venue: Venue, ratio: number, { isWhole, bar, book, execution }: Restating): void {
  const market = venue.atMarket.slice(0, venue.marketCount);
  for (const order of [...market, ...venue.resting]) {
    if (!order.waiting) continue;
    order.ratio *= ratio;
    order.prices = throughSplit(order.prices, ratio);
    if (order.units > 0) order.units = order.lot ? order.lot.units : unitsAfter(order.units * ratio, isWhole);
    const { terms } = order;
    if (terms !== null) {
      const { trail, stopTrail, touch } = terms.asked;
      terms.best /= ratio;
      terms.asked = { ...terms.asked, trail: trail / ratio, stopTrail: stopTrail / ratio, touch: touch / ratio };
    }
    book?.orders.restated(order, ratio);
    if (order.units === 0 && order.share === 0) execution.withdraw(order, bar);
  }
}

/** Rounding alone takes no unit away. */
function unitsAfter(units: number, isWhole: boolean): number {
  return isWhole ? Math.floor(units * (1 + 1e-12)) : units;
}

function throughSplit(prices: WorkingOrder['prices'], ratio: number): WorkingOrder['prices'] {
  const { limit, stop, stopLoss, takeProfit, reach } = prices;
  return {
    ...{ limit: limit / ratio, stop: stop / ratio, reach: reach / ratio },
    ...{ stopLoss: stopLoss / ratio, takeProfit: takeProfit / ratio },
  };
}
