import type { Failure, ParamValues, SearchBase, SearchOptions, SearchTrial, SweepReport } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import { ranked, soloMetrics, trialMetricIds } from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { ArtifactFile, BacktestJob, RunHooks } from '../runner.js';
import { countTrials, runSearch, type SearchedTrial, type SearchOutcome } from '../search/run-search.js';
import { badParameters, baseOf, orRefusal } from '../search/search-base.js';
import { spaceOf, type SearchedSpace } from '../search/space-of.js';
import { bookedTrial, dataHash, familyOf, triedHash, type TrialBook } from '../search/trial-book.js';
import type { TrialResult } from '../trials/trial.js';
import { TrialRuns } from '../trials/trial-runs.js';
import { figuresOf, luckOf, mostCompared } from './luck.js';
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
    const searched = await orRefusal(async () => {
      const space = spaceOf(runs.info.params, search, options.params);
      return { ...space, ...(await searchThrough(runs, space, search, hooks)) };
    });
    if ('code' in searched) return searched;
    hooks.onProgress?.('report', 1);
    const base = baseOf(workshop, job, runs);
    const strategyName = job.strategyName ?? runs.info.strategyName;
    const whole = await judge(searched, { job, base, strategyName });
    const { wall } = workshop.sandbox;
    const environment = { wall, milliseconds: performance.now() - started, quarry: version, lanes: runs.lanes };
    const outcome = { trials: searched.trials, report: { ...whole, environment } };
    return {
      ...outcome,
      writeArtifacts: async (directory) => (await import('./write-sweep.js')).writeSweep(outcome, directory),
    };
  } finally {
    await runs.close();
  }
}

async function searchThrough(
  runs: TrialRuns,
  space: SearchedSpace,
  search: SearchOptions,
  { signal, onProgress }: RunHooks,
): Promise<SearchOutcome> {
  const plan = { ...space, options: search, valueOf: (result: TrialResult) => valueOf(result, search.objective) };
  const count = countTrials(plan);
  const stride = Math.ceil(count / mostCompared);
  onProgress?.('run', 0);
  return runSearch(
    runs,
    { ...plan, keepsReturns: (index) => index % stride === 0 },
    { ...(signal && { signal }), onDone: (done) => onProgress?.('run', done / count) },
  );
}

/** Ranks the trials, writes them down, and says what luck explains. */
async function judge(
  { space, fixed, trials, stoppedEarly }: SearchedSpace & SearchOutcome,
  { job, base, strategyName }: { readonly job: SweepJob; readonly base: SearchBase; readonly strategyName: string },
): Promise<Omit<SweepReport, 'environment'>> {
  const { search } = job;
  const distinct = [...new Map([...trials].reverse().map((trial) => [JSON.stringify(trial.params), trial])).values()];
  const tried = distinct.sort((a, b) => a.index - b.index);
  const order = ranked(tried, search.direction).filter(({ value }) => !Number.isNaN(value));
  const best = trials.find(({ index }) => index === order[0]?.index);
  const family = familyOf(job.family ?? strategyName);
  const data = dataHash(base);
  const hashOf = (trial: SearchedTrial): string => triedHash(base, { ...fixed, ...trial.params });
  const own = tried.flatMap((trial) => bookedTrial(hashOf(trial), data, trial));
  const booked = job.book ? await job.book.record(family, own) : own;
  const ledger = booked.map((one) => ({ ...one, family }));
  const luck = best ? luckOf({ family, trials: tried, best, ledger, data, hashOf, seed: search.seed }) : null;
  const surface = best ? surfaceOf(space, tried, best, search.direction) : null;
  const basis = trials.map(figuresOf).find((figures) => figures)?.basis ?? '';
  const ranking = order.slice(0, mostRanked).map(({ index }) => index);
  const report: Omit<SweepReport, 'warnings' | 'environment'> = {
    schema: 'quarry.sweep/1',
    ...{ strategyName, base, fixed, search, stoppedEarly, luck, surface, ranking },
    objective: { id: search.objective, label: soloMetrics.get(search.objective)!, basis },
    trials: trials.filter(({ index }) => index < mostListed || ranking.includes(index)).map(listed),
    trialCount: trials.length,
    failed: trials.filter(({ result }) => 'failure' in result).length,
  };
  return { ...report, warnings: warningsOf(report, space, best) };
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
