import type { PathModel } from '../settings.js';
import { beats, passes } from './meeting.js';
import type { Venue } from './venue.js';
import { market, marketOnOpen, stopLimit, type WorkingOrder } from './working-order.js';

/** Whether the path within a bar goes to the high before the low. `side` is the position's, or who would open one; 0 none. */
export function goesHighFirst(
  model: PathModel,
  { open, high, low, side }: { open: number; high: number; low: number; side: number },
): boolean {
  if (model === 'adaptive-path') return high - open <= open - low;
  if (model === 'pessimistic') return side <= 0;
  return true;
}

/** The side that a pessimist turns a bar's path against: the position's; while flat, the contrary of who waits longest. */
export function sufferingSide({ holding, resting }: Venue, bar: number): number {
  if (holding.side !== 0) return holding.side;
  const first = resting.find((order) => order.waiting && order.liveFrom <= bar && order.kind < marketOnOpen);
  return first ? -first.side : 0;
}

/**
 * Where an order is filled or woken on a straight stretch from one price to another; NaN where it is not. What `from`
 * already fulfils happens there: the order came to life on the way.
 */
export function priceOnStretch(order: WorkingOrder, from: number, to: number): number {
  if (order.kind === market) return NaN;
  if (order.isPassive) {
    if (beats(order, from)) return from;
    return beats(order, to) ? order.prices.reach : NaN;
  }
  if (passes(order, from)) return from;
  return passes(order, to) ? order.prices.stop : NaN;
}

/** The order that a stretch of the path meets first; of several at one price, the one that waits longest. */
export function firstOnStretch(venue: Venue, bar: number, from: number, to: number): WorkingOrder | null {
  let first: WorkingOrder | null = null;
  let nearest = Infinity;
  for (const order of venue.resting) {
    if (!order.waiting || order.liveFrom > bar || order.kind >= marketOnOpen) continue;
    const away = Math.abs(priceOnStretch(order, from, to) - from);
    if (away < nearest) {
      first = order;
      nearest = away;
    }
  }
  return first;
}

/** Whether meeting its price only turns the order into a limit order, and at `price` not yet into a fill. */
export function isOnlyWoken(order: WorkingOrder, price: number): boolean {
  return order.kind === stopLimit && !order.triggered && !beats(order, price);
}
