import { expect, test } from '@jest/globals';
import { BacktestOptions, type ParamSpecs } from '@quarry/contracts';
import { reuseKey, type ReuseFacts } from './reuse.js';

const params: ParamSpecs = {
  fast: { type: 'int', default: 10, min: 2, max: 100, step: 1, description: '' },
  slow: { type: 'int', default: 30, min: 5, max: 400, step: 1, description: '' },
};
const facts: ReuseFacts = {
  strategyVersion: 'a'.repeat(64),
  datasetVersion: 'b'.repeat(64),
  engine: 'c'.repeat(64),
  options: BacktestOptions.parse({}),
  params,
};

function withOptions(options: unknown): ReuseFacts {
  return { ...facts, options: BacktestOptions.parse(options) };
}

test('a parameter that is left out and one that is given its default are the same run', () => {
  expect(reuseKey(withOptions({ params: { slow: 30 } }))).toBe(reuseKey(facts));
});

test.each<[string, ReuseFacts]>([
  ['strategy', { ...facts, strategyVersion: 'd'.repeat(64) }],
  ['dataset', { ...facts, datasetVersion: 'd'.repeat(64) }],
  ['engine', { ...facts, engine: 'd'.repeat(64) }],
  ['parameter', withOptions({ params: { fast: 11 } })],
  ['cost', withOptions({ settings: { commission: { kind: 'fraction', rate: 0.001 } } })],
  ['seed', withOptions({ settings: { seed: 2 } })],
  ['date', withOptions({ from: '2005-01-01' })],
  ['benchmark', withOptions({ benchmark: 'none' })],
])('another %s is another run', (_, other) => {
  expect(reuseKey(other)).not.toBe(reuseKey(facts));
});
