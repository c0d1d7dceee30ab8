import type { MonteCarloOptions, PathFigures } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import {
  pathMethods,
  pathWork,
  returnBootstrap,
  runWhole,
  stationaryBlockLength,
  tradeBootstrap,
  tradeShuffle,
  type PathMethod,
  type PathModel,
  type PathStatistics,
  type Spread,
} from '@quarry/engine/host';
import type { FinishedRun } from './finished-run.js';

export type PathMethodName = Exclude<PathMethod, 'gbm'>;

export interface PathOutcome {
  readonly figures: PathFigures;
  readonly null: string;
  readonly cannotChange: readonly string[];
  readonly step: string;
}

/**
 * Draws paths of an account from what a run yielded. A method speaks of what it may change and of nothing else: what it
 * may not, the engine does not even compute.
 */
export function pathFigures(run: FinishedRun, method: PathMethodName, options: MonteCarloOptions): PathOutcome {
  const isOfTrades = method === 'trade-shuffle' || method === 'trade-bootstrap';
  const { paths, seed, ruin, goal } = options;
  const model = modelOf(run, method, options.blockLength);
  const told = runWhole(pathWork(model, { paths, seed, ruin, goal })) as Partial<PathStatistics>;
  const { terminal, maxDrawdown, longestDrawdown } = told;
  return {
    figures: {
      ...(told.bands && {
        bands: { steps: [...told.bands.steps], levels: told.bands.levels.map((row) => [...row]) },
      }),
      ...(terminal && {
        terminal: {
          ...jsonSpread(terminal),
          valueAtRisk: toJsonNumber(terminal.valueAtRisk),
          expectedShortfall: toJsonNumber(terminal.expectedShortfall),
        },
      }),
      ...(maxDrawdown && { maxDrawdown: jsonSpread(maxDrawdown) }),
      ...(longestDrawdown && { longestDrawdown: jsonSpread(longestDrawdown) }),
      ...(told.ruin && { ruin: told.ruin }),
      ...(told.goal && { goal: told.goal }),
    },
    null: pathMethods[method].null,
    cannotChange: pathMethods[method].cannotChange,
    step: isOfTrades ? `trade, of ${run.tradeReturns.length}` : `return between ${run.basis}, of ${run.returns.length}`,
  };
}

export function jsonSpread({ mean, deviation, quantiles }: Spread) {
  return {
    mean: toJsonNumber(mean),
    deviation: toJsonNumber(deviation),
    quantiles: Array.from(quantiles, toJsonNumber),
  };
}

function modelOf({ returns, tradeReturns }: FinishedRun, method: PathMethodName, given: number | null): PathModel {
  if (method === 'trade-shuffle' || method === 'trade-bootstrap') {
    if (tradeReturns.length < 2) {
      throw new RangeError(
        `The run closed ${tradeReturns.length} trades; ${method} needs 2 at least. Take --method stationary.`,
      );
    }
    return method === 'trade-shuffle' ? tradeShuffle(tradeReturns) : tradeBootstrap(tradeReturns);
  }
  if (returns.length < 9) throw new RangeError(`The run has ${returns.length} returns; ${method} needs 9 at least.`);
  const length = given ?? stationaryBlockLength(returns);
  return method === 'stationary-bootstrap'
    ? returnBootstrap(returns, { kind: 'stationary', length })
    : returnBootstrap(returns, { kind: 'moving', length: Math.max(1, Math.round(length)) });
}
