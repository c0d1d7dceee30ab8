import type { Failure, ReturnFigures, WalkForwardPlanGiven, WalkForwardReport } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import {
  parameterStability,
  probabilisticSharpe,
  returnFigures,
  seedOfIndex,
  sharpeSampleOf,
  soloMetrics,
  stitchedEquity,
  type Params,
} from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { Stretch } from '../in-parts.js';
import type { ArtifactFile, RunHooks } from '../runner.js';
import type { figureIntervals } from '../search/figure-intervals.js';
import { jsonDegradation } from '../search/json-degradation.js';
import { keepingTrials } from '../search/keeping-trials.js';
import type { SearchedSpace } from '../search/space-of.js';
import { countTried } from '../search/trial-book.js';
import type { SweepJob } from '../sweep/sweep.js';
import { runFold, type FoldOutcome } from './fold.js';
import { jsonFigures } from './json-figures.js';
import { withWalk, type OpenedWalk } from './open-walk.js';
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

/** The folds of a stretch, each by itself: no fold hangs on another. */
export function runFolds(
  { runs, searched, objective, windows, each, booking }: OpenedWalk,
  { search, book }: WalkForwardJob,
  { from, to }: Stretch,
  { signal, onProgress }: RunHooks,
): Promise<FoldOutcome[]> {
  return keepingTrials(book, booking.family, async (note) => {
    const folds: FoldOutcome[] = [];
    for (const [at, window] of windows.slice(from, to).entries()) {
      const done = (count: number): void => onProgress?.('run', (at * each + count) / ((to - from) * each));
      done(0);
      const seed = seedOfIndex(search.seed, from + at);
      const foldJob = { ...searched, search: { ...search, seed }, objective, window, booking };
      folds.push(await runFold(runs, foldJob, { ...(signal && { signal }), onDone: done, note }));
    }
    return folds;
  });
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
    const { runs, searched, objective, plan, booking } = opened;
    const { base, strategyName, family } = booking;
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
