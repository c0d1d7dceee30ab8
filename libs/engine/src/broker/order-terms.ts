/** How long an order lives. */
export const goodTillCancelled = 0;
export const forTheDay = 1;
export const immediateOrCancel = 2;
export const fillOrKill = 3;

/** Which price of a session an order is for. */
export const anyPrice = 0;
export const sessionOpen = 1;
export const sessionClose = 2;

/** What an order asks for beside size and prices. Most ask for nothing of it and carry none. */
export interface OrderTerms {
  /** How far a trailing stop stays from the best price: in the price's unit, or … NaN where it is not one. */
  readonly trail: number;
  /** … as a fraction of that price. */
  readonly trailFraction: number;
  /** The same for the stop loss of what the order opens. */
  readonly stopTrail: number;
  readonly stopTrailFraction: number;
  /** The better price that the market must touch first; NaN where none is given. */
  readonly touch: number;
  /** `anyPrice`, `sessionOpen` or `sessionClose`. */
  readonly session: number;
  /** `goodTillCancelled`, `forTheDay`, `immediateOrCancel` or `fillOrKill`. */
  readonly timeInForce: number;
  /** µs, UTC: bars complete by then may fill the order; NaN where it has no such end. */
  readonly goodTill: number;
  /** Closes what is held and opens nothing; a share is then one of the position. */
  readonly reduceOnly: boolean;
  /** Row of a waiting order: when one of them fills, the other is withdrawn; -1 where none. */
  readonly oco: number;
  /** Row of a waiting order whose fill brings this one to life; -1 where none. */
  readonly after: number;
  /** Row of the waiting order in whose place this one steps; -1 where none. */
  readonly replaces: number;
}

export const noTerms: OrderTerms = {
  trail: NaN,
  trailFraction: NaN,
  stopTrail: NaN,
  stopTrailFraction: NaN,
  touch: NaN,
  session: anyPrice,
  timeInForce: goodTillCancelled,
  goodTill: NaN,
  reduceOnly: false,
  oco: -1,
  after: -1,
  replaces: -1,
};

/** The terms, or null where they ask for nothing. */
export function termsOf(terms: OrderTerms): OrderTerms | null {
  const names = Object.keys(noTerms) as (keyof OrderTerms)[];
  return names.every((name) => Object.is(terms[name], noTerms[name])) ? null : terms;
}

/** Whether it is a trailing stop. */
export function isTrailing({ trail, trailFraction }: OrderTerms): boolean {
  return trail === trail || trailFraction === trailFraction;
}

/** Whether the stop loss of what it opens trails. */
export function hasTrailingLoss({ stopTrail, stopTrailFraction }: OrderTerms): boolean {
  return stopTrail === stopTrail || stopTrailFraction === stopTrailFraction;
}
