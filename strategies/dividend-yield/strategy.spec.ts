import { expect, test } from '@jest/globals';
import { backtest, barsFrom, type BarRow } from '@quarry/engine/testing';
import strategy from './strategy.js';

const days = 400;
const params = { held: 1, average: 20, every: 5 };

/** A stock that rises slowly and pays at every fiftieth bar. */
function paying(symbol: string, dividend: number, more: (day: number, row: BarRow) => Partial<BarRow> = () => ({})) {
  const rows = Array.from({ length: days }, (_, day) => {
    const close = 100 * 1.0005 ** day;
    const row = { open: close, high: close, low: close, close, dividend: day % 50 === 49 ? dividend : 0 };
    return { ...row, ...more(day, row) };
  });
  return barsFrom(rows, { symbol });
}

test('it holds what yields most and takes its dividends', () => {
  const { trades, dividends } = backtest(strategy, [paying('A', 0.5), paying('B', 1)], {}, params);
  expect([...new Set(trades.series)]).toEqual([1]);
  expect(dividends.received).toBeGreaterThan(0);
});

test('a split changes neither the yield nor the average', () => {
  const fourth = ({ open, high, low, close, dividend = 0 }: BarRow) => ({
    ...{ open: open / 4, high: high / 4, low: low / 4, close: close / 4 },
    dividend: dividend / 4,
  });
  const split = paying('B', 0.9, (day, row) => (day < 300 ? {} : { ...fourth(row), split: day === 300 ? 4 : 0 }));
  const { trades, actions } = backtest(strategy, [paying('A', 1), split], {}, params);
  expect([...new Set(trades.series)]).toEqual([0]);
  expect(actions.every(({ kind }) => kind === 'dividend')).toBe(true);
});

test('it buys nothing that pays nothing, or stands below its average', () => {
  const falling = paying('B', 0.2, (day) => {
    const close = 100 * 0.998 ** day;
    return { open: close, high: close, low: close, close };
  });
  expect(backtest(strategy, [paying('A', 0), falling], {}, params).orders.length).toBe(0);
});
