import { expect, test } from '@jest/globals';
import { scripted } from '../scripted.js';
import type { BacktestSettings } from '../settings.js';
import { backtest, barsFrom, type BarRow } from '../testing.js';
import { summariseFills } from './fill-summary.js';

const quiet: BarRow = { open: 100, high: 101, low: 99, close: 100, volume: 100 };
const capped: Partial<BacktestSettings> = { volumeCap: 0.1, commission: { kind: 'fraction', rate: 0.01 } };

test('an order that ended with a part filled counts with that part', () => {
  const strategy = scripted({
    0: ({ buy }) => void buy({ size: 30, timeInForce: 'ioc' }),
    1: ({ close }) => close(),
  });
  const bars = barsFrom(Array<BarRow>(4).fill(quiet));
  const result = backtest(strategy, bars, capped);
  expect(summariseFills(result, [bars])).toEqual({
    ...{ count: 2, traded: 2_000, commission: result.costs.commission },
    ...{ participation: 0.1, sampled: 2 },
  });
});

test('an order that fills in parts takes of each bar what filled there, not all of it of its last', () => {
  const strategy = scripted({ 0: ({ buy }) => void buy({ size: 25 }) });
  const bars = barsFrom(Array<BarRow>(6).fill(quiet));
  const result = backtest(strategy, bars, capped);
  expect(Array.from(result.fills.bar)).toEqual([1, 2, 3]);
  expect(Array.from(result.fills.units)).toEqual([10, 10, 5]);
  expect(summariseFills(result, [bars])).toMatchObject({
    count: 3,
    participation: expect.closeTo(0.1, 12),
    sampled: 3,
  });
});
