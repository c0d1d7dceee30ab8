import type { CrossValidationReport, ParamValues } from '@quarry/contracts';
import { spreadOf } from '../monte-carlo/spread.js';

/** Parameters that splits chose: in how many of them, and the mean of the objective there where it is defined. */
export interface Choice {
  readonly params: ParamValues;
  readonly splits: number;
  readonly inSample: number;
  readonly outOfSample: number;
}

/** What was chosen, most often first. */
export function choicesOf({ splits }: Pick<CrossValidationReport, 'splits'>): Choice[] {
  const chosen = splits.flatMap((split) => (split.params ? [{ ...split, params: split.params }] : []));
  const alike = Map.groupBy(chosen, ({ params }) => JSON.stringify(params));
  return [...alike.values()]
    .map((same) => ({
      params: same[0]!.params,
      splits: same.length,
      inSample: spreadOf(same.map(({ inSample }) => Number(inSample))).mean,
      outOfSample: spreadOf(same.map(({ outOfSample }) => Number(outOfSample))).mean,
    }))
    .sort((a, b) => b.splits - a.splits);
}
