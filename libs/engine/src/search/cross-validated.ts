import type { CombinatorialFolds, Fold } from './cross-validation.js';
import { type Direction, ranked } from './objective.js';

export interface CrossValidationRequest {
  /** Returns per period by trial, all over the same periods, which are the rows that the folds cut. */
  readonly returns: readonly Float64Array[];
  readonly folds: CombinatorialFolds;
  /** What trials are judged by, of returns put one after the other. NaN: not defined. */
  readonly figure: (returns: Float64Array) => number;
  readonly direction: Direction;
}

/** What did best in a fold's training, and the figure of it there and in the fold's tests. */
export interface FoldChoice {
  /** Its place among the trials; null where none has a value in training, and nothing is then traded in the tests. */
  readonly trial: number | null;
  readonly inSample: number;
  readonly outOfSample: number;
}

export interface CrossValidated {
  /** By fold. */
  readonly choices: readonly FoldChoice[];
  /** By path: a return for each row, earned by what was chosen in a fold that did not train on that row. */
  readonly paths: readonly Float64Array[];
}

/**
 * Chooses the best trial on each fold's training and lets it earn the fold's tests, which make up whole paths through
 * all rows: as many backtests out of sample (López de Prado, Advances in Financial Machine Learning, 2018, ch. 12).
 * What a trial earns may not depend on what it is trained on, so each was run once over all rows.
 */
export function crossValidated({ returns, folds, figure, direction }: CrossValidationRequest): CrossValidated {
  const choices = folds.folds.map((fold): FoldChoice => {
    const training = new Float64Array(fold.train.length);
    const trials = returns.map((one, index) => {
      fold.train.forEach((row, i) => (training[i] = one[row]!));
      return { index, params: {}, value: figure(training) };
    });
    const [best] = ranked(trials, direction);
    if (!best || Number.isNaN(best.value)) return { trial: null, inSample: NaN, outOfSample: NaN };
    return {
      trial: best.index,
      inSample: best.value,
      outOfSample: figure(testedReturns(returns[best.index]!, fold)),
    };
  });
  const rows = returns[0]?.length ?? 0;
  const paths = folds.paths.map((path) => {
    const earned = new Float64Array(rows);
    path.forEach((at, group) => {
      const { trial } = choices[at]!;
      const { tests, groups } = folds.folds[at]!;
      const { from, to } = tests[groups.indexOf(group)]!;
      if (trial !== null) earned.set(returns[trial]!.subarray(from, to), from);
    });
    return earned;
  });
  return { choices, paths };
}

function testedReturns(returns: Float64Array, { tests }: Fold): Float64Array {
  return Float64Array.from(tests.flatMap(({ from, to }) => [...returns.subarray(from, to)]));
}
