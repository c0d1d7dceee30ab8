import type { ParamValues, SearchBase } from '@quarry/contracts';
import type { Params } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import type { SweepJob } from '../sweep/sweep.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import type { SearchedTrial } from './run-search.js';
import { baseOf } from './search-base.js';
import { bookedTrial, dataHash, familyOf, triedHash, type BookedTrial } from './trial-book.js';

/** How the trials of a search are written down, and what names them. */
export interface Booking {
  readonly base: SearchBase;
  readonly strategyName: string;
  readonly family: string;
  /** Names the data. */
  readonly data: string;
  /** Names what was tried, by its parameters. */
  hashOf(params: Params): string;
  /** A trial as the book has it; nothing of one that failed. */
  bookedOf(trial: SearchedTrial): BookedTrial[];
  /** The same of trials over a part of the data, by the times of its first and its last bar, µs UTC. */
  over(from: number, to: number): Booking;
}

/** @param fixed parameters that every trial has alike */
export function bookingOf(
  workshop: Pick<Workshop, 'sandbox'>,
  job: Pick<SweepJob, 'dataset' | 'options' | 'strategyName' | 'family'>,
  runs: TrialRuns,
  fixed: ParamValues,
): Booking {
  const base = baseOf(workshop, job, runs);
  const strategyName = job.strategyName ?? runs.info.strategyName;
  const family = familyOf(job.family ?? strategyName);
  const hashOf = (params: Params): string => triedHash(base, { ...fixed, ...params });
  const overData = (data: string): Booking => ({
    ...{ base, strategyName, family, data, hashOf },
    bookedOf: (trial) => bookedTrial(hashOf(trial.params), data, trial),
    over: (from, to) => overData(dataHash({ data: base.data.map((one) => ({ ...one, from, to })) })),
  });
  return overData(dataHash(base));
}
