import { expect, test } from '@jest/globals';
import { fittingParams, freshChoices, onSeries, runOrder } from './run-choices';

const specs = {
  fast: { type: 'int' as const, default: 10, min: 2, max: 100, step: 1, description: '' },
  short: { type: 'bool' as const, default: false, description: '' },
};
const datasetId = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const version = 'a'.repeat(64);

test('a parameter that the code no longer declares is not sent', () => {
  expect(fittingParams(specs, { fast: 12, gone: 3 })).toEqual({ fast: 12, short: false });
});

test('a value of another type than the declaration gives way to the default', () => {
  expect(fittingParams(specs, { fast: 'twelve', short: 1 })).toEqual({ fast: 10, short: false });
});

test('dates that were left empty stand for the whole series', () => {
  const { options = {} } = runOrder(version, datasetId, specs, { ...freshChoices(), from: '', to: '2019-12-31' });
  expect(['from' in options, options.to]).toEqual([false, '2019-12-31']);
});

test('an order carries every choice', () => {
  const choices = { ...freshChoices(), symbols: ['SPX'], benchmark: 'none' as const, params: { fast: 5 } };
  expect(runOrder(version, datasetId, specs, choices)).toEqual({
    kind: 'backtest',
    strategyVersion: version,
    datasetId,
    options: {
      symbol: 'SPX',
      params: { fast: 5, short: false },
      settings: choices.settings,
      benchmark: 'none',
      profile: 'v1',
    },
    priority: 'normal',
  });
});

test('a deadline is so many minutes from when the run is asked for', () => {
  const choices = { ...freshChoices(), priority: 'high' as const, deadline: 90 };
  const { priority, deadline } = runOrder(version, datasetId, specs, choices, Date.UTC(2026, 11, 1, 12));
  expect([priority, deadline]).toEqual(['high', '2026-12-01T13:30:00.000Z']);
});

test('a cross-validation searches as a sweep does, and says how its tests are kept apart', () => {
  const validation = { groups: 6, testGroups: 1, purge: 20, embargo: 5 };
  const choices = { ...freshChoices(), kind: 'cross-validate' as const, validation, params: { fast: 5 } };
  expect(runOrder(version, datasetId, specs, choices)).toMatchObject({
    kind: 'cross-validate',
    search: { method: 'sobol', trials: 256, seed: 1 },
    plan: validation,
    options: { params: {} },
  });
});

test('a sweep searches every parameter with bounds, and sends only the others as they stand', () => {
  const free = { type: 'float' as const, default: 1, min: -Infinity, max: Infinity, step: null, description: '' };
  const choices = { ...freshChoices(), kind: 'sweep' as const, params: { fast: 5, free: 2 } };
  expect(runOrder(version, datasetId, { ...specs, free }, choices)).toMatchObject({
    kind: 'sweep',
    search: { method: 'sobol', trials: 256, objective: 'sharpe', seed: 1 },
    options: { params: { free: 2 } },
  });
  expect(runOrder(version, datasetId, specs, choices).options?.params).toEqual({});
});

test('a Monte Carlo runs with the parameters as they stand, drawn by the seed of the panel', () => {
  const choices = { ...freshChoices(), kind: 'monte-carlo' as const, params: { fast: 5 } };
  expect(runOrder(version, datasetId, specs, choices)).toMatchObject({
    simulation: { method: 'trade-bootstrap', paths: 1_000, seed: 1 },
    options: { params: { fast: 5, short: false } },
  });
});

const series = [
  { symbol: 'A', interval: '1d' },
  { symbol: 'A', interval: '1h' },
  { symbol: 'B', interval: '1h' },
] as unknown as Parameters<typeof onSeries>[1];

test.each([
  ['nothing was chosen: the first series', {}, { symbols: ['A'], interval: '1d' }],
  ['what the dataset has', { symbols: ['B', 'A'], interval: '1h' }, { symbols: ['B', 'A'], interval: '1h' }],
  ['another dataset was meant', { symbols: ['SPX'], interval: '1m' }, { symbols: ['A'], interval: '1d' }],
  ['the interval is not that of the symbol', { symbols: ['B'], interval: '1d' }, { symbols: ['B'], interval: '1h' }],
])('symbols and interval of a run are what the panel shows: %s', (_, given, shown) => {
  expect(onSeries({ ...freshChoices(), ...given }, series)).toMatchObject(shown);
});
