import { expect, test } from '@jest/globals';
import { backtest, barsFrom } from '@quarry/engine/testing';
import { defineStrategy } from '@quarry/engine';
import { RunStudy } from '@quarry/engine/host';
import { actionParts } from './action-parts.js';
import { actionsInWords, pricesInWords } from '@quarry/contracts';
import { buildReport } from './build-report.js';
import { sampleRun } from './sample-run.js';

const flat = (close: number) => ({ open: close, high: close, low: close, close });
const holds = defineStrategy({
  name: 'Holds',
  next({ index, buy }) {
    if (index === 0) buy({ size: 5 });
  },
});

test('a report names what was carried out, kind by kind', () => {
  const rows = [
    flat(90),
    flat(90),
    { ...flat(60), split: 1.5 },
    { ...flat(60), dividend: 2 },
    { ...flat(60), delisting: 50 },
  ];
  const bars = barsFrom(rows, { symbol: 'A', start: 0 });
  const actions = actionParts(backtest(holds, bars, { units: 'whole' }), [bars]);
  expect(actions).toMatchObject({ dividendsReceived: 14, dividendsPaid: 0, splits: 1, cashInLieu: 30, delistings: 1 });
  expect(actions?.list.map(({ kind, value, cash }) => [kind, value, cash])).toEqual([
    ['split', 1.5, 0],
    ['cash-in-lieu', 60, 30],
    ['dividend', 2, 14],
    ['delisting', 50, 350],
  ]);
  expect(actionsInWords(actions)).toEqual([
    ['Dividends received', '14.00'],
    ['Splits', '1'],
    ['Cash in lieu of fractions', '30.00'],
    ['Delistings', '1'],
  ]);
});

test('a trade that a split went through says so', () => {
  const bars = barsFrom([flat(90), flat(90), { ...flat(45), split: 2 }, flat(45)], { symbol: 'A', start: 0 });
  const run = sampleRun([90, 90, 45, 45]);
  const result = backtest(holds, bars);
  const study = new RunStudy({ ...run.study.run, bars: [bars], basket: bars, result });
  expect(buildReport({ ...run, study }).trades.map(({ size, split }) => [size, split])).toEqual([[10, 2]]);
});

test('a run without any says nothing of them but what its prices were', () => {
  const run = sampleRun([100, 101, 102]);
  expect(buildReport(run).actions).toBeUndefined();
  expect(actionsInWords(undefined)).toEqual([]);
  expect(pricesInWords(run.manifest)).toEqual([['Prices', 'as stored; no split or dividend carried out']]);
});

test('splits or dividends in the data that nobody carried out are warned of', () => {
  const run = sampleRun([100, 101, 102]);
  const series = { ...{ symbol: 'A', interval: '1d', file: '', rows: 3, from: 0, to: 1, columnHashes: {} }, hash: '' };
  const dataset = { ...run.dataset, series: [{ ...series, columns: ['close', 'dividends'] }] };
  expect(buildReport({ ...run, dataset }).warnings).toContain(
    'The dataset "sample" has splits or dividends, and none was carried out: the prices were taken as stored.',
  );
});
