import { describe, expect, test } from '@jest/globals';
import { combinatorialFolds, purgedFolds } from './cross-validation.js';
import { degradationOf, parameterStability, stitchedEquity } from './out-of-sample.js';
import { purgedTraining } from './purged-training.js';
import { walkForwardWindows } from './walk-forward.js';

describe('a walk-forward', () => {
  const plan = { rows: 100, train: 40, test: 25, purge: 3, embargo: 2 } as const;

  test('that rolls trains on as many rows each time, and leaves the gap before each test', () => {
    expect(walkForwardWindows({ ...plan, kind: 'rolling' })).toEqual([
      { train: { from: 0, to: 40 }, test: { from: 45, to: 70 } },
      { train: { from: 25, to: 65 }, test: { from: 70, to: 95 } },
      { train: { from: 50, to: 90 }, test: { from: 95, to: 100 } },
    ]);
  });

  test('that is anchored trains on all rows up to the gap', () => {
    const windows = walkForwardWindows({ ...plan, kind: 'anchored' });
    expect(windows.map(({ train }) => train)).toEqual([
      { from: 0, to: 40 },
      { from: 0, to: 65 },
      { from: 0, to: 90 },
    ]);
  });

  test('without anything to test on is refused', () => {
    expect(() => walkForwardWindows({ ...plan, kind: 'rolling', train: 96 })).toThrow('leave nothing of 100');
    expect(() => walkForwardWindows({ ...plan, kind: 'rolling', test: 0 })).toThrow('test 0');
  });
});

describe('purged training', () => {
  test('leaves out the rows whose labels reach into a test, those its labels reach, and the embargo', () => {
    const labelEnd = Float64Array.from({ length: 20 }, (_, row) => Math.min(19, row + 2));
    const training = purgedTraining([{ from: 8, to: 12 }], { rows: 20, labelEnd, embargo: 3 });
    expect(Array.from(training)).toEqual([0, 1, 2, 3, 4, 5, 17, 18, 19]);
  });

  test('shares no row, and no label, with any test, for all folds', () => {
    const labelEnd = Float64Array.from({ length: 97 }, (_, row) => Math.min(96, row + (row % 5)));
    const { folds } = combinatorialFolds({ groups: 6, tested: 2 }, { rows: 97, labelEnd });
    const isTouched = folds.some(({ train, tests }) =>
      train.some((row) =>
        tests.some(({ from, to }) => {
          const end = Math.max(...labelEnd.slice(from, to));
          return row <= end && labelEnd[row]! >= from;
        }),
      ),
    );
    expect(isTouched).toBe(false);
  });

  test('a label that ends before its row is refused', () => {
    expect(() => purgedTraining([{ from: 1, to: 2 }], { rows: 3, labelEnd: [0, 0, 2] })).toThrow('label of row 1');
  });
});

describe('cross-validation', () => {
  test('in k folds tests each row once', () => {
    const folds = purgedFolds(7, { rows: 100 });
    expect(folds.flatMap(({ tests }) => tests).map(({ to }) => to)).toEqual([14, 28, 42, 57, 71, 85, 100]);
    expect(folds.map(({ train, tests }) => train.length + tests[0]!.to - tests[0]!.from)).toEqual(Array(7).fill(100));
  });

  test('of 6 groups with 2 tested has 15 folds and 5 paths, each through all groups, each test on one path', () => {
    const { folds, paths } = combinatorialFolds({ groups: 6, tested: 2 }, { rows: 60 });
    const used = paths.flatMap((path) => Array.from(path, (fold, group) => `${fold}/${group}`));
    expect([folds.length, paths.length, new Set(used).size]).toEqual([15, 5, 30]);
    expect(paths.every((path) => path.every((fold, group) => folds[fold]!.groups.includes(group)))).toBe(true);
  });

  test('of groups that cannot be is refused', () => {
    expect(() => combinatorialFolds({ groups: 5, tested: 5 }, { rows: 60 })).toThrow('5 of 5 groups');
    expect(() => combinatorialFolds({ groups: 50, tested: 25 }, { rows: 60 })).toThrow('more than 100000 folds');
  });
});

describe('out of sample', () => {
  test('the tests compound into one equity curve', () => {
    expect(Array.from(stitchedEquity([Float64Array.of(0.1, -0.5), Float64Array.of(1)], 100))).toEqual([
      100, 110.00000000000001, 55.00000000000001, 110.00000000000001,
    ]);
  });

  test('a metric degrades by what theory says', () => {
    expect(degradationOf(Float64Array.of(1, 2, 3), Float64Array.of(1.5, 1, 0.5))).toEqual({
      inSample: 2,
      outOfSample: 1,
      efficiency: 0.5,
      slope: -0.5,
      worse: 2 / 3,
    });
    expect(degradationOf(Float64Array.of(-1), Float64Array.of(1)).efficiency).toBeNaN();
    expect(() => degradationOf(Float64Array.of(1), new Float64Array(0))).toThrow('1 windows in sample, and 0');
  });

  test('parameters that stay are stable, those that jump are not', () => {
    const space = {
      dimensions: [
        { name: 'n', kind: 'float', min: 0, max: 1 },
        { name: 'mode', kind: 'choice', options: ['a', 'b'] },
        { name: 'far', kind: 'float', min: 0, max: 1 },
      ],
    } as const;
    const chosen = [
      { n: 0.5, mode: 'a', far: 0 },
      { n: 0.6, mode: 'a', far: 1 },
      { n: 0.5, mode: 'b', far: 0 },
    ];
    expect(parameterStability(space, chosen)).toEqual({ n: expect.closeTo(0.7, 12), mode: 0.5, far: 0 });
  });
});
