import { describe, expect, test } from '@jest/globals';
import { noTerms } from './broker/order-terms.js';
import { replay } from './replay.js';
import { defaultSettings } from './settings.js';
import { TapeWriter } from './tape/tape.js';
import { TapeError } from './tape/tape-error.js';
import { barsFromCloses } from './testing.js';

const bars = barsFromCloses([100, 101, 102, 103, 104]);
const noPrices = { limit: NaN, stop: NaN, stopLoss: NaN, takeProfit: NaN };
const one = { series: 0, side: 1, units: 1, share: 0, prices: noPrices, terms: null, tag: 0 };

function tapeOf(write: (writer: TapeWriter) => void, done = bars.length): Uint8Array {
  const writer = new TapeWriter();
  write(writer);
  return writer.block(done);
}

describe('a forged tape', () => {
  test.each<[string, (writer: TapeWriter) => void, RegExp]>([
    ['that speaks after the last bar', (writer) => void writer.place(5, one), /bar 5, but its block ends/],
    ['that names a series the run lacks', (writer) => void writer.place(0, { ...one, series: 1 }), /names series 1/],
    [
      'that links an order with one that waits no more',
      (writer) => {
        writer.place(0, one);
        writer.place(2, { ...one, terms: { ...noTerms, oco: 0 } });
      },
      /names row 0, of which no order waits that could take part/,
    ],
    [
      'that replaces an order by one of the other side',
      (writer) => {
        writer.place(0, one);
        writer.place(0, { ...one, side: -1, terms: { ...noTerms, replaces: 0 } });
      },
      /names row 0, of which no order waits that could take part/,
    ],
  ])('%s is refused', (_, write, reason) => {
    expect(() => replay([bars], defaultSettings, tapeOf(write))).toThrow(TapeError);
    expect(() => replay([bars], defaultSettings, tapeOf(write))).toThrow(reason);
  });

  test('that goes on beyond the last bar is refused', () => {
    const tape = tapeOf(() => undefined, 6);
    expect(() => replay([bars], defaultSettings, tape)).toThrow(/goes on to bar 6 of 5/);
  });

  test('that ends before the last bar is refused', () => {
    const tape = tapeOf(() => undefined, 4);
    expect(() => replay([bars], defaultSettings, tape)).toThrow(/ends at bar 4 of 5/);
  });

  test('that speaks after the account was ruined is refused', () => {
    const crash = barsFromCloses([100, 100, 300, 100, 100]);
    const tape = tapeOf((writer) => {
      writer.place(0, { ...one, side: -1, units: 10 });
      writer.place(3, one);
    });
    expect(() => replay([crash], { ...defaultSettings, cash: 1_000 }, tape)).toThrow(/bar 3, but trading ended/);
  });

  test('cannot ask for this close where orders fill at the next open', () => {
    const { orders } = replay(
      [bars],
      defaultSettings,
      tapeOf((writer) => void writer.place(0, one)),
    );
    expect([orders.endBar[0], orders.fillPrice[0]]).toEqual([1, bars.open[1]]);
  });
});

test('to cancel what does not wait does nothing', () => {
  const tape = tapeOf((writer) => {
    writer.place(0, one);
    writer.cancel(3, 0);
  });
  expect(Array.from(replay([bars], defaultSettings, tape).orders.endBar)).toEqual([1]);
});

test('a tape that says nothing leaves the cash as it is', () => {
  const { equity, trades } = replay(
    [bars],
    defaultSettings,
    tapeOf(() => undefined),
  );
  expect([Array.from(equity), trades.length]).toEqual([Array.from({ length: 5 }, () => 100_000), 0]);
});

test('a full tape of orders that never fill is replayed in bounded time', () => {
  const many = barsFromCloses(Array.from({ length: 2_000 }, (_, i) => 100 + (i % 7)));
  const tape = tapeOf((writer) => {
    const prices = { ...noPrices, limit: 1 };
    for (let bar = 0; bar < 2_000; bar++) for (let i = 0; i < 50; i++) writer.place(bar, { ...one, prices });
  }, 2_000);
  const { orders, rejections } = replay([many], defaultSettings, tape);
  expect([orders.length, rejections.length]).toEqual([100_000, 10_000]);
});
