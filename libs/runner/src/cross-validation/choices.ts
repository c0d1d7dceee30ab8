import type { CrossValidationReport, ParamValues } from '@quarry/contracts';

/** Parameters that splits chose: in how many of them, and the mean of the objective there, in and out of sample. */
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
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [...alike.values()]
    .map((same) => ({
      params: same[0]!.params,
      splits: same.length,
      inSample: mean(same.map(({ inSample }) => Number(inSample))),
      outOfSample: mean(same.map(({ outOfSample }) => Number(outOfSample))),
    }))
    .sort((a, b) => b.splits - a.splits);
}
