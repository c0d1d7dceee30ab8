import type { OrderTerms } from '../broker/order-terms.js';
import { cancelAll, cancelOrder, closePosition } from '../tape/tape.js';
import { TapeReader } from '../tape/tape-reader.js';

/** What a strategy told the broker, as it left the sandbox, and the symbols of the run's series in their order. */
export interface Tape {
  readonly bytes: Uint8Array;
  readonly symbols: readonly string[];
}

/** One thing that a strategy told the broker. */
export interface Decision {
  /** Its row on the tape, counted from 0. */
  readonly row: number;
  /** The moment of the run after whose close it was told, counted from 0. */
  readonly moment: number;
  /** Empty where it is about all orders. */
  readonly symbol: string;
  /** Everything it says: two decisions are one where symbol and words are equal. `buy 10 limit 99.5`. */
  readonly words: string;
  /** What it does, whatever its amounts and prices: `buy limit`. */
  readonly kind: string;
}

/**
 * The decisions on a tape, in order.
 * @throws TapeError where it is not one that a run could have written
 */
export function* decisionsOf({ bytes, symbols }: Tape): Generator<Decision> {
  const rows = new TapeReader();
  rows.open(bytes);
  while (rows.nextBlock()) while (rows.next()) yield decisionOf(rows, symbols);
}

function decisionOf(rows: TapeReader, symbols: readonly string[]): Decision {
  const { row, step: moment, action, series } = rows;
  const symbol = symbols[series] ?? '';
  if (action === cancelAll) return { row, moment, symbol: '', words: 'cancel all orders', kind: 'cancel all orders' };
  if (action === cancelOrder) {
    const words = `cancel the order given ${row - rows.target} rows before`;
    return { row, moment, symbol: '', words, kind: 'cancel' };
  }
  if (action === closePosition) return { row, moment, symbol, words: `close ${shareOf(rows.share)}`, kind: 'close' };
  const parts = [...pricesOf(rows), ...termsOf(rows.terms, row)];
  const tag = rows.tags[rows.tag] ?? '';
  const side = rows.side > 0 ? 'buy' : 'sell';
  const amount = rows.units > 0 ? String(rows.units) : shareOf(rows.share);
  return {
    ...{ row, moment, symbol },
    words: [side, amount, ...parts.flat(), ...(tag === '' ? [] : [`tagged ${JSON.stringify(tag)}`])].join(' '),
    kind: [side, ...parts.map(([name]) => name)].join(' '),
  };
}

function shareOf(share: number): string {
  return share === 1 ? 'all' : `a share of ${share}`;
}

type Part = readonly [name: string, value?: string];

function pricesOf({ prices }: TapeReader): Part[] {
  const { limit, stop, stopLoss, takeProfit } = prices;
  return given({ limit, stop, 'stop loss': stopLoss, 'take profit': takeProfit });
}

function termsOf(terms: OrderTerms | null, row: number): Part[] {
  if (terms === null) return [];
  const { trail, trailFraction, stopTrail, stopTrailFraction, touch, goodTill, session, timeInForce } = terms;
  const back = (name: string, other: number): Part[] => (other < 0 ? [] : [[name, `${row - other} rows before`]]);
  return [
    ...given({
      ...{ trail, 'trail fraction': trailFraction, 'stop trail': stopTrail, 'stop trail fraction': stopTrailFraction },
      ...{ touch, 'good till': goodTill },
    }),
    ...(session > 0 ? [['session', String(session)] as const] : []),
    ...(timeInForce > 0 ? [['time in force', String(timeInForce)] as const] : []),
    ...(terms.reduceOnly ? [['reduce only'] as const] : []),
    ...back('one cancels', terms.oco),
    ...back('after', terms.after),
    ...back('replaces', terms.replaces),
  ];
}

function given(values: Readonly<Record<string, number>>): Part[] {
  return Object.entries(values).flatMap(([name, value]) => (value === value ? [[name, String(value)] as const] : []));
}
