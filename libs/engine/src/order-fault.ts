import type { OrderTicket } from './order-ticket.js';

/** What is wrong with the terms of an order, in a sentence with the way out; null where nothing is. */
export function orderFault(ticket: OrderTicket): string | null {
  const { side, units, share, limit, stop, stopLoss, takeProfit } = ticket;
  if (given(units) && given(share)) return 'Give size or fraction, not both.';
  if (given(units) && !(units > 0 && units < Infinity)) return `size is ${units}; give units above 0.`;
  if (given(share) && !(share > 0 && share <= 1)) return `fraction is ${share}; give a share above 0 and at most 1.`;
  for (const [name, price] of Object.entries({ limit, stop, stopLoss, takeProfit })) {
    if (given(price) && !(price > 0 && price < Infinity)) return `${name} is ${price}; give a price above 0.`;
  }
  const nearest = Math.min(orElse(limit, Infinity), orElse(stop, Infinity), orElse(takeProfit, Infinity));
  const farthest = Math.max(orElse(limit, 0), orElse(stop, 0), orElse(takeProfit, 0));
  if (side > 0 && given(stopLoss) && stopLoss >= nearest) {
    return `stopLoss ${stopLoss} must be below the limit, stop and takeProfit of a buy, the lowest of which is ${nearest}.`;
  }
  if (side < 0 && given(stopLoss) && stopLoss <= farthest) {
    return `stopLoss ${stopLoss} must be above the limit, stop and takeProfit of a sell, the highest of which is ${farthest}.`;
  }
  const entries = [limit, stop].filter(given);
  if (given(takeProfit) && entries.some((entry) => (side > 0 ? takeProfit <= entry : takeProfit >= entry))) {
    return `takeProfit ${takeProfit} must be ${side > 0 ? 'above' : 'below'} the limit and stop of a ${side > 0 ? 'buy' : 'sell'}: ${entries.join(', ')}.`;
  }
  return null;
}

function given(value: number): boolean {
  return value === value;
}

function orElse(value: number, fallback: number): number {
  return value === value ? value : fallback;
}
