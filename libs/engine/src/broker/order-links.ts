import { forTheDay, noTerms } from './order-terms.js';
import type { WorkingOrder } from './working-order.js';
import { WorkingTerms } from './working-terms.js';

/** Makes an order one of those of which the first to fill withdraws the others. */
export function join(other: WorkingOrder, order: WorkingOrder, terms: WorkingTerms): void {
  other.terms ??= new WorkingTerms(noTerms);
  const group = (other.terms.group ??= [other]);
  group.push(order);
  terms.group = group;
}

/** Lets an order wait for the fill of another. */
export function attach(parent: WorkingOrder, order: WorkingOrder, terms: WorkingTerms): void {
  parent.terms ??= new WorkingTerms(noTerms);
  if (parent.terms.hasFilled) return;
  const children = (parent.terms.children ??= []);
  children.push(order);
  terms.siblings = children;
  sleep(order, terms);
}

export function sleep(order: WorkingOrder, terms: WorkingTerms): void {
  terms.isDormant = true;
  order.liveFrom = Infinity;
  // Its day and its trail begin when it comes to life.
  if (terms.asked.timeInForce === forTheDay) terms.endsAt = Infinity;
  if (terms.isTrailing) order.prices.stop = NaN;
}
