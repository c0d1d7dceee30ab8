import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { replay } from '../replay.js';
import { defaultSettings } from '../settings.js';
import { type OrderTape, TapeWriter } from './tape.js';
import { decodeTape, encodeTape } from './tape-codec.js';
import { TapeError } from './tape-error.js';
import { randomBars } from '../testing.js';

const price = fc.option(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { nil: NaN, freq: 2 });
const step = fc.nat({ max: 5 });

/** Any tape that the writer takes: not always one that the trader would have let through. */
const tapes: fc.Arbitrary<OrderTape> = fc
  .array(
    fc.record({
      after: step,
      action: fc.nat({ max: 3 }),
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
  .map((rows) => {
    const writer = new TapeWriter();
    let at = 0;
    for (const row of rows) {
      at += row.after;
      const { side, series, units, share, isShared, limit } = row;
      const size = isShared ? { units: 0, share } : { units, share: 0 };
      const prices = { limit, stop: NaN, stopLoss: NaN, takeProfit: NaN };
      const tag = Math.max(0, writer.tagIndex(row.tag));
      if (row.action === 0 || writer.length === 0) writer.place(at, { series, side, ...size, prices, tag });
      else if (row.action === 1) writer.close(at, series, share);
      else if (row.action === 2) writer.cancel(at, writer.length - 1);
      else writer.cancelAll(at);
    }
    return writer.tape();
  });

test('any tape is the same after a journey as bytes', () => {
  fc.assert(
    fc.property(tapes, (tape) => {
      expect(decodeTape(encodeTape(tape))).toEqual(tape);
    }),
  );
});

test('a market order for all the money takes three bytes', () => {
  const writer = new TapeWriter();
  const empty = encodeTape(writer.tape()).length;
  writer.place(1, {
    series: 0,
    side: 1,
    units: 0,
    share: 1,
    prices: { limit: NaN, stop: NaN, stopLoss: NaN, takeProfit: NaN },
    tag: 0,
  });
  expect(encodeTape(writer.tape()).length - empty).toBe(3);
});

describe('bytes that no run of ours could have made are refused', () => {
  const head = [0x51, 0x54, 0x50, 0x31, 0];
  const rows = (count: number, ...bytes: number[]) => Uint8Array.from([...head, count, 0, 0, 0, ...bytes]);
  const float = (value: number) => Array.from(new Uint8Array(Float64Array.of(value).buffer));

  test.each<[string, Uint8Array, RegExp]>([
    ['nothing at all', new Uint8Array(), /ends in the middle/],
    ['other bytes', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), /not a tape/],
    [
      'a count of rows beyond its bytes',
      Uint8Array.from([...head, 255, 255, 255, 127]),
      /more than its bytes can hold/,
    ],
    ['a row cut short', rows(1, 8, 0, 1, 0), /ends in the middle/],
    ['bytes after the end', rows(0, 1), /1 bytes follow/],
    ['flags that mean nothing', rows(1, 0, 128, 1), /flags that mean nothing/],
    ['a size of NaN', rows(1, 8, 0, 1, ...float(NaN)), /gives NaN for a size/],
    ['a size below 0', rows(1, 8, 0, 1, ...float(-5)), /gives -5 for a size/],
    ['a size without end', rows(1, 8, 0, 1, ...float(Infinity)), /size is Infinity/],
    ['a share above 1', rows(1, 0, 1, 1, ...float(1.5)), /fraction is 1.5/],
    ['size and share together', rows(1, 8, 1, 1, ...float(0.5), ...float(1)), /not both/],
    ['a limit below 0', rows(1, 16, 0, 1, ...float(-1)), /gives -1 for a size, share or price/],
    [
      'a stop loss above the limit of a buy',
      rows(1, 16 + 64, 0, 1, ...float(90), ...float(105)),
      /stopLoss 105 must be below/,
    ],
    ['a tag that it lacks', rows(1, 0, 2, 1, 7), /names tag 7/],
    ['a cancelled row after it', rows(1, 2, 0, 1, 5), /cancels row 5/],
    ['a bar beyond all numbers', rows(1, 0, 0, 255, 255, 255, 255, 127), /too large/],
    ['a price on a cancel', rows(2, 0, 0, 0, 2 + 16, 0, 0, ...float(5), 0), /fields that its action does not take/],
    ['too many tags', Uint8Array.from([0x51, 0x54, 0x50, 0x31, 0xff, 0x7f]), /claims 16383 tags/],
    ['a tag twice', Uint8Array.from([0x51, 0x54, 0x50, 0x31, 2, 1, 65, 0, 1, 65, 0]), /twice/],
    ['a tag too long', Uint8Array.from([0x51, 0x54, 0x50, 0x31, 1, 65]), /has 65 characters/],
  ])('%s', (_, bytes, reason) => {
    expect(() => decodeTape(bytes)).toThrow(TapeError);
    expect(() => decodeTape(bytes)).toThrow(reason);
  });
});

describe('whatever the bytes, the end is a result or a TapeError', () => {
  const bars = randomBars(40, 1);

  function tryAll(bytes: Uint8Array): void {
    let tape: OrderTape;
    try {
      tape = decodeTape(bytes);
      const { equity, trades } = replay([bars], defaultSettings, tape);
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
      .map(([count, bytes]) => Uint8Array.from([0x51, 0x54, 0x50, 0x31, 0, count, 0, 0, 0, ...bytes]));
    fc.assert(fc.property(withHead, tryAll), { numRuns: 2000 });
  });

  test('true tapes with bytes changed', () => {
    const changed = fc
      .tuple(tapes, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 4 }))
      .map(([tape, changes]) => {
        const bytes = encodeTape(tape);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(fc.property(changed, tryAll), { numRuns: 2000 });
  });
});
