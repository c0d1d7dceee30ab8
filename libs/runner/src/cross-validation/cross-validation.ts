import type { CrossValidationPlan, CrossValidationReport, Failure } from '@quarry/contracts';
import { version, type Workshop } from '../backtest.js';
import type { ArtifactFile, RunHooks } from '../runner.js';
import { keptSearch } from '../search/kept-search.js';
import { runSearch, type SearchedTrial } from '../search/run-search.js';
import { countTried } from '../search/trial-book.js';
import { figuresOf } from '../sweep/luck.js';
import type { SweepJob } from '../sweep/sweep.js';
import { allFailed } from '../walk-forward/all-failed.js';
import { crossValidationReport } from './cross-validation-report.js';
import type { JudgedSplits } from './judge-splits.js';
import { withCrossValidation, type OpenedCrossValidation } from './open-cross-validation.js';

export interface CrossValidationJob extends SweepJob {
  readonly plan: CrossValidationPlan;
}

export interface CrossValidationOutcome {
  readonly report: CrossValidationReport;
  readonly paths: JudgedSplits['paths'];
  /** At which each return of a path ends, µs UTC. */
  readonly times: Float64Array;
  /** Writes report.json, report.html, splits.parquet and paths.parquet into the folder. */
  writeArtifacts(directory: string): Promise<readonly ArtifactFile[]>;
}

/**
 * Runs every trial of a search once over all of the data, chooses the best of them on each split's training, and lets it
 * earn the split's tests: purged k-fold, or combinatorial purged cross-validation with a whole distribution of accounts.
 */
export function crossValidation(
  workshop: Workshop,
  job: CrossValidationJob,
  hooks: RunHooks = {},
): Promise<CrossValidationOutcome | Failure> {
  return judgedCrossValidation(workshop, job, hooks, async ({ runs, plan, count, booking }) => {
    const kept = { book: job.book, booking, hooks, shareOf: (done: number) => done / count };
    return (await keptSearch(kept, (told) => runSearch(runs, plan, told))).trials;
  });
}

/** The outcome of a cross-validation whose trials are found as `search` does. */
export async function judgedCrossValidation(
  workshop: Workshop,
  job: CrossValidationJob,
  hooks: RunHooks,
  search: (opened: OpenedCrossValidation) => Promise<readonly SearchedTrial[]>,
): Promise<CrossValidationOutcome | Failure> {
  const started = performance.now();
  return withCrossValidation(workshop, job, hooks, async (opened) => {
    const { runs, plan: searched, objective, booking, times, perYear, basis } = opened;
    const trials = await search(opened);
    const failure = allFailed(trials);
    if (failure) return failure;
    hooks.onProgress?.('report', 1);
    const ended = trials.filter((trial) => figuresOf(trial));
    const returns = ended.map((trial) => figuresOf(trial)!.returns);
    const { plan } = job;
    const splitsJob = { returns, plan, objective, perYear, direction: job.search.direction };
    const judged = await workshop.replayer.compute('judgeSplits', [splitsJob], hooks.signal);

    const { base, strategyName, family } = booking;
    const ledger = { family, trials: await countTried(job.book, family, trials.flatMap(booking.bookedOf)) };
    const environment = {
      ...{ wall: workshop.sandbox.wall, milliseconds: performance.now() - started },
      ...{ quarry: version, lanes: runs.lanes },
    };
    const parts = { strategyName, base, fixed: searched.fixed, search: job.search, plan, ledger, environment };
    const found = { space: searched.space, trials, ended, judged, objective, basis, times };
    const outcome = { report: crossValidationReport(parts, found), paths: judged.paths, times };
    return {
      ...outcome,
      writeArtifacts: async (directory) =>
        (await import('./write-cross-validation.js')).writeCrossValidation(outcome, directory),
    };
  });
}
