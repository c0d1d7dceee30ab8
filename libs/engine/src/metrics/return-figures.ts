import { annualReturn } from './growth.js';
import { momentsOf } from './moments.js';
import { omega } from './omega.js';
import { drawdownsOfReturns } from './sampled-drawdowns.js';
import { sharpe } from './sharpe.js';
import { sortino } from './sortino.js';

/** What returns by themselves can tell, defined as in profile v1; drawdowns are those between samples. */
export interface ReturnFigures {
  readonly totalReturn: number;
  readonly annualReturn: number;
  readonly volatility: number;
  /** 0 or less, as a report shows it. */
  readonly maxDrawdown: number;
  readonly sharpe: number;
  readonly sortino: number;
  readonly calmar: number;
  readonly omega: number;
}

/** The figures of returns per period, of which a year has `perYear`: of a stretch of a run, or of several stitched together. */
export function returnFigures(returns: Float64Array, perYear: number): ReturnFigures {
  const moments = momentsOf(returns);
  let growth = 1;
  for (const r of returns) growth *= 1 + r;
  const deepest = drawdownsOfReturns(returns, 1).reduce((least, fall) => Math.min(least, fall), 0);
  const annual = annualReturn(returns, perYear);
  return {
    totalReturn: growth - 1,
    annualReturn: annual,
    volatility: moments.deviation * Math.sqrt(perYear),
    maxDrawdown: deepest,
    sharpe: sharpe(moments, perYear),
    sortino: sortino(returns, perYear),
    calmar: deepest < 0 ? annual / -deepest : NaN,
    omega: omega(returns),
  };
}
