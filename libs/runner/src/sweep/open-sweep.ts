import type { Failure } from '@quarry/contracts';
import { soloMetrics, trialMetricIds } from '@quarry/engine/host';
import type { Workshop } from '../backtest.js';
import type { RunHooks } from '../runner.js';
import { bookingOf, type Booking } from '../search/booking.js';
import { countTrials, type SearchPlan } from '../search/run-search.js';
import { badParameters, orRefusal } from '../search/search-base.js';
import { spaceOf } from '../search/space-of.js';
import type { TrialResult } from '../trials/trial.js';
import type { TrialRuns } from '../trials/trial-runs.js';
import { withTrialRuns } from '../trials/with-trial-runs.js';
import { mostCompared } from './luck.js';
import type { SweepJob } from './sweep.js';

/** A sweep that can begin. */
export interface OpenedSweep {
  readonly runs: TrialRuns;
  readonly plan: SearchPlan;
  /** Of its trials, if it is not stopped early. */
  readonly count: number;
  readonly booking: Booking;
}

/** Opens strategy and data, does work over them, and closes them. What the space or the grid refuses is a failure. */
export async function withSweep<T>(
  workshop: Workshop,
  job: SweepJob,
  hooks: RunHooks,
  work: (opened: OpenedSweep) => Promise<T | Failure>,
): Promise<T | Failure> {
  const { search, options } = job;
  const unknown = objectiveFault(search.objective);
  if (unknown) return unknown;
  const metrics = trialMetricIds.has(search.objective) ? 'few' : 'all';
  return withTrialRuns(workshop, { ...job, metrics }, hooks, async (runs) => {
    const opened = await orRefusal(() => {
      const space = spaceOf(runs.info.params, search, options.params);
      const count = countTrials({ ...space, options: search });
      const stride = Math.ceil(count / mostCompared);
      const plan: SearchPlan = {
        ...space,
        options: search,
        valueOf: (result) => valueOf(result, search.objective),
        keepsReturns: (index) => index % stride === 0,
      };
      return Promise.resolve({ runs, plan, count, booking: bookingOf(workshop, job, runs, space.fixed) });
    });
    if ('code' in opened) return opened;
    hooks.onProgress?.('run', 0);
    return work(opened);
  });
}

/** What a trial came to in figures of the objective; NaN where it is not defined or the trial failed. */
export function valueOf(result: TrialResult, objective: string): number {
  return 'failure' in result ? NaN : (result.metrics[objective] ?? NaN);
}

function objectiveFault(id: string): Failure | null {
  if (soloMetrics.has(id)) return null;
  const near = [...soloMetrics.keys()].filter((known) => known.toLowerCase().includes(id.toLowerCase())).slice(0, 5);
  const known = near.length > 0 ? near.join(', ') : 'sharpe, sortino, calmar, totalReturn, maxDrawdown, profitFactor';
  return badParameters(`There is no metric "${id}" to search for. Try ${known}, or any other id of report.json.`);
}
