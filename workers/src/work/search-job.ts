import type { Failure } from '@quarry/contracts';
import type { SweepJob } from '@quarry/runner';
import type { Attempt } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { runInputs, type StrategyWork } from './run-inputs.js';
import { TeamTrialBook } from './team-trial-book.js';

type SearchWork = Extract<StrategyWork, { kind: 'sweep' | 'walk-forward' | 'cross-validate' }>;

/** The search that a run asks for, in the lane that it has, its trials written into the team's ledger; a failure where the data are gone. */
export async function searchJob(
  attempt: Attempt,
  work: SearchWork,
  folders: DatasetFolders,
): Promise<SweepJob | Failure> {
  const inputs = await runInputs(attempt, work, folders);
  if ('code' in inputs) return inputs;
  const { source, strategyName, dataset } = inputs;
  const { options, search, family } = work;
  return {
    ...{ source, strategyName, dataset, options, search, lanes: 1 },
    book: new TeamTrialBook(attempt),
    ...(family === undefined ? {} : { family }),
  };
}
