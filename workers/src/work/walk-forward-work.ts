import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { runInputs } from './run-inputs.js';
import { shelved } from './shelved.js';
import { TeamTrialBook } from './team-trial-book.js';

/** Searches on each stretch of training, and goes on through the tests; one slice. */
export function walkForwardWork(runner: Runner, folders: DatasetFolders): Work<'walk-forward'> {
  return async (attempt, work) => {
    const inputs = await runInputs(attempt, work, folders);
    if ('code' in inputs) return { failure: inputs, artifacts: [] };

    const { source, strategyName, dataset } = inputs;
    const { options, search, plan, family } = work;
    const job = { source, strategyName, dataset, options, search, plan, lanes: 1, book: new TeamTrialBook(attempt) };
    const outcome = await runner.walkForward({ ...job, ...(family === undefined ? {} : { family }) }, attempt.hooks);
    if ('code' in outcome) return { failure: outcome, artifacts: [] };

    const { totalReturn, sharpe, maxDrawdown } = outcome.report.stitched.figures;
    const headline = { totalReturn, sharpe, maxDrawdown, folds: outcome.report.folds.length };
    return { failure: null, artifacts: await shelved(outcome, attempt), facts: factsOf(headline) };
  };
}
