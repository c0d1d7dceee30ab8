import type { SearchBase } from '@quarry/contracts';
import type { Workshop } from '../backtest.js';
import type { SearchedTrial, SearchOutcome } from '../search/run-search.js';
import { baseOf } from '../search/search-base.js';
import { bookedTrial, dataHash, familyOf, triedHash, type BookedTrial } from '../search/trial-book.js';
import type { OpenedSweep } from './open-sweep.js';
import type { SweepJob } from './sweep.js';

/** Trials as they are written down, and what names them. */
export interface Tried {
  readonly base: SearchBase;
  readonly strategyName: string;
  readonly family: string;
  /** Names the data. */
  readonly data: string;
  /** What names each of the trials. */
  readonly hashes: readonly string[];
  readonly own: readonly BookedTrial[];
}

/** What of some trials of a sweep is written down. */
export function triedIn(
  workshop: Workshop,
  job: SweepJob,
  { runs, plan, trials }: Pick<OpenedSweep, 'runs' | 'plan'> & Pick<SearchOutcome, 'trials'>,
): Tried {
  const base = baseOf(workshop, job, runs);
  const strategyName = job.strategyName ?? runs.info.strategyName;
  const data = dataHash(base);
  const hashes = trials.map(({ params }) => triedHash(base, { ...plan.fixed, ...params }));
  const own = trials.flatMap((trial, i) => bookedTrial(hashes[i]!, data, trial));
  return { base, strategyName, family: familyOf(job.family ?? strategyName), data, hashes, own };
}

/** Trials without repetitions, each the first of its parameters. */
export function distinctOf(trials: readonly SearchedTrial[]): SearchedTrial[] {
  const distinct = [...new Map([...trials].reverse().map((trial) => [JSON.stringify(trial.params), trial])).values()];
  return distinct.sort((a, b) => a.index - b.index);
}
