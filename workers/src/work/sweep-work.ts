import type { Run, SweepReport } from '@quarry/contracts';
import type { ArtifactStore } from '@quarry/platform/artifacts';
import type { RunEnding } from '@quarry/platform/database';
import type { Runner } from '@quarry/runner';
import type { Work } from './attempt.js';
import type { DatasetFolders } from './dataset-folders.js';
import { factsOf } from './facts.js';
import { inSlices } from './in-slices.js';
import { searchJob } from './search-job.js';
import { shelved } from './shelved.js';

/** What a search that learns has learned is laid down anew with each generation: one of more trials than these is not cut. */
const mostLearned = 20_000;

/** Searches a strategy's parameters, in slices where trials do not hang on what earlier ones came to. */
export function sweepWork(runner: Runner, store: ArtifactStore, folders: DatasetFolders): Work<'sweep'> {
  return async (attempt, work) => {
    const job = await searchJob(attempt, work, folders);
    if ('code' in job) return { failure: job, artifacts: [] };

    const inParts = await runner.sweepInParts(job);
    const wanted = inParts.learns && work.search.trials > mostLearned ? 1 : work.slices;
    return inSlices(attempt, {
      ...{ inParts, store, wanted, code: runner.partsHash },
      ended: async (outcome): Promise<RunEnding> => {
        const { report } = outcome;
        const artifacts = await shelved(outcome, attempt);
        const headline = headlineOf(report);
        const first = report.trials.find((trial) => trial.failure)?.failure;
        if (headline) return { failure: null, artifacts, facts: factsOf(headline) };
        return { failure: first ?? null, artifacts };
      },
    });
  };
}

/** The figures of the best trial; null where none has a value. */
function headlineOf({ trials, ranking, trialCount, luck }: SweepReport): Run['headline'] {
  const best = trials.find(({ index }) => index === ranking[0]);
  if (!best) return null;
  const { sharpe, totalReturn, maxDrawdown, trades } = best;
  return {
    ...{ totalReturn, sharpe, maxDrawdown, trades, trials: trialCount },
    ...(luck && { deflatedSharpe: luck.deflated }),
  };
}
