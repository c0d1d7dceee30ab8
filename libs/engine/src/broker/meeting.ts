import { limit, market, stop, type WorkingOrder } from './working-order.js';

/*
 * When an order meets a bar, in terms of the bar's own prices. A bar is known by four prices; the path between them is
 * not. What certainly happened is filled, what may have happened is not:
 *
 * - A market order fills at the open.
 * - Gap-through: a stop that the open already passed fills at the open, which is worse than asked; a limit that the
 *   open already beats fills at the open, which is better. Otherwise a stop fills at its stop, a limit at its limit.
 * - A stop-limit order whose limit lies on the far side of its stop (a buy with limit above stop) fills at the stop, or
 *   at the open if that passed the stop but not the limit. One whose limit is at or before its stop, both within one
 *   bar, is not filled in that bar: the limit may have been touched before the stop. It waits as a limit order.
 */

/** The price at which the order fills at the bar's open; NaN where it does not. */
export function priceAtOpen(order: WorkingOrder, open: number): number {
  switch (order.kind) {
    case market:
      return open;
    case limit:
      return beats(order, open) ? open : NaN;
    case stop:
      return passes(order, open) ? open : NaN;
    default:
      if (order.triggered) return beats(order, open) ? open : NaN;
      return passes(order, open) && isBeyondStop(order) && beats(order, open) ? open : NaN;
  }
}

/** The price at which the order fills between a bar's open and its close, given that it did not at the open; or NaN. */
export function priceWithin(order: WorkingOrder, open: number, high: number, low: number): number {
  if (order.kind === limit || order.triggered) {
    if (!beats(order, order.side > 0 ? low : high)) return NaN;
    return beats(order, open) ? open : order.prices.reach;
  }
  if (!passes(order, order.side > 0 ? high : low)) return NaN;
  if (order.kind === stop) return passes(order, open) ? open : order.prices.stop;
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
function beats(order: WorkingOrder, price: number): boolean {
  return order.side > 0 ? price <= order.prices.reach : price >= order.prices.reach;
}
