import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../random.js';
import { sharpeOf } from '../statistics/sample-statistics.js';
import { crossValidated } from './cross-validated.js';
import { combinatorialFolds, foldCount } from './cross-validation.js';

const rows = 300;
const random = seededRandom(7);

/** Returns without skill, or with a mean. */
function trial(mean = 0): Float64Array {
  return Float64Array.from({ length: rows }, () => mean + 0.02 * (random() - 0.5));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const gaps = { purge: 4, embargo: 3 };
const labelEnd = Int32Array.from({ length: rows }, (_, row) => Math.min(rows - 1, row + gaps.purge));
const folds = combinatorialFolds({ groups: 6, tested: 2 }, { rows, labelEnd, embargo: gaps.embargo });
const noise = Array.from({ length: 60 }, () => trial());
const bySharpe = { folds, figure: sharpeOf, direction: 'maximise' } as const;

describe('cross-validation of trials', () => {
  test('without skill finds a good one in every training, and nothing on the paths', () => {
    const { choices, paths } = crossValidated({ ...bySharpe, returns: noise });
    const inSample = meanOf(choices.map((choice) => choice.inSample));
    expect(Math.min(...choices.map((choice) => choice.inSample))).toBeGreaterThan(0.05);
    expect(Math.abs(meanOf(choices.map((choice) => choice.outOfSample)))).toBeLessThan(inSample / 2);
    expect(Math.abs(meanOf(paths.map(sharpeOf)))).toBeLessThan(inSample / 2);
  });

  test('of which one has an edge chooses it in every fold, and each path is its own run', () => {
    const returns = [...noise, trial(0.006)];
    const { choices, paths } = crossValidated({ ...bySharpe, returns });
    expect(new Set(choices.map((choice) => choice.trial))).toEqual(new Set([60]));
    expect(paths).toEqual(Array(5).fill(returns[60]));
  });

  test('puts on each row of a path what a fold chose that did not train on it, nor within purge and embargo', () => {
    const { choices, paths } = crossValidated({ ...bySharpe, returns: noise });
    folds.paths.forEach((path, p) => {
      for (let row = 0; row < rows; row++) {
        const at = path[Math.floor((row * 6) / rows)]!;
        expect(paths[p]![row]).toBe(noise[choices[at]!.trial!]![row]);
        const near = folds.folds[at]!.train.filter(
          (trained) => trained >= row - gaps.purge && trained <= row + gaps.purge + gaps.embargo,
        );
        expect(near).toEqual(new Int32Array(0));
      }
    });
  });

  test('chooses the same whatever the tests, the purged rows and the embargo hold', () => {
    const before = crossValidated({ ...bySharpe, returns: noise }).choices;
    folds.folds.forEach((fold, at) => {
      const trained = new Set(fold.train);
      const altered = noise.map((one, t) => one.map((value, row) => (trained.has(row) ? value : t)));
      const { trial: chosen, inSample } = crossValidated({ ...bySharpe, returns: altered }).choices[at]!;
      expect([chosen, inSample]).toEqual([before[at]!.trial, before[at]!.inSample]);
    });
  });

  test('with one group tested at a time is k-fold, whose one path holds each fold’s test', () => {
    const kFold = combinatorialFolds({ groups: 5, tested: 1 }, { rows });
    const { choices, paths } = crossValidated({ ...bySharpe, folds: kFold, returns: noise });
    const tested = kFold.folds.flatMap(({ tests: [rowsOf] }, at) => [
      ...noise[choices[at]!.trial!]!.subarray(rowsOf!.from, rowsOf!.to),
    ]);
    expect(paths).toEqual([Float64Array.from(tested)]);
  });

  test('minimises what it would else maximise', () => {
    const figure = (returns: Float64Array): number => -sharpeOf(returns);
    const trialsOf = (request: Parameters<typeof crossValidated>[0]) =>
      crossValidated(request).choices.map((choice) => choice.trial);
    expect(trialsOf({ folds, returns: noise, figure, direction: 'minimise' })).toEqual(
      trialsOf({ ...bySharpe, returns: noise }),
    );
  });

  test('none of which has a value in training trades nothing', () => {
    const { choices, paths } = crossValidated({ ...bySharpe, returns: [new Float64Array(rows)] });
    expect(choices.every((choice) => choice.trial === null)).toBe(true);
    expect(paths).toEqual(Array(5).fill(new Float64Array(rows)));
  });
});

test('k of N groups make N over k folds', () => {
  const counted = [1, 2, 3, 5].map((tested) => foldCount({ groups: 10, tested }));
  expect([counted, foldCount({ groups: 6, tested: 2 })]).toEqual([[10, 45, 120, 252], folds.folds.length]);
});
