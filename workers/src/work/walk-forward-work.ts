import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { inSlices } from './in-slices.js';
import { searchJob } from './search-job.js';
import { shelved } from './shelved.js';

/** Searches on each stretch of training, and goes on through the tests; in slices of whole folds. */
export function walkForwardWork(runner: Runner, store: ArtifactStore, folders: DatasetFolders): Work<'walk-forward'> {
  return async (attempt, work) => {
    const job = await searchJob(attempt, work, folders);
    if ('code' in job) return { failure: job, artifacts: [] };

    return inSlices(attempt, {
      ...{ store, wanted: work.slices, code: runner.partsHash },
      inParts: await runner.walkForwardInParts({ ...job, plan: work.plan }),
      ended: async (outcome) => {
        const { totalReturn, sharpe, maxDrawdown } = outcome.report.stitched.figures;
        const headline = { totalReturn, sharpe, maxDrawdown, folds: outcome.report.folds.length };
        return { failure: null, artifacts: await shelved(outcome, attempt), facts: factsOf(headline) };
      },
    });
  };
}
