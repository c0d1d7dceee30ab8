import type { Failure, ParamValues, SearchBase, SearchOptions, SearchTrial, SweepReport } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import { ranked, soloMetrics, trialMetricIds } from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { ArtifactFile, BacktestJob, RunHooks } from '../runner.js';
import { badParameters, baseOf } from '../search/search-base.js';
import { countTrials, runSearch, type SearchedTrial } from '../search/run-search.js';
import { spaceOf } from '../search/space-of.js';
import { bookedTrial, dataHash, familyOf, triedHash, type BookedTrial, type TrialBook } from '../search/trial-book.js';
import type { TrialResult } from '../trials/trial.js';
import { TrialRuns } from '../trials/trial-runs.js';
import { figuresOf, luckOf } from './luck.js';
import { surfaceOf } from './surface.js';
import { warningsOf } from './sweep-warnings.js';

export interface SweepJob extends Pick<BacktestJob, 'source' | 'strategyName' | 'dataset' | 'options'> {
  readonly search: SearchOptions;
  /** As many as the machine has processors where not given. */
  readonly lanes?: number;
  /** Where trials are written down; without it, only those of this search are counted. */
  readonly book?: TrialBook;
  /** In place of the strategy's name. */
  readonly family?: string;
}

/** A finished sweep: its report, and every trial. */
export interface SweepOutcome {
  readonly report: SweepReport;
  readonly trials: readonly SearchedTrial[];
  /** Writes report.json, report.html and trials.parquet into the folder. */
  writeArtifacts(directory: string): Promise<readonly ArtifactFile[]>;
}

const mostListed = 10_000;
const mostRanked = 100;

/** Searches a strategy's parameters. Mistakes and a strategy that does not load are a failure; trials that break are not. */
export async function sweep(workshop: Workshop, job: SweepJob, hooks: RunHooks = {}): Promise<SweepOutcome | Failure> {
  const started = performance.now();
  const { search, options } = job;
  const unknown = objectiveFault(search.objective);
  if (unknown) return unknown;
  hooks.onProgress?.('compile', 0);
  const metrics = trialMetricIds.has(search.objective) ? 'few' : 'all';
  const runs = await TrialRuns.open(workshop, { ...job, metrics }, hooks);
  if ('code' in runs) return runs;
  try {
    const { space, fixed } = spaceOf(runs.info.params, search, options.params);
    const plan = { space, fixed, options: search, valueOf: (result: TrialResult) => valueOf(result, search.objective) };
    const count = countTrials(plan);
    hooks.onProgress?.('run', 0);
    const { trials, stoppedEarly } = await runSearch(runs, plan, {
      ...(hooks.signal && { signal: hooks.signal }),
      onDone: (done) => hooks.onProgress?.('run', done / count),
    });
    hooks.onProgress?.('report', 1);
    const base = baseOf(workshop, job, runs);
    const order = ranked(trials, search.direction).filter(({ value }) => !Number.isNaN(value));
    const best = trials.find(({ index }) => index === order[0]?.index);
    const family = job.family ?? familyOf(job.strategyName ?? runs.info.strategyName);
    const hashOf = (trial: SearchedTrial): string => triedHash(base, { ...fixed, ...trial.params });
    const booked = await book(job.book, family, trials, { base, hashOf });
    const ledger = booked.map((one) => ({ ...one, family }));
    const luck = best
      ? luckOf({ family, trials, best, ledger, data: dataHash(base), hashOf, seed: search.seed })
      : null;
    const surface = best ? surfaceOf(space, trials, best, search.direction) : null;
    const basis = trials.map(figuresOf).find((figures) => figures)?.basis ?? '';
    const report: Omit<SweepReport, 'warnings'> = {
      schema: 'quarry.sweep/1',
      strategyName: job.strategyName ?? runs.info.strategyName,
      ...{ base, fixed, search, stoppedEarly, luck, surface },
      objective: { id: search.objective, label: soloMetrics.get(search.objective)!, basis },
      trials: trials.slice(0, mostListed).map(listed),
      trialCount: trials.length,
      failed: trials.filter(({ result }) => 'failure' in result).length,
      ranking: order.slice(0, mostRanked).map(({ index }) => index),
      environment: {
        wall: workshop.sandbox.wall,
        milliseconds: performance.now() - started,
        quarry: version,
        lanes: runs.lanes,
      },
    };
    const whole = { report: { ...report, warnings: warningsOf(report, space, best) }, trials };
    return {
      ...whole,
      writeArtifacts: async (directory) => (await import('./write-sweep.js')).writeSweep(whole, directory),
    };
  } catch (error) {
    // What spaces, grids and constraints refuse is the person's to mend.
    if (error instanceof RangeError) return badParameters(error.message);
    throw error;
  } finally {
    await runs.close();
  }
}

function objectiveFault(id: string): Failure | null {
  if (soloMetrics.has(id)) return null;
  const near = [...soloMetrics.keys()].filter((known) => known.toLowerCase().includes(id.toLowerCase())).slice(0, 5);
  const known = near.length > 0 ? near.join(', ') : 'sharpe, sortino, calmar, totalReturn, maxDrawdown, profitFactor';
  return badParameters(`There is no metric "${id}" to search for. Try ${known}, or any other id of report.json.`);
}

function valueOf(result: TrialResult, objective: string): number {
  return 'failure' in result ? NaN : (result.metrics[objective] ?? NaN);
}

function listed({ index, params, value, result }: SearchedTrial): SearchTrial {
  const figure = (id: string) => toJsonNumber(valueOf(result, id));
  return {
    ...{ index, params: { ...params } as ParamValues, value: toJsonNumber(value) },
    ...{ sharpe: figure('sharpe'), totalReturn: figure('totalReturn') },
    ...{ maxDrawdown: figure('maxDrawdown'), trades: figure('trades') },
    failure: 'failure' in result ? result.failure : null,
  };
}

/** Writes the trials down and answers all of their family; without a book, those of this search. */
async function book(
  kept: TrialBook | undefined,
  family: string,
  trials: readonly SearchedTrial[],
  { base, hashOf }: { readonly base: SearchBase; readonly hashOf: (trial: SearchedTrial) => string },
): Promise<readonly BookedTrial[]> {
  const data = dataHash(base);
  const own = trials.flatMap((trial): BookedTrial[] => {
    const figures = figuresOf(trial);
    return figures ? [bookedTrial(hashOf(trial), data, figures)] : [];
  });
  return kept ? kept.record(family, own) : own;
}
