import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { inSlices } from './in-slices.js';
import { runInputs } from './run-inputs.js';
import { shelved } from './shelved.js';
import { TeamTrialBook } from './team-trial-book.js';

/** Chooses among a search's trials on each split's training, and puts the tests together as paths; in slices of trials. */
export function crossValidateWork(
  runner: Runner,
  store: ArtifactStore,
  folders: DatasetFolders,
): Work<'cross-validate'> {
  return async (attempt, work) => {
    const inputs = await runInputs(attempt, work, folders);
    if ('code' in inputs) return { failure: inputs, artifacts: [] };

    const { source, strategyName, dataset } = inputs;
    const { options, search, plan, family, slices } = work;
    const inParts = await runner.crossValidateInParts({
      ...{ source, strategyName, dataset, options, search, plan, lanes: 1 },
      book: new TeamTrialBook(attempt),
      ...(family === undefined ? {} : { family }),
    });
    return inSlices(attempt, {
      ...{ inParts, store, wanted: slices, code: runner.partsHash },
      ended: async (outcome) => {
        const { distribution, splits, paths, objective } = outcome.report;
        const headline = { [objective.id]: distribution.median, splits: splits.length, paths: paths.length };
        return { failure: null, artifacts: await shelved(outcome, attempt), facts: factsOf(headline) };
      },
    });
  };
}
