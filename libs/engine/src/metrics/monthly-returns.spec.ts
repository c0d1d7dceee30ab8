import { describe, expect, test } from '@jest/globals';
import { barsAt, businessDays } from './golden/backtest.js';
import { monthlyReturns, yearlyReturns, type MonthlyReturn } from './monthly-returns.js';
import { dayCloses } from './session-days.js';

const day = 86_400e6;

function monthsOf(time: readonly number[], equity: readonly number[], interval: '1h' | '1d' = '1d'): MonthlyReturn[] {
  const column = Float64Array.from(time);
  return monthlyReturns(dayCloses(barsAt(column, column, interval, -300)), Float64Array.from(equity), 100);
}

const at = (...date: [year: number, month: number, day: number, hour?: number]): number =>
  Date.UTC(date[0], date[1] - 1, date[2], date[3] ?? 0) * 1000;

describe('monthly returns', () => {
  test('the first month counts from the starting cash, each other from the month before', () => {
    const time = Array.from({ length: 59 }, (_, i) => at(2015, 1, 1) + i * day);
    const equity = time.map((_, i) => (i < 31 ? 110 : 121));
    expect(monthsOf(time, equity)).toEqual([
      { month: '2015-01', returns: 110 / 100 - 1 },
      { month: '2015-02', returns: 121 / 110 - 1 },
    ]);
  });

  test('an intraday bar belongs to the month of the zone where it traded', () => {
    const months = monthsOf([at(2015, 2, 1, 3), at(2015, 2, 1, 6)], [2, 3], '1h');
    expect(months.map(({ month }) => month)).toEqual(['2015-01', '2015-02']);
  });

  test('a session date is a label and keeps its month in every zone', () => {
    expect(monthsOf([at(2015, 1, 1)], [200])).toEqual([{ month: '2015-01', returns: 1 }]);
  });

  test('a month without bars is not invented', () => {
    const months = monthsOf([at(2015, 1, 5), at(2015, 5, 5)], [1, 2]);
    expect(months.map(({ month }) => month)).toEqual(['2015-01', '2015-05']);
  });

  test('months are those of the calendar for centuries, leap days included', () => {
    const days = businessDays(100_000);
    const dated = new Set(Array.from(days, (time) => new Date(time / 1000).toISOString().slice(0, 7)));
    const months = monthlyReturns(dayCloses(barsAt(days, days, '1d')), days, 1);
    expect(months.map(({ month }) => month)).toEqual([...dated]);
  });

  test('compound to those of the year', () => {
    const months = ['2015-11', '2015-12', '2016-01'].map((month) => ({ month, returns: 0.1 }));
    expect(yearlyReturns(months)).toEqual([
      { year: '2015', returns: expect.closeTo(0.21, 12) },
      { year: '2016', returns: expect.closeTo(0.1, 12) },
    ]);
  });
});
