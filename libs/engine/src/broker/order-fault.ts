import { noPrices, type OrderTicket } from './order-ticket.js';
import { termsFault } from './terms-fault.js';

/** What is wrong with the terms of an order, in a sentence with the way out; null where nothing is. */
export function orderFault(ticket: OrderTicket): string | null {
  const { side, units, share, prices, terms } = ticket;
  const sized = units !== 0;
  const shared = share !== 0;
  if (sized && shared) return 'Give size or fraction, not both.';
  if (sized && !(units > 0 && units < Infinity)) return `size is ${units}; give units above 0.`;
  if (shared && !(share > 0 && share <= 1)) return `fraction is ${share}; give a share above 0 and at most 1.`;
  if (terms !== null) {
    const fault = termsFault(ticket, terms);
    if (fault) return fault;
  }
  if (prices === noPrices) return null;

  const { limit, stop, stopLoss, takeProfit } = prices;
  for (const [name, price] of Object.entries({ limit, stop, stopLoss, takeProfit })) {
    if (price === price && !(price > 0 && price < Infinity)) return `${name} is ${price}; give a price above 0.`;
  }
  // From worst to best for who buys: stop loss, entry, take profit. For who sells the other way round.
  const touch = terms === null ? NaN : terms.touch;
  const entries = [limit, stop, touch].filter((price) => price === price);
  const isOrdered = (worse: number, better: number) => !(side > 0 ? worse >= better : worse <= better);
  const [below, above] = side > 0 ? ['below', 'above'] : ['above', 'below'];
  const order = side > 0 ? 'buy' : 'sell';
  if (entries.some((entry) => !isOrdered(stopLoss, entry))) {
    return `stopLoss ${stopLoss} must be ${below} the price of the ${order}: ${entries.join(', ')}.`;
  }
  if (entries.some((entry) => !isOrdered(entry, takeProfit))) {
    return `takeProfit ${takeProfit} must be ${above} the price of the ${order}: ${entries.join(', ')}.`;
  }
  if (!isOrdered(stopLoss, takeProfit)) {
    return `stopLoss ${stopLoss} must be ${below} takeProfit ${takeProfit} for a ${order}.`;
  }
  return null;
}
