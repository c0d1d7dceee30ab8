import type { CrossValidationPlan, CrossValidationReport, Failure, ReturnFigures } from '@quarry/contracts';
import { basketOf, dayCloses, returnFigure, sampleTimes } from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { ArtifactFile, RunHooks } from '../runner.js';
import { returnObjective } from '../search/return-objective.js';
import { countTrials, learns, runSearch, type SearchedTrial } from '../search/run-search.js';
import { badParameters, baseOf, orRefusal } from '../search/search-base.js';
import { spaceOf } from '../search/space-of.js';
import { bookedTrial, countTried, dataHash, familyOf, triedHash } from '../search/trial-book.js';
import { figuresOf } from '../sweep/luck.js';
import { searchHooks } from '../sweep/open-sweep.js';
import type { SweepJob } from '../sweep/sweep.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import { withTrialRuns } from '../trials/with-trial-runs.js';
import { allFailed } from '../walk-forward/all-failed.js';
import { crossValidationReport } from './cross-validation-report.js';
import type { JudgedSplits } from './judge-splits.js';
import { requireRoom } from './room.js';

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
export async function crossValidation(
  workshop: Workshop,
  job: CrossValidationJob,
  hooks: RunHooks = {},
): Promise<CrossValidationOutcome | Failure> {
  const objective = returnObjective(job.search.objective, 'A cross-validation');
  if (typeof objective !== 'string') return objective;
  if (learns(job.search)) return badParameters(learnsFault(job.search));
  return withTrialRuns(workshop, job, hooks, (runs) =>
    orRefusal(() => validated(workshop, job, { runs, objective }, hooks)),
  );
}

async function validated(
  workshop: Workshop,
  job: CrossValidationJob,
  { runs, objective }: { readonly runs: TrialRuns; readonly objective: keyof ReturnFigures },
  hooks: RunHooks,
): Promise<CrossValidationOutcome | Failure> {
  const started = performance.now();
  const { search, plan, options } = job;
  const { space, fixed } = spaceOf(runs.info.params, search, options.params);
  const clock = basketOf(runs.bars());
  const { at, perYear, basis } = sampleTimes(clock, dayCloses(clock));
  const count = countTrials({ space, options: search });
  requireRoom(plan, { rows: at.length - 1, trials: count });

  const valueOf = (result: SearchedTrial['result']): number =>
    'failure' in result ? NaN : returnFigure(objective, result.returns, perYear);
  const { trials } = await runSearch(
    runs,
    { space, fixed, options: search, valueOf },
    searchHooks(hooks, (done) => done / count),
  );
  const failure = allFailed(trials);
  if (failure) return failure;
  hooks.onProgress?.('report', 1);
  const ended = trials.filter((trial) => figuresOf(trial));
  const returns = ended.map((trial) => figuresOf(trial)!.returns);
  const splitsJob = { returns, plan, objective, perYear, direction: search.direction };
  const judged = await workshop.replayer.compute('judgeSplits', [splitsJob], hooks.signal);

  const base = baseOf(workshop, job, runs);
  const strategyName = job.strategyName ?? runs.info.strategyName;
  const family = familyOf(job.family ?? strategyName);
  const data = dataHash(base);
  const booked = trials.flatMap((trial) => bookedTrial(triedHash(base, { ...fixed, ...trial.params }), data, trial));
  const ledger = { family, trials: await countTried(job.book, family, booked) };
  const times = Float64Array.from(at.subarray(1), (bar) => clock.time[bar]!);
  const environment = {
    ...{ wall: workshop.sandbox.wall, milliseconds: performance.now() - started },
    ...{ quarry: version, lanes: runs.lanes },
  };
  const parts = { strategyName, base, fixed, search, plan, ledger, environment };
  const report = crossValidationReport(parts, { space, trials, ended, judged, objective, basis, times });
  const outcome = { report, paths: judged.paths, times };
  return {
    ...outcome,
    writeArtifacts: async (directory) =>
      (await import('./write-cross-validation.js')).writeCrossValidation(outcome, directory),
  };
}

function learnsFault({ method, patience }: CrossValidationJob['search']): string {
  const why =
    patience === null
      ? `The method "${method}" chooses later trials by how earlier ones did on all of the data, tests included`
      : 'A search with patience ends by how its trials did on all of the data, tests included';
  return `${why}; a cross-validation takes trials that do not learn. Search with grid, random or sobol, without patience.`;
}
