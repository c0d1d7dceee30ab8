import type { Workshop } from '../backtest.js';
import { allAtOnce, type InParts } from '../in-parts.js';
import { orRefusal } from '../search/search-base.js';
import type { TrialResult } from '../trials/trial.js';
import { manyRuns, monteCarlo, runMany, toldMonteCarlo, withRuns } from './monte-carlo.js';
import type { MonteCarloJob, MonteCarloOutcome } from './monte-carlo.js';

/** A Monte Carlo whose runs can be made in stretches. Paths that are drawn from one run take less time than cutting them. */
export function monteCarloInParts(workshop: Workshop, job: MonteCarloJob): InParts<TrialResult, MonteCarloOutcome> {
  const { method, paths } = job.options;
  const isCut = method.startsWith('synthetic-') || method === 'stress-missed' || method === 'stress-jitter';
  return {
    learns: false,
    begin: () => Promise.resolve(allAtOnce(isCut ? paths : null)),
    after: () => Promise.resolve(allAtOnce(null)),
    run: (stretch, _, hooks = {}) =>
      withRuns(workshop, job, hooks, (runs, params) =>
        orRefusal(() => runMany(runs, manyRuns(runs, job, params), stretch, hooks)),
      ),
    fold: (found, _, hooks = {}) => toldMonteCarlo(workshop, job, hooks, () => Promise.resolve(found)),
    whole: (hooks) => monteCarlo(workshop, job, hooks),
  };
}
