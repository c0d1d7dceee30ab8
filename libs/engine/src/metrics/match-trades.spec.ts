import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../random.js';
import { backtest, randomBars } from '../testing.js';
import { goldenCases } from '../golden/golden-strategies.js';
import { fillsOf, type Fill } from './fills.js';
import { matchTrades, type MatchingGroup, type MatchingOrder } from './match-trades.js';

const orders: readonly MatchingOrder[] = ['fifo', 'lifo'];
const groups: readonly MatchingGroup[] = ['fill-to-fill', 'flat-to-flat', 'flat-to-reduced'];
const ways = orders.flatMap((order) => groups.map((group) => [order, group] as const));

const fill = (bar: number, units: number, price: number, commission = 0): Fill => ({
  series: 0,
  bar,
  units,
  price,
  commission,
});
/** Two purchases, a sale of part of them, and one of the rest. */
const scaledOut = [fill(0, 10, 100), fill(1, 10, 110), fill(2, -5, 120), fill(3, -15, 90)];

describe('matching fills into trades', () => {
  test.each<[MatchingOrder, MatchingGroup, [size: number, entry: number, exit: number, pnl: number][]]>([
    [
      'fifo',
      'fill-to-fill',
      [
        [5, 100, 120, 100],
        [5, 100, 90, -50],
        [10, 110, 90, -200],
      ],
    ],
    [
      'lifo',
      'fill-to-fill',
      [
        [5, 110, 120, 50],
        [5, 110, 90, -100],
        [10, 100, 90, -100],
      ],
    ],
    ['fifo', 'flat-to-flat', [[20, 105, 97.5, -150]]],
    ['lifo', 'flat-to-flat', [[20, 105, 97.5, -150]]],
    [
      'fifo',
      'flat-to-reduced',
      [
        [5, 100, 120, 100],
        [15, 1600 / 15, 90, -250],
      ],
    ],
    [
      'lifo',
      'flat-to-reduced',
      [
        [5, 110, 120, 50],
        [15, 1550 / 15, 90, -200],
      ],
    ],
  ])('%s, %s', (order, group, expected) => {
    const trades = matchTrades(scaledOut, order, group);
    expect(trades.map(({ size, entryPrice, exitPrice, pnl }) => [size, entryPrice, exitPrice, pnl])).toEqual(
      expected.map((row) => row.map((value) => expect.closeTo(value, 9))),
    );
  });

  test('a fill that turns a long into a short closes one trade and opens the next', () => {
    const turned = [fill(0, 10, 100, 10), fill(1, -30, 110, 30), fill(2, 20, 100, 20)];
    expect(matchTrades(turned, 'fifo', 'fill-to-fill')).toMatchObject([
      { size: 10, entryBar: 0, exitBar: 1, commission: 20, pnl: 80 },
      { size: -20, entryBar: 1, exitBar: 2, commission: 40, pnl: 160 },
    ]);
  });

  test('what is still held at the end is in no trade', () => {
    expect(ways.map(([order, group]) => matchTrades([fill(0, 5, 10)], order, group))).toEqual(ways.map(() => []));
  });

  test('each way comes to the same money once all is sold', () => {
    const random = seededRandom(5);
    const fills = Array.from({ length: 400 }, (_, bar) =>
      fill(bar, Math.ceil(9 * random()) * (random() < 0.5 ? -1 : 1), 50 + 50 * random(), random()),
    );
    const held = fills.reduce((sum, { units }) => sum + units, 0);
    const flat = [...fills, fill(400, -held, 77, 1)];
    const totals = ways.map(([order, group]) => matchTrades(flat, order, group).reduce((sum, { pnl }) => sum + pnl, 0));
    const cash = flat.reduce((sum, { units, price, commission }) => sum - units * price - commission, 0);
    expect(totals).toEqual(ways.map(() => expect.closeTo(cash, 6)));
  });

  test.each([null, 0.01])(
    'first in, first out, fill to fill is how a run’s own trades are counted, under a volume cap of %s',
    (volumeCap) => {
      const { strategy, settings: uncapped } = goldenCases['sma excl comm.002']!;
      const settings = { ...uncapped, volumeCap };
      const bars = randomBars(800, 9);
      const result = backtest(strategy, bars, settings);
      const { trades } = result;
      const matched = matchTrades(fillsOf(result, [bars]), 'fifo', 'fill-to-fill');
      const closed = Array.from(trades.open, (open, i) => [open, i] as const).filter(([open]) => open === 0);
      expect(matched.map(({ size, entryBar, exitBar, pnl }) => [size, entryBar, exitBar, pnl])).toEqual(
        closed.map(([, i]) => [
          trades.size[i],
          trades.entryBar[i],
          trades.exitBar[i],
          expect.closeTo(trades.pnl[i]!, 6),
        ]),
      );
    },
  );
});
