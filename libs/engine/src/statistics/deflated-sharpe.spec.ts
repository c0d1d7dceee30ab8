import { describe, expect, test } from '@jest/globals';
import { goldenReturns } from '../metrics/golden/series.js';
import { minimumBacktestYears } from './backtest-length.js';
import { deflateBest } from './deflated-sharpe.js';
import { expectedMaxSharpe } from './expected-max-sharpe.js';
import { noise, twentyTrials } from './golden/noise.js';
import { probabilisticSharpe } from './probabilistic-sharpe.js';
import { sharpeSampleOf } from './sharpe-sample.js';
import { minimumTrackRecord } from './track-record.js';

const near = (value: number): unknown => expect.closeTo(value, 12);

describe('a Sharpe ratio on its own', () => {
  test.each([
    {
      name: 'lcg_1260_seed42',
      sample: [0.04242395490654158, 0.048819191980956134, 2.705609844367964],
      above0: 0.9340030481856111,
      above1: 0.23258710246355752,
      record: 1502.2937051997167,
    },
    {
      name: 'lcg_60_seed7',
      sample: [0.07402715638073318, 0.08580159304122148, 3.3954462569516473],
      above0: 0.7154875543640783,
      above1: 0.5338204344028437,
      record: 493.1948885137682,
    },
  ])('has the probability and the track record of the reference: $name', ({ name, sample, above0, above1, record }) => {
    const ours = sharpeSampleOf(goldenReturns(name));
    expect([ours.sharpe, ours.skewness, ours.kurtosis]).toEqual(sample.map(near));
    expect([probabilisticSharpe(ours), probabilisticSharpe(ours, 1 / Math.sqrt(252))]).toEqual([
      near(above0),
      near(above1),
    ]);
    expect(minimumTrackRecord(ours)).toBeCloseTo(record, 8);
  });

  test('raw kurtosis is what counts: excess kurtosis would turn "not significant" into "significant"', () => {
    const monthly = { sharpe: 0.63, observations: 36, skewness: 0, kurtosis: 3 };
    const slip = probabilisticSharpe({ ...monthly, kurtosis: 0 }, 0.3);
    expect(probabilisticSharpe(monthly, 0.3)).toBeCloseTo(0.9634, 2);
    expect(slip).toBeGreaterThan(probabilisticSharpe(monthly, 0.3));
  });

  test('a record of the minimum length is just significant', () => {
    const sample = { sharpe: 0.1, observations: 0, skewness: -0.4, kurtosis: 6 };
    const observations = minimumTrackRecord(sample, 0.02, 0.99);
    expect(probabilisticSharpe({ ...sample, observations }, 0.02)).toBeCloseTo(0.99, 12);
  });

  test('no record is long enough for one that does not reach its benchmark', () => {
    expect(minimumTrackRecord({ sharpe: 0.1, observations: 0, skewness: 0, kurtosis: 3 }, 0.1)).toBe(Infinity);
  });

  test('a confidence that is none is refused', () => {
    const sample = { sharpe: 0.1, observations: 0, skewness: 0, kurtosis: 3 };
    expect(() => minimumTrackRecord(sample, 0, 95)).toThrow('Confidence is 95');
  });

  test('its probability is uniform where there is no skill', () => {
    let below = 0;
    for (let i = 0; i < 2000; i++) if (probabilisticSharpe(sharpeSampleOf(noise(100, 17 + 1009 * i))) < 0.9) below++;
    expect(Math.abs(below / 2000 - 0.9)).toBeLessThan(4 * Math.sqrt(0.09 / 2000));
  });
});

describe('the best of twenty trials', () => {
  test('is luck where none has an edge', () => {
    expect(deflateBest(twentyTrials(0))).toEqual({
      best: 0,
      sharpe: near(0.0775977830205396),
      trials: 20,
      expectedMaxSharpe: near(0.0764043253590437),
      probabilistic: near(0.9559289154107747),
      deflated: near(0.5104619765891425),
    });
  });

  test('is not luck where it has an edge', () => {
    expect(deflateBest(twentyTrials(0.0012))).toEqual({
      best: 0,
      sharpe: near(0.20163022297919003),
      trials: 20,
      expectedMaxSharpe: near(0.11139600667155658),
      probabilistic: near(0.999995426792731),
      deflated: near(0.9764502574912262),
    });
  });

  test('is deflated further by trials that are not shown', () => {
    const shown = twentyTrials(0.0012);
    expect(deflateBest(shown, 2000).deflated).toBeLessThan(deflateBest(shown).deflated);
  });

  test('a trial whose returns never vary is passed over', () => {
    expect(deflateBest([new Float64Array(480), ...twentyTrials(0)]).best).toBe(1);
  });
});

describe('what luck is expected to show', () => {
  test('is nothing for a single trial, and close to the mean maximum of many draws for several', () => {
    let sum = 0;
    for (let i = 0; i < 3000; i++) sum += Math.max(...noise(50, 3 + 7919 * i, 0, 1));
    expect(expectedMaxSharpe(1, 1)).toBe(0);
    // The approximation is known to run about two in a hundred high.
    expect(expectedMaxSharpe(50, 1) / (sum / 3000)).toBeCloseTo(1.02, 1);
  });

  test('45 trials need 2 ln 45 years before a Sharpe ratio of 1 says anything; half the ratio, four times as long', () => {
    expect([minimumBacktestYears(45, 1), minimumBacktestYears(45, 0.5)]).toEqual([
      near(7.613324979540639),
      near(4 * 7.613324979540639),
    ]);
    expect(() => minimumBacktestYears(0, 1)).toThrow('There were 0 trials');
  });
});
