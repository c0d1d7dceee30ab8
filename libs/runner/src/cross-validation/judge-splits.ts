import type { CrossValidationPlan, ReturnFigures } from '@quarry/contracts';
import {
  crossValidated,
  probabilisticSharpe,
  returnFigure,
  returnFigures,
  sharpeSampleOf,
  type Direction,
  type FoldChoice,
} from '@quarry/engine/host';
import { jsonFigures } from '../walk-forward/json-figures.js';
import { foldsOf } from './room.js';

export interface SplitsJob {
  /** Of each trial that came to an end, over the same periods. */
  readonly returns: readonly Float64Array[];
  readonly plan: CrossValidationPlan;
  readonly objective: keyof ReturnFigures;
  readonly direction: Direction;
  /** Returns of a year. */
  readonly perYear: number;
}

export interface JudgedSplits {
  readonly splits: readonly (FoldChoice & { readonly tests: readonly number[]; readonly training: number })[];
  readonly paths: readonly {
    readonly splits: readonly number[];
    readonly returns: Float64Array;
    readonly figures: ReturnFigures;
    readonly probabilistic: number;
  }[];
}

/** Chooses in every split, and judges the paths; takes so long that it is done in a thread. */
export function judgeSplits({ returns, plan, objective, direction, perYear }: SplitsJob): JudgedSplits {
  const folds = foldsOf(plan, returns[0]!.length);
  const figure = (some: Float64Array): number => returnFigure(objective, some, perYear);
  const { choices, paths } = crossValidated({ returns, folds, figure, direction });
  return {
    splits: folds.folds.map(({ groups, train }, at) => ({ ...choices[at]!, tests: groups, training: train.length })),
    paths: folds.paths.map((path, at) => ({
      splits: [...path],
      returns: paths[at]!,
      figures: jsonFigures(returnFigures(paths[at]!, perYear)),
      probabilistic: probabilisticSharpe(sharpeSampleOf(paths[at]!)),
    })),
  };
}
