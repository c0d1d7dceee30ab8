import type { Failure, ParamValues, SearchOptions, SearchTrial, SweepReport } from '@quarry/contracts';
import { toJsonNumber } from '@quarry/contracts';
import { ranked, soloMetrics } from '@quarry/engine/host';
import { version, type Workshop } from '../backtest.js';
import type { Replayer } from '../replay/replayer.js';
import type { ArtifactFile, BacktestJob, RunHooks } from '../runner.js';
import type { Booking } from '../search/booking.js';
import { keptSearch } from '../search/kept-search.js';
import { runSearch, type SearchedTrial, type SearchOutcome } from '../search/run-search.js';
import { orRefusal } from '../search/search-base.js';
import type { SearchedSpace } from '../search/space-of.js';
import { bookedTrial, type TrialBook } from '../search/trial-book.js';
import { distinctTrials } from './distinct-trials.js';
import { figuresOf } from './luck.js';
import { valueOf, withSweep, type OpenedSweep } from './open-sweep.js';
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
export function sweep(workshop: Workshop, job: SweepJob, hooks: RunHooks = {}): Promise<SweepOutcome | Failure> {
  return judgedSweep(workshop, job, hooks, ({ runs, plan, count, booking }) =>
    keptSearch({ book: job.book, booking, hooks, shareOf: (done) => done / count }, (told) =>
      runSearch(runs, plan, told),
    ),
  );
}

/** The outcome of a sweep whose trials are found as `search` does. */
export async function judgedSweep(
  workshop: Workshop,
  job: SweepJob,
  hooks: RunHooks,
  search: (opened: OpenedSweep) => Promise<SearchOutcome>,
): Promise<SweepOutcome | Failure> {
  const started = performance.now();
  return withSweep(workshop, job, hooks, async (opened) => {
    const { runs, plan, booking } = opened;
    const searched = await orRefusal(() => search(opened));
    if ('code' in searched) return searched;
    hooks.onProgress?.('report', 1);
    const whole = await judge({ ...plan, ...searched }, { job, booking }, workshop.replayer, hooks.signal);
    const { wall } = workshop.sandbox;
    const environment = { wall, milliseconds: performance.now() - started, quarry: version, lanes: runs.lanes };
    const outcome = { trials: searched.trials, report: { ...whole, environment } };
    return {
      ...outcome,
      writeArtifacts: async (directory) => (await import('./write-sweep.js')).writeSweep(outcome, directory),
    };
  });
}

interface Judged {
  readonly job: SweepJob;
  readonly booking: Booking;
}

/** Ranks the trials, writes them down, and says what luck explains. */
async function judge(
  { space, fixed, trials, stoppedEarly }: SearchedSpace & SearchOutcome,
  { job, booking: { base, strategyName, family, data, hashOf } }: Judged,
  replayer: Replayer,
  signal: AbortSignal | undefined,
): Promise<Omit<SweepReport, 'environment'>> {
  const { search } = job;
  const tried = distinctTrials(trials);
  const hashes = tried.map(({ params }) => hashOf(params));
  const own = tried.flatMap((trial, i) => bookedTrial(hashes[i]!, data, trial));
  const order = ranked(tried, search.direction).filter(({ value }) => !Number.isNaN(value));
  const best = trials.find(({ index }) => index === order[0]?.index);
  const booked = job.book ? await job.book.record(family, own) : own;
  // What the book has of these trials may be another engine's: what they came to here counts.
  const here = new Map(own.map((one) => [one.paramsHash + one.dataHash, one]));
  const ledger = booked.map((one) => ({ ...(here.get(one.paramsHash + one.dataHash) ?? one), family }));
  const luckJob = best && { family, trials: tried, best, ledger, data, hashes, seed: search.seed };
  const luck = luckJob ? await replayer.compute('luckOf', [luckJob], signal) : null;
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

function listed({ index, params, value, result }: SearchedTrial): SearchTrial {
  const figure = (id: string) => toJsonNumber(valueOf(result, id));
  return {
    ...{ index, params: { ...params } as ParamValues, value: toJsonNumber(value) },
    ...{ sharpe: figure('sharpe'), totalReturn: figure('totalReturn') },
    ...{ maxDrawdown: figure('maxDrawdown'), trades: figure('trades') },
    failure: 'failure' in result ? result.failure : null,
  };
}
