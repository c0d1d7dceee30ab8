import { describe, expect, test } from '@jest/globals';
import { sharpeOf } from './sample-statistics.js';
import { noise, twentyTrials } from './golden/noise.js';
import { type Overfitting, overfitting } from './overfitting.js';

const figures = ({ splits, probability, probabilityOfLoss, meanLogit }: Overfitting): unknown => ({
  splits,
  probability,
  probabilityOfLoss,
  meanLogit,
});

describe('the probability of backtest overfitting', () => {
  test.each([
    { edge: 0, blocks: 8, splits: 70, probability: 0.5, loss: 0.5142857142857142, logit: -0.25559867313596923 },
    {
      edge: 0,
      blocks: 16,
      splits: 12870,
      probability: 0.4173271173271173,
      loss: 0.44755244755244755,
      logit: 0.010096497288229327,
    },
    {
      edge: 0.0012,
      blocks: 8,
      splits: 70,
      probability: 0.02857142857142857,
      loss: 0.02857142857142857,
      logit: 2.841964275796722,
    },
    {
      edge: 0.0012,
      blocks: 16,
      splits: 12870,
      probability: 0.008236208236208237,
      loss: 0.008391608391608392,
      logit: 2.9368551798543363,
    },
  ])(
    'is the reference’s for an edge of $edge in $blocks blocks',
    ({ edge, blocks, splits, probability, loss, logit }) => {
      expect(figures(overfitting(twentyTrials(edge), blocks))).toEqual({
        splits,
        probability: expect.closeTo(probability, 12),
        probabilityOfLoss: expect.closeTo(loss, 12),
        meanLogit: expect.closeTo(logit, 10),
      });
    },
  );

  test('sums of blocks give the Sharpe ratios of the rows themselves, also far from 0', () => {
    const trials = [noise(101, 1, 1000, 0.001), noise(101, 2, 999, 0.001)];
    const { inSample, outOfSample } = overfitting(trials, 2);
    const halves = trials.map((trial) => [sharpeOf(trial.slice(1, 51)), sharpeOf(trial.slice(51))]);
    const bestFirst = halves[0]![0]! > halves[1]![0]! ? 0 : 1;
    expect(inSample[0]! / halves[bestFirst]![0]!).toBeCloseTo(1, 6);
    expect(outOfSample[0]! / halves[bestFirst]![1]!).toBeCloseTo(1, 6);
  });

  test('a trial that is better throughout is found in every split, degrades nowhere and dominates', () => {
    const trials = [noise(160, 5, 0.02, 0.01), ...Array.from({ length: 9 }, (_, j) => noise(160, 50 + 31 * j))];
    const { probability, probabilityOfLoss, dominance } = overfitting(trials, 10);
    expect({ probability, probabilityOfLoss }).toEqual({ probability: 0, probabilityOfLoss: 0 });
    expect([dominance.firstOrder, dominance.secondOrder]).toEqual([true, true]);
    expect([dominance.chosen.at(-1), dominance.all.at(-1)]).toEqual([1, 1]);
  });

  test('trials of which each shines in one block only degrade, and choosing the best is worse than chance', () => {
    const trials = Array.from({ length: 8 }, (_, j) =>
      noise(160, 9 + 101 * j).map((r, t) => r + (Math.floor(t / 20) === j ? 0.02 : -0.003)),
    );
    const { probability, degradation, dominance } = overfitting(trials, 8);
    expect(probability).toBeGreaterThan(0.9);
    expect(degradation.slope).toBeLessThan(0);
    expect([dominance.firstOrder, dominance.secondOrder]).toEqual([false, false]);
  });

  test('what cannot be cut or chosen among is refused', () => {
    const [one, other] = [noise(100, 1), noise(100, 2)] as const;
    expect(() => overfitting([one])).toThrow('1 trial given, at least 2 needed');
    expect(() => overfitting([one, other], 5)).toThrow('an even number from 2 to 20');
    expect(() => overfitting([one, other.slice(1)], 4)).toThrow('Trial 1 has 99 returns and trial 0 has 100');
    expect(() => overfitting([one.slice(0, 20), other.slice(0, 20)])).toThrow('leave fewer than 2 each');
    expect(() => overfitting([one, other.map((r, i) => (i === 50 ? NaN : r))])).toThrow(
      'Trial 1 has a return that is no number',
    );
  });
});
