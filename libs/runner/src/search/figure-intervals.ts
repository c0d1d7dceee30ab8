import { toJsonNumber, type FigureIntervals } from '@quarry/contracts';
import {
  bcaInterval,
  maxDrawdownOf,
  profitFactorOf,
  runWhole,
  sharpeOf,
  stationaryBlockLength,
} from '@quarry/engine/host';

const level = 0.95;
const resamples = 1_000;
const fewestReturns = 30;
/** Longer records would take seconds. */
const mostReturns = 10_000;

/** Bootstrap intervals of figures of returns; null where there are too few to tell, or too many to draw. */
export function figureIntervals(returns: Float64Array, perYear: number, seed: number): FigureIntervals | null {
  if (returns.length < fewestReturns || returns.length > mostReturns) return null;
  if (returns.every((value) => value === returns[0])) return null;
  const blockLength = stationaryBlockLength(returns);
  const scheme = { kind: 'stationary', length: blockLength } as const;
  const between = (statistic: (sample: Float64Array) => number, scale = 1): FigureIntervals['sharpe'] => {
    const { low, high } = runWhole(bcaInterval({ sample: returns, statistic, scheme, resamples, seed, level }));
    return { low: toJsonNumber(low * scale), high: toJsonNumber(high * scale) };
  };
  return {
    ...{ level, resamples, blockLength },
    sharpe: between(sharpeOf, Math.sqrt(perYear)),
    profitFactor: between(profitFactorOf),
    maxDrawdown: between((sample) => -maxDrawdownOf(sample)),
  };
}
