import type {
  Failure,
  ReturnFigures,
  SearchBase,
  WalkForwardPlan,
  WalkForwardPlanGiven,
  WalkForwardReport,
} from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import {
  basketOf,
  parameterStability,
  probabilisticSharpe,
  returnFigures,
  seedOfIndex,
  sharpeSampleOf,
  soloMetrics,
  stitchedEquity,
  walkForwardWindows,
  type Bars,
  type Params,
  type Window,
} from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { Stretch } from '../in-parts.js';
import type { ArtifactFile, RunHooks } from '../runner.js';
import type { figureIntervals } from '../search/figure-intervals.js';
import { jsonDegradation } from '../search/json-degradation.js';
import { returnObjective } from '../search/return-objective.js';
import { countTrials } from '../search/run-search.js';
import { badParameters, baseOf } from '../search/search-base.js';
import { spaceOf, type SearchedSpace } from '../search/space-of.js';
import { countTried, familyOf } from '../search/trial-book.js';
import type { SweepJob } from '../sweep/sweep.js';
import { TrialRuns } from '../trials/trial-runs.js';
import { runFold, type FoldOutcome } from './fold.js';
import { jsonFigures } from './json-figures.js';
import { walkForwardWarnings } from './walk-forward-warnings.js';

export interface WalkForwardJob extends SweepJob {
  /** Lengths in bars, or in microseconds of the data's time where `inTime` says so. */
  readonly plan: WalkForwardPlanGiven;
}

export interface WalkForwardOutcome {
  readonly report: WalkForwardReport;
  readonly folds: readonly FoldOutcome[];
  /** Writes report.json, report.html, folds.parquet and equity.parquet into the folder. */
  writeArtifacts(directory: string): Promise<readonly ArtifactFile[]>;
}

/** Tests make up so many parts of the data after the first training, where no lengths are given. */
const testsWanted = 8;
const mostPoints = 2_000;

/**
 * Searches on each stretch of training, goes on with the best through the test that follows, and makes one account of
 * all tests: what would have been earned by who had chosen like this all along.
 */
export function walkForward(
  workshop: Workshop,
  job: WalkForwardJob,
  hooks: RunHooks = {},
): Promise<WalkForwardOutcome | Failure> {
  return toldWalkForward(workshop, job, hooks, (opened) =>
    runFolds(opened, job, { from: 0, to: opened.windows.length }, hooks),
  );
}

/** A walk-forward that can begin. */
export interface OpenedWalk {
  readonly runs: TrialRuns;
  readonly searched: SearchedSpace;
  readonly objective: keyof ReturnFigures;
  readonly plan: WalkForwardPlan;
  readonly windows: readonly ReturnType<typeof timesOf>[];
  /** Runs of a fold: its trials, and its test. */
  readonly each: number;
  readonly base: SearchBase;
  readonly strategyName: string;
  readonly family: string;
}

/** Opens strategy and data, does work over them, and closes them. What space or plan refuse is a failure. */
export async function withWalk<T>(
  workshop: Workshop,
  job: WalkForwardJob,
  hooks: RunHooks,
  work: (opened: OpenedWalk) => Promise<T | Failure>,
): Promise<T | Failure> {
  const { search, options } = job;
  const objective = returnObjective(search.objective, 'A walk-forward');
  if (typeof objective !== 'string') return objective;
  hooks.onProgress?.('compile', 0);
  const runs = await TrialRuns.open(workshop, job, hooks);
  if ('code' in runs) return runs;
  try {
    const searched = spaceOf(runs.info.params, search, options.params);
    const clock = basketOf(runs.bars());
    const plan = planOf(job.plan, clock);
    const windows = walkForwardWindows({ ...plan, rows: clock.length }).map((window) => timesOf(window, clock));
    const each = countTrials({ space: searched.space, options: search }) + 1;
    const base = baseOf(workshop, job, runs);
    const strategyName = job.strategyName ?? runs.info.strategyName;
    const family = familyOf(job.family ?? strategyName);
    return await work({ runs, searched, objective, plan, windows, each, base, strategyName, family });
  } catch (error) {
    if (error instanceof RangeError) return badParameters(error.message);
    throw error;
  } finally {
    await runs.close();
  }
}

/** The folds of a stretch, each by itself: no fold hangs on another. */
export async function runFolds(
  { runs, searched, objective, windows, each, base }: OpenedWalk,
  { search }: WalkForwardJob,
  { from, to }: Stretch,
  { signal, onProgress }: RunHooks,
): Promise<FoldOutcome[]> {
  const folds: FoldOutcome[] = [];
  for (const [at, window] of windows.slice(from, to).entries()) {
    const done = (count: number): void => onProgress?.('run', (at * each + count) / ((to - from) * each));
    done(0);
    const seed = seedOfIndex(search.seed, from + at);
    const foldJob = { ...searched, search: { ...search, seed }, objective, window, base };
    folds.push(await runFold(runs, foldJob, { ...(signal && { signal }), onDone: done }));
  }
  return folds;
}

/** The outcome of a walk-forward whose folds are found as `find` does. */
export async function toldWalkForward(
  workshop: Workshop,
  job: WalkForwardJob,
  hooks: RunHooks,
  find: (opened: OpenedWalk) => Promise<readonly FoldOutcome[]>,
): Promise<WalkForwardOutcome | Failure> {
  const started = performance.now();
  return withWalk(workshop, job, hooks, async (opened) => {
    const { runs, searched, objective, plan, base, strategyName, family } = opened;
    const folds = await find(opened);
    const failure = folds.every((fold) => fold.failure !== null) ? folds[0]?.failure : null;
    if (failure) return failure;
    hooks.onProgress?.('report', 1);
    const booked = folds.flatMap((fold) => fold.booked);
    const ledger = { family, trials: await countTried(job.book, family, booked) };
    const environment = {
      wall: workshop.sandbox.wall,
      milliseconds: performance.now() - started,
      quarry: version,
      lanes: runs.lanes,
    };
    const parts = { strategyName, base, plan, ledger, environment, fixed: searched.fixed, search: job.search };
    const report = await reportOf(parts, searched, folds, objective, (...args) =>
      workshop.replayer.compute('figureIntervals', args, hooks.signal),
    );
    return {
      ...{ report, folds },
      writeArtifacts: async (directory) =>
        (await import('./write-walk-forward.js')).writeWalkForward({ report, folds }, directory),
    };
  });
}

type Parts = Pick<WalkForwardReport, 'strategyName' | 'base' | 'plan' | 'ledger' | 'environment' | 'fixed' | 'search'>;

async function reportOf(
  parts: Parts,
  { space }: SearchedSpace,
  folds: readonly FoldOutcome[],
  objective: keyof ReturnFigures,
  intervalsOf: (...args: Parameters<typeof figureIntervals>) => Promise<ReturnType<typeof figureIntervals>>,
): Promise<WalkForwardReport> {
  const basis = folds.find((fold) => fold.basis !== '')?.basis ?? '';
  const perYear = folds.find((fold) => fold.perYear > 0)?.perYear ?? NaN;
  const returns = folds.map((fold) => fold.returns);
  const all = Float64Array.from(returns.flatMap((part) => [...part]));
  if (all.length < 2) throw new RangeError('The tests hold fewer than two returns. Take longer ones, or more data.');
  const equity = stitchedEquity(returns);
  const chosen = folds.flatMap(({ fold }) => (fold.params ? [fold.params] : []));
  const both = folds.flatMap(({ fold }) =>
    fold.inSample && fold.outOfSample
      ? [{ inSample: Number(fold.inSample[objective]), outOfSample: Number(fold.outOfSample[objective]) }]
      : [],
  );
  const stability = chosen.length > 1 ? parameterStability(space, chosen as Params[]) : {};
  const report: Omit<WalkForwardReport, 'warnings'> = {
    schema: 'quarry.walk-forward/1',
    ...parts,
    objective: { id: objective, label: soloMetrics.get(objective) ?? objective, basis },
    folds: folds.map(({ fold }) => fold),
    stitched: {
      figures: jsonFigures(returnFigures(all, perYear)),
      probabilistic: toJsonNumber(probabilisticSharpe(sharpeSampleOf(all))),
      returns: all.length,
      intervals: await intervalsOf(all, perYear, parts.search.seed),
      curve: curveOf(equity, folds),
    },
    degradation: jsonDegradation(both, parts.search.direction),
    stability: Object.fromEntries(Object.entries(stability).map(([name, value]) => [name, toJsonNumber(value)])),
  };
  return { ...report, warnings: walkForwardWarnings(report) };
}

function curveOf(equity: Float64Array, folds: readonly FoldOutcome[]): WalkForwardReport['stitched']['curve'] {
  const times = folds.flatMap((fold, at) => Array.from(fold.times, (time) => [time, at] as const));
  const stride = Math.ceil(times.length / mostPoints);
  const kept = times.map((_, i) => i).filter((i) => i % stride === 0 || i === times.length - 1);
  return {
    time: kept.map((i) => times[i]![0]),
    equity: kept.map((i) => equity[i + 1]!),
    fold: kept.map((i) => times[i]![1]),
  };
}

/** Bars for lengths of time are those that the data have of it in the mean. */
function planOf(given: WalkForwardPlanGiven, { length, time }: Bars): WalkForwardPlan {
  const span = time[length - 1]! - time[0]!;
  const bars = (of: NonNullable<WalkForwardPlanGiven['train']>): number =>
    'bars' in of ? of.bars : Math.max(1, Math.round((of.microseconds / span) * (length - 1)));
  const gap = given.purge + given.embargo;
  const test = given.test
    ? bars(given.test)
    : Math.max(1, Math.floor((length - gap - (given.train ? bars(given.train) : length / 3)) / testsWanted));
  const train = given.train ? bars(given.train) : Math.max(1, Math.floor(length / 3));
  return { kind: given.kind, train, test, purge: given.purge, embargo: given.embargo };
}

/** A window by the times at which its stretches begin and end. */
function timesOf({ train, test }: Window, { time, length }: Bars) {
  const at = (row: number): number => (row < length ? time[row]! : time[length - 1]! + 1);
  const stretch = ({ from, to }: Window['train']) => ({
    ...{ from: time[from]!, to: at(to), last: time[to - 1]! },
    bars: to - from,
  });
  return { train: stretch(train), test: stretch(test) };
}
