import { expect, test } from '@jest/globals';
import { appendTrial, emptyLedger, type LedgerEntry, summariseFamily } from './trial-ledger.js';

const entry = (paramsHash: string, sharpe: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  family: 'crossover',
  paramsHash,
  dataHash: 'd1',
  sharpe,
  observations: 500,
  ...more,
});
const ledger = [
  entry('p1', 0.02),
  entry('p2', 0.06),
  entry('p1', 0.02),
  entry('p1', 0.04, { dataHash: 'd2' }),
  entry('p3', NaN),
  entry('p1', 0.9, { family: 'carry' }),
].reduce(appendTrial, emptyLedger);

test('a ledger counts each parameter set on each data once, by family', () => {
  expect(summariseFamily(ledger, 'crossover')).toEqual({
    trials: 4,
    effectiveTrials: 4,
    sharpeDeviation: expect.closeTo(0.02, 12),
    bestSharpe: 0.06,
  });
  expect(summariseFamily(ledger, 'carry')).toMatchObject({ trials: 1, sharpeDeviation: 0 });
  expect(summariseFamily(ledger, 'nothing').bestSharpe).toBeNaN();
});

test('trials of one cluster are one; a trial that has none counts alone', () => {
  const clusters = new Map([
    ['p1', 0],
    ['p2', 0],
  ]);
  expect(summariseFamily(ledger, 'crossover', ({ paramsHash }) => clusters.get(paramsHash)).effectiveTrials).toBe(2);
});

test('appending leaves the ledger that was', () => {
  appendTrial(emptyLedger, entry('p9', 1));
  expect(emptyLedger.entries).toEqual([]);
});
