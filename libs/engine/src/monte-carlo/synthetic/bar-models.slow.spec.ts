import { expect, test } from '@jest/globals';
import { barsFromCloses } from '../../testing.js';
import { RandomStream } from '../random-stream.js';
import { frameOf } from './frame.js';
import { fitGarchBars, garchBars } from './garch-bars.js';
import { fitGbmBars, gbmBars } from './gbm-bars.js';
import { fitMertonBars, mertonBars } from './merton-bars.js';
import { fitRegimeBars, regimeBars } from './regime-bars.js';

const frame = frameOf(barsFromCloses(Array.from({ length: 6000 }, () => 100)));
const shape = {
  gapShare: 0.2,
  rangeScale: 1,
  quietShare: 0,
  volumeLevel: 9,
  volumeSlope: 0.2,
  volumeSpread: 0.4,
  deviation: 0.01,
};
const rng = new RandomStream(12, 0);

/** How far off, as a share of each true value. */
const off = (found: Readonly<Record<string, number>>, truth: Readonly<Record<string, number>>): number[] =>
  Object.entries(truth).map(([name, value]) => Math.abs(found[name]! / value - 1));

test('gbm: the parameters that bars were made with are found again', () => {
  const { deviation } = fitGbmBars(gbmBars({ frame, shape, mean: 0.001, deviation: 0.01 }, rng));
  expect(Math.abs(deviation / 0.01 - 1)).toBeLessThan(0.04);
});

test('garch: the parameters that bars were made with are found again', () => {
  const truth = { omega: 4e-6, alpha: 0.1, beta: 0.86 };
  const { omega, alpha, beta } = fitGarchBars(garchBars({ frame, shape, mean: 0, ...truth }, rng));
  const [offOmega, offAlpha, offBeta] = off({ omega, alpha, beta }, truth);
  expect([offOmega! < 0.4, offAlpha! < 0.25, offBeta! < 0.05]).toEqual([true, true, true]);
});

test('merton: the parameters that bars were made with are found again', () => {
  const truth = { deviation: 0.008, jumps: 0.06, jumpMean: -0.01, jumpDeviation: 0.03 };
  const { deviation, jumps, jumpMean, jumpDeviation } = fitMertonBars(
    mertonBars({ frame, shape, mean: 0, ...truth }, rng),
  );
  const shares = off({ deviation, jumps, jumpMean, jumpDeviation }, truth);
  expect(shares.map((share, i) => share < [0.05, 0.25, 0.5, 0.2][i]!)).toEqual([true, true, true, true]);
});

test('regimes: those that bars were made with are found again, the calm one first', () => {
  const calm = { mean: 0.0008, deviation: 0.006, stays: 0.98 };
  const wild = { mean: -0.002, deviation: 0.02, stays: 0.94 };
  const { regimes } = fitRegimeBars(regimeBars({ frame, shape, regimes: [calm, wild] }, rng));
  expect(off({ ...regimes[0] }, { deviation: 0.006, stays: 0.98 }).every((share) => share < 0.05)).toBe(true);
  expect(off({ ...regimes[1] }, { deviation: 0.02, stays: 0.94 }).every((share) => share < 0.05)).toBe(true);
  expect(regimes[0].mean).toBeGreaterThan(0);
});
