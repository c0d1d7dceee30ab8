import type { Lot } from './holding.js';
import { priceWithin } from './meeting.js';
import type { Venue } from './venue.js';
import { levelBehind } from './working-terms.js';
import { marketOnOpen, stop, stopLimit, type WorkingOrder } from './working-order.js';

/** The prices, costs included, at which another path within a bar would have ended a lot. */
export interface Doubt {
  lowest: number;
  highest: number;
  /** The bar through which the lot may have lived though it ended there, or the other way round; -1 where it cannot. */
  bar: number;
  /** That bar's close, which stands for what came then. */
  close: number;
}

/** Answers the price of an order's fill, costs included, where the market is at `price`. */
type WithCosts = (order: WorkingOrder, price: number) => number;

/**
 * Notes what the path within a bar decides for the lots that are held after its open: prices on both sides of the open
 * that close them, or a trailing stop that may have moved before it was hit. Answers whether it also decides what is
 * opened: orders on both sides of the open that oppose or withdraw each other.
 */
export function doubtHeld(venue: Venue, bar: number, withCosts: WithCosts): boolean {
  const { resting, holding, bars } = venue;
  const open = bars.open[bar]!;
  const high = bars.high[bar]!;
  const low = bars.low[bar]!;
  let above: WorkingOrder | null = null;
  let below: WorkingOrder | null = null;
  for (const order of resting) {
    if (!order.waiting || order.liveFrom > bar || order.kind >= marketOnOpen) continue;
    const price = priceWithin(order, open, high, low);
    if (price > open) above = contrary(above, order, below);
    if (price < open) below = contrary(below, order, above);
    if (order.terms?.isTrailing && holding.side === -order.side) doubtTrail(venue, order, high, low, withCosts);
  }
  if (!above || !below) return false;
  for (let lot = holding.oldest; lot; lot = lot.next) {
    if (closes(venue, lot, bar, 1) && closes(venue, lot, bar, -1)) widenByAll(venue, lot, bar, withCosts);
  }
  return above.side !== below.side || (above.terms?.group !== undefined && above.terms.group === below.terms?.group);
}

/** Of two orders on one side, the one that more likely opposes the order on the other. */
function contrary(known: WorkingOrder | null, order: WorkingOrder, other: WorkingOrder | null): WorkingOrder {
  return known && (!other || known.side !== other.side) ? known : order;
}

/** Whether an order that the bar reaches above (1) or below (-1) its open may close the lot. */
function closes(venue: Venue, lot: Lot, bar: number, where: number): boolean {
  return venue.resting.some((order) => where * (exitPriceOf(venue, lot, order, bar) - venue.bars.open[bar]!) > 0);
}

function widenByAll(venue: Venue, lot: Lot, bar: number, withCosts: WithCosts): void {
  for (const order of venue.resting) {
    const price = exitPriceOf(venue, lot, order, bar);
    if (price === price) widen(lot, withCosts(order, price));
  }
}

/** Where the order would close the lot within the bar; NaN where it would not. */
function exitPriceOf(venue: Venue, lot: Lot, order: WorkingOrder, bar: number): number {
  const { bars, holding } = venue;
  const concerns = order.waiting && order.liveFrom <= bar && order.kind < marketOnOpen && order.side === -holding.side;
  if (!concerns || (order.lot && order.lot !== lot)) return NaN;
  return priceWithin(order, bars.open[bar]!, bars.high[bar]!, bars.low[bar]!);
}

function doubtTrail(venue: Venue, order: WorkingOrder, high: number, low: number, withCosts: WithCosts): void {
  const [best, worst] = order.side < 0 ? [high, low] : [low, high];
  const stands = order.prices.stop;
  const level = levelBehind(order, best);
  if (order.side < 0 ? !(level > stands && low <= level) : !(level < stands && high >= level)) return;
  const first = order.side < 0 ? Math.max(worst, stands) : Math.min(worst, stands);
  for (let lot = venue.holding.oldest; lot; lot = lot.next) {
    if (order.lot && order.lot !== lot) continue;
    widen(lot, withCosts(order, first));
    widen(lot, withCosts(order, level));
  }
}

/** Notes what the rest of a bar's path decides for a lot that was opened within it at `price`. */
export function doubtOpened(
  venue: Venue,
  entry: WorkingOrder,
  lot: Lot,
  bar: number,
  price: number,
  withCosts: WithCosts,
): void {
  const { stopLoss, takeProfit } = lot;
  const high = venue.bars.high[bar]!;
  const low = venue.bars.low[bar]!;
  const close = venue.bars.close[bar]!;
  const lossAt = stopLoss ? priceWithin(stopLoss, price, high, low) : NaN;
  const profitAt = takeProfit ? priceWithin(takeProfit, price, high, low) : NaN;
  const loses = lossAt === lossAt;
  const profits = profitAt === profitAt;
  if (loses && profits) {
    widen(lot, withCosts(stopLoss!, lossAt));
    widen(lot, withCosts(takeProfit!, profitAt));
    return;
  }
  // The price came from where one leg waits and went on to the other: that one was reached for certain.
  const isCertain = wentOnBy(entry) ? profits : loses;
  const leg = loses ? stopLoss : takeProfit;
  if ((!loses && !profits) || isCertain || !leg) return;
  const legAt = loses ? lossAt : profitAt;
  const closesBeyond = priceWithin(leg, price, close, close) === legAt;
  if (closesBeyond) return;
  widen(lot, withCosts(leg, legAt));
  lot.doubt!.bar = bar;
  lot.doubt!.close = close;
}

/** Whether the order was filled by a price that went on in the direction of its profit. */
export function wentOnBy({ kind, triggered, terms }: WorkingOrder): boolean {
  return kind === stop || (kind === stopLimit && !triggered) || (terms?.isTrailing ?? false);
}

/** Notes that a lot is owed to the path, though not where else it would have ended. */
export function flag(lot: Lot): void {
  lot.doubt ??= { lowest: Infinity, highest: -Infinity, bar: -1, close: NaN };
}

/** Puts what was noted into the terms after a split. */
export function restateDoubt(doubt: Doubt, ratio: number): void {
  doubt.lowest /= ratio;
  doubt.highest /= ratio;
  doubt.close /= ratio;
}

function widen(lot: Lot, price: number): void {
  flag(lot);
  const doubt = lot.doubt!;
  doubt.lowest = Math.min(doubt.lowest, price);
  doubt.highest = Math.max(doubt.highest, price);
}
