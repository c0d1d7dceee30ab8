import {
  limit,
  limitIfTouched,
  market,
  marketIfTouched,
  stop,
  trailingStop,
  type WorkingOrder,
} from './working-order.js';

/*
 * When an order meets a bar, in terms of the bar's own prices. A bar is known by four prices; the path between them is
 * not. What certainly happened is filled, what may have happened is not:
 *
 * - A market order fills at the open.
 * - Gap-through: a stop that the open already passed fills at the open, which is worse than asked; a limit that the
 *   open already beats fills at the open, which is better. Otherwise a stop fills at its stop, a limit at its limit.
 * - An if-touched order waits like a limit order for a price that gets better. At the market it fills at its touch, or at
 *   an open that is better still, and slips as market orders do. With a limit, the better one of both prices decides.
 * - A trailing stop is a stop order that follows the best price behind it. It moves with the open before it is met by it,
 *   and with the rest of a bar only once that bar is over: whether the high or the low came first is not known. It is
 *   never hit later than it was due, but may fill at an earlier, worse price than one that had moved within the bar.
 * - Orders for a session's open or close fill there, whatever the path; with a limit, where that price is as good.
 * - A stop-limit order whose limit lies on the far side of its stop (a buy with limit above stop) fills at the stop, or
 *   at the open if that passed the stop but not the limit. One whose limit is at or before its stop, both within one
 *   bar, is not filled in that bar: the limit may have been touched before the stop. It waits as a limit order.
 *
 * Under a path model the order of a bar's prices is taken as known (path-walk.ts), and the same rules hold for each
 * stretch of the path, with where it begins as its open.
 */

/** The price at which the order fills at the bar's open; NaN where it does not. */
export function priceAtOpen(order: WorkingOrder, open: number): number {
  switch (order.kind) {
    case market:
      return open;
    case limit:
    case marketIfTouched:
    case limitIfTouched:
      return beats(order, open) ? open : NaN;
    case stop:
    case trailingStop:
      return passes(order, open) ? open : NaN;
    default:
      if (order.triggered) return beats(order, open) ? open : NaN;
      return passes(order, open) && isBeyondStop(order) && beats(order, open) ? open : NaN;
  }
}

/** The price at which the order fills between a bar's open and its close, given that it did not at the open; or NaN. */
export function priceWithin(order: WorkingOrder, open: number, high: number, low: number): number {
  if (order.isPassive) {
    if (!beats(order, order.side > 0 ? low : high)) return NaN;
    return beats(order, open) ? open : order.prices.reach;
  }
  if (!passes(order, order.side > 0 ? high : low)) return NaN;
  if (order.kind === stop || order.kind === trailingStop) return passes(order, open) ? open : order.prices.stop;
  return isBeyondStop(order) ? order.prices.stop : NaN;
}

/** Whether the limit leaves room behind the stop, so that touching the stop fills the order. */
export function isBeyondStop(order: WorkingOrder): boolean {
  return order.side > 0 ? order.prices.reach > order.prices.stop : order.prices.reach < order.prices.stop;
}

/** Whether a price has reached the order's stop. */
export function passes(order: WorkingOrder, price: number): boolean {
  return order.side > 0 ? price >= order.prices.stop : price <= order.prices.stop;
}

/** Whether a price is as good as the order's limit asks. */
export function beats(order: WorkingOrder, price: number): boolean {
  return order.side > 0 ? price <= order.prices.reach : price >= order.prices.reach;
}
