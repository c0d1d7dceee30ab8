import { describe, expect, test } from '@jest/globals';
import type { Bars } from '@quarry/engine/host';
import { monthlyReturns } from './monthly-returns.js';
import { sampleBars } from './sample-run.js';

describe('monthly returns', () => {
  test('the first month counts from the starting cash, each other from the month before', () => {
    const bars = sampleBars(new Array<number>(59).fill(100));
    const equity = Float64Array.from({ length: 59 }, (_, i) => (i < 31 ? 110 : 121));
    expect(monthlyReturns(bars, equity, 100)).toEqual([
      { month: '2015-01', returns: 110 / 100 - 1 },
      { month: '2015-02', returns: 121 / 110 - 1 },
    ]);
  });

  test('an intraday bar belongs to the month of the zone where it traded', () => {
    const bars: Bars = {
      ...sampleBars([1, 1]),
      interval: '1h',
      time: Float64Array.of(Date.UTC(2015, 1, 1, 3) * 1000, Date.UTC(2015, 1, 1, 6) * 1000),
      zone: { name: 'America/New_York', from: Float64Array.of(-1e18), offsetMinutes: Float64Array.of(-300) },
    };
    expect(monthlyReturns(bars, Float64Array.of(2, 3), 1).map(({ month }) => month)).toEqual(['2015-01', '2015-02']);
  });

  test('a session date is a label and keeps its month in every zone', () => {
    const bars: Bars = {
      ...sampleBars([1]),
      zone: { name: 'America/New_York', from: Float64Array.of(-1e18), offsetMinutes: Float64Array.of(-300) },
    };
    expect(monthlyReturns(bars, Float64Array.of(2), 1)).toEqual([{ month: '2015-01', returns: 1 }]);
  });

  test('a month without bars is not invented', () => {
    const bars: Bars = {
      ...sampleBars([1, 1]),
      time: Float64Array.of(Date.UTC(2015, 0, 5) * 1000, Date.UTC(2015, 4, 5) * 1000),
    };
    expect(monthlyReturns(bars, Float64Array.of(1, 2), 1).map(({ month }) => month)).toEqual(['2015-01', '2015-05']);
  });
});
