import type { BacktestSettings, Failure, ParamSpecs, ParamValues, PriceBasis, StrategySource } from '@quarry/contracts';
import type { TimeRange } from '@quarry/engine/host';
import type { TapeStress, TrialFigures } from '../replay/trial-replay.js';
import type { BacktestJob } from '../runner.js';

/** One run among many of a strategy over a dataset. */
export interface Trial {
  readonly params: ParamValues;
  /** In place of the job's. */
  readonly settings?: BacktestSettings;
  /** The stretch of time that it is over; all of the job's bars where not given. */
  readonly range?: TimeRange;
  /** Of the first series: open, high, low, close and volume one after the other, in place of the dataset's. */
  readonly prices?: Float64Array;
  readonly stress?: TapeStress;
  readonly detail?: boolean;
}

/** A trial that broke is a value, as a run's failure is. */
export type TrialResult = TrialFigures | { readonly failure: Failure };

/** What the trials of a job have in common. */
export interface TrialsJob extends Pick<BacktestJob, 'dataset' | 'options'> {
  readonly source: StrategySource;
  /** How many lanes work at once; as many as the machine has processors where not given. */
  readonly lanes?: number;
  /** All metrics of profile v1 for each trial, or those that cost little: `few` where not given. */
  readonly metrics?: 'few' | 'all';
}

/** A strategy and its bars, ready for any number of trials. */
export interface TrialsInfo {
  readonly strategyName: string;
  readonly strategyHash: string;
  readonly params: ParamSpecs;
  readonly symbols: readonly string[];
  readonly interval: string;
  readonly prices: PriceBasis;
  /** First and last bar time used where that is not the whole series, µs UTC. */
  readonly from: number | null;
  readonly to: number | null;
}
