import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { orderFault } from '../broker/order-fault.js';
import { type OrderTerms, termsOf } from '../broker/order-terms.js';
import { noPrices, type OrderTicket } from '../broker/order-ticket.js';
import { replay } from '../replay.js';
import { defaultSettings } from '../settings.js';
import { cancelAll, cancelOrder, closePosition, placeOrder, TapeWriter } from './tape.js';
import { TapeError } from './tape-error.js';
import { barsDone, TapeReader } from './tape-reader.js';
import { randomBars } from '../testing.js';

const price = fc.option(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { nil: NaN, freq: 2 });
const step = fc.nat({ max: 5 });

interface Row {
  readonly step: number;
  readonly action: number;
  readonly ticket: OrderTicket;
  readonly tag: string;
}

/** Rows that the trader would have let through, in order of their bars. */
const rows: fc.Arbitrary<readonly Row[]> = fc
  .array(
    fc.record({
      after: step,
      action: fc.constantFrom(placeOrder, placeOrder, closePosition, cancelOrder, cancelAll),
      side: fc.constantFrom(1, -1),
      series: fc.nat({ max: 2 }),
      units: fc.double({ min: 0.001, max: 1e6, noNaN: true }),
      share: fc.double({ min: 0.001, max: 1, noNaN: true }),
      isShared: fc.boolean(),
      limit: price,
      tag: fc.string({ maxLength: 64 }),
    }),
    { maxLength: 30 },
  )
  .map((list) => {
    let at = 0;
    return list.map(({ after, action, side, series, units, share, isShared, limit, tag }, index) => {
      at += after;
      const size = isShared ? { units: 0, share } : { units, share: 0 };
      const prices = { limit, stop: NaN, stopLoss: NaN, takeProfit: NaN };
      const cancels = action === cancelOrder && index === 0;
      return {
        ...{ step: at, action: cancels ? cancelAll : action, tag },
        ticket: { series, side, ...size, prices, terms: null, tag: 0 },
      };
    });
  });

function write(writer: TapeWriter, { step: at, action, ticket, tag }: Row): void {
  if (action === placeOrder) writer.place(at, { ...ticket, tag: Math.max(0, writer.tagIndex(tag)) });
  else if (action === closePosition) writer.close(at, ticket.series, ticket.share || 1);
  else if (action === cancelOrder) writer.cancel(at, writer.length - 1);
  else writer.cancelAll(at);
}

/** The blocks of a tape, a block after every so many rows. */
function blocksOf(list: readonly Row[], rowsInBlock: number): Uint8Array[] {
  const writer = new TapeWriter();
  const blocks: Uint8Array[] = [];
  list.forEach((row, index) => {
    write(writer, row);
    const following = list[index + 1];
    if ((index + 1) % rowsInBlock === 0 && following?.step !== row.step) blocks.push(writer.block(row.step + 1));
  });
  return [...blocks, writer.block((list.at(-1)?.step ?? -1) + 1)];
}

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(blocks.flatMap((block) => Array.from(block)));
}

/** All that a reader finds, however the bytes are handed to it. */
function readAll(pieces: readonly Uint8Array[]): unknown[] {
  const reader = new TapeReader();
  const found: unknown[] = [];
  for (const piece of pieces) {
    reader.open(piece);
    while (reader.nextBlock()) {
      while (reader.next()) {
        const { row, step: at, action, series, side, units, share, prices, tag, target } = reader;
        found.push([row, at, action, series, side, units, share, prices, reader.tags[tag], action === 2 ? target : -1]);
      }
    }
  }
  return found;
}

test('a tape tells what was written on it, row by row', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const found = readAll(blocksOf(list, 1_000)) as unknown[][];
      expect(found.map(([row, at, action]) => [row, at, action])).toEqual(
        list.map(({ step: at, action }, row) => [row, at, action]),
      );
      list.forEach(({ action, ticket, tag }, row) => {
        if (action !== placeOrder) return;
        const { series, side, units, share, prices } = ticket;
        expect(found[row]!.slice(3, 9)).toEqual([series, side, units, share, expect.objectContaining(prices), tag]);
      });
    }),
  );
});

test('a tape in many blocks says the same as in one, taken together or block by block', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 5 }), (list, rowsInBlock) => {
      const whole = readAll(blocksOf(list, 1_000));
      const blocks = blocksOf(list, rowsInBlock);
      expect(readAll(blocks)).toEqual(whole);
      expect(readAll([joined(blocks)])).toEqual(whole);
    }),
  );
});

test('a market order for all the money takes three bytes', () => {
  const empty = new TapeWriter().block(5).length;
  const writer = new TapeWriter();
  writer.place(1, {
    series: 0,
    side: 1,
    units: 0,
    share: 1,
    prices: { limit: NaN, stop: NaN, stopLoss: NaN, takeProfit: NaN },
    terms: null,
    tag: 0,
  });
  expect(writer.block(5).length - empty).toBe(3);
});

test('a block begins with how many bars are done', () => {
  expect([barsDone(new TapeWriter().block(40_000)), barsDone(Uint8Array.of(0xff, 0xff))]).toEqual([40_000, 0]);
});

test('what an order further asks for is read as it was written', () => {
  const number = fc.option(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), { nil: NaN, freq: 2 });
  const row = fc.integer({ min: -1, max: 0 });
  const all: fc.Arbitrary<OrderTerms> = fc.record({
    ...{ trail: number, trailFraction: number, stopTrail: number, stopTrailFraction: number, touch: number },
    session: fc.nat({ max: 2 }),
    timeInForce: fc.nat({ max: 3 }),
    goodTill: number,
    reduceOnly: fc.boolean(),
    ...{ oco: row, after: row, replaces: row },
  });
  const one = { series: 0, side: 1, units: 1, share: 0, prices: noPrices, tag: 0 };
  fc.assert(
    fc.property(all, (asked) => {
      const terms = termsOf(asked);
      fc.pre(orderFault({ ...one, terms }) === null);
      const writer = new TapeWriter();
      writer.place(0, { ...one, terms: null });
      writer.place(0, { ...one, terms });
      const reader = new TapeReader();
      reader.open(writer.block(1));
      reader.nextBlock();
      reader.next();
      expect([reader.terms, reader.next(), reader.terms]).toEqual([null, true, terms]);
    }),
  );
});

describe('bytes that no run of ours could have made are refused', () => {
  /** A block up to bar 100 without tags. */
  const rowsOf = (count: number, ...bytes: number[]) => Uint8Array.from([100, 0, count, ...bytes]);
  const float = (value: number) => Array.from(new Uint8Array(Float64Array.of(value).buffer));

  test.each<[string, Uint8Array, RegExp]>([
    ['half a head', Uint8Array.of(100), /ends in the middle/],
    ['a count of rows beyond its bytes', Uint8Array.of(100, 0, 255, 255, 255, 127), /more than it can hold/],
    ['a block before the one before it', Uint8Array.of(100, 0, 0, 99, 0, 0), /ends at bar 99, after one at 100/],
    ['a row behind its block', rowsOf(1, 8, 0, 100, ...float(1)), /for bar 100, but its block ends/],
    ['a row cut short', rowsOf(1, 8, 0, 1, 0), /ends in the middle/],
    ['flags that mean nothing', rowsOf(1, 0, 128, 1), /flags that mean nothing/],
    ['a size of NaN', rowsOf(1, 8, 0, 1, ...float(NaN)), /gives NaN for a size/],
    ['a size below 0', rowsOf(1, 8, 0, 1, ...float(-5)), /gives -5 for a size/],
    ['a size without end', rowsOf(1, 8, 0, 1, ...float(Infinity)), /size is Infinity/],
    ['a share above 1', rowsOf(1, 0, 1, 1, ...float(1.5)), /fraction is 1.5/],
    ['size and share together', rowsOf(1, 8, 1, 1, ...float(0.5), ...float(1)), /not both/],
    ['a limit below 0', rowsOf(1, 16, 0, 1, ...float(-1)), /gives -1 for a size, share or price/],
    [
      'a stop loss above the limit of a buy',
      rowsOf(1, 16 + 64, 0, 1, ...float(90), ...float(105)),
      /stopLoss 105 must be below/,
    ],
    ['a tag that it lacks', rowsOf(1, 0, 2, 1, 7), /names tag 7/],
    ['a cancelled row after it', rowsOf(1, 2, 0, 1, 5), /cancels row 5/],
    ['a bar beyond all numbers', rowsOf(1, 0, 0, 255, 255, 255, 255, 127), /too large/],
    ['a price on a cancel', rowsOf(2, 0, 0, 0, 2 + 16, 0, 0, ...float(5), 0), /fields that its action does not take/],
    ['terms that say nothing', rowsOf(1, 8, 8, 1, ...float(1), 0, 0), /terms that mean nothing/],
    ['terms with bits that mean nothing', rowsOf(1, 8, 8, 1, ...float(1), 0, 64), /terms that mean nothing/],
    ['a price that no session has', rowsOf(1, 8, 8, 1, ...float(1), 0, 3), /price that no session has/],
    ['a trail below 0', rowsOf(1, 8, 8, 1, ...float(1), 1, 0, ...float(-2)), /trail is -2/],
    ['a time without end', rowsOf(1, 8, 8, 1, ...float(1), 32, 0, ...float(Infinity)), /goodTill is Infinity/],
    ['a link to a row after it', rowsOf(1, 8, 8, 1, ...float(1), 64, 0, 5), /names row 5, which is not before it/],
    ['terms on a cancel', rowsOf(2, 8, 0, 1, ...float(1), 2, 8, 0, 0, 16, 0), /fields that its action does not take/],
    ['a fraction that must fill whole', rowsOf(1, 0, 8, 1, 0, 12), /needs a size, not a fraction/],
    ['too many tags', Uint8Array.of(100, 0xff, 0x7f), /claims 16383 tags/],
    ['a tag twice', Uint8Array.of(100, 2, 1, 65, 0, 1, 65, 0), /twice/],
    ['a tag of a block before', Uint8Array.of(100, 1, 1, 65, 0, 0, 101, 1, 1, 65, 0), /twice/],
    ['a tag too long', Uint8Array.of(100, 1, 65), /has 65 characters/],
  ])('%s', (_, bytes, reason) => {
    expect(() => readAll([bytes])).toThrow(TapeError);
    expect(() => readAll([bytes])).toThrow(reason);
  });
});

describe('whatever the bytes, the end is a result or a TapeError', () => {
  const bars = randomBars(40, 1);

  function tryAll(bytes: Uint8Array): void {
    try {
      const { equity, trades } = replay([bars], defaultSettings, bytes);
      const settled = trades.pnl.reduce((sum, pnl) => sum + pnl, 0);
      if (equity.at(-1) !== 0) expect(equity.at(-1)! - defaultSettings.cash).toBeCloseTo(settled, 4);
    } catch (error) {
      if (!(error instanceof TapeError)) throw error;
    }
  }

  test('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), tryAll), { numRuns: 2000 });
  });

  test('random bytes behind a true head', () => {
    const withHead = fc
      .tuple(fc.nat({ max: 20 }), fc.uint8Array({ maxLength: 200 }))
      .map(([count, bytes]) => Uint8Array.from([40, 0, count, ...bytes]));
    fc.assert(fc.property(withHead, tryAll), { numRuns: 2000 });
  });

  test('true tapes with bytes changed', () => {
    const changed = fc
      .tuple(rows, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }))
      .map(([list, changes]) => {
        const bytes = joined(blocksOf(list, 4));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(fc.property(changed, tryAll), { numRuns: 2000 });
  });
});
