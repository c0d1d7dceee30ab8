import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { inSlices } from './in-slices.js';
import { searchJob } from './search-job.js';
import { shelved } from './shelved.js';

/** Chooses among a search's trials on each split's training, and puts the tests together as paths; in slices of trials. */
export function crossValidateWork(
  runner: Runner,
  store: ArtifactStore,
  folders: DatasetFolders,
): Work<'cross-validate'> {
  return async (attempt, work) => {
    const job = await searchJob(attempt, work, folders);
    if ('code' in job) return { failure: job, artifacts: [] };

    return inSlices(attempt, {
      ...{ store, wanted: work.slices, code: runner.partsHash },
      inParts: await runner.crossValidateInParts({ ...job, plan: work.plan }),
      ended: async (outcome) => {
        const { distribution, splits, paths, objective } = outcome.report;
        const headline = { [objective.id]: distribution.median, splits: splits.length, paths: paths.length };
        return { failure: null, artifacts: await shelved(outcome, attempt), facts: factsOf(headline) };
      },
    });
  };
}
