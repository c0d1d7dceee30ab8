import { toJsonNumber, type SearchOptions, type WalkForwardReport } from '@quarry/contracts';
import { degradationOf } from '@quarry/engine/host';

/** What of an objective survives out of sample, over pairs of values, whichever direction is better; NaN of none. */
export function jsonDegradation(
  pairs: readonly { readonly inSample: number; readonly outOfSample: number }[],
  direction: SearchOptions['direction'],
): WalkForwardReport['degradation'] {
  const sign = direction === 'minimise' ? -1 : 1;
  const { inSample, outOfSample, efficiency, slope, worse } =
    pairs.length > 0
      ? degradationOf(
          Float64Array.from(pairs, (pair) => sign * pair.inSample),
          Float64Array.from(pairs, (pair) => sign * pair.outOfSample),
        )
      : { inSample: NaN, outOfSample: NaN, efficiency: NaN, slope: NaN, worse: NaN };
  return {
    inSample: toJsonNumber(sign * inSample),
    outOfSample: toJsonNumber(sign * outOfSample),
    efficiency: toJsonNumber(efficiency),
    slope: toJsonNumber(slope),
    worse: toJsonNumber(worse),
  };
}
