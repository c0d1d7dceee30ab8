import { describe, expect, test } from '@jest/globals';
import { RandomStream, sharpeSampleOf } from '@quarry/engine/host';
import type { SearchedTrial } from '../search/run-search.js';
import { bookedTrial } from '../search/trial-book.js';
import { luckOf } from './luck.js';

const perYear = 252;

/** A trial whose returns are noise around a daily mean. */
function trial(index: number, mean = 0, days = 756): SearchedTrial {
  const stream = new RandomStream(7, index);
  const returns = Float64Array.from({ length: days }, () => mean + 0.01 * stream.normal());
  const sharpe = returns.reduce((sum, r) => sum + r, 0);
  const metrics = { sharpe };
  const result = { metrics, returns, perYear, basis: '', detail: null };
  return { index, params: { index }, value: sharpe, result, sample: sharpeSampleOf(returns) };
}

const hashOf = ({ index }: SearchedTrial): string => `p${index}`;
const bestOf = (trials: readonly SearchedTrial[]): SearchedTrial =>
  trials.reduce((a, b) => (b.value > a.value ? b : a));

function judged(trials: readonly SearchedTrial[], earlier: readonly SearchedTrial[] = []) {
  const entry = (one: SearchedTrial, data: string) =>
    bookedTrial(hashOf(one), data, one).map((booked) => ({ ...booked, family: 'f' }));
  const ledger = [...earlier.flatMap((one) => entry(one, 'other')), ...trials.flatMap((one) => entry(one, 'data'))];
  return luckOf({
    family: 'f',
    trials,
    best: bestOf(trials),
    ledger,
    data: 'data',
    hashes: trials.map(hashOf),
    seed: 1,
  })!;
}

const noise = Array.from({ length: 20 }, (_, i) => trial(i));

describe('the best of a search', () => {
  test('in noise is called luck', () => {
    const luck = judged(noise);
    expect([luck.trials, luck.effectiveTrials]).toEqual([20, 20]);
    expect(Number(luck.deflated)).toBeLessThan(0.8);
    expect(Number(luck.probabilistic)).toBeGreaterThan(Number(luck.deflated));
    expect(luck.overfitting?.probability).toBeGreaterThan(0.2);
    expect(luck.superiority?.spa).toBeGreaterThan(0.1);
  });

  test('with an edge of its own is not', () => {
    const luck = judged([...noise, trial(20, 0.0025)]);
    expect(Number(luck.deflated)).toBeGreaterThan(0.95);
    expect(luck.overfitting?.probability).toBeLessThan(0.05);
    expect(luck.superiority?.spa).toBeLessThan(0.05);
  });

  test('is deflated by what was tried before, on whatever data; copies count as one independent trial', () => {
    const edge = [...noise, trial(20, 0.0008)];
    const alone = judged(edge);
    const after = judged(
      edge,
      Array.from({ length: 150 }, (_, i) => trial(100 + i, 0, 60)),
    );
    expect([alone.trials, after.trials]).toEqual([21, 171]);
    expect(Number(after.deflated)).toBeLessThan(Number(alone.deflated));
    const copies = noise.slice(0, 4).flatMap((one, i) => [one, { ...one, index: 50 + i }]);
    expect(judged(copies).effectiveTrials).toBe(4);
  });

  test('has no odds where its returns never vary', () => {
    const flat = { ...trial(0), sample: sharpeSampleOf(new Float64Array(100)) };
    expect(
      luckOf({ family: 'f', trials: [flat], best: flat, ledger: [], data: 'd', hashes: [hashOf(flat)], seed: 1 }),
    ).toBeNull();
  });
});
