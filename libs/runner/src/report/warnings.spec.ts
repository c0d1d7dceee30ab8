import { describe, expect, test } from '@jest/globals';
import { orderStates } from '@quarry/engine/host';
import { buildReport } from './build-report.js';
import { sampleRun, withRun } from './sample-run.js';

const years = Array.from({ length: 1000 }, (_, i) => 100 + i);
const manyTrades = new Array<number>(50).fill(1);

function warningsAbout(
  change: (run: ReturnType<typeof sampleRun>) => ReturnType<typeof sampleRun>,
  pnl = manyTrades,
): string[] {
  return buildReport(change(sampleRun(years, pnl))).warnings;
}

describe('warnings', () => {
  test('a run with costs, many trades and years of clean data has none', () => {
    expect(warningsAbout((run) => run)).toEqual([]);
  });

  test('few trades', () => {
    expect(warningsAbout((run) => run, new Array<number>(29).fill(1))).toEqual([
      'Few trades (29): too few to tell skill from luck.',
    ]);
  });

  test('no trade at all', () => {
    expect(warningsAbout((run) => run, [])).toEqual(['No trade was made: every figure describes idle cash.']);
  });

  test('one trade that made most of the profit', () => {
    expect(warningsAbout((run) => run, [...manyTrades, 150])).toEqual([
      'One trade made 75 % of the profit: without it, another result.',
    ]);
  });

  test('leverage, whose ruin within a bar is not seen', () => {
    const leveraged = warningsAbout((run) => withRun(run, { settings: { ...run.manifest.settings, leverage: 5 } }));
    expect(leveraged).toEqual([
      'Leverage is 5, and ruin is looked for at closes: a low within a bar may have ended the account.',
    ]);
  });

  test('costs of zero, also as a model with a rate of zero', () => {
    const free = { kind: 'fraction', rate: 0 } as const;
    const said = warningsAbout((run) => withRun(run, { settings: { ...run.manifest.settings, commission: free } }));
    expect(said).toEqual(['Costs are zero: no commission, spread or slippage was charged.']);
  });

  test('funding from a column that the data do not have', () => {
    const funding = { kind: 'column', column: 'fundingRates', rate: 0.0001, hours: 8 } as const;
    expect(warningsAbout((run) => withRun(run, { settings: { ...run.manifest.settings, funding } }))).toEqual([
      'The data have no column "fundingRates": funding was charged at the rate that stands in for it.',
    ]);
  });

  test('an account that was wiped out', () => {
    const equity = Float64Array.from(years, (value, i) => (i > 500 ? 0 : value));
    const said = warningsAbout((run) => withRun(run, { result: { ...run.study.run.result, equity } }));
    expect(said).toEqual([
      'The account was ruined on bar 501: trading ended there, and what it owed beyond its money was written off.',
    ]);
  });

  test('an account that grew beyond all numbers, of which its last bar need not tell', () => {
    const equity = Float64Array.from(years, (value, i) => (i === 500 ? Infinity : value));
    const exposure = Float64Array.from(equity, (value) => (value === Infinity ? NaN : 1));
    const said = warningsAbout((run) => withRun(run, { result: { ...run.study.run.result, equity, exposure } }));
    expect(said[0]).toBe(
      'On bar 500 the account was worth more than a number can hold (1.8e308): what is figured from it is not defined. Check the prices, or trade less.',
    );
  });

  test('a history of one bar', () => {
    expect(buildReport(sampleRun([100])).warnings).toEqual([
      'No trade was made: every figure describes idle cash.',
      'Short history (1 day): annualised figures extrapolate.',
    ]);
  });

  test('rejected orders, all of them counted, with the first reason that was kept', () => {
    const rejections = [{ orderId: 1, bar: 3, reason: 'not enough cash' }];
    const said = [1, 12_000].map((count) =>
      warningsAbout((run) => {
        const { result } = run.study.run;
        const state = new Uint8Array(count).fill(orderStates.indexOf('rejected'));
        return withRun(run, { result: { ...result, rejections, orders: { ...result.orders, state } } });
      }),
    );
    expect(said).toEqual([
      ['One order was rejected, first because: not enough cash'],
      ['12000 orders were rejected, first because: not enough cash'],
    ]);
  });

  test('flaws of the dataset', () => {
    const said = warningsAbout((run) => ({
      ...run,
      dataset: { ...run.dataset, quality: { ...run.dataset.quality, outlierCount: 2, rowsRefused: 1 } },
    }));
    expect(said).toEqual(['The dataset "sample" has 1 refused row, 2 outliers: see its quality report.']);
  });
});
