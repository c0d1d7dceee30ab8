import { canonicalJson, type BacktestSettings, type MonteCarloOptions, type ParamValues } from '@quarry/contracts';
import {
  barModels,
  costlierSettings,
  jitteredParams,
  RandomStream,
  type Bars,
  type BarModel,
  type ParameterSpace,
} from '@quarry/engine/host';
import type { Trial } from '../trials/trial.js';

/** Runs that a method asks for, by their index; `atOnce` of them may be made before they are run. */
export interface ManyRuns {
  readonly null: string;
  readonly count: number;
  readonly atOnce: number;
  trial(index: number): Trial;
}

const mostAtOnce = 64;
/** Synthetic prices that wait for their run. */
const mostWaitingBytes = 64 * 2 ** 20;

/** Bars that are like the dataset's, the strategy run anew on each. @throws RangeError where no model can be fitted */
export function syntheticRuns(
  method: string,
  bars: readonly Bars[],
  params: ParamValues,
  { paths, seed }: MonteCarloOptions,
): ManyRuns {
  const [first] = bars;
  if (!first || bars.length > 1) {
    throw new RangeError(
      `Synthetic bars are made for one symbol; this run has ${bars.length}. Name one with --symbol.`,
    );
  }
  const name = method.replace('synthetic-', '') as keyof typeof barModels;
  const model = barModels[name] as BarModel<unknown>;
  const fitted = model.fit(first);
  return {
    null: model.null,
    count: paths,
    atOnce: Math.max(1, Math.min(mostAtOnce, Math.floor(mostWaitingBytes / (first.length * 40)))),
    trial: (index) => ({ params, prices: pricesOf(model.path(fitted, new RandomStream(seed, index))) }),
  };
}

/** The orders of the strategy, each missed by chance. */
export function missedRuns(params: ParamValues, { paths, seed, probability }: MonteCarloOptions): ManyRuns {
  return {
    null: `Each order is missed by the market with a chance of ${probability}; closing a position by instruction is not.`,
    ...{ count: paths, atOnce: mostAtOnce },
    trial: (index) => ({ params, stress: { kind: 'missed', probability, seed, index } }),
  };
}

/** The strategy with parameters near those given. */
export function jitteredRuns(
  space: ParameterSpace,
  params: ParamValues,
  { paths, seed, width }: MonteCarloOptions,
): ManyRuns {
  return {
    null: `Each numeric parameter is off by a normal of ${width} of its range.`,
    ...{ count: paths, atOnce: mostAtOnce },
    trial: (index) => ({
      params: { ...params, ...jitteredParams(space, params, width, new RandomStream(seed, index)) },
    }),
  };
}

/** The run at each level of a stress: costs so many times as dear, or orders so many bars late. */
export function levelRuns(
  method: 'stress-costs' | 'stress-delay',
  params: ParamValues,
  settings: BacktestSettings,
  levels: readonly number[],
): Trial[] {
  if (method === 'stress-costs' && canonicalJson(costlierSettings(settings, 2)) === canonicalJson(settings)) {
    throw new RangeError(
      'The run has no costs, so that times of them are none. Give some, like --commission 2bp --slippage 1bp.',
    );
  }
  return levels.map((level) =>
    method === 'stress-costs'
      ? { params, settings: costlierSettings(settings, level) as BacktestSettings }
      : { params, stress: { kind: 'delayed', bars: level } },
  );
}

function pricesOf({ open, high, low, close, volume, length }: Bars): Float64Array {
  const prices = new Float64Array(5 * length);
  [open, high, low, close, volume].forEach((column, i) => prices.set(column, i * length));
  return prices;
}
