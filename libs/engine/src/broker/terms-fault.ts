import {
  anyPrice,
  fillOrKill,
  goodTillCancelled,
  hasTrailingLoss,
  immediateOrCancel,
  isTrailing,
  type OrderTerms,
} from './order-terms.js';
import type { OrderTicket } from './order-ticket.js';

/** What is wrong with an order's further terms, in a sentence with the way out; null where nothing is. */
export function termsFault(ticket: OrderTicket, terms: OrderTerms): string | null {
  return distanceFault(terms) ?? kindFault(ticket, terms) ?? timeFault(ticket, terms) ?? reduceFault(ticket, terms);
}

function distanceFault({ trail, trailFraction, stopTrail, stopTrailFraction, touch }: OrderTerms): string | null {
  for (const [name, distance, fraction] of [
    ['trail', trail, trailFraction],
    ['trailingStop', stopTrail, stopTrailFraction],
  ] as const) {
    if (distance === distance && fraction === fraction) return `Give ${name} as an amount or as a fraction, not both.`;
    if (distance === distance && !(distance > 0 && distance < Infinity)) {
      return `${name} is ${distance}; give a distance above 0, in the price's unit.`;
    }
    if (fraction === fraction && !(fraction > 0 && fraction < 1)) {
      return `${name} is a fraction of ${fraction}; give one above 0 and below 1.`;
    }
  }
  if (touch === touch && !(touch > 0 && touch < Infinity)) return `touch is ${touch}; give a price above 0.`;
  return null;
}

function kindFault({ prices: { limit, stop } }: OrderTicket, terms: OrderTerms): string | null {
  const touched = terms.touch === terms.touch;
  if (isTrailing(terms) && (limit === limit || stop === stop || touched)) {
    return 'A trailing stop moves by itself: give trail without limit, stop and touch.';
  }
  if (touched && stop === stop)
    return 'Give touch for a price that must get better first, stop for a worse one, not both.';
  if (terms.session !== anyPrice && (stop === stop || touched || isTrailing(terms))) {
    return 'An order at the open or the close takes no price but a limit: leave stop, touch and trail out.';
  }
  return null;
}

function timeFault({ share, prices: { stop } }: OrderTicket, terms: OrderTerms): string | null {
  const { timeInForce, goodTill, session, touch } = terms;
  if (goodTill === goodTill && !Number.isFinite(goodTill)) {
    return `goodTill is ${goodTill}; give microseconds since the epoch, UTC.`;
  }
  if (goodTill === goodTill && timeInForce !== goodTillCancelled) {
    return 'Give timeInForce or goodTill, not both: goodTill says itself how long the order lives.';
  }
  if (session !== anyPrice && (goodTill === goodTill || timeInForce !== goodTillCancelled)) {
    return 'An order at the open or the close ends there: leave timeInForce and goodTill out.';
  }
  if (timeInForce !== immediateOrCancel && timeInForce !== fillOrKill) return null;
  if (stop === stop || touch === touch || isTrailing(terms)) {
    return 'An order that fills at once or never cannot wait for a price: leave stop, touch and trail out.';
  }
  if (timeInForce === fillOrKill && share !== 0)
    return 'An order that fills whole or not at all needs a size, not a fraction.';
  return null;
}

function reduceFault({ prices: { stopLoss, takeProfit } }: OrderTicket, terms: OrderTerms): string | null {
  if (!terms.reduceOnly) return null;
  if (stopLoss === stopLoss || takeProfit === takeProfit || hasTrailingLoss(terms)) {
    return 'A reduceOnly order opens nothing that a stopLoss, trailingStop or takeProfit could protect: leave them out.';
  }
  return null;
}
