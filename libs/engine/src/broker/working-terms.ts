import {
  fillOrKill,
  forTheDay,
  immediateOrCancel,
  isTrailing,
  type OrderTerms,
  sessionClose,
  sessionOpen,
} from './order-terms.js';
import type { OrderPrices } from './order-ticket.js';
import type { Venue } from './venue.js';
import { kindWith, limitIfTouched, marketIfTouched, type WorkingOrder } from './working-order.js';

/** An order's further terms while the broker works on it. */
export class WorkingTerms {
  /** Restated at a split. */
  asked: OrderTerms;
  /** The best price that a trailing stop has seen. */
  best = NaN;
  /** First bar that the order cannot meet any more. */
  endsAt = Infinity;
  /** True until the order that it waits for fills. */
  isDormant = false;
  hasFilled = false;
  /** All orders of which one withdraws the others when it fills, this one included. */
  group: WorkingOrder[] | null = null;
  /** Orders that come to life when this one fills. */
  children: WorkingOrder[] | null = null;
  /** The list of children that it stands in. */
  siblings: WorkingOrder[] | null = null;

  constructor(asked: OrderTerms) {
    this.asked = asked;
  }

  /** Whether it fills at once or never. */
  get isImmediate(): boolean {
    return this.asked.timeInForce === immediateOrCancel || this.asked.timeInForce === fillOrKill;
  }

  get isTrailing(): boolean {
    return isTrailing(this.asked);
  }
}

/** Gives an order its further terms; its prices are those of its ticket, under half a spread. */
export function giveTerms(order: WorkingOrder, prices: OrderPrices, asked: OrderTerms, halfSpread: number): void {
  const terms = new WorkingTerms(asked);
  const { side } = order;
  order.terms = terms;
  order.kind = kindWith(prices, asked);
  order.closing = asked.reduceOnly;
  let reach = prices.limit / (1 + side * halfSpread);
  // Touched, and at its limit or better: of both prices the better one decides.
  if (order.kind === marketIfTouched) reach = asked.touch;
  if (order.kind === limitIfTouched) reach = side > 0 ? Math.min(asked.touch, reach) : Math.max(asked.touch, reach);
  order.prices = { ...prices, reach };
}

/** Says which bars the order may meet, from `liveFrom` on; a trailing stop begins at `price`. */
export function bringToLife(order: WorkingOrder, venue: Venue, liveFrom: number, price: number): void {
  const terms = order.terms!;
  const { session, timeInForce, goodTill } = terms.asked;
  terms.isDormant = false;
  terms.best = NaN;
  order.liveFrom = liveFrom;
  if (session === sessionOpen) order.liveFrom = venue.sessions.openFrom(liveFrom);
  if (session === sessionClose) order.liveFrom = venue.sessions.closeFrom(liveFrom);
  if (timeInForce === forTheDay) terms.endsAt = venue.sessions.nextAfter(liveFrom);
  if (goodTill === goodTill) terms.endsAt = firstKnownAfter(venue.bars.knownAt, liveFrom, goodTill);
  if (terms.isTrailing) trail(order, price);
}

/** Moves a trailing stop after a price, if that is better than all before. Answers whether it moved. */
export function trail(order: WorkingOrder, price: number): boolean {
  const terms = order.terms!;
  const { side, prices } = order;
  if (side < 0 ? price <= terms.best : price >= terms.best) return false;
  const level = levelBehind(order, price);
  terms.best = price;
  // A stop loss that was given a price begins there.
  prices.stop = prices.stop === prices.stop ? (side < 0 ? Math.max : Math.min)(prices.stop, level) : level;
  return true;
}

/** Where a trailing stop stands once a price was the best. */
export function levelBehind({ side, terms }: WorkingOrder, price: number): number {
  const { trail: distance, trailFraction } = terms!.asked;
  return distance === distance ? price + side * distance : price * (1 + side * trailFraction);
}

/** The first bar from `from` on that is complete after a time; Infinity where none is. */
function firstKnownAfter(knownAt: Float64Array, from: number, time: number): number {
  let low = from;
  let high = knownAt.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (knownAt[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low < knownAt.length ? low : Infinity;
}
