import { annualReturn, compounded } from './growth.js';
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

/** Deepest fall between samples, 0 or less. */
function deepestFall(returns: Float64Array): number {
  return drawdownsOfReturns(returns, 1).reduce((least, fall) => Math.min(least, fall), 0);
}

const definitions = {
  totalReturn: compounded,
  annualReturn,
  volatility: (returns, perYear) => momentsOf(returns).deviation * Math.sqrt(perYear),
  maxDrawdown: deepestFall,
  sharpe: (returns, perYear) => sharpe(momentsOf(returns), perYear),
  sortino,
  calmar(returns, perYear) {
    const deepest = deepestFall(returns);
    return deepest < 0 ? annualReturn(returns, perYear) / -deepest : NaN;
  },
  omega,
} satisfies Record<keyof ReturnFigures, (returns: Float64Array, perYear: number) => number>;

/** One of the figures of returns, for whoever asks so often that the others would cost too much. */
export function returnFigure(id: keyof ReturnFigures, returns: Float64Array, perYear: number): number {
  return definitions[id](returns, perYear);
}

/** The figures of returns per period, of which a year has `perYear`: of a stretch of a run, or of several stitched together. */
export function returnFigures(returns: Float64Array, perYear: number): ReturnFigures {
  const of = (id: keyof ReturnFigures): number => returnFigure(id, returns, perYear);
  return {
    totalReturn: of('totalReturn'),
    annualReturn: of('annualReturn'),
    volatility: of('volatility'),
    maxDrawdown: of('maxDrawdown'),
    sharpe: of('sharpe'),
    sortino: of('sortino'),
    calmar: of('calmar'),
    omega: of('omega'),
  };
}
