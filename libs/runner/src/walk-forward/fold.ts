import type { Failure, ReturnFigures, SearchOptions, WalkForwardFold } from '@quarry/contracts';
import { ranked, returnFigure, returnFigures, type TimeRange } from '@quarry/engine/host';
import type { TrialFigures } from '../replay/trial-replay.js';
import type { Booking } from '../search/booking.js';
import { runSearch, type SearchHooks } from '../search/run-search.js';
import type { SearchedSpace } from '../search/space-of.js';
import type { BookedTrial } from '../search/trial-book.js';
import { figuresOf } from '../sweep/luck.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import type { TrialResult } from '../trials/trial.js';
import { allFailed } from './all-failed.js';
import { jsonFigures } from './json-figures.js';

/** A stretch of bars: from one time up to, but without, another; and the time of its last bar. */
interface Stretch extends TimeRange {
  readonly last: number;
  readonly bars: number;
}

export interface FoldJob extends SearchedSpace {
  readonly search: SearchOptions;
  readonly objective: keyof ReturnFigures;
  readonly window: { readonly train: Stretch; readonly test: Stretch };
  /** Of the whole walk. */
  readonly booking: Booking;
}

/** A fold, and the returns of its test with the time of each. */
export interface FoldOutcome {
  readonly fold: WalkForwardFold;
  readonly returns: Float64Array;
  readonly times: Float64Array;
  readonly perYear: number;
  readonly basis: string;
  /** Where every trial of its training failed: how the first did. */
  readonly failure: Failure | null;
  /** Every trial of its training. */
  readonly booked: readonly BookedTrial[];
}

interface FoldHooks extends Pick<SearchHooks, 'signal' | 'onDone'> {
  /** Notes trials of the training as they end. */
  readonly note: (booked: () => readonly BookedTrial[]) => void;
}

/**
 * Searches on the training, then runs what did best there from the training's begin through the test: indicators have
 * seen the training, positions go on, and only the test's returns count.
 */
export async function runFold(runs: TrialRuns, job: FoldJob, { note, ...hooks }: FoldHooks): Promise<FoldOutcome> {
  const { search, space, fixed, objective, window } = job;
  const { train, test } = window;
  const range = { from: train.from, to: train.to };
  const valueOf = (result: TrialResult): number =>
    'failure' in result ? NaN : returnFigure(objective, result.returns, result.perYear);
  const booking = job.booking.over(train.from, train.last);
  const { trials } = await runSearch(
    runs,
    { space, fixed, options: search, trial: { range }, valueOf },
    { ...hooks, onTried: (trial) => note(() => booking.bookedOf(trial)) },
  );
  const best = ranked(trials, search.direction).find(({ value }) => !Number.isNaN(value));
  const booked = trials.flatMap(booking.bookedOf);
  const found = {
    train: { from: train.from, to: train.last, bars: train.bars },
    test: { from: test.from, to: test.last, bars: test.bars },
    trials: trials.length,
    failed: trials.filter(({ result }) => 'failure' in result).length,
  };
  const inSample = best ? figuresOf(trials[best.index]!) : null;
  const tested = best ? await testOf(runs, { ...fixed, ...best.params }, window, hooks) : null;
  if (!best || !inSample || !tested) {
    return {
      fold: { ...found, params: null, inSample: null, outOfSample: null },
      ...{ returns: new Float64Array(0), times: new Float64Array(0), perYear: 0, basis: '', booked },
      failure: allFailed(trials),
    };
  }
  return {
    fold: {
      ...found,
      params: { ...best.params },
      inSample: jsonFigures(returnFigures(inSample.returns, inSample.perYear)),
      outOfSample: jsonFigures(returnFigures(tested.returns, tested.perYear)),
    },
    ...{ returns: tested.returns, times: tested.times, perYear: tested.perYear, basis: tested.basis, booked },
    failure: null,
  };
}

async function testOf(
  runs: TrialRuns,
  params: SearchedSpace['fixed'],
  { train, test }: FoldJob['window'],
  { signal }: Pick<SearchHooks, 'signal'>,
): Promise<(Pick<TrialFigures, 'returns' | 'perYear' | 'basis'> & { readonly times: Float64Array }) | null> {
  const range = { from: train.from, to: test.to };
  const [result] = await runs.run([{ params, range, detail: true }], { ...(signal && { signal }) });
  if (!result || 'failure' in result || !result.detail) return null;
  const { returns, perYear, basis, detail } = result;
  // Return i ends at sample i + 1.
  const first = detail.times.findIndex((time) => time >= test.from);
  const from = first < 1 ? (first === 0 ? 0 : returns.length) : first - 1;
  return { returns: returns.slice(from), times: detail.times.slice(from + 1), perYear, basis };
}
