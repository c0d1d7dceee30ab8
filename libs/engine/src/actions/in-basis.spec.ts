import { describe, expect, test } from '@jest/globals';
import { adjusted } from '../adjusted.js';
import type { Bars } from '../bars.js';
import { basketOf } from '../basket.js';
import { sma } from '../indicators/averages.js';
import { crossedAbove, crossedBelow } from '../indicators/crossing.js';
import { seededRandom } from '../random.js';
import { defineStrategy } from '../strategy.js';
import { backtest, barsFromCloses, randomBars } from '../testing.js';
import { inBasis } from './in-basis.js';
import { actionsOf, type PriceBasis } from './price-basis.js';

/** Bars whose raw prices come from a walk in adjusted ones, with a split or a dividend every few bars. */
function rawBars(seed: number): Bars {
  const walk = randomBars(300, seed);
  const random = seededRandom(seed);
  const stockSplits = walk.close.map(() => (random() < 0.02 ? [4, 2, 1.5, 0.1][Math.floor(4 * random())]! : 0));
  const dividends = walk.close.map((price) => (random() < 0.05 ? price * 0.02 * random() : 0));
  const { open, high, low, close, volume } = inBasis({ ...walk, stockSplits } as never, 'split-adjusted', 'raw');
  const growth = { ...walk, open: open!, high: high!, low: low!, close: close!, volume: volume! };
  return withBasis({ ...growth, extra: { stockSplits, dividends } }, 'raw');
}

function withBasis(bars: Bars, prices: PriceBasis): Bars {
  return { ...bars, actions: actionsOf(bars.extra, prices) };
}

/** The same bars with their prices put into another basis. */
function moved(bars: Bars, stored: PriceBasis, wanted: PriceBasis): Bars {
  const { open, high, low, close, volume, extra } = bars;
  const columns = inBasis({ open, high, low, close, volume, ...extra }, stored, wanted);
  const { stockSplits, dividends, ...prices } = columns;
  return withBasis({ ...bars, ...prices, extra: { stockSplits: stockSplits!, dividends: dividends! } }, wanted);
}

const crossing = defineStrategy({
  name: 'Crossing',
  init: ({ bars }) => ({ fast: sma(adjusted(bars).close, 5), slow: sma(adjusted(bars).close, 15) }),
  next({ buy, close }, { fast, slow }) {
    if (crossedAbove(fast, slow)) buy();
    else if (crossedBelow(fast, slow)) close();
  },
});

describe('a 4:1 split and a dividend by hand', () => {
  const closes = [400, 400, 440, 110, 110, 108.9, 108.9];
  const none = closes.map(() => 0);
  const plain = barsFromCloses(closes);
  const bars = withBasis(
    {
      ...plain,
      // A split and an ex date open where the market had closed, less what went.
      open: Float64Array.of(400, 400, 400, 110, 110, 108.9, 108.9),
      extra: { stockSplits: Float64Array.from(none).fill(4, 3, 4), dividends: Float64Array.from(none).fill(1.1, 5, 6) },
    },
    'raw',
  );
  const reinvests = defineStrategy({
    name: 'Buy, hold, reinvest',
    next({ index, buy, bars: { close }, account }) {
      if (index === 0) buy();
      else if (account.free >= 1) buy({ size: account.free / close.now });
    },
  });

  test('prices before the split are a quarter, and one percent less for the dividend', () => {
    expect(Array.from(moved(bars, 'raw', 'split-adjusted').close)).toEqual([100, 100, 110, 110, 110, 108.9, 108.9]);
    const total = moved(bars, 'raw', 'total-return').close;
    [99, 99, 108.9, 108.9, 108.9, 108.9, 108.9].forEach((price, bar) => expect(total[bar]).toBeCloseTo(price, 10));
  });

  test('volume and dividends go the way of the units', () => {
    const split = moved(
      { ...bars, extra: { ...bars.extra, dividends: bars.extra['dividends']!.map((d, i) => (i === 2 ? 4 : d)) } },
      'raw',
      'split-adjusted',
    );
    expect([split.volume[2], split.volume[3]]).toEqual([4_000, 1_000]);
    expect([split.extra['dividends']![2], split.extra['dividends']![5]]).toEqual([1, 1.1]);
  });

  test('bought, held and the dividend put back at the ex price, raw prices make what adjusted ones make', () => {
    const raw = backtest(reinvests, bars, { cash: 4_000 });
    const total = backtest(reinvests, moved(bars, 'raw', 'total-return'), { cash: 4_000 });
    expect(raw.dividends.received).toBe(44);
    expect(total.dividends.received).toBe(0);
    expect(raw.equity.at(-1)).toBeCloseTo(4_400, 9);
    expect(total.equity.at(-1)).toBeCloseTo(raw.equity.at(-1)!, 9);
  });

  test('the market that a run is held against is what total-return prices make', () => {
    const market = basketOf([bars]).close;
    const total = moved(bars, 'raw', 'total-return').close;
    market.forEach((price, bar) => expect(price / market[0]!).toBeCloseTo(total[bar]! / total[0]!, 12));
  });
});

describe.each([1, 2, 3, 4])('over random splits and dividends (seed %i)', (seed) => {
  const raw = rawBars(seed);

  test('raw and split-adjusted prices give the same trades, dividends and equity', () => {
    const a = backtest(crossing, raw);
    const b = backtest(crossing, moved(raw, 'raw', 'split-adjusted'));
    expect(a.trades.length).toBeGreaterThan(3);
    expect(Array.from(a.orders.endBar)).toEqual(Array.from(b.orders.endBar));
    expect(a.dividends.received).toBeCloseTo(b.dividends.received, 6);
    a.equity.forEach((value, bar) => expect(Math.abs(value / b.equity[bar]! - 1)).toBeLessThan(1e-10));
  });

  test('prices that were adjusted for splits and put back are the raw ones', () => {
    const back = moved(moved(raw, 'raw', 'split-adjusted'), 'split-adjusted', 'raw');
    raw.close.forEach((price, bar) => expect(Math.abs(back.close[bar]! / price - 1)).toBeLessThan(1e-12));
  });

  test('what adjusted shows rests on the past alone, and moves as total-return prices do', () => {
    const seen: number[] = [];
    const reads = defineStrategy({
      name: 'Reads',
      init: ({ bars }) => adjusted(bars),
      next: (_, bars) => void seen.push(bars.close.now),
    });
    backtest(reads, raw);
    const whole = seen.splice(0);
    const { extra, length } = raw;
    const cut = Object.fromEntries(Object.entries(extra).map(([name, column]) => [name, column.subarray(0, 150)]));
    expect(length).toBe(300);
    backtest(reads, withBasis({ ...raw, length: 150, extra: cut }, 'raw'));
    expect(seen).toEqual(whole.slice(0, 150));
    const total = moved(raw, 'raw', 'total-return').close;
    whole.forEach((price, bar) =>
      expect(Math.abs(price / whole[0]! / (total[bar]! / total[0]!) - 1)).toBeLessThan(1e-10),
    );
  });
});

test.each([
  ['as-stored', 'raw', 'nobody said what the prices are'],
  ['total-return', 'raw', 'dividends are in the prices and cannot be taken out again'],
] as const)('from %s to %s there is no way', (stored, wanted, reason) => {
  expect(() => inBasis({ close: Float64Array.of(1) }, stored, wanted)).toThrow(reason);
});

test('a dividend of all that a share is worth leaves no price to adjust', () => {
  const columns = { ...barsFromCloses([4, 4]), dividends: Float64Array.of(0, 5) };
  expect(() => inBasis(columns as never, 'raw', 'total-return')).toThrow(
    'a dividend of 5 is no less than the close before it, 4',
  );
});
